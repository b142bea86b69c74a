"""The flow of one month end: where it stands, which step is in front, what was said and taken back.

No screen, no clock and no disk. The wizard's app, ``--plain`` and the tests drive this one value:
each method changes it and returns a sentence for the user, empty where nothing needs to be said.
Reading files takes time, so it is asked for by a ticket: ``ask`` gives one, and ``read`` or
``could_not_read`` take the answer, unless a newer question was asked meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from kara_tui.month_end.portal import STEPS, StepId, step
from kara_tui.month_end.steps import Standing, State, check, missing

if TYPE_CHECKING:
    from kara_tui.model import Finding
    from kara_tui.month_end.assess import MonthEnd
    from kara_tui.month_end.outcome import Outcome
    from kara_tui.month_end.request import Request

UNDO_KEPT = 100

_ISSUED = "The invoice is issued; nothing of it changes any more."


@dataclass(frozen=True, slots=True)
class Change:
    """Something the user said: its name for undo, the step it was said on, what held before."""

    name: str
    step: StepId
    before: Request


class Flow:
    """One month end on its way. Only the methods change it; everything may look at it."""

    def __init__(self, request: Request, at: StepId = StepId.PAYMENTS) -> None:
        self.standing = Standing(request)
        self.step = at
        self.seen: frozenset[StepId] = frozenset({at})
        self.returns_to_review = False
        self._changes: tuple[Change, ...] = ()
        self._ticket = 0
        self._awaited = False

    # -- what is known

    @property
    def request(self) -> Request:
        return self.standing.request

    @property
    def month_end(self) -> MonthEnd | None:
        return self.standing.month_end

    @property
    def is_worked_out(self) -> bool:
        """Whether what is known was worked out from these very answers and files."""
        return self.month_end is not None and self.month_end.request == self.request

    @property
    def is_reading(self) -> bool:
        """Whether an answer is still awaited: what shows may be of an older question."""
        return self._awaited

    @property
    def is_stale(self) -> bool:
        """Whether what is known is of older answers or files, and nobody reads the new ones:
        reading them was stopped.
        """
        if self._awaited or self.standing.is_issued or self.standing.unreadable:
            return False
        return bool(self.request.paid) and not self.is_worked_out

    @property
    def last_change(self) -> Change | None:
        """What undo would take back."""
        return self._changes[-1] if self._changes and not self.standing.is_issued else None

    def state_of(self, step_id: StepId) -> State:
        """How a step is; one that was not looked at yet is open, whatever it holds."""
        state = check(step_id, self.standing).state
        if state is State.DONE and step_id not in self.seen and not self.standing.is_issued:
            return State.OPEN
        return state

    # -- from step to step

    def go(self, step_id: StepId) -> str:
        """Show a step, if what it needs is there; otherwise stay, and say what is missing."""
        if missing(step_id, self.standing):
            return step(step_id).needs_said
        self.step = step_id
        self.seen |= {step_id}
        self.returns_to_review = False
        return ""

    def visit(self, step_id: StepId) -> str:
        """Go to a step from the review: the next step forward or back is the review again."""
        refusal = self.go(step_id)
        self.returns_to_review = not refusal and step_id is not StepId.SEND
        return refusal

    def forward(self) -> str:
        """To the next step, or back to the review that sent us here."""
        if self.returns_to_review:
            return self.go(StepId.SEND)
        position = step(self.step).position
        return self.go(STEPS[position].id) if position < len(STEPS) else ""

    def backward(self) -> str:
        """To the step before, or back to the review. Nothing is checked and nothing is lost."""
        if self.returns_to_review:
            return self.go(StepId.SEND)
        position = step(self.step).position
        if position == 1:
            return "This is the first step. What you said is kept."
        self.step = STEPS[position - 2].id
        self.seen |= {self.step}
        return ""

    # -- what the user says

    def begin(self, request: Request) -> None:
        """Begin anew with this request, at the first step."""
        self._ticket += 1
        self._awaited = False
        self._changes = ()
        self.standing = Standing(request)
        self.step = StepId.PAYMENTS
        self.seen = frozenset({StepId.PAYMENTS})
        self.returns_to_review = False

    def take_up(self, request: Request, at: StepId) -> None:
        """Begin with answers that were kept: every step up to ``at`` was looked at before.

        The files are not read yet, so the first step shows until ``arrive`` is called.
        """
        self.begin(request)
        self.seen = frozenset(step_before.id for step_before in STEPS[: step(at).position])

    def arrive(self, at: StepId) -> str:
        """Show the step that was kept, or the first one when what it needs is no longer there."""
        refusal = self.go(at)
        if refusal:
            self.step = StepId.PAYMENTS
        return refusal

    def choose_files(self, request: Request) -> str:
        """Take other files. Nothing to undo: the list of files is its own way back."""
        if self.standing.is_issued:
            return _ISSUED
        self._put(request)
        return ""

    def change(self, request: Request, name: str) -> str:
        """Take an answer; ``name`` says what it was, such as “Acme ehf. is invoiced directly”."""
        if self.standing.is_issued:
            return _ISSUED
        if request == self.request:
            return ""
        self._changes = (*self._changes, Change(name, self.step, self.request))[-UNDO_KEPT:]
        self._put(request)
        return ""

    def undo(self) -> str:
        """Take the newest answer back and go to the step where it was given. Files stay.

        From the review it is a visit: the next step forward or back is the review again.
        """
        if self.standing.is_issued:
            return "The invoice is issued. Home can cancel it with a credit note."
        if not self._changes:
            return "There is nothing to take back."
        *earlier, last = self._changes
        self._changes = tuple(earlier)
        files = self.request
        self._put(replace(last.before, paid=files.paid, unpaid=files.unpaid))
        if StepId.SEND in (self.step, last.step):
            self.returns_to_review = self.step is not last.step is not StepId.SEND
        self.step = last.step
        self.seen |= {last.step}
        return f"Taken back: {last.name}."

    def _put(self, request: Request) -> None:
        """What was worked out stays in sight until the new question is answered."""
        known = self.standing.month_end if request.paid else None
        unreadable = self.standing.unreadable if request.paid else ()
        self.standing = Standing(request, known, unreadable)

    # -- what comes back from the files

    def ask(self) -> int:
        """Ask for the files to be read, and get the ticket with which the answer is taken."""
        self._ticket += 1
        self._awaited = True
        return self._ticket

    def stop_waiting(self) -> bool:
        """Want no answer any more; says whether one was awaited."""
        awaited, self._awaited = self._awaited, False
        self._ticket += 1
        return awaited

    def read(self, ticket: int, month_end: MonthEnd) -> bool:
        """Take what was worked out; False when a newer question was asked meanwhile."""
        if not self._takes(ticket):
            return False
        self.standing = Standing(self.request, month_end)
        return True

    def could_not_read(self, ticket: int, findings: tuple[Finding, ...]) -> bool:
        """Take why nothing could be worked out; False when a newer question was asked meanwhile."""
        if not self._takes(ticket):
            return False
        self.standing = Standing(self.request, None, findings)
        return True

    def _takes(self, ticket: int) -> bool:
        if ticket != self._ticket or not self._awaited:
            return False
        self._awaited = False
        return True

    def issued(self, outcome: Outcome) -> None:
        """The month is issued: answers end here, and Done follows."""
        self._changes = ()
        self.returns_to_review = False
        self.standing = replace(self.standing, outcome=outcome)
        self.step = StepId.DONE
        self.seen |= {StepId.SEND, StepId.DONE}

    def sent(self, on: date | None) -> None:
        """The mail was sent on this day; None takes that back."""
        self.standing = replace(self.standing, is_sent=on is not None)
