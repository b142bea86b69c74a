"""The walk through the seven steps: the flow says which one is in front, here it is asked."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from kara_tui import exit_codes, issued
from kara_tui.defect import defect_said
from kara_tui.ending import end_when_told
from kara_tui.errors import UserError, WrongUsage
from kara_tui.month_end import Request, start_demo_anew
from kara_tui.month_end.cli_request import request_from
from kara_tui.month_end.flow import Flow
from kara_tui.month_end.pasted_text import pasted_texts
from kara_tui.month_end.steps import StepId, step
from kara_tui.month_end.wording import listed
from kara_tui.plain import credit, handing_over, invoice, paid, payments, send, unpaid
from kara_tui.plain.first_start import with_profile
from kara_tui.plain.prompt import Back, Leave, Talk, Undo, terminal_talk
from kara_tui.plain.resuming import resume
from kara_tui.plain.saying import ALWAYS, UNDO, findings_said, heading, help_for
from kara_tui.plain.sitting import Sitting

# Each step's part, which asks what the step asks, and what ``?`` says of its answers.
_PARTS: dict[StepId, tuple[Callable[[Talk, Sitting], None], tuple[str, ...]]] = {
    StepId.PAYMENTS: (payments.payments, payments.HELP),
    StepId.PAID: (paid.paid, paid.HELP),
    StepId.CREDIT: (credit.credit, credit.HELP),
    StepId.UNPAID: (unpaid.unpaid, unpaid.HELP),
    StepId.INVOICE: (invoice.invoice, invoice.HELP),
    StepId.SEND: (send.send, send.HELP),
}


def converse(given: argparse.Namespace) -> int:
    """Lead through the month end and give the exit code."""
    end_when_told()
    talk = terminal_talk()
    walk = Walk(talk)
    try:
        request = request_from(given)
        with pasted_texts() as pasted:
            return walk.go(request, Path(pasted))
    except WrongUsage as error:
        sys.stderr.write(f"kara-tui: {error}\n")
        return exit_codes.WRONG_USAGE
    except UserError as error:
        talk.say_all(findings_said(error.findings))
        return walk.farewell(error.exit_code)
    except Leave as left:
        return walk.farewell(left.code)
    except KeyboardInterrupt:
        return walk.farewell(exit_codes.INTERRUPTED)
    except Exception as error:
        if os.environ.get("KARA_TUI_DEBUG"):
            raise
        with suppress(Leave):
            talk.say_all(("", defect_said(error)))
        return walk.farewell(exit_codes.DEFECT)


class Walk:
    """One walk, and what it leaves behind when it ends before its end."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self._sitting: Sitting | None = None

    def go(self, request: Request, pasted: Path) -> int:
        """Take the steps in order until the last one is done. Raises Leave."""
        talk = self._talk
        talk.say("kara-tui: the month end, step by step.")
        talk.say(ALWAYS)
        request = with_profile(talk, request)
        if request.demo:
            talk.say("This is the sample month: nothing of it is real, and it is kept apart.")
            start_demo_anew()
        again = issued.repair_at_start(demo=request.demo)
        talk.say_all(f"Written anew from the ledger: {name}." for name in again)
        about = issued.about_the_ledger(request.profile, demo=request.demo)
        talk.say_all(findings_said(about))
        sitting = self._sitting = Sitting(talk, Flow(request), pasted)
        resume(talk, sitting)
        talk.say(UNDO)
        self._walk(sitting)
        return self._finished(sitting.flow)

    def _walk(self, sitting: Sitting) -> None:
        talk, flow = self._talk, sitting.flow
        talk.can_undo = True
        told: StepId | None = None
        while flow.step is not StepId.DONE:
            self._work_out(sitting)
            at = flow.step
            part, about = _PARTS[at]
            talk.help = help_for(step(at), about)
            if at is not told:
                talk.say_all(heading(step(at)))
                told = at
            try:
                part(talk, sitting)
            except Back:
                if flow.backward():
                    talk.say("This is the first step. Type q to leave.")
            except Undo:
                talk.say(flow.undo())
            else:
                said = flow.forward() if flow.step is at else ""
                if said:
                    talk.say(said)
            sitting.keep()
        talk.can_undo = False

    def _work_out(self, sitting: Sitting) -> None:
        """See that a step has what belongs to the answers; without it the files are asked for."""
        flow = sitting.flow
        if flow.step is StepId.PAYMENTS or flow.is_worked_out:
            return
        sitting.read()
        if flow.month_end is None:
            self._talk.say_all(findings_said(flow.standing.unreadable))
            comes_back = flow.returns_to_review or flow.step is StepId.SEND
            (flow.visit if comes_back else flow.go)(StepId.PAYMENTS)

    def farewell(self, code: int) -> int:
        """The last words when the walk ends before its end, and the exit code."""
        sitting = self._sitting
        said = ["", "You have left kara-tui."]
        if sitting is not None and sitting.why_not:
            # The ledger that was held by another program may be free by now.
            with suppress(Leave):
                sitting.keep()
        outcome = None if sitting is None else sitting.flow.standing.outcome
        if outcome is not None and outcome.is_issued:
            numbers = listed(done.invoice.number or "" for done in outcome.invoices)
            said.append(f"{numbers} is issued and kept in the ledger; kara-tui status shows it.")
        else:
            said.append("Nothing was issued, and no number was taken. Your files are untouched.")
            if sitting is not None and sitting.is_kept:
                said.append("Your answers are kept: start kara-tui again to go on from here.")
        with suppress(Leave):  # nobody may be there any more to read it
            self._talk.say_all(said)
        return code

    def _finished(self, flow: Flow) -> int:
        talk = self._talk
        talk.help = help_for(step(StepId.SEND), handing_over.SENT_HELP)
        handing_over.hand_over(talk, flow)
        last = step(StepId.DONE)
        if not flow.standing.is_sent:
            last = replace(last, here="Send the mail, then note the dates.")
        talk.say_all(heading(last))
        handing_over.say_dates(talk, flow.standing)
        outcome = flow.standing.outcome
        undelivered = outcome is not None and outcome.undelivered
        return exit_codes.NOT_DELIVERED if undelivered else exit_codes.DONE
