"""Paid: the month to bill, and what lies outside it."""

from __future__ import annotations

from dataclasses import replace

from kara_tui.model import Month
from kara_tui.month_end.steps import State, StepId, check, summary
from kara_tui.month_end.wording import month_name
from kara_tui.plain.prompt import Talk
from kara_tui.plain.saying import findings_said
from kara_tui.plain.state import Sitting

HELP = ("A month is typed as YYYY-MM, for example 2026-10.",)


def paid(talk: Talk, sitting: Sitting) -> None:
    """Ask for the month until there is something to bill in it. Raises Back and Leave."""
    while True:
        request = sitting.request
        month = talk.ask("Which month is billed?", Month.parse, str(request.billed_month))
        if month != request.billed_month or sitting.month_end is None:
            sitting.read(replace(request, month=month))
        here = check(StepId.PAID, sitting.standing)
        talk.say_all(findings_said(here.findings))
        if here.state is State.DONE:
            talk.say(f"{summary(StepId.PAID, sitting.standing)}.")
            return
        talk.say_all(findings_said(sitting.standing.unreadable))
        talk.say(
            f"{month_name(month)} cannot be billed as it is. Type another month, or b to choose "
            "other files, or q to leave."
        )
