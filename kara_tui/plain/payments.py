"""Payments: which files, read them, and settle what can be read two ways."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from kara_tui.model import HowToRead
from kara_tui.month_end import MonthEnd
from kara_tui.month_end.steps import Standing, State, StepId, check
from kara_tui.month_end.wording import counted, listed
from kara_tui.plain.files import Wanted, choose_files, downloads
from kara_tui.plain.prompt import Back, Talk
from kara_tui.plain.remembering import remember_reading
from kara_tui.plain.saying import findings_said
from kara_tui.plain.state import Sitting

PAID = Wanted("Paid export", is_unpaid=False, optional=False)
UNPAID = Wanted("Unpaid export", is_unpaid=True, optional=True)

HELP = (
    "A path may begin with ~, stand in quotation marks, or be a file:// address as a file manager "
    "copies it. The path of a folder shows what is in it. Several files of the list are chosen by "
    "their numbers with blanks between them.",
    "If the file is on another computer, open it there, copy all of its text, and type p here.",
)


@dataclass(frozen=True, slots=True)
class TwoWays:
    """A finding that one word of the user settles: what to ask, the answers, and where it goes.

    Without ``answers`` it is the name of a time zone.
    """

    question: str
    answers: tuple[tuple[str, str], ...]
    said: Callable[[HowToRead, str], HowToRead]


_SETTLED: dict[str, TwoWays] = {
    "date-order": TwoWays(
        "In the dates, what comes first?",
        (
            ("dmy", "the day, as in 31.10.2026"),
            ("mdy", "the month, as in 10/31/2026"),
            ("ymd", "the year, as in 26-10-31"),
        ),
        lambda reading, word: replace(reading, date_order=word),
    ),
    "price-style": TwoWays(
        "In the amounts, which sign stands before the cents?",
        ((",", "a comma, as in 65,00"), (".", "a point, as in 65.00")),
        lambda reading, word: replace(reading, decimal=word),
    ),
    "time-zone-needed": TwoWays(
        "In which time zone were the sessions? For example Atlantic/Reykjavik",
        (),
        lambda reading, word: replace(reading, time_zone=word),
    ),
}


def payments(talk: Talk, sitting: Sitting, pasted: Path) -> None:
    """Ask for the files until they can be read. Raises Back and Leave."""
    folder = downloads()
    while True:
        before = sitting.request
        paid = choose_files(talk, PAID, before.paid, folder, pasted)
        if paid != before.paid:
            sitting.standing = Standing(replace(before, paid=paid))
        try:
            unpaid = choose_files(talk, UNPAID, before.unpaid, folder, pasted)
        except Back:
            continue
        talk.say("Reading the files.")
        sitting.read(replace(before, paid=paid, unpaid=unpaid))
        _settle(talk, sitting)
        here = check(StepId.PAYMENTS, sitting.standing)
        if sitting.month_end is not None:
            talk.say_all(_understood(sitting.month_end))
            talk.say_all(findings_said(here.findings))
            if here.state is State.DONE:
                return
        talk.say_all(findings_said(sitting.standing.unreadable))
        talk.say("Please choose the files again; Enter takes the same ones once more.")


def _understood(month_end: MonthEnd) -> Iterator[str]:
    """What was made of each file."""
    for file in (*month_end.paid, *month_end.unpaid_files):
        export = file.export
        columns = listed(f"“{column.header}”" for column in export.columns)
        yield f"{export.name}: {counted(export.rows, 'payment')}. Columns read: {columns}."


def _settle(talk: Talk, sitting: Sitting) -> None:
    """Ask how to read what can be read two ways, and read again, until nothing is left to ask."""
    while True:
        found = next((one for one in sitting.standing.findings if one.code in _SETTLED), None)
        if found is None:
            return
        way = _SETTLED[found.code]
        talk.say(found.message)
        request = sitting.request
        reading = way.said(request.reading, _asked(talk, way))
        if reading == request.reading:
            return  # it was said already and did not settle it: the finding tells why
        sitting.read(replace(request, reading=reading))
        if all(one.code != found.code for one in sitting.standing.findings):
            remember_reading(talk, request, reading)


def _asked(talk: Talk, way: TwoWays) -> str:
    if not way.answers:
        return talk.ask(way.question, _time_zone)
    return way.answers[talk.choose(way.question, [words for _, words in way.answers])][0]


def _time_zone(typed: str) -> str:
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(typed).key
    except (OSError, ValueError, KeyError):  # ZoneInfoNotFoundError is a KeyError
        raise ValueError(
            "No such time zone is known. It is written as in Atlantic/Reykjavik, Europe/London or "
            "Europe/Stockholm."
        ) from None
