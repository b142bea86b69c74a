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
from kara_tui.month_end.questions import OF_SPONSORS
from kara_tui.month_end.wording import amount_said, counted
from kara_tui.tui.actions import bindings
from kara_tui.tui.columns import (
    Column,
    haystack,
    moment_said,
    next_order,
    order,
    rest_said,
    service_said,
    session_said,
    sponsor_said,
)
from kara_tui.tui.dialogs.correct import Correct
from kara_tui.tui.dialogs.credit import ROUTINGS, SHORT, who_is_invoiced, why_left_out
from kara_tui.tui.dialogs.tell import Tell
from kara_tui.tui.messages import Answered
from kara_tui.tui.pages.base import Page, Pane, Panel, Panes, Words
from kara_tui.tui.pages.sums import by_sponsor, totals_said
from kara_tui.tui.widgets.session_table import Marks, SessionTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from kara_tui.model import Session
    from kara_tui.month_end.billing_history import Candidate

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
                    SessionTable(id="sessions"),
                    title="Sessions that Kara Connect pays",
                    id="sessions-panel",
                    classes="fills",
                )
                # Below the list, so that its lines stay where they are while something is sought.
                with Pane(id="foot"):
                    yield Input(placeholder="a part of a name, a date or a price", id="find")
                    yield Words(id="under")
            with Pane(classes="side"):
                yield Panel(Words(id="sums"), title="By sponsor", id="sums-panel")
                yield Panel(Words(id="session"), title="Session", id="session-panel")

    def on_mount(self) -> None:
        self.watch(self.query_one(SessionTable), "cursor", self._pointed, init=False)
        self._all: tuple[Candidate, ...] = ()
        self._several = False
        self._reasons: dict[str, str] = {}
        self._haystacks: list[str] = []
        self._shown: list[int] = []
        self._column: Column | None = None
        self._backwards = False
        find = self.query_one("#find", Input)
        find.display = False
        find.cursor_blink = False

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
                self._several = len({one.session.professional for one in self._all}) > 1
                self._haystacks = []
        self.query_one("#foot", Pane).display = not self.is_short or self.query_one("#find").display
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
            self.query_one("#sums", Words).put(by_sponsor(self.flow.month_end, self.side_room))

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
            billed = [
                self._all[at].session.price for at in self._shown
                if self._all[at].fingerprint not in self._reasons
            ]  # fmt: skip
            sum_ = f", {totals_said(billed)}" if billed else ""
            shown = f" · {len(self._shown):,} of {len(self._all):,} show{sum_}"
        self.query_one("#sessions-panel", Panel).title(
            f"Sessions that Kara Connect pays{shown}", sums
        )

    def _say_session(self) -> None:
        under = self.under_cursor
        line = self.query_one("#under", Words)
        is_found = self.query_one("#find", Input).has_focus
        if is_found:
            line.put(Content.styled("Enter keeps these lines · Esc shows all", "$muted"))
        elif under is None:
            line.put(Content.styled(self._empty(), "$muted"))
        if under is None or (is_found and not self.has_side):
            return
        reason = self._reasons.get(under.fingerprint, "")
        if not self.has_side:
            left_out = f"– left out: {reason} · " if reason else ""
            style = "$warning" if reason else "$muted"
            rest = rest_said(under.session, several_professionals=self._several)
            line.put(Content.styled(f"{left_out}{rest}", style))
            return
        if not is_found:
            line.put("")
        session = under.session
        self.query_one("#session-panel", Panel).title(moment_said(session))
        words = [
            Content(service_said(session)),
            Content(f"{amount_said(session.price)} · {sponsor_said(session)}"),
            Content(session.professional),
            Content.styled(f"row {session.row} of {session.source}", "$muted"),
        ]
        if reason:
            words.append(Content.styled(f"– left out: {reason}", "$warning"))
        self.query_one("#session", Words).put(Content("\n").join(words))

    def _empty(self) -> str:
        if self._all:
            return "No session holds these words. Esc shows all again."
        return self.not_understood or (
            "There is no Credit session of this month in the exports. Another month? See Paid."
        )

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
            return "This session names no sponsor: Kara Connect is invoiced. Space leaves it out."
        return ""

    def action_sort(self) -> None:
        """By the next column, then by it backwards, then as the file has them."""
        if not self.do("sort"):
            return
        self._column, self._backwards = next_order(self._column, backwards=self._backwards)
        self._fill()

    def action_find(self) -> None:
        """Type what the lines must hold; Esc shows all again."""
        if self.do("find"):
            find = self.query_one("#find", Input)
            self.query_one("#foot", Pane).display = True
            find.display = True
            find.focus()
            self.call_after_refresh(self._say_session)

    @on(Input.Changed, "#find")
    def _find_typed(self) -> None:
        self._fill()

    @on(Input.Submitted, "#find")
    def _find_done(self) -> None:
        self.query_one(SessionTable).focus()
        self.call_after_refresh(self._say_session)

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

        self._leave_out(
            [under.fingerprint],
            f"the session of {when} is left out",
            f"The session of {when} will not be billed now.",
        )

    def _leave_out(self, prints: Sequence[str], name: str, words: str) -> None:
        """Ask why, then leave these sessions out."""

        def because(reason: str | None) -> None:
            if reason is None:
                return
            now = self.flow.request
            why = dict.fromkeys(prints, reason.strip().rstrip("."))
            self.post_message(
                Answered(
                    replace(now, left_out={**now.left_out, **why}),
                    name,
                    f"{name[0].upper()}{name[1:]}.",
                )
            )

        self.app.push_screen(
            why_left_out(words, several=len(prints) > 1),
            because,
        )

    def action_use_all(self) -> None:
        """Leave out every session that shows, or take them all in again."""
        if not self._shown or not self.do("use"):
            return
        prints = [self._all[at].fingerprint for at in self._shown]
        request = self.flow.request
        count = counted(len(prints), "session")
        if all(one in request.left_out for one in prints):
            kept = {key: why for key, why in request.left_out.items() if key not in prints}
            self.post_message(
                Answered(
                    replace(request, left_out=kept),
                    f"{count} taken in again",
                    f"{count} taken in again.",
                )
            )
            return
        # What is out for a reason of its own, such as its sponsor, stays out for that.
        wanted = [one for one in prints if one not in self._reasons]
        if wanted:
            count = counted(len(wanted), "session")
            self._leave_out(wanted, f"{count} left out", f"{count} will not be billed now.")
        else:
            self.tell("None of these sessions is billed here.", "warning")

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
        row, asked = under.session.row, self.flow.standing.findings
        # What is still asked has no answer that Enter alone could give.
        is_open = any(one.code in OF_SPONSORS and row in one.rows for one in asked)
        now = self.flow.request.routes.get(sponsor) or month_end.profile.routing_of(sponsor)

        def said(chosen: int | None) -> None:
            if chosen is None:
                return
            request = self.flow.request
            words = SHORT[ROUTINGS[chosen]]
            self.post_message(
                Answered(
                    replace(request, routes={**request.routes, sponsor: ROUTINGS[chosen]}),
                    f"{sponsor} {words}",
                    f"{sponsor} {words}.",
                )
            )

        self.app.push_screen(
            who_is_invoiced(sponsor, None if is_open else now),
            said,
        )

    def action_details(self) -> None:
        """All that is known of the session under the cursor."""
        under = self.under_cursor
        if under is not None:
            self.app.push_screen(Tell("Session", session_said(under.session).replace(" · ", "\n")))

    def action_how(self) -> None:
        """What to press in the portal."""
        self.app.push_screen(Tell("In the portal", step(StepId.CREDIT).portal))

    def action_copy(self) -> None:
        """Copy the session's date and time, to find it in the portal."""
        under = self.under_cursor
        if under is not None:
            self.app.copy_to_clipboard(moment_said(under.session))
            self.tell(f"Copied: {moment_said(under.session)}")
