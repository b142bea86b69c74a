"""A file's name is one on every system."""

from __future__ import annotations

import pytest

from kara_tui.model import File


@pytest.mark.parametrize("name", ["", "a/b.pdf", "a\\b.pdf", "a\r\nX: y", ".pdf", "a" * 201])
def test_a_name_that_could_lead_elsewhere_or_hide_is_none(name: str) -> None:
    with pytest.raises(ValueError, match="plain file name"):
        File(name, b"")


@pytest.mark.parametrize("name", ["KC-0011.pdf", "Þ 1.xlsx", "a" * 200])
def test_a_plain_name_stays_as_it_is(name: str) -> None:
    assert File(name, b"x").name == name
