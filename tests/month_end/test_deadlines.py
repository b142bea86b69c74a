"""The three days of a month end, against calendars published by the authorities."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kara_tui.model import Month
from kara_tui.month_end.deadlines import (
    deadlines,
    late_pay_day,
    pay_day,
    working_days_left,
)
from kara_tui.settings.profile import HolidayCalendar

CALENDARS = (
    HolidayCalendar("IS"),
    HolidayCalendar("IE"),
    HolidayCalendar("GB", "ENG"),
    HolidayCalendar("GB", "SCT"),
    HolidayCalendar("SE"),
)

# The 3rd and the 7th working day of the month in each of CALENDARS, worked out from the official
# calendars of the five countries and not with the library under test.
THIRD_AND_SEVENTH = {
    "2026-12": ((3, 9), (3, 9), (3, 9), (3, 9), (3, 9)),
    "2027-01": ((6, 12), (6, 12), (6, 12), (7, 13), (7, 13)),
    "2027-02": ((3, 9), (4, 10), (3, 9), (3, 9), (3, 9)),
    "2027-05": ((5, 12), (6, 12), (6, 12), (6, 12), (5, 12)),
    "2027-06": ((3, 9), (3, 10), (3, 9), (3, 9), (3, 9)),
    "2027-08": ((5, 11), (5, 11), (4, 10), (5, 11), (4, 10)),
    "2028-01": ((5, 11), (5, 11), (6, 12), (7, 13), (5, 12)),
}


@pytest.mark.parametrize("sent_in", THIRD_AND_SEVENTH)
def test_the_last_day_is_the_earliest_third_and_pay_day_the_latest_seventh(sent_in: str) -> None:
    iceland_third, iceland_seventh = THIRD_AND_SEVENTH[sent_in][0]
    month = Month.parse(sent_in)
    for calendar, (third, seventh) in zip(CALENDARS, THIRD_AND_SEVENTH[sent_in], strict=True):
        days = deadlines(month.previous(), [calendar])
        assert days.last == date(month.year, month.number, min(third, iceland_third))
        assert days.pay == date(month.year, month.number, max(seventh, iceland_seventh))
        assert days.safe < days.last


def test_an_october_is_sent_by_the_third_or_fourth_of_november() -> None:
    days = deadlines(Month(2026, 10), [HolidayCalendar("IS")])
    assert (days.safe, days.last, days.pay) == (
        date(2026, 11, 3), date(2026, 11, 4), date(2026, 11, 10),
    )  # fmt: skip


def test_an_invoice_sent_in_time_is_paid_by_the_seventh_working_day() -> None:
    assert pay_day(Month(2026, 10), date(2026, 11, 4), []) == date(2026, 11, 10)


def test_a_late_invoice_is_paid_seven_working_days_after_it_was_sent() -> None:
    # Thursday 5 November: six working days to Friday 13, the seventh is Monday 16.
    assert pay_day(Month(2026, 10), date(2026, 11, 5), []) == date(2026, 11, 16)
    assert late_pay_day(date(2026, 11, 5), []) == date(2026, 11, 16)


def test_a_holiday_in_the_other_country_puts_a_late_payment_off() -> None:
    # 4 May 2026 is England's Early May bank holiday and an ordinary Monday in Iceland.
    alone = late_pay_day(date(2026, 5, 1), [])
    assert late_pay_day(date(2026, 5, 1), [HolidayCalendar("GB", "ENG")]) > alone


def test_a_calendar_that_is_not_known_is_named() -> None:
    with pytest.raises(ValueError, match="'XX'"):
        deadlines(Month(2026, 10), [HolidayCalendar("XX")])


def test_working_days_left_counts_the_days_after_today() -> None:
    assert working_days_left(date(2026, 11, 2), date(2026, 11, 4), []) == 2
    assert working_days_left(date(2026, 10, 30), date(2026, 11, 2), []) == 1
    assert working_days_left(date(2026, 11, 4), date(2026, 11, 4), []) == 0


@given(
    st.builds(Month, st.integers(2020, 2035), st.integers(1, 12)),
    st.lists(st.sampled_from(CALENDARS), max_size=3),
)
def test_safe_comes_before_last_before_pay_within_the_next_month(
    month: Month, calendars: list[HolidayCalendar]
) -> None:
    days = deadlines(month, calendars)
    assert month.next().first <= days.safe < days.last < days.pay <= month.next().last


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)), st.lists(st.sampled_from(CALENDARS)))
def test_a_late_payment_is_at_least_nine_days_off_and_more_calendars_never_bring_it_nearer(
    submitted: date, calendars: list[HolidayCalendar]
) -> None:
    alone = late_pay_day(submitted, [])
    assert (alone - submitted).days >= 9
    assert late_pay_day(submitted, calendars) >= alone
