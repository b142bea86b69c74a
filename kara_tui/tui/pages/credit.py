"""Credit: the sessions that Kara Connect pays. ✓ is billed, – is left out, with its reason."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.content import Content
from textual.widgets import Input

from kara_tui.month_end.corrections import Correction
from kara_tui.month_end.letters import unprintable_fields
from kara_tui.month_end.portal import StepId, step
from kara_tui.month_end.steps import findings_of
from kara_tui.month_end.wording import amount_said
from kara_tui.settings.profile import Routing
from kara_tui.tui.actions import bindings
from kara_tui.tui.columns import (
    COLUMNS,
    Column,
    haystack,
    moment_said,
    order,
    service_said,
    session_said,
    sponsor_said,
)
from kara_tui.tui.dialogs.ask import Ask
from kara_tui.tui.dialogs.choose import Choose
from kara_tui.tui.dialogs.correct import Correct
from kara_tui.tui.dialogs.tell import Tell
from kara_tui.tui.messages import Answered
from kara_tui.tui.pages.base import Page, Pane, Panel, Panes, Words, finding_lines
from kara_tui.tui.widgets.session_table import Marks, SessionTable

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from kara_tui.model import Session
    from kara_tui.month_end.known import Candidate

REASONS = (
    "It belongs on another month's invoice.",
    "It was invoiced before kara-tui was used.",
    "The company is invoiced directly.",
    "To be cleared up with Kara Connect first.",
)
ROUTINGS = (
    (Routing.KARA, "Kara Connect is invoiced for this sponsor's sessions."),
    (Routing.ELSEWHERE, "The company is invoiced directly; its sessions are left out here."),
    (Routing.ASK, "Ask me each month."),
)
SHORT = {
    Routing.KARA: "is invoiced through Kara Connect",
    Routing.ELSEWHERE: "is invoiced directly",
    Routing.ASK: "is asked about each month",
}
BILLED, OUT = Marks("✓"), Marks("–", "out")


class CreditPage(Page):
    """The month's Credit sessions, billed and left out."""

    step_id = StepId.CREDIT
    focus_first = "SessionTable"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("credit")]

    def compose(self) -> ComposeResult:
        with Panes(classes="panes"):
            with Pane(classes="main"):
                yield Panel(
                    Input(placeholder="a part of a name, a date or a price", id="find"),
                    SessionTable(id="sessions"),
                    title="Sessions that Kara Connect pays",
                    id="sessions-panel",
                    classes="fills",
                )
                yield Words(id="under", classes="under")
            with Pane(classes="side"):
                yield Panel(Words(id="sums"), title="By sponsor", id="sums-panel")
                yield Panel(Words(id="session"), title="Session", id="session-panel")

    def on_mount(self) -> None:
        self.watch(self.query_one(SessionTable), "cursor", self._pointed, init=False)
        self._all: tuple[Candidate, ...] = ()
        self._reasons: dict[str, str] = {}
        self._haystacks: list[str] = []
        self._shown: list[int] = []
        self._column: Column | None = None
        self._backwards = False
        self.query_one("#find", Input).display = False

    # -- drawing

    def show(self) -> None:
        month_end = self.flow.month_end
        self._reasons = {}
        if month_end is None:
            self._all = ()
        else:
            self._reasons = {one.candidate.fingerprint: one.reason for one in month_end.left_out}
            together = [*month_end.billed, *(one.candidate for one in month_end.left_out)]
            if self._reasons:
                together.sort(key=lambda one: (one.session.source, one.session.row))
            if tuple(together) != self._all:
                self._all = tuple(together)
                self._haystacks = []
        self._fill()

    def _fill(self) -> None:
        wanted = self.query_one("#find", Input).value
        if wanted and not self._haystacks:
            self._haystacks = [haystack(one.session) for one in self._all]
        sessions = [one.session for one in self._all]
        self._shown = order(
            sessions, self._haystacks, wanted, self._column, backwards=self._backwards
        )
        table = self.query_one(SessionTable)
        table.put(sessions, self._shown, self._mark, sorted_by=(self._column, self._backwards))
        self._say_how_many()
        self._say_session()
        if self.has_side:
            self.query_one("#sums", Words).put(self._sums())

    def _mark(self, at: int) -> Marks:
        return OUT if self._all[at].fingerprint in self._reasons else BILLED

    def _say_how_many(self) -> None:
        """In the border; what changes at every key is elsewhere, for a border is a whole box."""
        month_end = self.flow.month_end
        sums = ""
        if month_end is not None:
            out = f", {len(self._reasons):,} left out" if self._reasons else ""
            sums = " · ".join(
                [f"{month_end.sessions:,} billed{out}", *map(amount_said, month_end.totals)]
            )
        shown = ""
        if len(self._shown) != len(self._all):
            shown = f" · {len(self._shown):,} of {len(self._all):,} shown"
        self.query_one("#sessions-panel", Panel).title(
            f"Sessions that Kara Connect pays{shown}", sums
        )

    def _say_session(self) -> None:
        under = self.under_cursor
        line = self.query_one("#under", Words)
        if under is None:
            line.put(Content.styled(self._empty(), "$muted"))
            return
        reason = self._reasons.get(under.fingerprint, "")
        said = session_said(under.session)
        line.put(
            Content.styled(f"{said} · left out: {reason}", "$warning") if reason
            else Content.styled(said, "$muted")
        )  # fmt: skip
        if not self.has_side:
            return
        session = under.session
        self.query_one("#session-panel", Panel).title(moment_said(session))
        self.query_one("#session", Words).put(
            Content("\n").join(
                [
                    Content(service_said(session)),
                    Content(f"{amount_said(session.price)} · {sponsor_said(session)}"),
                    Content.styled(f"row {session.row} of {session.source}", "$muted"),
                    *([Content.styled(f"– left out: {reason}", "$warning")] if reason else []),
                ]
            )
        )

    def _empty(self) -> str:
        if self.flow.month_end is None:
            return "No export is read yet: choose one on the step Payments."
        return "There is no Credit session of this month in the exports. Another month? See Paid."

    def _sums(self) -> Content:
        """Sums by sponsor, of what is billed."""
        month_end = self.flow.month_end
        if month_end is None:
            return Content("")
        lines = []
        for invoice in month_end.invoices:
            for one in invoice.by_sponsor:
                amount = amount_said(one.amount)
                name = Content(one.name or "no sponsor").truncate(20, ellipsis=True, pad=True)
                lines.append(Content.assemble(name, f"{one.sessions:>4}", f"{amount:>12}"))
        return Content("\n").join(lines)

    def said(self) -> Content | str:
        findings = findings_of(StepId.CREDIT, self.flow.standing)
        loud = tuple(one for one in findings if one.is_blocker)
        return finding_lines(loud[:1]).first_line if loud else super().said()

    # -- the cursor and the table

    @property
    def under_cursor(self) -> Candidate | None:
        """The session under the cursor, if any shows."""
        at = self.query_one(SessionTable).under_cursor
        return None if at is None or at >= len(self._all) else self._all[at]

    def _pointed(self) -> None:
        self._say_session()

    @on(SessionTable.HeadClicked)
    def _head_clicked(self, message: SessionTable.HeadClicked) -> None:
        again = message.column is self._column
        self._backwards = again and not self._backwards
        self._column = message.column
        self._fill()

    @on(SessionTable.Pressed)
    def _pressed(self) -> None:
        self.action_use()

    def show_rows(self, source: str, rows: tuple[int, ...]) -> None:
        for at, one in enumerate(self._all):
            if one.session.row in rows and source in ("", one.session.source):
                self.query_one(SessionTable).point_at(at)
                return

    # -- what keys do

    def why_not(self, action: str) -> str:
        if not self._all:
            return "There is no session here."
        under = self.under_cursor
        if action == "sponsor" and under is not None and not under.session.sponsor:
            return "This session names no sponsor."
        return ""

    def action_sort(self) -> None:
        """By the next column, then by it backwards, then as the file has them."""
        if not self.do("sort"):
            return
        choices: list[tuple[Column | None, bool]] = [(None, False)]
        choices += [(column, backwards) for column in COLUMNS for backwards in (False, True)]
        at = choices.index((self._column, self._backwards))
        self._column, self._backwards = choices[(at + 1) % len(choices)]
        self._fill()

    def action_find(self) -> None:
        """Type what the lines must hold; Esc shows all again."""
        if self.do("find"):
            find = self.query_one("#find", Input)
            find.display = True
            find.focus()

    @on(Input.Changed, "#find")
    def _find_typed(self) -> None:
        self._fill()

    @on(Input.Submitted, "#find")
    def _find_done(self) -> None:
        self.query_one(SessionTable).focus()

    def action_back(self) -> None:
        """Esc drops what is searched for; else it is one step back."""
        find = self.query_one("#find", Input)
        if find.display:
            find.value = ""
            find.display = False
            self.query_one(SessionTable).focus()
            self._fill()
        else:
            self.app.run_worker(self.app.run_action("app.step_back"))

    def action_use(self) -> None:
        """Leave the session out with a reason, or take it in again."""
        under = self.under_cursor
        if under is None or not self.do("use"):
            return
        request, when = self.flow.request, moment_said(under.session)
        if under.fingerprint in request.left_out:
            kept = {key: why for key, why in request.left_out.items() if key != under.fingerprint}
            self.post_message(
                Answered(
                    replace(request, left_out=kept),
                    f"the session of {when} is taken in again",
                    "Taken in again.",
                )
            )
            return
        if under.fingerprint in self._reasons:
            why = self._reasons[under.fingerprint]
            self.tell(f"This session is not billed here: {why}.", "warning")
            return

        def because(reason: str | None) -> None:
            if reason is None:
                return
            now = self.flow.request
            left_out = {**now.left_out, under.fingerprint: reason.strip().rstrip(".")}
            self.post_message(
                Answered(
                    replace(now, left_out=left_out),
                    f"the session of {when} is left out",
                    f"The session of {when} is left out.",
                )
            )

        self.app.push_screen(
            Ask(
                "Leave out",
                f"The session of {when} will not be billed now. Why? Write it, or take one with ↓ "
                "and Enter. The reason is kept with the month. Name no client.",
                check=lambda text: "" if text.strip() else "A few words are needed.",
                usual=REASONS,
                does="Leave it out",
            ),
            because,
        )

    def action_edit(self) -> None:
        """Put right when the session was, or what the credit paid for."""
        under = self.under_cursor
        if under is None or not self.do("edit"):
            return
        if under.fingerprint in self._reasons:
            self.tell("A session that is left out is not edited: take it in first.", "warning")
            return

        def put_right(correction: Correction | None) -> None:
            if correction is None or correction == Correction():
                return
            now = self.flow.request
            before = now.corrections.get(under.fingerprint, Correction())
            merged = replace(
                before,
                **{name: value for name, value in asdict(correction).items() if value is not None},
            )
            self.post_message(
                Answered(
                    replace(now, corrections={**now.corrections, under.fingerprint: merged}),
                    f"the session of {moment_said(under.session)} is put right",
                    "Put right.",
                )
            )

        self.app.push_screen(
            Correct(moment_said(under.session), under.session, self._unprintable(under.session)),
            put_right,
        )

    def _unprintable(self, session: Session) -> tuple[str, ...]:
        """The names that the invoice's look cannot print."""
        month_end = self.flow.month_end
        if month_end is None:
            return ()
        return unprintable_fields(session, month_end.profile, self.flow.request.theme)

    def action_sponsor(self) -> None:
        """Say who is invoiced for this sponsor's sessions; remembered when the month is issued."""
        under = self.under_cursor
        month_end = self.flow.month_end
        if under is None or month_end is None or not self.do("sponsor"):
            return
        sponsor = under.session.sponsor
        routings = [routing for routing, _ in ROUTINGS]
        now = self.flow.request.routes.get(sponsor) or month_end.profile.routing_of(sponsor)

        def said(chosen: int | None) -> None:
            if chosen is None:
                return
            request = self.flow.request
            words = SHORT[routings[chosen]]
            self.post_message(
                Answered(
                    replace(request, routes={**request.routes, sponsor: routings[chosen]}),
                    f"{sponsor} {words}",
                    f"{sponsor} {words}.",
                )
            )

        self.app.push_screen(
            Choose(
                f"Who is invoiced for {sponsor}?",
                "For some companies your success manager says to invoice the company and not Kara "
                "Connect. Your answer holds for the months to come.",
                [words for _, words in ROUTINGS],
                routings.index(now),
            ),
            said,
        )

    def action_answer(self) -> None:
        """Answer what can be done in two ways."""
        self.app.run_worker(self.app.run_action("app.answer"))

    def action_details(self) -> None:
        """All that is known of the session under the cursor."""
        under = self.under_cursor
        if under is not None:
            self.app.push_screen(Tell("Session", session_said(under.session).replace(" · ", "\n")))

    def action_how(self) -> None:
        """What to press in the portal."""
        self.app.push_screen(Tell("In the portal", "\n\n".join(step(StepId.CREDIT).portal)))

    def action_copy(self) -> None:
        """Copy the session's date and time, to find it in the portal."""
        under = self.under_cursor
        if under is not None:
            self.app.copy_to_clipboard(moment_said(under.session))
            self.tell(f"Copied: {moment_said(under.session)}")
