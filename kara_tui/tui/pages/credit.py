"""Credit: the sessions that Kara Connect pays, to be looked through."""

from __future__ import annotations

from dataclasses import replace

from kara_tui.model import Routing
from kara_tui.month_end.corrections import Correction
from kara_tui.month_end.steps import StepId, findings_of, step
from kara_tui.month_end.wording import counted
from kara_tui.tui.desk import Desk
from kara_tui.tui.drawing import BLANK, Drawn, Line, cut, wrapped
from kara_tui.tui.findings import found_lines
from kara_tui.tui.page import heading, with_list
from kara_tui.tui.pages.choice import ChoicePage
from kara_tui.tui.pages.prompt import PromptPage
from kara_tui.tui.pages.sessions import SessionsPage
from kara_tui.tui.table import session_said

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


class CreditPage(SessionsPage):
    """The month's Credit sessions, billed and left out."""

    id = "credit"
    title = "Credit"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._reasons: dict[str, str] = {}
        self.does |= {"next": self._next, "sort": self.sort, "leave-out": self._leave_out,
                      "edit": self._edit, "sponsor": self._sponsor}  # fmt: skip

    def opened(self) -> None:
        month_end = self.desk.month_end
        if month_end is None:
            return
        self._reasons = {one.candidate.fingerprint: one.reason for one in month_end.left_out}
        if self._reasons:
            together = [*month_end.billed, *(one.candidate for one in month_end.left_out)]
            together.sort(key=lambda one: (one.session.source, one.session.row))
            self.put(together)
        else:
            self.put(month_end.billed)

    def body(self, width: int, height: int) -> Drawn:
        about = step(StepId.CREDIT)
        head = heading(about.title, about.purpose, width)
        if height >= 16:
            head += wrapped(about.here, width)
        columns = self.columns(width - 6)
        found = found_lines(findings_of(StepId.CREDIT, self.desk.standing), width, height // 4)
        foot = [*self._details(width), *found]
        head += self.above_table(columns, 6, width, height - len(head) - len(foot))
        drawn = with_list(
            self, head, foot, width, height, lambda item: self._row(item, columns.row)
        )
        if self.field is not None:
            at = next(y for y, line in enumerate(head) if line and line[0][0] == "Filter: ")
            return replace(drawn, cursor=(8 + self.field.shown(42)[1], at))
        return drawn

    def _row(self, item: int, text: object) -> Line:
        candidate = self.all[self.shown[item]]
        words = text(candidate.session)  # type: ignore[operator]  # the layout's own function
        if candidate.fingerprint in self._reasons:
            return ((self.mark_of(candidate), "muted"), (f"out  {words}", "muted"))
        return ((self.mark_of(candidate), "text"), (words, "text"))

    def _details(self, width: int) -> list[Line]:
        """All of the session under the cursor, for columns that were cut."""
        under = self.under_cursor
        if under is None:
            return [BLANK]
        lines: list[Line] = [((cut(session_said(under.session), width), "muted"),)]
        reason = self._reasons.get(under.fingerprint)
        if reason:
            lines.append(((cut(f"Left out: {reason}", width), "warning"),))
        return [BLANK, *lines]

    def why_not(self, action: str) -> str:
        if action in ("leave-out", "edit", "sponsor") and not self.all:
            return "There is no session here."
        if action == "sponsor" and self.desk.request.demo:
            return "The sample's profile stays as it is; in your own the answer is remembered."
        if action == "sponsor":
            under = self.under_cursor
            if under is not None and not under.session.sponsor:
                return "This session names no sponsor."
        return super().why_not(action)

    def _next(self) -> None:
        if not self.take_filter():
            self.desk.forward()

    def _leave_out(self) -> None:
        chosen = self.chosen()
        request = self.desk.request
        by_hand = [one for one in chosen if one.fingerprint in request.left_out]
        if by_hand:
            kept = {
                print_: reason
                for print_, reason in request.left_out.items()
                if print_ not in {one.fingerprint for one in by_hand}
            }
            self.marked.clear()
            self.desk.change(
                replace(request, left_out=kept),
                f"{counted(len(by_hand), 'session')} taken in again.",
            )
            return
        named = [one for one in chosen if one.fingerprint not in self._reasons]
        if not named:
            self.desk.say("This session is on an invoice already, or its sponsor is invoiced "
                          "directly: it is not billed anyway.", "warning")  # fmt: skip
            return

        def take(reason: str) -> None:
            fresh = dict.fromkeys((one.fingerprint for one in named), reason.rstrip("."))
            self.marked.clear()
            self.desk.change(
                replace(self.desk.request, left_out={**self.desk.request.left_out, **fresh}),
                f"{counted(len(named), 'session')} left out. u undoes it.",
            )

        self.desk.open(
            PromptPage(
                self.desk,
                "Leave out",
                f"{counted(len(named), 'session')} will not be billed now. Why? The reason is kept "
                "with the month. Name no client.",
                take,
                label="Reason: ",
                answers=REASONS,
                check=lambda text: "" if text.strip() else "A few words are needed.",
            )
        )

    def _edit(self) -> None:
        from kara_tui.tui.pages.correct import CorrectPage

        chosen = self.chosen()
        by_hand = self.desk.request.left_out
        out = [one for one in chosen if one.fingerprint in self._reasons.keys() - by_hand.keys()]
        if out:
            reason = self._reasons[out[0].fingerprint]
            self.desk.say(f"Row {out[0].session.place} is not billed here: {reason}.", "warning")
            return

        def take(corrections: dict[str, Correction]) -> None:
            self.marked.clear()
            self.desk.change(
                replace(
                    self.desk.request,
                    corrections={**self.desk.request.corrections, **corrections},
                ),
                f"{counted(len(corrections), 'session')} put right. u undoes it.",
            )

        if chosen:
            self.desk.open(CorrectPage(self.desk, chosen, take))

    def _sponsor(self) -> None:
        under = self.under_cursor
        if under is not None:
            self.desk.open(asking_about(self.desk, under.session.sponsor))


def asking_about(desk: Desk, sponsor: str) -> ChoicePage:
    """Who is invoiced for this sponsor's sessions; remembered for the months to come."""
    month_end = desk.month_end
    now = Routing.KARA if month_end is None else month_end.profile.routing_of(sponsor)
    routings = [routing for routing, _ in ROUTINGS]

    def take(chosen: int) -> None:
        def done(_: None) -> None:
            desk.say(f"Remembered for {sponsor}.")
            desk.read()

        request = desk.request
        desk.host.work(
            lambda: desk.acts.remember_routing(request, sponsor, routings[chosen]),
            done,
            lambda error: desk.say(error.findings[0].message, "warning"),
        )

    return ChoicePage(
        desk,
        "Who pays",
        (
            f"Who is invoiced for sessions with {sponsor}?",
            "For some companies your success manager says to invoice the company and not Kara "
            "Connect. Your answer holds for the months to come.",
        ),
        [words for _, words in ROUTINGS],
        take,
        now=routings.index(now),
    )
