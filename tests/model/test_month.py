"""A month and its edges."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kara_tui.model import Month

days = st.dates(date(2000, 2, 1), date(2099, 11, 30))


@given(days)
def test_every_day_lies_in_its_own_month_and_in_neither_neighbour(day: date) -> None:
    month = Month.of(day)
    assert month.contains(day)
    assert not month.next().contains(day)
    assert not month.previous().contains(day)
    assert month.next().previous() == month == Month.parse(str(month))


@given(days)
def test_months_leave_no_day_between_them(day: date) -> None:
    month = Month.of(day)
    assert month.last + timedelta(days=1) == month.next().first
    assert month.first - timedelta(days=1) == month.previous().last


@given(days)
def test_the_last_full_month_is_over(day: date) -> None:
    assert Month.last_full(day) == Month.of(day).previous()
    assert Month.last_full(day).last < day


@pytest.mark.parametrize("text", ["2026-13", "2026-0", "26-10", "2026/10", "1999-12", "2026-10 "])
def test_what_is_no_month_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="not a month"):
        Month.parse(text)
