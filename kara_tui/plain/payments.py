"""Payments: which files, read them, and settle what can be read two ways."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kara_tui.month_end import MonthEnd
from kara_tui.month_end.questions import ZONE_NEEDED
from kara_tui.month_end.steps import State, StepId, check
from kara_tui.month_end.wording import counted, listed
from kara_tui.plain.asking import answered
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


# What one word about how files are read settles.
_TWO_WAYS = ("date-order", "price-style", ZONE_NEEDED)


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
        open_ones = (one for one in flow.standing.findings if one.code in _TWO_WAYS)
        finding = next(open_ones, None)
        if finding is None:
            return
        talk.say(finding.message)
        request, name = answered(talk, finding.code, flow.request)
        if request == flow.request:
            return  # it was said already and did not settle it: the finding tells why
        sitting.answer(request, name)
