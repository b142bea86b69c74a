"""Unpaid: sessions that were never confirmed in the portal, each with what the user says of it.

Enter answers nothing here. “I have confirmed it” is believed when a Paid export shows it: it reads
the exports again, and what is still unpaid stays to be decided.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.content import Content

from kara_tui.model import Decision, Severity
from kara_tui.month_end.portal import CONFIRM_IN_PORTAL, StepId
from kara_tui.month_end.steps import findings_of
from kara_tui.month_end.wording import amount_said, counted
from kara_tui.tui.actions import bindings
from kara_tui.tui.columns import moment_said, service_said, session_said, sponsor_said
from kara_tui.tui.dialogs.tell import Tell
from kara_tui.tui.messages import Answered, ReadAgain
from kara_tui.tui.pages.base import SEVERITY_STYLES, Page, Pane, Panel, Panes, Words, numbered
from kara_tui.tui.pages.sums import totals_said
from kara_tui.tui.said_here import message_here
from kara_tui.tui.widgets.choices import Choices
from kara_tui.tui.widgets.session_table import Marks, SessionTable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from kara_tui.month_end.unpaid import UnpaidSession

_SAID = {
    Decision.CONFIRMED: "confirmed",
    Decision.LATER: "asked next month",
    Decision.VOID: "cancelled",
    Decision.ELSEWHERE: "billed elsewhere",
    Decision.COLLECT: "you collect it",
}
# The same in the list's column, as narrow as it can be said.
_IN_COLUMN = {**_SAID, Decision.LATER: "next month", Decision.ELSEWHERE: "elsewhere"}
_ANSWERS = {2: Decision.LATER, 3: Decision.VOID, 4: Decision.ELSEWHERE, 5: Decision.COLLECT}
TALL = 24  # rows from which on there is room for the reason; d shows it anyway
_IN_THE_LIST = ("unpaid-without-sponsor", "unpaid-later")
_LINES = (
    "1  I have confirmed it: read the new exports",
    "2  Not now: ask me again next month",
    "3  Cancelled: nobody pays",
    "4  Somebody else is invoiced for it",
    "5  No credit was used: I collect it from the client",
)


class Answers(Choices, can_focus=False):
    """The answers, to be read and clicked; a key is a number, so that Enter never gives one."""


class UnpaidPage(Page):
    """The month's unpaid sessions, and below them all that can be said of one."""

    step_id = StepId.UNPAID
    focus_first = "SessionTable"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("unpaid")]

    def compose(self) -> ComposeResult:
        with Panes(classes="panes"):
            with Pane(classes="main"):
                yield Panel(
                    Words(id="nothing"),
                    SessionTable(id="unpaid-sessions"),
                    title="Never confirmed in the portal",
                    id="unpaid-panel",
                    classes="fills",
                )
                yield Panel(
                    Words(id="session-said"), Answers(id="answers"),
                    title="Session", id="answer-panel",
                )  # fmt: skip
            with Pane(classes="side"):
                yield Panel(Words(id="portal"), title="In the portal")

    def on_mount(self) -> None:
        self.watch(self.query_one(SessionTable), "cursor", self._pointed, init=False)
        self.query_one(Answers).put([Content(line) for line in _LINES])
        self.query_one(Answers).highlighted = None
        self._unpaid: tuple[UnpaidSession, ...] = ()
        self._marked: set[str] = set()
        self._waited: frozenset[str] = frozenset()

    # -- drawing

    def show(self) -> None:
        month_end = self.flow.month_end
        self._unpaid = () if month_end is None else month_end.unpaid
        self._marked &= {one.candidate.fingerprint for one in self._unpaid}
        table = self.query_one(SessionTable)
        sessions = [one.session for one in self._unpaid]
        table.put(
            sessions, range(len(sessions)), self._mark, tail=self._tail, tail_head="Answer",
            tail_least=max(map(len, _IN_COLUMN.values())),
        )  # fmt: skip
        there = bool(sessions)
        self.query_one("#unpaid-panel", Panel).hold(len(sessions) + 1 if there else 4)
        table.display = there
        self.query_one("#answer-panel", Panel).display = there and not self.is_short
        self.query_one("#nothing", Words).put("" if there else self._empty())
        open_ = self._open()
        sums = totals_said([one.session.price for one in open_]) if open_ else ""
        missing = f"{sums} would be missing on the invoice" if sums else ""
        self.query_one("#unpaid-panel", Panel).title("Never confirmed in the portal", missing)
        if self.has_side:
            self.query_one("#portal", Words).put(numbered(CONFIRM_IN_PORTAL, self.side_room))
        self._say_session()
        self._say_what_came()

    def _mark(self, at: int) -> Marks:
        one = self._unpaid[at]
        if one.candidate.fingerprint in self._marked:
            return Marks("*", "open")
        return Marks("!", "open") if self._is_open(one) else Marks("✓", "out")

    def _tail(self, at: int) -> str:
        one = self._unpaid[at]
        if one.decision is not None:
            return _IN_COLUMN[one.decision]
        return "to decide" if one.session.sponsor else "you collect it"

    @staticmethod
    def _is_open(one: UnpaidSession) -> bool:
        return one.decision is None and bool(one.session.sponsor)

    def _open(self) -> list[UnpaidSession]:
        return [one for one in self._unpaid if self._is_open(one)]

    def _empty(self) -> Content:
        if self.flow.request.paid and not self.flow.request.unpaid:
            return Content.styled(
                "No Unpaid export was chosen, so a forgotten session would not be seen. Export "
                "Payments → Unpaid in the portal the same way and choose the file on the step "
                "Payments, or go on without it.",
                "$warning",
            )
        if self.not_understood:
            return Content.styled(self.not_understood, "$muted")
        return Content.styled("✓ Nothing is unpaid in this month.", "$good")

    def _say_session(self) -> None:
        one = self.under_cursor
        if one is None:
            return
        session = one.session
        self.query_one("#answer-panel", Panel).title(
            f"{moment_said(session)} · {sponsor_said(session)} · row {session.row}",
            f"1 to 5 answers the {len(self._marked):,} marked"
            if self._marked
            else "1 to 5 answers it",
        )
        self.query_one("#session-said", Words).put(
            Content("\n").join([
                Content(f"{service_said(session)} · {amount_said(session.price)}"),
                *([Content.styled(_why(one), "$muted")] if self.app.size.height >= TALL else []),
            ])
        )  # fmt: skip

    def said(self) -> Content | str:
        """How many are to be decided; what the list says anyway is not said again."""
        open_ = self._open() if self.is_mounted else []
        if open_:
            return Content.styled(
                f"! {counted(len(open_), 'session')} to decide: 1 to 5.", "bold $blocker"
            )
        for finding in findings_of(StepId.UNPAID, self.flow.standing):
            if finding.code not in _IN_THE_LIST and finding.severity is not Severity.INFO:
                sign, style = SEVERITY_STYLES[finding.severity]
                said = message_here(finding, self.flow.month_end)
                return Content.styled(f"{sign} {said}", style)
        return ""

    def _say_what_came(self) -> None:
        """After reading again: which of the sessions waited for are no longer unpaid."""
        if not self._waited or self.flow.is_reading:
            return
        still = {one.candidate.fingerprint for one in self._unpaid} & self._waited
        gone = len(self._waited) - len(still)
        self._waited = frozenset()
        said = f"{counted(gone, 'session')} no longer unpaid. " if gone else ""
        if still:
            said += (
                f"{counted(len(still), 'session')} still unpaid in this export: export Paid and "
                "Unpaid again in the portal, and choose the new files on the step Payments."
            )
        self.tell(said, "warning" if still else "information")

    @property
    def under_cursor(self) -> UnpaidSession | None:
        """The session under the cursor."""
        at = self.query_one(SessionTable).under_cursor
        return None if at is None or at >= len(self._unpaid) else self._unpaid[at]

    def _pointed(self) -> None:
        self._say_session()

    @on(SessionTable.Pressed)
    def _pressed(self) -> None:
        self.action_use()

    @on(Answers.OptionSelected, "#answers")
    async def _clicked(self, event: Answers.OptionSelected) -> None:
        self.query_one(Answers).highlighted = None
        await self.run_action(f"answer_{event.option_index + 1}")

    def show_rows(self, source: str, rows: tuple[int, ...]) -> None:
        for at, one in enumerate(self._unpaid):
            if one.session.row in rows and source in ("", one.session.source):
                self.query_one(SessionTable).point_at(at)
                return

    # -- what keys do

    def why_not(self, action: str) -> str:  # noqa: ARG002 - one reason for all
        return "" if self._unpaid else "There is no unpaid session here."

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action.startswith(("answer_", "use", "copy", "details")):
            return bool(self._unpaid)
        return super().check_action(action, parameters)

    def words(self) -> Mapping[str, str]:
        return {"use": "Mark", "use-all": "All"}

    def action_use(self) -> None:
        """Mark the session, or take the mark away."""
        one = self.under_cursor
        if one is not None and self.do("use"):
            self._marked ^= {one.candidate.fingerprint}
            table = self.query_one(SessionTable)
            table.redraw_row(table.cursor)
            table.action_move(1)
            self._say_session()

    def action_use_all(self) -> None:
        """Mark every session, or none."""
        if self.do("use"):
            every = {one.candidate.fingerprint for one in self._unpaid}
            self._marked = set() if self._marked == every else every
            self.show()

    def _chosen(self) -> list[UnpaidSession]:
        if self._marked:
            return [one for one in self._unpaid if one.candidate.fingerprint in self._marked]
        under = self.under_cursor
        return [] if under is None else [under]

    def action_answer_1(self) -> None:
        """Believed when the Paid export shows it."""
        if self.do("answer-1"):
            self._waited = frozenset(one.candidate.fingerprint for one in self._chosen())
            self.post_message(ReadAgain())

    def action_answer_2(self) -> None:
        self._decide(2)

    def action_answer_3(self) -> None:
        self._decide(3)

    def action_answer_4(self) -> None:
        self._decide(4)

    def action_answer_5(self) -> None:
        self._decide(5)

    def _decide(self, number: int) -> None:
        chosen = self._chosen()
        if not self.do(f"answer-{number}") or not chosen:
            return
        decision = _ANSWERS[number]
        request = self.flow.request
        answers = {one.candidate.fingerprint: decision for one in chosen}
        which = (
            f"the session of {moment_said(chosen[0].session)}" if len(chosen) == 1
            else counted(len(chosen), "session")
        )  # fmt: skip
        self._marked.clear()
        self.post_message(
            Answered(
                replace(request, decisions={**request.decisions, **answers}),
                f"{which}: {_SAID[decision]}",
                f"{which[0].upper()}{which[1:]}: {_SAID[decision]}.",
            )
        )
        if len(chosen) == 1:
            self.query_one(SessionTable).action_move(1)

    def action_details(self) -> None:
        """All that is known of the session."""
        one = self.under_cursor
        if one is not None:
            said = session_said(one.session).replace(" · ", "\n")
            self.app.push_screen(Tell("Session", f"{said}\n\n{_why(one)}\n\n" + "\n".join(_LINES)))

    def action_how(self) -> None:
        """What to press in the portal."""
        self.app.push_screen(Tell("In the portal", CONFIRM_IN_PORTAL))

    def action_copy(self) -> None:
        """Copy the session's date and time, to find it in the portal."""
        one = self.under_cursor
        if one is not None:
            self.app.copy_to_clipboard(moment_said(one.session))
            self.tell(f"Copied: {moment_said(one.session)}")


def _why(one: UnpaidSession) -> str:
    if one.session.sponsor:
        return (
            "A credit paid for it, but Confirm was not pressed. In the portal: Payments → Unpaid "
            "→ the three dots → Edit Payment → Confirm."
        )
    return (
        "No sponsor: no credit was used, so it is never billed to Kara Connect. Unless you say "
        "otherwise, you collect it from the client."
    )
