"""Where a month end stands: each step's check, its findings and its summary, as pure functions.

The words of the steps are in `portal.py`. A face holds a `Standing`, asks here how each step is,
and draws the answer.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kara_tui.model.decision import Decision
from kara_tui.month_end.portal import STEPS, Step, StepId, step
from kara_tui.month_end.wording import amount_said, counted, listed, month_name

if TYPE_CHECKING:
    from kara_tui.model import Finding
    from kara_tui.month_end.assess import MonthEnd
    from kara_tui.month_end.outcome import Outcome
    from kara_tui.month_end.request import Request

__all__ = [
    "STEPS",
    "Check",
    "Standing",
    "State",
    "Step",
    "StepId",
    "check",
    "findings_of",
    "missing",
    "step",
    "summary",
]

_DECIDED: dict[Decision | None, str] = {
    Decision.CONFIRMED: "confirmed in the portal",
    Decision.COLLECT: "to collect from the client",
    Decision.VOID: "cancelled",
    Decision.ELSEWHERE: "billed elsewhere",
    Decision.LATER: "put off",
    None: "still to decide",
}


class State(StrEnum):
    """How a step is. OPEN: nothing is wrong, but what the step is for has not been said yet."""

    DONE = "done"
    OPEN = "open"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Standing:
    """All that is known at one moment of a month end.

    ``month_end`` is None until the files were read. ``unreadable`` are the findings of files that
    could not be read at all; then there is no ``month_end``. ``outcome`` is there once issued;
    ``is_sent`` says that its mail was marked as sent.
    """

    request: Request
    month_end: MonthEnd | None = None
    unreadable: tuple[Finding, ...] = ()
    outcome: Outcome | None = None
    is_sent: bool = False

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding there is, blockers first."""
        return self.unreadable or (self.month_end.findings if self.month_end else ())

    @property
    def is_issued(self) -> bool:
        return self.outcome is not None and self.outcome.is_issued


@dataclass(frozen=True, slots=True)
class Check:
    """A step's state and the findings that are solved there, blockers first."""

    state: State
    findings: tuple[Finding, ...] = ()


def findings_of(step_id: StepId, standing: Standing) -> tuple[Finding, ...]:
    """The findings that are solved in this step, blockers first."""
    if not standing.findings:  # the table of all findings is loaded only for one
        return ()
    from kara_tui.month_end.findings import step_of

    return tuple(finding for finding in standing.findings if step_of(finding.code) is step_id)


def check(step_id: StepId, standing: Standing) -> Check:
    """How a step is. For Send the findings are every blocker there is, then its own."""
    here = findings_of(step_id, standing)
    if standing.is_issued:
        return Check(State.DONE, here)
    if step_id is StepId.SEND:
        blockers = tuple(finding for finding in standing.findings if finding.is_blocker)
        rest = tuple(finding for finding in here if not finding.is_blocker)
        return Check(State.BLOCKED if blockers else State.OPEN, blockers + rest)
    if any(finding.is_blocker for finding in here):
        return Check(State.BLOCKED, here)
    return Check(State.DONE if _is_said(step_id, standing) else State.OPEN, here)


def missing(step_id: StepId, standing: Standing) -> tuple[StepId, ...]:
    """The steps without which this one has nothing to show; empty when one may go there.

    A blocked step does not bar the way to look ahead: only Send refuses to issue while one stands,
    and nothing is Done before it has.
    """
    return tuple(
        need
        for need in step(step_id).needs
        if check(need, standing).state is State.OPEN
        or (need is StepId.SEND and not standing.is_issued)
    )


def summary(step_id: StepId, standing: Standing) -> str:
    """What the step has come to, in one line; for a step with nothing said yet, that."""
    request, month_end, outcome = standing.request, standing.month_end, standing.outcome
    if step_id is StepId.PAYMENTS:
        return _files(request)
    if outcome is not None and standing.is_issued and step_id in (StepId.SEND, StepId.DONE):
        numbers = listed(delivered.invoice.number or "" for delivered in outcome.invoices)
        if step_id is StepId.SEND:
            return f"{numbers} issued"
        sent = "sent" if standing.is_sent else "to be sent"
        return f"{numbers} for {month_name(outcome.month)}, {sent} to {outcome.mail_to}"
    if month_end is None or step_id is StepId.DONE:
        return "not yet"
    month = month_name(month_end.month)
    match step_id:
        case StepId.PAID:
            return f"{month}: {counted(month_end.sessions, 'session')} to bill"
        case StepId.CREDIT:
            return _sessions(month_end)
        case StepId.UNPAID:
            return _unpaid(month_end)
        case StepId.INVOICE:
            invoices = month_end.invoices
            if not invoices:
                return "nothing to bill"
            total = listed(amount_said(invoice.total) for invoice in invoices)
            return f"{counted(len(invoices), 'invoice')}, {total}"
        case _:
            return f"to {month_end.profile.mail.to}, not issued yet"


def _is_said(step_id: StepId, standing: Standing) -> bool:
    """Whether the step holds all it is for."""
    month_end = standing.month_end
    if month_end is None or step_id is StepId.DONE:
        return False
    if step_id is StepId.UNPAID:
        return bool(standing.request.unpaid)
    if step_id is StepId.INVOICE:
        return bool(month_end.invoices)
    return bool(standing.request.paid)


def _files(request: Request) -> str:
    if not request.paid:
        return "no export chosen yet"
    paid = listed(_name(file.name) for file in request.paid)
    if not request.unpaid:
        return f"Paid: {paid}; no Unpaid export"
    return f"Paid: {paid}; Unpaid: {listed(_name(file.name) for file in request.unpaid)}"


def _name(name: str) -> str:
    return "standard input" if name == "-" else name


def _sessions(month_end: MonthEnd) -> str:
    said = counted(month_end.sessions, "session")
    if month_end.totals:
        said += f", {listed(amount_said(total) for total in month_end.totals)}"
    if month_end.left_out:
        said += f"; {len(month_end.left_out):,} left out"
    return said


def _unpaid(month_end: MonthEnd) -> str:
    if not month_end.request.unpaid:
        return "not looked at: no Unpaid export was given"
    if not month_end.unpaid:
        return f"nothing unpaid in {month_name(month_end.month)}"
    # Without a sponsor no credit was used, so collecting needs no decision.
    tally = Counter(
        _DECIDED[payment.decision or (None if payment.session.sponsor else payment.proposal)]
        for payment in month_end.unpaid
    )
    return listed(f"{number:,} {words}" for words, number in tally.items())
