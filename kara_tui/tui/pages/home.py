"""Home: where to go on, this month's dates, and every invoice with where it stands."""

from __future__ import annotations

from functools import partial

from kara_tui.errors import UserError
from kara_tui.issued.overview import DocumentStanding as Standing
from kara_tui.issued.overview import DocumentState as State
from kara_tui.month_end.steps import step
from kara_tui.month_end.wording import counted, day_said, listed, month_name
from kara_tui.tui.desk import Desk
from kara_tui.tui.drawing import BLANK, Drawn, Line, wrapped
from kara_tui.tui.looking import History
from kara_tui.tui.page import Page, heading, with_list
from kara_tui.tui.pages.choice import ChoicePage
from kara_tui.tui.pages.prompt import PromptPage
from kara_tui.tui.pages.text import TextPage

_ROLES = {
    State.DRAFTED: "warning", State.SENT: "info", State.PAID: "good", State.OVERDUE: "blocker",
    State.CANCELLED: "muted", State.CREDIT_NOTE: "muted",
}  # fmt: skip


class HomePage(Page):
    """What is there already; Enter on a line goes there or says what can be done with it."""

    id = "home"
    title = "Home"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._history: History | None = None
        self.does = {"next": self._next, "back": self._back}
        self.words = {"back": "Close"}

    def opened(self) -> None:
        if self._history is None:
            self._look()

    def _look(self, said: str = "") -> None:
        request = self.desk.request

        def done(history: History) -> None:
            first = self._history is None
            self._history = history
            self.list.resize(len(self._rows()))
            if first and not history.place and not history.home.standings:
                self.desk.close()
            if said:
                self.desk.say(said)
            if history.broken:
                self.desk.say(history.broken, "warning")

        def failed(error: UserError) -> None:
            self.desk.close()
            self.desk.say(error.findings[0].message, "warning")

        self.desk.host.work(
            lambda: self.desk.acts.history(request),
            done,
            failed,
        )  # fmt: skip

    def body(self, width: int, height: int) -> Drawn:
        head = heading(self.title, "What is open, and what was issued.", width)
        history = self._history
        if history is None:
            return Drawn((*head, BLANK, (("Looking at what is there …", "muted"),)))
        home = history.home
        days = home.deadlines
        if home.is_invoiced:
            said = f"{month_name(home.month)} is invoiced."
        else:
            left = counted(home.working_days_left, "working day")
            said = (
                f"{month_name(home.month)} is still to be invoiced: send it by "
                f"{day_said(days.safe)}, at the latest {day_said(days.last)} ({left} left)."
                if home.today <= days.last
                else f"{month_name(home.month)} is still to be invoiced, and its last day, "
                f"{day_said(days.last)}, has passed: it is paid later then."
            )
        head += [BLANK, *wrapped(said, width), BLANK]
        for finding in home.findings:
            role = "blocker" if finding.is_blocker else "warning"
            head += [*wrapped(f"{finding.message} {finding.hint}", width, role), BLANK]
        rows = self._rows()
        return with_list(self, head, [], width, height, lambda item: rows[item])

    def _rows(self) -> list[Line]:
        history = self._history
        if history is None:
            return []
        rows: list[Line] = []
        if history.place is not None:
            at = step(history.place.step).title
            month = month_name(history.place.request.billed_month)
            files = [one.name for one in history.place.request.paid]
            with_ = f", with {listed(files)}" if files else ""
            rows.append(((f"Go on with {month} at {at}{with_}", "strong"),))
        rows.append(((self._fresh_said(history), "text"),))
        for one in history.home.standings:
            document = one.document
            rows.append((
                (f"{document.number:<10} ", "text"),
                (f"{month_name(document.month):<15} ", "muted"),
                (f"{document.total!s:>14}  ", "text"),
                (one.state.value, _ROLES[one.state]),
                (_since(one), "muted"),
            ))  # fmt: skip
        return rows

    def _fresh_said(self, history: History) -> str:
        month = month_name(history.home.month)
        if history.place is not None:
            return "Begin anew: what was answered is forgotten"
        return "Bill another month" if history.home.is_invoiced else f"Bill {month}"

    def _back(self) -> None:
        self.desk.close()

    def _next(self) -> None:
        history = self._history
        if history is None:
            return
        at = self.list.cursor
        if history.place is not None:
            if at == 0:
                self.desk.close()
                self.desk.take_up(history.place)
                return
            at -= 1
        if at == 0:
            self.desk.close()
        else:
            self.desk.open(self._choices(history.home.standings[at - 1]))

    def _choices(self, one: Standing) -> ChoicePage:
        """What can be done with a document."""
        number = one.document.number
        can: list[tuple[str, object]] = [("Show it", partial(self._show, one))]
        if one.state is State.DRAFTED:
            can.append(("Mark as sent today", partial(self._mark, number, "sent")))
        if one.state in (State.SENT, State.OVERDUE, State.DRAFTED):
            can.append(("Mark as paid today", partial(self._mark, number, "paid")))
        if one.state is State.OVERDUE:
            can.append(("Write a mail to ask about it", self._follow_up))
        if one.document.stands:
            can.append(("Cancel it with a credit note", partial(self._cancel, number)))

        def take(chosen: int) -> None:
            can[chosen][1]()  # type: ignore[operator]  # each is a function without arguments

        return ChoicePage(
            self.desk,
            number,
            (f"{month_name(one.document.month)}, {one.document.total}: {one.state.value}"
             f"{_since(one)}.",),
            [words for words, _ in can],
            take,
            words="Do it",
        )  # fmt: skip

    def _show(self, one: Standing) -> None:
        request, number = self.desk.request, one.document.number
        self._work(
            lambda: self.desk.acts.shown(request, number),
            lambda lines: self.desk.open(TextPage(self.desk, number, lines)),
        )

    def _mark(self, number: str, what: str) -> None:
        request = self.desk.request
        self._work(
            lambda: self.desk.acts.mark(request, (number,), what),
            lambda _: self._look(f"{number} is marked as {what} today."),
        )

    def _follow_up(self) -> None:
        request = self.desk.request
        self._work(
            lambda: self.desk.acts.follow_up(request),
            lambda lines: self.desk.open(TextPage(self.desk, "Mail drafts", lines)),
        )

    def _cancel(self, number: str) -> None:
        request = self.desk.request

        def done(lines: list[str]) -> None:
            self._look()
            self.desk.open(TextPage(self.desk, "Credit note", lines))

        def take(reason: str) -> None:
            self._work(lambda: self.desk.acts.cancel(request, number, reason), done)

        self.desk.open(
            PromptPage(
                self.desk,
                f"Cancel {number}",
                "A credit note is issued under the next number; it names the invoice and frees its "
                "sessions, so that the month can be billed anew. Say why in a sentence: it is "
                "printed. Name no client.",
                take,
                label="Reason: ",
                check=lambda text: "" if len(text.strip()) > 2 else "A few words are needed.",
                words="Cancel it",
            )
        )

    def _work(self, job: object, done: object) -> None:
        if self.desk.looks_only:
            self.desk.say("Another kara-tui is open on this data, so this one only looks.",
                          "warning")  # fmt: skip
            return
        self.desk.host.work(
            job,  # type: ignore[arg-type]  # a job and what takes its result belong together
            done,  # type: ignore[arg-type]
            lambda error: self.desk.say(error.findings[0].message, "warning"),
        )


def _since(one: Standing) -> str:
    document = one.document
    if one.state is State.PAID and document.paid_on:
        return f" on {document.paid_on}"
    if one.state in (State.SENT, State.OVERDUE) and one.pay_on:
        return f", money expected on {one.pay_on}"
    if one.state is State.DRAFTED:
        return ": not marked as sent"
    return ""
