"""A file is described before it is chosen: how many payments, of which month, or no export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kara_tui.month_end import glance as room
from kara_tui.month_end.glance import glance
from kara_tui.settings import demo_folder

if TYPE_CHECKING:
    import pytest


def test_exports_of_both_kinds_are_described() -> None:
    assert glance(demo_folder() / "payments-paid.csv") == "56 payments, October 2026"
    assert glance(demo_folder() / "payments-unpaid.csv") == "3 payments, October 2026"


def test_what_is_no_export_is_said_to_be_none(tmp_path: Path) -> None:
    letter = tmp_path / "letter.csv"
    letter.write_text("Dear all,\nsee you\n")

    assert glance(letter) == "no export"


def test_a_large_or_absent_file_is_left_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "LARGEST", 10)

    assert glance(demo_folder() / "payments-paid.csv") == ""
    assert glance(tmp_path / "gone.csv") == ""
