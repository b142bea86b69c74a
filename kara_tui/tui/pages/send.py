"""Send: everything once more, each line with the way to change it; then one question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.content import Content
from textual.widgets import OptionList

from kara_tui.model import Severity
from kara_tui.month_end.portal import StepId
from kara_tui.month_end.steps import State, check, summary
from kara_tui.month_end.wording import amount_said, counted, listed, month_name
from kara_tui.text import broken
from kara_tui.tui.actions import bindings
from kara_tui.tui.background import beside
from kara_tui.tui.dialogs.confirm import Confirm
from kara_tui.tui.messages import Go, IssueWanted, ReadAgain
from kara_tui.tui.pages.base import (
    SEVERITY_STYLES,
    Page,
    Pane,
    Panel,
    Panes,
    Words,
    aligned,
    mail_said,
)
from kara_tui.tui.said_here import message_here
from kara_tui.tui.widgets.choices import Choices

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from kara_tui.model import Finding
    from kara_tui.month_end import MonthEnd
ROOMY = 48  # cells from which on each line says that it can be changed
HEAD_AND_FOOT = 8  # rows of title, steps, buttons, keys and the list's border, and one to spare


@dataclass(frozen=True, slots=True)
class Review:
    """A line of the review, and where it is changed: a step, or a field of the details."""

    label: str
    text: str
    where: StepId | str


class SendPage(Page):
    """The review before issuing."""

    step_id = StepId.SEND
    focus_first = "#review"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("send")]

    def compose(self) -> ComposeResult:
        with Panes(classes="panes"):
            with Pane(classes="main"):
                yield Panel(Choices(id="review"), title="Check once more", id="review-panel",
                            classes="fills")  # fmt: skip
                yield Words(id="left", classes="hint")
            with Pane(classes="side"):
                yield Panel(Words(id="mail"), title="The mail", id="mail-panel")

    def on_mount(self) -> None:
        self._review: list[Review] = []

    def show(self) -> None:
        self._review = self._lines()
        self._show_review()
        issued = self.flow.standing.is_issued
        self.query_one("#review-panel", Panel).title(
            "What was issued" if issued else "Check once more",
            "" if issued else "e changes the line under the cursor",
        )
        here = check(StepId.SEND, self.flow.standing)
        loud = [one for one in here.findings if one.severity is not Severity.INFO]
        self.query_one("#left", Words).put("" if issued else self._left(loud))
        month_end = self.flow.month_end
        if self.has_side and month_end is not None and month_end.invoices:
            self._show_mail(month_end)

    # Without a description Textual writes out every session of the month for one.
    @work(exclusive=True, group="mail", description="show_mail")
    async def _show_mail(self, month_end: MonthEnd) -> None:
        """The mail as it will be: a draft is written, and the mail program sends it."""
        mail = await beside(lambda: self.acts.mail_to_be(month_end))
        if self.is_attached:
            self.query_one("#mail", Words).put(mail_said(mail, self.side_room))
            issued = self.flow.standing.is_issued
            said = "" if issued else "your mail program sends it"
            self.query_one("#mail-panel", Panel).title("The mail", said)

    def on_resize(self) -> None:
        self._show_review()

    def _show_review(self) -> None:
        """A line for each thing, broken where it is long; the way to change it stands behind it."""
        if not self._review:
            self.query_one("#review", Choices).put([])
            return
        change = "Change" if self.room >= ROOMY and not self.flow.standing.is_issued else ""
        texts = aligned([(one.label, one.text, change) for one in self._review], 1, self.room)
        self.query_one("#review-panel", Panel).hold(sum(map(len, texts)))
        label = max(len(one.label) for one in self._review)
        shown = []
        for lines in texts:
            content = Content("\n".join(lines)).stylize("$muted", 0, label)
            if change:
                end = len(lines[0])
                content = content.stylize("$muted", end - len(change), end)
            shown.append(content)
        self.query_one("#review", Choices).put(shown)

    def _left(self, loud: Sequence[Finding]) -> Content:
        """What is not settled, as much of it as leaves the list its room."""
        room = max(2, self.app.size.height - HEAD_AND_FOOT - len(self._review))
        lines: list[Content] = []
        for at, one in enumerate(loud):
            sign, style = SEVERITY_STYLES[one.severity]
            texts = list(
                broken(f"{sign} {message_here(one, self.flow.month_end)}", self.app.size.width - 2)
            )
            more = len(loud) - at
            if len(lines) + len(texts) > room - (more > 1):
                lines.append(Content.styled(f"{more} to look at: ! shows all", style))
                break
            lines += [Content.styled(text, style) for text in texts]
        return Content("\n").join(lines)

    def _lines(self) -> list[Review]:
        month_end = self.flow.month_end
        if month_end is None:
            return []
        standing, profile = self.flow.standing, month_end.profile
        invoices = month_end.invoices
        total = (
            listed(amount_said(one.total) for one in invoices) if invoices else "nothing to bill"
        )
        numbers = listed(month_end.numbers) if month_end.numbers else "none"
        when = ", taken when you issue it" if month_end.numbers and not standing.is_issued else ""
        banks = (
            listed(dict.fromkeys(
                f"{one.bank.holder}, {next((value for _, value in one.bank.numbers), '')}"
                for one in invoices
            ))
            if invoices else "nobody yet"
        )  # fmt: skip
        return [
            Review("Exports", summary(StepId.PAYMENTS, standing), StepId.PAYMENTS),
            Review("Month", month_name(month_end.month), StepId.PAID),
            Review("Sessions", summary(StepId.CREDIT, standing), StepId.CREDIT),
            Review("Unpaid", summary(StepId.UNPAID, standing), StepId.UNPAID),
            Review("Total", total, StepId.INVOICE),
            Review("Number", f"{numbers}{when}", "invoice.last_used"),
            Review("From", profile.supplier.name, "supplier.name"),
            Review("To", profile.customer.name, "customer.name"),
            Review("Paid to", banks, "bank.holder"),
            Review("VAT", profile.vat.text, "vat.preset"),
            Review("Mail to", profile.mail.to, "mail.to"),
        ]  # fmt: skip

    def onward(self) -> tuple[str, str]:
        if self.flow.standing.is_issued:
            return "Done", "Invoice"
        blocked = check(StepId.SEND, self.flow.standing).state is State.BLOCKED
        return ("Solve what is open" if blocked else "Issue …"), "Invoice"

    def said(self) -> Content | str:
        return ""

    def words(self) -> Mapping[str, str]:
        return {"edit": "Change"}

    # -- what keys do

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        return not (self.flow.standing.is_issued and action in ("edit", "undo", "read_again"))

    def go_on(self) -> None:
        flow = self.flow
        if flow.standing.is_issued:
            super().go_on()
            return
        if flow.is_stale:
            self.post_message(ReadAgain())
            return
        here = check(StepId.SEND, flow.standing)
        if here.state is State.BLOCKED:
            from kara_tui.month_end.findings import step_of

            self.post_message(Go(step_of(here.findings[0].code), from_review=True))
            return
        if flow.is_reading:
            self.tell("Reading the exports; one moment.")
            return
        self.app.push_screen(self._question(), self._answered)

    def _question(self) -> Confirm:
        from kara_tui.month_end.unpaid import left_behind

        month_end = self.flow.month_end
        assert month_end is not None  # noqa: S101 - the step cannot be reached without one
        numbers = listed(month_end.numbers)
        total = listed(amount_said(one) for one in month_end.totals)
        words = [
            Content(
                f"{counted(month_end.sessions, 'session')} of {month_name(month_end.month)}, "
                f"{total}, to {month_end.profile.customer.name}"
            )
        ]
        words += [Content.styled(f"! {one}", "$warning") for one in left_behind(month_end)]
        words.append(
            Content.styled(
                "The number is taken for good. A mistake can only be cancelled by a credit note.",
                "$muted",
            )
        )
        return Confirm(f"Issue {numbers}?", Content("\n\n").join(words), f"Issue {numbers}")

    def _answered(self, yes: bool | None) -> None:  # noqa: FBT001 - a dialog's answer
        if yes:
            self.post_message(IssueWanted())

    @on(OptionList.OptionSelected, "#review")
    def _clicked(self) -> None:
        self.action_edit()

    def action_edit(self) -> None:
        """Change what the line under the cursor says, and come back here."""
        at = self.query_one("#review", Choices).highlighted
        if at is None or not self._review:
            return
        where = self._review[at].where
        if isinstance(where, StepId):
            self.post_message(Go(where, from_review=True))
        else:
            self.app.run_worker(self.app.run_action(f"app.my_details('{where}')"))
