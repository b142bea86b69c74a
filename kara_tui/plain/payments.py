"""Payments: which files, read them, and settle what can be read two ways."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from kara_tui.model import HowToRead
from kara_tui.month_end import MonthEnd
from kara_tui.month_end.steps import State, StepId, check
from kara_tui.month_end.wording import counted, listed
from kara_tui.plain.files import Wanted, choose_files, say_shelf
from kara_tui.plain.prompt import Back, Talk
from kara_tui.plain.saying import findings_said
from kara_tui.plain.sitting import Sitting

PAID = Wanted("Paid export", is_unpaid=False, optional=False)
UNPAID = Wanted("Unpaid export", is_unpaid=True, optional=True)

HELP = (
    "A path may begin with ~, stand in quotation marks, or be a file:// address as a file manager "
    "copies it. The path of a folder shows what is in it. Several files of the list are chosen by "
    "their numbers with blanks between them; l looks into the folder again and says the list.",
    "If the file is on another computer, open it there, copy all of its text, and type p here.",
)


@dataclass(frozen=True, slots=True)
class TwoWays:
    """A finding that one word of the user settles: what to ask, the answers, and where it goes.

    Without ``answers`` it is the name of a time zone. ``name`` is what undo calls the answer.
    """

    question: str
    answers: tuple[tuple[str, str], ...]
    said: Callable[[HowToRead, str], HowToRead]
    name: str


_SETTLED: dict[str, TwoWays] = {
    "date-order": TwoWays(
        "In the dates, what comes first?",
        (
            ("dmy", "the day, as in 31.10.2026"),
            ("mdy", "the month, as in 10/31/2026"),
            ("ymd", "the year, as in 26-10-31"),
        ),
        lambda reading, word: replace(reading, date_order=word),
        "what comes first in the dates",
    ),
    "price-style": TwoWays(
        "In the amounts, which sign stands before the cents?",
        ((",", "a comma, as in 65,00"), (".", "a point, as in 65.00")),
        lambda reading, word: replace(reading, decimal=word),
        "which sign stands before the cents",
    ),
    "time-zone-needed": TwoWays(
        "In which time zone were the sessions? For example Atlantic/Reykjavik",
        (),
        lambda reading, word: replace(reading, time_zone=word),
        "the time zone of the sessions",
    ),
}


def payments(talk: Talk, sitting: Sitting) -> None:
    """Ask for the files until they can be read. Raises Back, Undo and Leave."""
    flow = sitting.flow
    while True:
        shelf = say_shelf(talk, sitting.folder, chosen=bool(flow.request.paid))
        paid, shelf = choose_files(talk, PAID, flow.request.paid, shelf, sitting.pasted)
        sitting.folder = shelf.folder
        others = tuple(file for file in flow.request.unpaid if file not in paid)
        flow.choose_files(replace(flow.request, paid=paid, unpaid=others))
        try:
            wanted = replace(UNPAID, taken=paid)
            unpaid, shelf = choose_files(talk, wanted, others, shelf, sitting.pasted)
        except Back:
            continue
        sitting.folder = shelf.folder
        flow.choose_files(replace(flow.request, unpaid=unpaid))
        sitting.keep()
        talk.say("Reading the files.")
        sitting.read()
        _settle(talk, sitting)
        here = check(StepId.PAYMENTS, flow.standing)
        if flow.month_end is not None:
            talk.say_all(_understood(flow.month_end))
            talk.say_all(findings_said(here.findings))
            if here.state is State.DONE:
                return
        talk.say_all(findings_said(flow.standing.unreadable))
        talk.say("Please choose the files again; Enter takes the same ones once more.")


def _understood(month_end: MonthEnd) -> Iterator[str]:
    """What was made of each file."""
    for file in (*month_end.paid, *month_end.unpaid_files):
        export = file.export
        columns = listed(f"“{column.header}”" for column in export.columns)
        yield f"{export.name}: {counted(export.rows, 'payment')}. Columns read: {columns}."


def _settle(talk: Talk, sitting: Sitting) -> None:
    """Ask how to read what can be read two ways, and read again, until nothing is left to ask.

    What is answered holds for the months to come, once this one is issued.
    """
    flow = sitting.flow
    while True:
        found = next((one for one in flow.standing.findings if one.code in _SETTLED), None)
        if found is None:
            return
        way = _SETTLED[found.code]
        talk.say(found.message)
        reading = way.said(flow.request.reading, _asked(talk, way))
        if reading == flow.request.reading:
            return  # it was said already and did not settle it: the finding tells why
        sitting.answer(replace(flow.request, reading=reading), way.name)


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
