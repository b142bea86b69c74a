"""Home: what is to be done first, then every invoice and where it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import on, work
from textual.content import Content
from textual.widgets import DataTable, Input, OptionList

from kara_tui.errors import UserError
from kara_tui.issued.overview import DocumentStanding, DocumentState, Overview
from kara_tui.model import total
from kara_tui.month_end.portal import step
from kara_tui.month_end.wording import (
    amount_said,
    counted,
    day_said,
    day_short,
    listed,
    month_name,
    send_by_said,
)
from kara_tui.text import broken
from kara_tui.tui.actions import bindings
from kara_tui.tui.background import beside
from kara_tui.tui.dealing import Dealing
from kara_tui.tui.messages import Said
from kara_tui.tui.pages.base import PANEL, Pane, Panel, Panes, Words, side_of
from kara_tui.tui.screens.base import KaraScreen
from kara_tui.tui.widgets.bars import ButtonLine, KeyBar
from kara_tui.tui.widgets.choices import Choices
from kara_tui.tui.widgets.invoice_table import InvoiceTable, day, figures, state_said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from kara_tui.model import Month
    from kara_tui.month_end.flow import Flow
    from kara_tui.month_end.place import Place
    from kara_tui.tui.acts import Acts
    from kara_tui.tui.app import KaraApp
    from kara_tui.tui.looking import History


@dataclass(frozen=True, slots=True)
class Todo:
    """A line of what is to be done: its words, what is known about it, and what it does."""

    words: str
    about: str
    does: Callable[[], None]
    style: str = "$muted"


class HomeScreen(KaraScreen):
    """What is open, and what was issued. A month that is begun stays as it is below it."""

    page_id = "home"
    unoffered = frozenset({"home"})
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("home")]

    def __init__(self, flow: Flow, acts: Acts) -> None:
        super().__init__()
        self._flow = flow
        self._acts = acts
        self._history: History | None = None
        self._todo: list[Todo] = []
        self._dealing = Dealing(self, acts, flow.request, self.look)

    def compose(self) -> ComposeResult:
        yield Words(id="title")
        with Panes(classes="panes"):
            with Pane(classes="main"):
                yield Words(id="said", classes="hint")
                yield Panel(Choices(id="todo"), title="To do", id="todo-panel")
                find = Input(placeholder="a number, a month, paid, overdue …", id="find")
                find.cursor_blink = False
                find.display = False
                yield Panel(
                    find,
                    Words("Looking at what is there …", id="none"),
                    InvoiceTable(id="invoices"),
                    title="Invoices", id="invoices-panel", classes="fills",
                )  # fmt: skip
            with Pane(classes="side"):
                yield Panel(Words(id="month"), title="This month", id="month-panel")
                yield Panel(Words(id="one"), title="Invoice", id="one-panel")
        yield ButtonLine(id="buttons")
        yield KeyBar(id="keys")

    def on_mount(self) -> None:
        today = day_said(self._flow.request.today)
        self.query_one("#title", Words).put(
            Content.assemble((" kara ", "bold $accent"), (f" {today}", "bold $title"))
        )
        self.query_one("#invoices").display = False
        self.query_one("#one-panel").display = False
        self.query_one("#todo").focus()

    def on_screen_resume(self) -> None:
        """It is in front, perhaps again: what was done elsewhere shows."""
        self.look()

    def on_resize(self) -> None:
        if self._history is not None:
            self.show()

    @property
    def _kara(self) -> KaraApp:
        from kara_tui.tui.app import KaraApp

        assert isinstance(self.app, KaraApp)  # noqa: S101 - no other app has this screen
        return self.app

    @work(exclusive=True, group="home")
    async def look(self) -> None:
        """Look into the ledger, beside the keys."""
        request = self._flow.request
        try:
            self._history = await beside(lambda: self._acts.history(request))
        except UserError as trouble:
            self._say_trouble(trouble)
            return
        self.show()

    def _say_trouble(self, trouble: UserError) -> None:
        """What keeps Home from being shown, and the ways that are left."""
        first = trouble.findings[0]
        self.query_one("#none", Words).put(
            Content.styled(f"! {first.message} {first.hint}", "$blocker")
        )
        self._todo = [Todo("My details", "who you are, whom you bill, your bank account",
                           lambda: self._kara.places.to_my_details(first.setting))]  # fmt: skip
        self._show_todo()
        self.show_buttons()

    # -- drawing

    def show(self) -> None:
        """Draw what is known."""
        history = self._history
        if history is None:
            return
        home = history.home
        self._todo = list(self._to_do(history))
        self._show_todo()
        self._show_table()
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

    def _show_todo(self) -> None:
        width = max(len(one.words) for one in self._todo)
        lines = []
        for one in self._todo:
            beside_it = f"{one.words:<{width}}   "
            fits = cell_len(beside_it) + cell_len(one.about) <= self._room
            about = one.about if fits else "\n".join(
                f"  {line}" for line in broken(one.about, self._room - 2)
            )  # fmt: skip
            words = beside_it if fits else f"{one.words}\n"
            lines.append(Content.assemble(words, (about, one.style)))
        self.query_one("#todo", Choices).put(lines)

    @property
    def _room(self) -> int:
        """The cells within a panel of the main pane."""
        width = self.app.size.width
        return width - side_of(width) - PANEL + 1

    def _show_table(self) -> None:
        home = self._history.home if self._history is not None else None
        if home is None:
            return
        wanted = self.query_one("#find", Input).value.casefold().split()
        shown = [one for one in home.standings if _has(one, wanted)]
        table = self.query_one("#invoices", InvoiceTable)
        table.put(shown, self._room)
        table.display = bool(shown)
        empty = "No invoice is like that." if wanted else (
            "No invoice yet. The first one will stand here."
        )  # fmt: skip
        self.query_one("#none", Words).put("" if shown else Content.styled(empty, "$muted"))
        many = f" · {len(shown):,} of {len(home.standings):,}" if wanted else ""
        self.query_one("#invoices-panel", Panel).title(f"Invoices{many}", _year(home))

    def _to_do(self, history: History) -> Iterable[Todo]:
        """The lines, the likeliest first: a month that was begun, then the one to be invoiced."""
        home, begun = history.home, self._begun()
        goes_on = list(self._going_on())
        invoiced = {one.document.month for one in home.standings if one.document.stands}
        if begun == home.month and begun not in invoiced:
            yield from goes_on
        if not home.is_invoiced and begun != home.month:
            by = send_by_said(home.deadlines, home.today, home.working_days_left)
            yield Todo(
                f"Invoice {month_name(home.month)}",
                " · ".join(by),
                self._begin,
                "$warning" if home.today >= home.deadlines.last else "$muted",
            )
        if begun not in (home.month, *invoiced):
            yield from goes_on
        for one in home.of(DocumentState.DRAFTED):
            about = f"{amount_said(one.document.total)}, {month_name(one.document.month)}"
            yield self._to_send(one, about)
        sent = {one.document.number for one in home.standings if one.document.sent_on}
        for one in home.of(DocumentState.CREDIT_NOTE):
            # What never went out needs no credit note sent after it.
            if one.document.sent_on is None and one.document.corrects in sent:
                yield self._to_send(one, f"credits {one.document.corrects}")
        for one in home.of(DocumentState.OVERDUE):
            late_by = (home.today - one.pay_on).days if one.pay_on else 0
            yield Todo(
                f"Ask about {one.document.number}",
                f"{amount_said(one.document.total)}, due {day(one.pay_on)}, "
                f"{counted(late_by, 'day')} late",
                partial(self._dealing.ask_about, one),
                "$blocker",
            )
        if begun in invoiced:
            # Nothing is left to bill there, unless it was begun to put something right.
            yield from (replace(one, about=f"invoiced already; {one.about}") for one in goes_on)
        if begun is not None:
            yield Todo("Begin a month anew", "files and answers are asked for again", self._begin)
        elif home.is_invoiced:
            yield Todo("Invoice another month", f"{month_name(home.month)} is invoiced",
                       self._begin)  # fmt: skip
        if self._flow.request.demo:
            yield Todo("Leave the sample month", "back to your own", self._kara.places.leave_sample)
        else:
            yield Todo("My details", "name, address, VAT, bank account, numbers",
                       self._kara.places.to_my_details)  # fmt: skip

    def _to_send(self, one: DocumentStanding, about: str) -> Todo:
        does = partial(self._dealing.send, one)
        return Todo(f"Send {one.document.number}", f"{about}, not marked as sent", does, "$warning")

    def _live(self) -> bool:
        """Whether a month is begun in this very wizard."""
        flow = self._flow
        return bool(self._kara.wizard and flow.request.paid and not flow.standing.is_issued)

    def _begun(self) -> Month | None:
        """The month that was begun and not issued, here or the last time."""
        if self._live():
            return self._flow.request.billed_month
        place = self._place()
        return place.request.billed_month if place is not None else None

    def _place(self) -> Place | None:
        """Where one was the last time, if files were chosen there."""
        place = self._history.place if self._history is not None else None
        return place if place is not None and place.request.paid else None

    def _going_on(self) -> Iterable[Todo]:
        place = self._place()
        if self._live():
            at, request, does = self._flow.step, self._flow.request, self._kara.places.back_to_month
        elif place is not None:
            at, request, does = place.step, place.request, self._go_on
        else:
            return
        files = [one.name for one in request.paid]
        yield Todo(
            f"Go on with {month_name(request.billed_month)}",
            f"you were at {step(at).title}" + (f", with {listed(files)}" if files else ""),
            does,
        )

    def _say_one(self) -> None:
        one = self.under_cursor
        panel = self.query_one("#one-panel", Panel)
        panel.display = one is not None
        if one is None:
            return
        document = one.document
        sessions, amount = figures(one)
        lines = [
            Content(f"{month_name(document.month)} · {sessions} sessions"),
            Content.styled(amount, "bold"),
            Content.styled(f"issued {day(document.issued_on)}", "$muted"),
        ]
        if document.sent_on:
            lines.append(Content.styled(f"sent {day(document.sent_on)}", "$muted"))
        lines.append(Content.styled(*state_said(one)))
        if document.reason:
            lines.append(Content.styled(f"“{document.reason}”", "$muted"))
        keys = ["o Open PDF"]
        if one.state is not DocumentState.CANCELLED:
            keys.append("m Sent")
        if document.stands:
            keys += ["p Paid …", "Del Cancel …"]
        pairs = ["".join(f"{key:<14}" for key in keys[at : at + 2]) for at in (0, 2)]
        lines += [Content(), *(Content.styled(pair.rstrip(), "$muted") for pair in pairs if pair)]
        panel.title(document.number)
        self.query_one("#one", Words).put(Content("\n").join(lines))

    def show_buttons(self) -> None:
        """What Enter does: the line under the cursor, or the invoice."""
        todo = self.query_one("#todo", Choices)
        at = todo.highlighted
        onward = ""
        if self.focused is todo and at is not None and at < len(self._todo):
            onward = self._todo[at].words
        elif self.under_cursor is not None:
            onward = f"Show {self.under_cursor.document.number}"
        self.query_one("#buttons", ButtonLine).show(onward)

    def words(self) -> Mapping[str, str]:
        return {"next": "Do it" if self.focused is self.query_one("#todo") else "Show"}

    @property
    def under_cursor(self) -> DocumentStanding | None:
        """The document under the cursor."""
        return self.query_one("#invoices", InvoiceTable).under_cursor

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
            self._dealing.show(self.under_cursor.document.number)

    @on(OptionList.OptionSelected, "#todo")
    def _todo_clicked(self, event: OptionList.OptionSelected) -> None:
        self._todo[event.option_index].does()

    @on(DataTable.RowSelected, "#invoices")
    def _row_selected(self) -> None:
        if self.under_cursor is not None:
            self._dealing.show(self.under_cursor.document.number)

    async def action_back(self) -> None:
        """Close what is being found; else back to where one came from, if there is anything."""
        find = self.query_one("#find", Input)
        if find.display:
            find.value = ""
            find.display = False
            self.query_one("#todo").focus()
        elif len(self.app.screen_stack) > 2:
            self.close()
        else:
            self.post_message(Said("This is where it begins. Ctrl+Q leaves; everything is kept."))

    def _begin(self) -> None:
        """Begin a month; one that was begun already is not dropped without a word."""
        goes_on = next(iter(self._going_on()), None)
        if goes_on is None:
            self._kara.places.begin()
            return
        from kara_tui.tui.dialogs.confirm import Confirm

        def sure(yes: bool | None) -> None:  # noqa: FBT001 - a dialog's answer
            if yes:
                self._kara.places.begin()

        self.app.push_screen(
            Confirm(
                "Begin anew?",
                f"{goes_on.words.removeprefix('Go on with ')} is begun: {goes_on.about}. What was "
                "chosen and answered there is asked again. Nothing that was issued changes.",
                "Begin anew",
                "Keep it",
            ),
            sure,
        )

    def _go_on(self) -> None:
        place = self._place()
        if place is not None:
            self._kara.places.take_up(place)

    def action_find(self) -> None:
        """Show only the invoices that have some words."""
        find = self.query_one("#find", Input)
        find.display = True
        find.focus()

    @on(Input.Changed, "#find")
    def _find_typed(self) -> None:
        self._show_table()
        self._say_one()

    @on(Input.Submitted, "#find")
    def _find_done(self) -> None:
        self.query_one("#invoices").focus()

    @on(DataTable.HeaderSelected, "#invoices")
    def _head_clicked(self, event: DataTable.HeaderSelected) -> None:
        self.query_one("#invoices", InvoiceTable).sort_by(event.column_index)
        self._show_table()

    def action_sort(self) -> None:
        """Sort the invoices by the next column."""
        self.query_one("#invoices", InvoiceTable).sort_next()
        self._show_table()

    def action_copy(self) -> None:
        """Copy the number of the invoice under the cursor."""
        one = self.under_cursor
        if one is not None:
            self.app.copy_to_clipboard(one.document.number)
            self.post_message(Said(f"Copied: {one.document.number}"))

    def action_open(self) -> None:
        """Open the PDF of the invoice under the cursor."""
        self._dealing.open(self.under_cursor)

    def action_sent(self) -> None:
        """Note that the invoice under the cursor was sent, or take that back."""
        self._dealing.sent(self.under_cursor)

    def action_paid(self) -> None:
        """Note the day on which the money came, or take that back."""
        self._dealing.paid(self.under_cursor)

    def action_cancel(self) -> None:
        """Cancel the invoice under the cursor."""
        self._dealing.cancel(self.under_cursor)

    def action_calendar(self) -> None:
        """Write the dates as a calendar file."""
        self._dealing.calendar()

    def action_follow_up(self) -> None:
        """Write a friendly mail for each overdue invoice."""
        if self._history is None or not self._history.home.of(DocumentState.OVERDUE):
            self.post_message(Said("Nothing is overdue, so there is nobody to ask."))
        else:
            self._dealing.follow_up()


def _has(one: DocumentStanding, wanted: Sequence[str]) -> bool:
    """Whether a document has all of these words."""
    document = one.document
    words = (document.number, month_name(document.month), document.corrects,
             document.credited_by, amount_said(document.total), state_said(one)[0])  # fmt: skip
    there = " ".join(words).casefold()
    return all(word in there for word in wanted)


def _year(home: Overview) -> str:
    """This year's sum by currency, and what of it is unpaid."""
    year = home.today.year
    standing = [
        one for one in home.standings if one.document.stands and one.document.issued_on.year == year
    ]
    parts = []
    for currency in dict.fromkeys(one.document.total.currency for one in standing):
        here = [one for one in standing if one.document.total.currency == currency]
        unpaid = [one.document.total for one in here if one.state is not DocumentState.PAID]
        said = f"{year}: {amount_said(total((one.document.total for one in here), currency))}"
        if unpaid:
            said += f", of it unpaid {amount_said(total(unpaid, currency))}"
        parts.append(said)
    return " · ".join(parts)
