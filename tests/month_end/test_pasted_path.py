"""What file is meant by a path as people type, paste or drop it."""

from __future__ import annotations

import shlex
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kara_tui.month_end.pasted_path import paths_meant

HOME = Path("/home/anna")
MEANT = Path("/home/anna/My files/Þóra #1?.csv")

names = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"], exclude_characters="/"),
    min_size=1, max_size=30,
)  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "/home/anna/My files/Þóra #1?.csv",
        "  /home/anna/My files/Þóra #1?.csv \n",
        "~/My files/Þóra #1?.csv",
        "'/home/anna/My files/Þóra #1?.csv'",
        '"/home/anna/My files/Þóra #1?.csv"',
        r"/home/anna/My\ files/Þóra\ \#1\?.csv",
        "file:///home/anna/My%20files/%C3%9E%C3%B3ra%20%231%3F.csv",
        "file://localhost/home/anna/My%20files/%C3%9E%C3%B3ra%20%231%3F.csv",
        "file:/home/anna/My%20files/%C3%9E%C3%B3ra%20%231%3F.csv",
        "FILE:///home/anna/My files/Þóra #1?.csv",
    ],
)
def test_each_way_of_writing_a_path_means_the_same_file(text: str) -> None:
    assert MEANT in paths_meant(text, HOME)


@given(names)
def test_a_name_is_meant_however_it_is_quoted(name: str) -> None:
    path = Path("/data") / name
    assert paths_meant(str(path), HOME)[0] == path
    assert path in paths_meant(shlex.quote(str(path)), HOME)
    assert paths_meant(f"file://{quote(str(path))}", HOME)[0] == path


@pytest.mark.parametrize("text", ["", "   ", "a\0b"])
def test_nothing_is_meant_by_nothing(text: str) -> None:
    assert paths_meant(text, HOME) == ()


def test_an_address_on_another_computer_is_no_file_here() -> None:
    assert paths_meant("file://server/share/x.csv", HOME) == (Path("file://server/share/x.csv"),)


def test_the_home_folder_alone_is_a_path() -> None:
    assert paths_meant("~", HOME) == (HOME,)
