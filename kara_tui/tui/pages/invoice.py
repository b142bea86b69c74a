"""Invoice: the page itself in letters, the same words in the same order as the PDF."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.containers import VerticalScroll
from textual.content import Content

from kara_tui.errors import UserError
from kara_tui.issued.delivery import scp_line
from kara_tui.month_end.portal import StepId
from kara_tui.month_end.steps import findings_of
from kara_tui.month_end.wording import amount_said, counted, month_name
from kara_tui.tui.actions import bindings
from kara_tui.tui.background import beside
from kara_tui.tui.dialogs.choose import Choose
from kara_tui.tui.messages import Answered
from kara_tui.tui.opening import open_path, opener
from kara_tui.tui.pages.base import (
    Page,
    Pane,
    Panel,
    Panes,
    Words,
    aligned,
    settled_scrollbar,
    settled_size,
)

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from kara_tui.model import Invoice
    from kara_tui.month_end import MonthEnd


class Paper(VerticalScroll):
    """The page in letters. Its scrollbar is always there, so it is laid out and painted once."""

    DEFAULT_CSS = "Paper { overflow-y: scroll; }"

    virtual_size = settled_size()
    show_vertical_scrollbar = settled_scrollbar(shown=True)


LANGUAGES = {"da": "Danish", "de": "German", "en": "English", "is": "Icelandic", "nb": "Norwegian",
             "sv": "Swedish"}  # fmt: skip


class InvoicePage(Page):
    """The drafts in letters; beside them what can be changed."""

    step_id = StepId.INVOICE
    focus_first = "#paper"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("invoice")]

    def compose(self) -> ComposeResult:
        with Panes(classes="panes"):
            with Pane(classes="main"):
                yield Panel(
                    Paper(Words(id="letters"), id="paper"),
                    title="Page", id="paper-panel", classes="fills",
                )  # fmt: skip
            with Pane(classes="side"):
                yield Panel(Words(id="facts"), title="On this page", id="facts-panel")

    def on_mount(self) -> None:
        self._drawn: tuple[tuple[Invoice, ...], int] | None = None
        self._draft: Path | None = None

    def show(self) -> None:
        month_end = self.flow.month_end
        if month_end is None or not month_end.invoices:
            self.query_one("#letters", Words).put(
                Content.styled("There is no session to bill yet.", "$warning")
            )
            return
        month_end = self._as_it_is(month_end)
        issued = self.flow.standing.is_issued
        self.query_one("#facts-panel", Panel).title(
            "On this page", "" if issued else "e Details · l Look"
        )
        self.query_one("#facts", Words).put(self._facts(month_end))
        self._write(month_end)

    def _as_it_is(self, month_end: MonthEnd) -> MonthEnd:
        """Once issued, what was issued stands here and no draft."""
        outcome = self.flow.standing.outcome
        if outcome is None or not self.flow.standing.is_issued:
            return month_end
        return replace(month_end, invoices=tuple(one.invoice for one in outcome.invoices))

    def on_resize(self) -> None:
        if self.flow.month_end is not None and self.flow.month_end.invoices:
            self._write(self._as_it_is(self.flow.month_end))

    def _write(self, month_end: MonthEnd) -> None:
        paper = self.query_one("#paper").scrollable_content_region.width
        width = paper or self.room
        if self._drawn == (month_end.invoices, width):
            return
        self._drawn = (month_end.invoices, width)
        self._set_letters(month_end, width)

    # Without a description Textual writes out every session of the month for one.
    @work(exclusive=True, group="letters", description="set_letters")
    async def _set_letters(self, month_end: MonthEnd, width: int) -> None:
        lines = await beside(lambda: self.acts.letters(month_end, width))
        if not self.is_attached:
            return
        self.query_one("#letters", Words).put("\n".join(lines))
        look = self.flow.request.theme or month_end.profile.theme
        self.query_one("#paper-panel", Panel).title(
            f"Page · {look} · {counted(len(month_end.invoices), 'invoice')}",
            "as it was issued" if self.flow.standing.is_issued
            else "the number is taken only when you issue it",
        )  # fmt: skip

    def _facts(self, month_end: MonthEnd) -> Content:
        invoice = month_end.invoices[0]
        bank = next((value for _, value in invoice.bank.numbers), "")
        number = invoice.number or f"{month_end.numbers[0]}, when issued"
        rows = [
            ("Number", number),
            ("Month", month_name(month_end.month)),
            ("Language", LANGUAGES.get(invoice.language, invoice.language)),
            ("Look", self.flow.request.theme or month_end.profile.theme),
            ("VAT", invoice.vat_treatment.text),
            ("Bank", bank),
        ]
        for one in month_end.invoices:
            rows += [
                ("Net", amount_said(one.net)),
                ("VAT sum", amount_said(one.vat)),
                ("Total", amount_said(one.total)),
            ]
        return Content("\n").join(
            Content("\n".join(lines)).stylize("$muted", 0, len(label))
            for (label, _), lines in zip(rows, aligned(rows, 1, self.side_room), strict=True)
        )

    # -- what keys do

    def why_not(self, action: str) -> str:  # noqa: ARG002 - one reason for all
        month_end = self.flow.month_end
        return "" if month_end and month_end.invoices else "There is no page to show yet."

    def action_look(self) -> None:
        """Choose how the invoice looks."""
        month_end = self.flow.month_end
        if month_end is None or not self.do("look"):
            return
        looks = self.acts.looks()
        now = self.flow.request.theme or month_end.profile.theme

        def taken(chosen: int | None) -> None:
            if chosen is not None:
                self.post_message(
                    Answered(
                        replace(self.flow.request, theme=looks[chosen]),
                        f"the invoice looks {looks[chosen]}",
                    )
                )

        self.app.push_screen(
            Choose("Look", "How is the invoice to look?", looks,
                   looks.index(now) if now in looks else None),
            taken,
        )  # fmt: skip

    def action_edit(self) -> None:
        """Change your details, at what was found in them if anything."""
        found = findings_of(StepId.INVOICE, self.flow.standing)
        setting = next((one.setting for one in found if one.setting), "")
        self.app.run_worker(self.app.run_action(f"app.my_details('{setting}')"))

    def action_open(self) -> None:
        """Open the draft as a PDF; over SSH say how to fetch it."""
        if self.do("open"):
            self._open()

    @work(exclusive=True, group="opening")
    async def _open(self) -> None:
        month_end = self.flow.month_end
        if month_end is None:
            return
        try:
            path = await beside(lambda: self.acts.draft_pdf(month_end))
        except UserError as trouble:
            self.tell(trouble.findings[0].message, "error")
            return
        self._draft = path
        if opener(os.environ):
            said = await beside(lambda: open_path(path))
            self.tell(
                said or f"Opening the draft: {path.name}", "warning" if said else "information"
            )
            return
        fetch = scp_line(os.environ, [path])
        if fetch:
            self.app.copy_to_clipboard(fetch)
            self.tell(f"On your own computer (copied): {fetch}")
        else:
            self.tell(f"The draft is {path}")

    def action_copy(self) -> None:
        """Copy the page's text."""
        month_end = self.flow.month_end
        if month_end is not None and self.do("copy"):
            self.app.copy_to_clipboard("\n".join(self.acts.letters(month_end, 100)))
            self.tell("The page's text is copied.")

    def action_picture(self) -> None:
        """Show the page in pixels, where the terminal has them."""
        month_end = self.flow.month_end
        if month_end is not None and self.do("picture"):
            from kara_tui.tui.app import KaraApp

            if isinstance(self.app, KaraApp):
                self.app.show_pixels(lambda dots: self.acts.picture(month_end, dots))
