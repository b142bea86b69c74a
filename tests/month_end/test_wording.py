"""Counts, rows and names as they are said."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kara_tui.model import Month
from kara_tui.month_end.wording import (
    LONGEST_NAME,
    counted,
    listed,
    month_name,
    names_said,
    rows_said,
    short,
    verb,
)
from tests.month_end.a_month import session


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 sessions"), (1, "1 session"), (2, "2 sessions"), (1200, "1,200 sessions")],
)
def test_counts(count: int, said: str) -> None:
    assert counted(count, "session") == said


def test_verbs_go_with_their_count() -> None:
    assert [verb(count, "lies", "lie") for count in (0, 1, 2)] == ["lie", "lies", "lie"]


def test_lists() -> None:
    assert listed(["a"]) == "a"
    assert listed(["a", "b"]) == "a and b"
    assert listed(["a", "b", "c"]) == "a, b and c"


def test_rows() -> None:
    assert rows_said([session(4)]) == "row 4"
    assert rows_said([session(4), session(9, line=12)]) == "rows 4 and 9 (line 12)"
    assert rows_said(list(map(session, range(1, 1023)))).endswith("20 and 1,002 more")


def test_month_names_follow_no_locale() -> None:
    names = [month_name(Month(2026, number)) for number in range(1, 13)]
    assert names[0] == "January 2026"
    assert names[11] == "December 2026"
    assert len(set(names)) == 12


@settings(deadline=None)
@given(st.text(max_size=200))
def test_a_name_is_cut_only_when_it_is_long(name: str) -> None:
    said = short(name)
    assert len(said) <= LONGEST_NAME
    assert said == name or (said.endswith("…") and name.startswith(said[:-1]))


@settings(deadline=None)
@given(st.lists(st.text(max_size=300), min_size=1, max_size=300))
def test_names_never_fill_a_screen(names: list[str]) -> None:
    said = names_said(names)
    assert len(said) < 600
    if len(names) > 8:
        assert said.endswith(f"{len(names) - 8:,} more")
