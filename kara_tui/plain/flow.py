"""The way through the seven steps: forwards, back, and from the review to a step and back again."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from kara_tui import exit_codes, issued
from kara_tui.defect import defect_said
from kara_tui.ending import end_when_told, undisturbed
from kara_tui.errors import UserError, WrongUsage
from kara_tui.month_end import Request, start_demo_anew
from kara_tui.month_end.cli_request import request_from
from kara_tui.month_end.pasted_text import pasted_texts
from kara_tui.month_end.steps import Standing, StepId, missing, step
from kara_tui.month_end.wording import listed
from kara_tui.plain import credit, handing_over, invoice, paid, payments, send, unpaid
from kara_tui.plain.first_start import with_profile
from kara_tui.plain.prompt import Back, Leave, Talk, terminal_talk
from kara_tui.plain.resuming import kept, resumed
from kara_tui.plain.saying import ALWAYS, findings_said, heading, help_for
from kara_tui.plain.send import GoTo
from kara_tui.plain.state import Sitting

Part = Callable[[Talk, Sitting], None]

_HELP: dict[StepId, tuple[str, ...]] = {
    StepId.PAYMENTS: payments.HELP,
    StepId.PAID: paid.HELP,
    StepId.CREDIT: credit.HELP,
    StepId.UNPAID: unpaid.HELP,
    StepId.INVOICE: invoice.HELP,
    StepId.SEND: send.HELP,
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
        self._pasted = Path()
        self._is_kept = False
        self._why_not: tuple[str, ...] = ()
        self._at = StepId.PAYMENTS

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
        sitting, at = resumed(talk, request)
        self._sitting, self._pasted = sitting, pasted
        parts: dict[StepId, Part] = {
            StepId.PAYMENTS: partial(payments.payments, pasted=pasted),
            StepId.PAID: paid.paid,
            StepId.CREDIT: credit.credit,
            StepId.UNPAID: unpaid.unpaid,
            StepId.INVOICE: invoice.invoice,
            StepId.SEND: send.send,
        }
        to_review = False
        while at is not StepId.DONE:
            lacking = missing(at, sitting.standing)
            if lacking:
                talk.say(step(at).needs_said)
                at = lacking[0]
                continue
            sitting.keep = partial(self._keep, at)
            try:
                talk.help = help_for(step(at), _HELP[at])
                talk.say_all(heading(step(at)))
                parts[at](talk, sitting)
            except Back:
                if at is StepId.PAYMENTS:
                    talk.say("This is the first step. Type q to leave.")
                at = StepId.SEND if to_review else _neighbour(at, -1)
                to_review = False
            except GoTo as change:
                at, to_review = change.step_id, True
            else:
                at = StepId.SEND if to_review else _neighbour(at, +1)
                to_review = False
            self._keep(at, sitting.standing)
        return self._finished(sitting.standing)

    def farewell(self, code: int) -> int:
        """The last words when the walk ends before its end, and the exit code."""
        standing = None if self._sitting is None else self._sitting.standing
        if standing is not None and self._why_not:
            # The ledger that was held by another program may be free by now.
            with suppress(Leave):
                self._keep(self._at, standing)
        said = ["", "You have left kara-tui."]
        if standing is not None and standing.outcome is not None and standing.is_issued:
            numbers = listed(done.invoice.number or "" for done in standing.outcome.invoices)
            said.append(f"{numbers} is issued and kept in the ledger; kara-tui status shows it.")
        else:
            said.append("Nothing was issued, and no number was taken. Your files are untouched.")
            if self._is_kept:
                said.append("Your answers are kept: start kara-tui again to go on from here.")
        with suppress(Leave):  # nobody may be there any more to read it
            self._talk.say_all(said)
        return code

    def _keep(self, at: StepId, standing: Standing) -> None:
        if standing.is_issued or standing.request.demo or not standing.request.paid:
            return
        with undisturbed():
            self._is_kept, why_not = kept(at, standing, self._pasted)
        self._at = at
        if why_not != self._why_not:
            self._talk.say_all(why_not)
        self._why_not = why_not

    def _finished(self, standing: Standing) -> int:
        talk = self._talk
        talk.help = help_for(step(StepId.SEND), handing_over.SENT_HELP)
        is_sent = handing_over.hand_over(talk, standing)
        talk.say_all(heading(step(StepId.DONE)))
        handing_over.say_dates(talk, standing, is_sent=is_sent)
        undelivered = standing.outcome is not None and standing.outcome.undelivered
        return exit_codes.NOT_DELIVERED if undelivered else exit_codes.DONE


def _neighbour(at: StepId, by: int) -> StepId:
    order = list(StepId)
    return order[max(0, order.index(at) + by)]
