"""Home: what is to be done first, then every invoice and where it stands."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import on, work
from textual.content import Content
from textual.widgets import DataTable, OptionList

from kara_tui.model import total
from kara_tui.month_end.home import Home, Standing, State
from kara_tui.month_end.portal import step
from kara_tui.month_end.trouble import Trouble
from kara_tui.month_end.wording import amount_said, counted, day_said, day_short, listed, month_name
from kara_tui.tui.actions import bindings
from kara_tui.tui.background import beside
from kara_tui.tui.dialogs.ask import Ask
from kara_tui.tui.dialogs.confirm import Confirm
from kara_tui.tui.dialogs.tell import Tell
from kara_tui.tui.messages import Said
from kara_tui.tui.opening import open_path, opener
from kara_tui.tui.pages.base import Pane, Panel, Panes, Words
from kara_tui.tui.screens.base import KaraScreen
from kara_tui.tui.widgets.bars import ButtonLine, KeyBar
from kara_tui.tui.widgets.choices import Choices

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from kara_tui.month_end.request import Request
    from kara_tui.tui.acts import Acts
    from kara_tui.tui.looking import History

Result = TypeVar("Result")

# A DataTable takes a quarter of a second for a thousand rows: older invoices are found by name in
# the palette.
SHOWN = 500


@dataclass(frozen=True, slots=True)
class Todo:
    """A line of what is to be done: its words, what is known about it, and what it does."""

    words: str
    about: str
    does: Callable[[], None]
    style: str = "$muted"


class HomeScreen(KaraScreen):
    """What is open, and what was issued."""

    page_id = "home"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("home")]

    def __init__(self, request: Request, acts: Acts) -> None:
        super().__init__()
        self._request = request
        self._acts = acts
        self._history: History | None = None
        self._todo: list[Todo] = []
        self._shown: list[Standing] = []

    def compose(self) -> ComposeResult:
        yield Words(id="title")
        with Panes(classes="panes"):
            with Pane(classes="main"):
                yield Words(id="said", classes="hint")
                yield Panel(Choices(id="todo"), title="To do", id="todo-panel")
                yield Panel(
                    Words("Looking at what is there …", id="none"),
                    DataTable(id="invoices", cursor_type="row", zebra_stripes=False),
                    title="Invoices", id="invoices-panel", classes="fills",
                )  # fmt: skip
            with Pane(classes="side"):
                yield Panel(Words(id="month"), title="This month", id="month-panel")
                yield Panel(Words(id="one"), title="Invoice", id="one-panel")
        yield ButtonLine(id="buttons")
        yield KeyBar(id="keys")

    def on_mount(self) -> None:
        day = day_said(self._request.today)
        self.query_one("#title", Words).put(
            Content.assemble((" kara ", "bold $accent"), (f" {day}", "bold $title"))
        )
        table = self.query_one("#invoices", DataTable)
        table.display = False
        for head in ("Number", "Month", "Sessions", "Total", "State"):
            table.add_column(Content(head), key=head)  # type: ignore[arg-type]  # content is a label too
        self.query_one("#todo").focus()
        self.look()

    @work(exclusive=True, group="home")
    async def look(self) -> None:
        """Look into the ledger, beside the keys."""
        request = self._request
        try:
            self._history = await beside(lambda: self._acts.history(request))
        except Trouble as trouble:
            first = trouble.findings[0]
            self.query_one("#none", Words).put(
                Content.styled(f"! {first.message} {first.hint}", "$blocker")
            )
            return
        self.show()

    # -- drawing

    def show(self) -> None:
        """Draw what is known."""
        history = self._history
        if history is None:
            return
        home = history.home
        self._todo = list(self._to_do(history))
        width = max(len(one.words) for one in self._todo)
        self.query_one("#todo", Choices).put([
            Content.assemble(f"{one.words:<{width}}   ", (one.about, one.style))
            for one in self._todo
        ])  # fmt: skip
        self._shown = list(home.standings[:SHOWN])
        table = self.query_one("#invoices", DataTable)
        at = table.cursor_row
        table.clear()
        for one in self._shown:
            table.add_row(*_cells(one))
        table.display = bool(self._shown)
        self.query_one("#none", Words).put(
            "" if self._shown
            else Content.styled("No invoice yet. The first one will stand here.", "$muted")
        )  # fmt: skip
        if self._shown:
            table.move_cursor(row=min(at, len(self._shown) - 1))
        self.query_one("#invoices-panel", Panel).title("Invoices", _year(home))
        days = home.deadlines
        self.query_one("#month", Words).put(
            Content("\n").join([
                Content.assemble(("send by      ", "$muted"), day_short(days.safe)),
                Content.assemble(("at the last  ", "$muted"), day_short(days.last)),
                Content.assemble(("money        ", "$muted"), day_short(days.pay)),
            ])
        )  # fmt: skip
        self.query_one("#month-panel", Panel).title(month_name(home.month))
        said = [
            Content.styled(f"{'!' if one.is_blocker else '?'} {one.message} {one.hint}",
                           "$blocker" if one.is_blocker else "$warning")
            for one in home.findings
        ]  # fmt: skip
        if history.broken:
            said.append(Content.styled(f"? {history.broken}", "$warning"))
        self.query_one("#said", Words).put(Content("\n").join(said))
        self._say_one()
        self.show_buttons()
        self.refresh_keys()

    def _to_do(self, history: History) -> Iterable[Todo]:
        home = history.home
        place = history.place
        if place is not None:
            files = [one.name for one in place.request.paid]
            yield Todo(
                f"Go on with {month_name(place.request.billed_month)}",
                f"you were at {step(place.step).title}"
                + (f", with {listed(files)}" if files else ""),
                self._go_on,
            )
        if not home.is_invoiced:
            late = home.today > home.deadlines.last
            about = (
                f"the last day was {_day(home.deadlines.last)}: it is paid later then" if late
                else f"send by {_day(home.deadlines.safe)} · "
                f"{counted(home.working_days_left, 'working day')} left"
            )  # fmt: skip
            yield Todo(
                f"Invoice {month_name(home.month)}",
                about,
                self._begin,
                "$warning" if late else "$muted",
            )
        for one in home.of(State.DRAFTED):
            yield Todo(f"Send {one.document.number}", f"{month_name(one.document.month)}, "
                       f"{amount_said(one.document.total)}, not marked as sent", self._to(one),
                       "$warning")  # fmt: skip
        for one in home.of(State.OVERDUE):
            late_by = (home.today - one.pay_on).days if one.pay_on else 0
            amount = amount_said(one.document.total)
            yield Todo(f"Ask about {one.document.number}", f"{amount}, due "
                       f"{_day(one.pay_on)}, {counted(late_by, 'day')} late", self._to(one),
                       "$blocker")  # fmt: skip
        if home.is_invoiced:
            yield Todo("Bill another month", f"{month_name(home.month)} is invoiced", self._begin)

    def _say_one(self) -> None:
        one = self.under_cursor
        if one is None:
            self.query_one("#one-panel", Panel).display = False
            return
        self.query_one("#one-panel", Panel).display = True
        document = one.document
        lines = [
            Content(f"{month_name(document.month)} · {amount_said(document.total)}"),
            Content.styled(f"issued {_day(document.issued_on)}", "$muted"),
        ]
        if document.sent_on:
            lines.append(Content.styled(f"sent {_day(document.sent_on)}", "$muted"))
        if document.paid_on:
            lines.append(Content.styled(f"paid {_day(document.paid_on)}", "$good"))
        elif one.pay_on:
            lines.append(Content.styled(f"due {_day(one.pay_on)}", "$muted"))
        self.query_one("#one-panel", Panel).title(document.number)
        self.query_one("#one", Words).put(Content("\n").join(lines))

    def show_buttons(self) -> None:
        """What Enter does: the line under the cursor, or the invoice."""
        todo = self.query_one("#todo", Choices)
        at = todo.highlighted
        onward = ""
        if todo.has_focus and at is not None and at < len(self._todo):
            onward = self._todo[at].words
        elif self.under_cursor is not None:
            onward = f"Show {self.under_cursor.document.number}"
        self.query_one("#buttons", ButtonLine).show(onward)

    def words(self) -> Mapping[str, str]:
        return {"next": "Do it" if self.query_one("#todo").has_focus else "Show"}

    @property
    def under_cursor(self) -> Standing | None:
        """The document under the cursor."""
        table = self.query_one("#invoices", DataTable)
        return self._shown[table.cursor_row] if 0 <= table.cursor_row < len(self._shown) else None

    def watch_focused(self) -> None:
        super().watch_focused()
        if self._history is not None:
            self.show_buttons()

    @on(Choices.OptionHighlighted, "#todo")
    @on(DataTable.RowHighlighted, "#invoices")
    def _moved(self) -> None:
        if self._history is not None:
            self._say_one()
            self.show_buttons()

    # -- what keys do

    async def action_next(self) -> None:
        """Do the line under the cursor, or show the invoice."""
        todo = self.query_one("#todo", Choices)
        if todo.has_focus and todo.highlighted is not None and todo.highlighted < len(self._todo):
            self._todo[todo.highlighted].does()
        elif self.under_cursor is not None:
            self._show_document(self.under_cursor.document.number)

    @on(OptionList.OptionSelected, "#todo")
    def _todo_clicked(self, event: OptionList.OptionSelected) -> None:
        self._todo[event.option_index].does()

    @on(DataTable.RowSelected, "#invoices")
    def _row_selected(self) -> None:
        if self.under_cursor is not None:
            self._show_document(self.under_cursor.document.number)

    async def action_back(self) -> None:
        """Back to the month, where one is begun; else this is where everything begins."""
        from kara_tui.tui.app import KaraApp

        if isinstance(self.app, KaraApp) and self.app.wizard is not None:
            self.app.pop_screen()
        else:
            self.post_message(Said("This is where it begins. Ctrl+Q leaves; everything is kept."))

    def _begin(self) -> None:
        from kara_tui.tui.app import KaraApp

        if isinstance(self.app, KaraApp):
            self.app.begin()

    def _go_on(self) -> None:
        from kara_tui.tui.app import KaraApp

        if isinstance(self.app, KaraApp) and self._history is not None and self._history.place:
            self.app.take_up(self._history.place)

    def _to(self, one: Standing) -> Callable[[], None]:
        def there() -> None:
            table = self.query_one("#invoices", DataTable)
            table.move_cursor(row=self._shown.index(one))
            table.focus()

        return there

    @work(exclusive=True, group="doing")
    async def _show_document(self, number: str) -> None:
        request = self._request
        lines = await self._done(lambda: self._acts.shown(request, number))
        if lines is not None:
            self.app.push_screen(Tell(number, "\n".join(lines)))

    def action_open(self) -> None:
        """Open the PDF of the invoice under the cursor."""
        self._open()

    @work(exclusive=True, group="doing")
    async def _open(self) -> None:
        one, request = self.under_cursor, self._request
        if one is None:
            return
        number = one.document.number
        path = await self._done(lambda: self._acts.pdf_of(request, number))
        if path is None:
            return
        if opener(os.environ):
            said = await beside(lambda: open_path(path))
            self._say(said or f"Opening {path.name}.")
        else:
            self.app.copy_to_clipboard(str(path))
            self._say(f"It is here (copied): {path}")

    def action_copy(self) -> None:
        """Copy the number of the invoice under the cursor."""
        one = self.under_cursor
        if one is not None:
            self.app.copy_to_clipboard(one.document.number)
            self._say(f"Copied: {one.document.number}")

    def action_sent(self) -> None:
        """Note that the invoice under the cursor was sent."""
        one = self.under_cursor
        if one is None or one.state is not State.DRAFTED:
            self._say("Put the cursor on an invoice that is not marked as sent.", "warning")
            return
        self._ask_day("sent", one.document.number, f"When was {one.document.number} sent?")

    def action_paid(self) -> None:
        """Note the day on which the money came."""
        one = self.under_cursor
        if one is None or one.state not in (State.SENT, State.OVERDUE, State.DRAFTED):
            self._say("Put the cursor on an invoice that is still to be paid.", "warning")
            return
        self._ask_day(
            "paid", one.document.number, f"When did the money for {one.document.number} come?"
        )

    def _ask_day(self, what: str, number: str, question: str) -> None:
        def given(text: str | None) -> None:
            if text:
                self._mark(number, what, date.fromisoformat(text.strip()))

        self.app.push_screen(
            Ask(question, "A day as YYYY-MM-DD; today is proposed.",
                value=self._request.today.isoformat(), check=self._day_wrong, does="Note it"),
            given,
        )  # fmt: skip

    def _day_wrong(self, text: str) -> str:
        try:
            day = date.fromisoformat(text.strip())
        except ValueError:
            return "Write a day as 2026-11-10."
        return "That day is still to come." if day > self._request.today else ""

    @work(exclusive=True, group="doing")
    async def _mark(self, number: str, what: str, day: date) -> None:
        request = self._request

        def note() -> bool:
            self._acts.mark_on(request, number, what, day)
            return True

        if await self._done(note):
            self._say(f"{number}: {what} on {_day(day)}.")
            self.look()

    def action_follow_up(self) -> None:
        """Write a friendly mail for each overdue invoice."""
        self._follow_up()

    @work(exclusive=True, group="doing")
    async def _follow_up(self) -> None:
        history, request = self._history, self._request
        if history is None or not history.home.of(State.OVERDUE):
            self._say("Nothing is overdue, so there is nobody to ask.")
            return
        lines = await self._done(lambda: self._acts.follow_up(request))
        if lines is not None:
            self.app.push_screen(Tell("Mail drafts", "\n".join(lines)))

    def action_calendar(self) -> None:
        """Write the dates as a calendar file."""
        self._calendar()

    @work(exclusive=True, group="doing")
    async def _calendar(self) -> None:
        request = self._request
        path = await self._done(lambda: self._acts.calendar(request))
        if path is not None:
            self._say(f"The dates are in {path}")

    def action_cancel(self) -> None:
        """Cancel the invoice under the cursor: a reason first, then a question."""
        one = self.under_cursor
        if one is None or not one.document.stands:
            self._say("Put the cursor on an invoice that is not cancelled.", "warning")
            return
        number = one.document.number

        def reason_given(reason: str | None) -> None:
            if reason is None:
                return

            def sure(yes: bool | None) -> None:  # noqa: FBT001 - a dialog's answer
                if yes:
                    self._cancel(number, reason)

            self.app.push_screen(
                Confirm(
                    f"Cancel {number}?",
                    f"A credit note is issued under the next number, for good. It names {number}, "
                    f"says “{reason}”, and frees its sessions, so that the month can be billed "
                    "again.",
                    f"Cancel {number}",
                ),
                sure,
            )

        self.app.push_screen(
            Ask(f"Cancel {number}: why?", "A sentence; it is printed. Name no client.",
                check=lambda text: "" if len(text.strip()) > 2 else "A few words are needed."),
            reason_given,
        )  # fmt: skip

    @work(exclusive=True, group="doing")
    async def _cancel(self, number: str, reason: str) -> None:
        request = self._request
        lines = await self._done(lambda: self._acts.cancel(request, number, reason))
        if lines is not None:
            self.look()
            self.app.push_screen(Tell("Credit note", "\n".join(lines)))

    async def _done(self, job: Callable[[], Result]) -> Result | None:
        """Do a job beside the keys; None, and the reason said, when it could not be done."""
        from kara_tui.tui.app import KaraApp

        if isinstance(self.app, KaraApp) and self.app.looks_only:
            self._say("Another kara-tui is open on this data, so this one only looks.", "warning")
            return None
        try:
            return await beside(job)
        except Trouble as trouble:
            first = trouble.findings[0]
            self._say(f"{first.message} {first.hint}".strip(), "error")
            return None

    def _say(self, text: str, severity: str = "information") -> None:
        self.post_message(Said(text, severity))


def _cells(one: Standing) -> list[Content]:
    """A row of the table: a credit note's figures are negative and it names what it credits."""
    document = one.document
    is_credit = one.state is State.CREDIT_NOTE
    sign = "−" if is_credit else ""
    state, style = _state(one)
    return [
        Content(document.number),
        Content(month_name(document.month)),
        Content(f"{sign}{document.sessions:>8,}"),
        Content(f"{sign}{amount_said(document.total):>16}"),
        Content.styled(state, style),
    ]


def _state(one: Standing) -> tuple[str, str]:
    document = one.document
    match one.state:
        case State.PAID:
            return f"✓ paid {_day(document.paid_on)}", "$good"
        case State.OVERDUE:
            return f"! overdue, was due {_day(one.pay_on)}", "$blocker"
        case State.SENT:
            return f"  sent, due {_day(one.pay_on)}", "$info"
        case State.DRAFTED:
            return "! not marked as sent", "$warning"
        case State.CREDIT_NOTE:
            return f"  credits {document.corrects}", "$muted"
        case _:
            return "  cancelled", "$muted"


def _year(home: Home) -> str:
    """This year's sum by currency, and what of it is unpaid."""
    year = home.today.year
    standing = [
        one for one in home.standings if one.document.stands and one.document.issued_on.year == year
    ]
    parts = []
    for currency in dict.fromkeys(one.document.total.currency for one in standing):
        here = [one for one in standing if one.document.total.currency == currency]
        unpaid = [one.document.total for one in here if one.state is not State.PAID]
        said = f"{year}: {amount_said(total((one.document.total for one in here), currency))}"
        if unpaid:
            said += f", of it unpaid {amount_said(total(unpaid, currency))}"
        parts.append(said)
    return " · ".join(parts)


def _day(day: date | None) -> str:
    return " ".join(day_short(day).split()) if day else ""
