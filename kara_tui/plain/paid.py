"""Paid: the month to bill, and what lies outside it."""

from __future__ import annotations

from dataclasses import replace

from kara_tui.model import Month
from kara_tui.month_end.steps import Standing, State, StepId, check, summary
from kara_tui.month_end.wording import month_name
from kara_tui.plain.payments import read
from kara_tui.plain.saying import findings_said
from kara_tui.plain.talk import Talk

HELP = ("A month is typed as YYYY-MM, for example 2026-10.",)


def paid(talk: Talk, standing: Standing) -> Standing:
    """Ask for the month until there is something to bill in it. Raises Back and Leave."""
    while True:
        month = talk.ask("Which month is billed?", Month.parse, str(standing.request.billed_month))
        if month != standing.request.billed_month or standing.month_end is None:
            standing = read(replace(standing.request, month=month))
        here = check(StepId.PAID, standing)
        talk.say_all(findings_said(here.findings))
        if here.state is State.DONE:
            talk.say(f"{summary(StepId.PAID, standing)}.")
            return standing
        talk.say_all(findings_said(standing.unreadable))
        talk.say(
            f"{month_name(month)} cannot be billed as it is. Type another month, or b to choose "
            "other files, or q to leave."
        )
