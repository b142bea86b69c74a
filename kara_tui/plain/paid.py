"""Paid: the month to bill, and what lies outside it."""

from __future__ import annotations

from dataclasses import replace

from kara_tui.model import Month
from kara_tui.month_end.steps import State, StepId, check, summary
from kara_tui.month_end.wording import month_name
from kara_tui.plain.prompt import Talk
from kara_tui.plain.saying import findings_said
from kara_tui.plain.sitting import Sitting

HELP = ("A month is typed as YYYY-MM, for example 2026-10.",)


def paid(talk: Talk, sitting: Sitting) -> None:
    """Ask for the month until there is something to bill in it. Raises Back, Undo and Leave."""
    flow = sitting.flow
    while flow.month_end is not None:
        billed = flow.request.billed_month
        month = talk.ask("Which month is billed?", Month.parse, str(billed))
        if month != billed:
            said = f"{month_name(month)} is the month to bill"
            sitting.answer(replace(flow.request, month=month), said)
        here = check(StepId.PAID, flow.standing)
        talk.say_all(findings_said(here.findings))
        if here.state is State.DONE:
            talk.say(f"{summary(StepId.PAID, flow.standing)}.")
            return
        if flow.month_end is not None:
            talk.say(
                f"{month_name(month)} cannot be billed as it is. Type another month, or b to "
                "choose other files, or q to leave."
            )
