"""How counts, rows and lists are said in findings and summaries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from kara_tui.model.finding import ROWS_SHOWN
from kara_tui.model.month import Month
from kara_tui.text import MONTH_NAMES, counted, listed, verb

__all__ = [
    "amount_said",
    "counted",
    "day_inline",
    "day_said",
    "day_short",
    "listed",
    "month_name",
    "months_said",
    "names_said",
    "rows_of",
    "rows_said",
    "send_by_said",
    "short",
    "verb",
]

if TYPE_CHECKING:
    from kara_tui.model import Money, Session
    from kara_tui.month_end.deadlines import Deadlines

# A finding is read on one screen: longer names, and longer lists of names, are cut and say so.
LONGEST_NAME = 60
NAMES_SHOWN = 8
MONTHS_SHOWN = 6

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def month_name(month: Month) -> str:
    """``October 2026``."""
    return f"{MONTH_NAMES[month.number - 1]} {month.year}"


def months_said(counts: Mapping[Month, int], billed: Month) -> str:
    """``September 2026 (3) and July 2026 (1)``: the nearest to the billed month first, the earlier
    of two that are as near. Of a file of many years the far ones are only counted.
    """

    def distance(month: Month) -> tuple[int, Month]:
        return abs((month.year - billed.year) * 12 + month.number - billed.number), month

    nearest = sorted(counts, key=distance)
    shown = [f"{month_name(month)} ({counts[month]:,})" for month in nearest[:MONTHS_SHOWN]]
    if len(nearest) > MONTHS_SHOWN:
        return f"{', '.join(shown)} and {counted(len(nearest) - MONTHS_SHOWN, 'more month')}"
    return listed(shown)


def day_said(day: date) -> str:
    """``Tuesday 3 November 2026``, whatever the locale."""
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {month_name(Month.of(day))}"


def day_short(day: date) -> str:
    """``Tue  3 Nov``, always ten cells wide, so that days stand below one another."""
    weekday = _WEEKDAYS[day.weekday()][:3]
    return f"{weekday} {day.day:>2} {MONTH_NAMES[day.month - 1][:3]}"


def day_inline(day: date) -> str:
    """``Tue 3 Nov``, within a sentence."""
    return " ".join(day_short(day).split())


def send_by_said(days: Deadlines, today: date, left: int) -> tuple[str, str]:
    """By when to send, and how much time that is: ``left`` working days to the last one."""
    if today > days.last:
        return f"the last day was {day_inline(days.last)}", "it is paid later then"
    if today == days.last:
        return "send it today", "the last day"
    return f"send by {day_inline(days.safe)}", f"{counted(left, 'working day')} left"


def amount_said(money: Money) -> str:
    """``334,600 ISK``: the thousands parted, the currency behind, as every screen says it."""
    sign = "-" if money.minor < 0 else ""
    whole, point, minor = money.text.removeprefix("-").partition(".")
    return f"{sign}{int(whole):,}{point}{minor} {money.currency}"


def short(name: str) -> str:
    """A name from a file, cut to LONGEST_NAME characters where it is longer."""
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"


def names_said(names: Sequence[str]) -> str:
    """Names from a file: ``a``, ``a and b``; long lists are cut and say so."""
    shown = [short(name) for name in names[:NAMES_SHOWN]]
    if len(names) > NAMES_SHOWN:
        return f"{', '.join(shown)} and {len(names) - NAMES_SHOWN:,} more"
    return listed(shown)


def rows_of(sessions: Sequence[Session]) -> tuple[int, ...]:
    """The file rows of sessions, for a finding."""
    return tuple(session.row for session in sessions)


def rows_said(sessions: Sequence[Session]) -> str:
    """The same in a sentence, with the line of a text file where it differs: ``row 4``,
    ``rows 4, 9 and 12 (line 15)``. Long lists are cut and say so.
    """
    shown = [session.place for session in sessions[:ROWS_SHOWN]]
    if len(sessions) > ROWS_SHOWN:
        return f"rows {', '.join(shown)} and {len(sessions) - ROWS_SHOWN:,} more"
    return f"{verb(len(sessions), 'row', 'rows')} {listed(shown)}"
