"""Which findings an answer settles, what is asked then, and what each answer changes.

The wizard and ``--plain`` ask alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from kara_tui.model import HowToRead
from kara_tui.month_end.request import Late, Request

if TYPE_CHECKING:
    from kara_tui.model import Finding
    from kara_tui.month_end import twice

Change = Callable[[Request], Request]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about a finding: its words, and each answer with its change and its name."""

    words: str
    answers: tuple[tuple[str, Change, str], ...]


def _reading(said: HowToRead) -> Change:
    return lambda request: replace(request, reading=said.over(request.reading))


def _late(late: Late) -> Change:
    return lambda request: replace(request, late=late)


_DATES = Asked(
    "How are the dates written?",
    (
        (
            "Day first, as in 31/10/2026",
            _reading(HowToRead(date_order="dmy")),
            "dates have the day first",
        ),
        (
            "Month first, as in 10/31/2026",
            _reading(HowToRead(date_order="mdy")),
            "dates have the month first",
        ),
        (
            "Year first, as in 2026-10-31",
            _reading(HowToRead(date_order="ymd")),
            "dates have the year first",
        ),
    ),
)
_AMOUNTS = Asked(
    "How are the amounts written?",
    (
        (
            "A decimal comma, as in 1.234,50",
            _reading(HowToRead(decimal=",")),
            "amounts have a decimal comma",
        ),
        (
            "A decimal point, as in 1,234.50",
            _reading(HowToRead(decimal=".")),
            "amounts have a decimal point",
        ),
    ),
)
_LATE = Asked(
    "Late sessions: what is to be done?",
    (
        (
            "On this invoice, each with its own date",
            _late(Late.INCLUDE),
            "late sessions are included",
        ),
        ("Leave out for now, and ask next time", _late(Late.LEAVE), "late sessions are left"),
    ),
)

ASKED: Mapping[str, Asked] = {
    "date-order": _DATES,
    "date-mixed": _DATES,
    "price-style": _AMOUNTS,
    "price-mixed": _AMOUNTS,
    "late-sessions": _LATE,
}
ZONE_NEEDED = "time-zone-needed"
ZONES = ("Atlantic/Reykjavik", "Europe/Stockholm", "Europe/Copenhagen")  # others are typed
OF_SPONSORS = ("sponsor-unsettled", "sponsor-near")


def can_answer(finding: Finding) -> bool:
    """Whether an answer here settles the finding."""
    from kara_tui.month_end import twice

    return finding.code in (ZONE_NEEDED, *ASKED, *OF_SPONSORS, *twice.CODES)


def about_doubles(doubt: twice.Doubt) -> Asked:
    """Sessions that may be billed twice: one answer for all of them."""
    from kara_tui.month_end import twice

    return Asked(
        "To say it one by one, close this and leave out the sessions that are there twice.",
        tuple(
            (words, partial(_settled, doubt, at), f"{doubt.finding.code}: {words.lower()}")
            for at, words in enumerate(twice.ANSWERS)
        ),
    )


def _settled(doubt: twice.Doubt, at: int, request: Request) -> Request:
    from kara_tui.month_end import twice

    return twice.answered(request, doubt, at)


def in_zone(request: Request, zone: str) -> Request:
    """The request with the zone in which times are shown."""
    return replace(request, reading=replace(request.reading, time_zone=zone))


def time_zone(typed: str) -> str:
    """The name of a zone that a user typed. Raises ValueError with a sentence for none."""
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(typed.strip()).key
    except (OSError, ValueError, KeyError):  # ZoneInfoNotFoundError is a KeyError
        raise ValueError(
            "No time zone has this name. Write a part of the world and a city, or UTC."
        ) from None


def zone_wrong(typed: str) -> str:
    """What is wrong with a zone's name, in a sentence; empty when there is such a zone."""
    try:
        time_zone(typed)
    except ValueError as error:
        return str(error)
    return ""
