"""The three days of a month end: send safely, send at the latest, expect the money.

Kara Connect's article "Wellbeing Hubs: How to send invoices to Kara Connect" asks for the invoice
by the 3rd working day of the next month and pays it by the 7th; in another place it says *before*
the 3rd. The safe day is therefore the 2nd. Whose public holidays count is not said: for sending the
earliest of the calendars given holds, for expecting money the latest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from kara_tui.model import Month
from kara_tui.settings.profile import HolidayCalendar

if TYPE_CHECKING:
    from holidays import HolidayBase

SAFE_WORKING_DAY = 2
LAST_WORKING_DAY = 3
PAY_WORKING_DAY = 7
LATE_WORKING_DAYS = 7

# Kara Connect is an Icelandic company, so its own bank holidays always count.
ICELAND = HolidayCalendar("IS")


@dataclass(frozen=True, slots=True)
class Deadlines:
    """``safe`` and ``last`` are days to send on or before; ``pay`` is when to expect the money."""

    safe: date
    last: date
    pay: date


def deadlines(
    month: Month, calendars: Sequence[HolidayCalendar], sent: date | None = None
) -> Deadlines:
    """The days for the sessions of ``month``; all lie in the month after it, but for ``pay`` of an
    invoice that was ``sent`` late. None means that it is sent in time.

    Raises ValueError for a calendar that the holidays library does not know.
    """
    before = month.last
    last = min(_working_days_after(before, LAST_WORKING_DAY, calendars))
    return Deadlines(
        safe=min(_working_days_after(before, SAFE_WORKING_DAY, calendars)),
        last=last,
        pay=max(_working_days_after(before, PAY_WORKING_DAY, calendars))
        if sent is None or sent <= last
        else late_pay_day(sent, calendars),
    )


def late_pay_day(submitted: date, calendars: Sequence[HolidayCalendar]) -> date:
    """When to expect the money for an invoice submitted after the 3rd working day.

    The article: usually a minimum of seven working days after submission. The day of submission
    does not count.
    """
    return max(_working_days_after(submitted, LATE_WORKING_DAYS, calendars))


def pay_day(month: Month, submitted: date, calendars: Sequence[HolidayCalendar]) -> date:
    """When to expect the money: the 7th working day if sent in time, else by the late rule."""
    return deadlines(month, calendars, submitted).pay


def working_days_left(today: date, until: date, calendars: Sequence[HolidayCalendar]) -> int:
    """Working days after ``today`` up to and with ``until``, by the strictest calendar."""
    if until <= today:
        return 0
    tomorrow = today + timedelta(days=1)
    return min(
        public.get_working_days_count(tomorrow, until) for public in _with_iceland(calendars)
    )


def _working_days_after(
    day: date, count: int, calendars: Sequence[HolidayCalendar]
) -> Iterator[date]:
    """By each calendar the working day that is so many after a day."""
    for public in _with_iceland(calendars):
        yield public.get_nth_working_day(day, count)


def _with_iceland(calendars: Sequence[HolidayCalendar]) -> list[HolidayBase]:
    return [_public_holidays(calendar) for calendar in dict.fromkeys((ICELAND, *calendars))]


@cache  # the days of a year are worked out once, and a history asks about many months
def _public_holidays(calendar: HolidayCalendar) -> HolidayBase:
    import holidays

    try:
        return holidays.country_holidays(calendar.country, subdiv=calendar.subdivision or None)
    except NotImplementedError:
        name = "-".join(filter(None, (calendar.country, calendar.subdivision)))
        raise ValueError(f"no public holidays are known for the calendar {name!r}") from None
