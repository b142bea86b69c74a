"""Done: the mail as things to do, then the dates. What is not sent is never called done."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.content import Content

from kara_tui.errors import UserError
from kara_tui.issued.delivery import dates_ahead, scp_line
from kara_tui.month_end.portal import SUPPORT, StepId
from kara_tui.month_end.wording import amount_said, day_inline, day_short, listed
from kara_tui.tui.actions import bindings
from kara_tui.tui.background import beside
from kara_tui.tui.dialogs.choose import Choose
from kara_tui.tui.dialogs.tell import Tell
from kara_tui.tui.opening import open_path, opener
from kara_tui.tui.pages.base import Page, Pane, Panel, Panes, Words, aligned, mail_said
from kara_tui.tui.widgets.choices import Choices

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult

    from kara_tui.month_end import Outcome
ROOMY = 60  # cells from which on there is room for what a thing is about


@dataclass(frozen=True, slots=True)
class Deed:
    """A thing to do: its words, what it is about, the method that does it, what ``y`` copies."""

    words: str
    about: str
    does: str
    copied: str = ""


class DonePage(Page):
    """What is to be done with the issued invoice, and when the money comes."""

    step_id = StepId.DONE
    focus_first = "#deeds"
    beside_does = "app.home"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("done"),
        *(Binding(str(at), f"deed({at})", show=False) for at in range(1, 6)),
    ]

    def compose(self) -> ComposeResult:
        with Panes(classes="panes"):
            with Pane(classes="main"):
                yield Panel(Choices(id="deeds"), title="To be sent", id="deeds-panel")
                yield Panel(Words(id="dates"), title="Dates", id="dates-panel")
                yield Words(
                    Content.styled(
                        "No answer to the mail for 2 to 3 working days is normal. Urgent: "
                        f"{SUPPORT}, or the blue chat bubble in the portal.",
                        "$muted",
                    ),
                    classes="hint",
                )
            with Pane(classes="side"):
                yield Panel(Words(id="mail-text"), title="The mail", id="mail-text-panel")

    def on_mount(self) -> None:
        self._deeds: list[Deed] = []

    @property
    def outcome(self) -> Outcome | None:
        """What was issued."""
        return self.flow.standing.outcome

    def show(self) -> None:
        outcome = self.outcome
        if outcome is None:
            return
        sent = self.flow.standing.is_sent
        self._deeds = self._all_deeds(outcome)
        self._show_deeds()
        numbers = listed(one.invoice.number or "" for one in outcome.invoices)
        totals = listed(amount_said(one.invoice.total) for one in outcome.invoices)
        self.query_one("#deeds-panel", Panel).title(
            f"{numbers} · {totals} · {'sent' if sent else 'still to be sent'}"
        )
        dates = [Content.styled(f"! {one}", "$blocker") for one in outcome.undelivered]
        if outcome.deadlines is not None:
            ahead = dates_ahead(outcome.deadlines, self.flow.request.today, is_sent=sent)
            rows = [(day_short(day), words) for day, words in ahead]
            dates += [
                Content("\n".join(lines)).stylize("$accent", 0, len(day))
                for (day, _), lines in zip(rows, aligned(rows, 1, self.room), strict=True)
            ]
        self.query_one("#dates", Words).put(Content("\n").join(dates))
        self.query_one("#dates-panel", Panel).title("Dates", "c Into my calendar")
        self._show_mail(outcome)

    def _all_deeds(self, outcome: Outcome) -> list[Deed]:
        """What can be done; without a program that opens files, they are copied or fetched."""
        here = opener(os.environ)
        pdf = self._pdf()
        folder = pdf.parent if pdf else None
        far = bool(pdf and scp_line(os.environ, [pdf]))
        mail = (
            "Open the mail in my mail program" if here
            else "Fetch the mail and the PDF" if far else "Copy where the mail is"
        )  # fmt: skip
        return [
            Deed(mail, f"to {outcome.mail_to}, PDF attached", "mail", str(outcome.eml or "")),
            Deed("Copy the mail for a webmail", "to · subject · text, one by one", "copy_mail"),
            Deed("Open the PDF" if here else "Fetch the PDF" if far else "Copy where the PDF is",
                 pdf.name if pdf else "", "pdf", str(pdf or "")),
            Deed("Show the folder" if here else "Copy where the folder is", _short(folder),
                 "folder", str(folder or "")),
            Deed("Take “sent” back" if self.flow.standing.is_sent else "I have sent it",
                 f"today, {day_inline(self.flow.request.today)}", "sent"),
        ]  # fmt: skip

    def on_resize(self) -> None:
        self._show_deeds()

    def _show_deeds(self) -> None:
        if not self._deeds:
            return
        roomy = self.room >= ROOMY
        rows = [(str(at), one.words, one.about if roomy else "")
                for at, one in enumerate(self._deeds, 1)]  # fmt: skip
        self.query_one("#deeds", Choices).put([
            Content("\n".join(lines)).stylize("$accent", 0, 1)
            for lines in aligned(rows, 2, self.room)
        ])  # fmt: skip

    @work(exclusive=True, group="mail")
    async def _show_mail(self, outcome: Outcome) -> None:
        mail = await beside(lambda: self.acts.webmail(outcome))
        if mail is not None and self.is_attached:
            self.query_one("#mail-text", Words).put(mail_said(mail, self.side_room))

    @property
    def under_cursor(self) -> Deed | None:
        """The thing under the cursor."""
        at = self.query_one("#deeds", Choices).highlighted if self.is_mounted else None
        return self._deeds[at] if at is not None and at < len(self._deeds) else None

    def onward(self) -> tuple[str, str]:
        """Until it is sent, the filled button does what the cursor is on; then it is finished."""
        deed = self.under_cursor
        return (deed.words if deed and not self.flow.standing.is_sent else "Finish"), "Home"

    @on(Choices.OptionHighlighted, "#deeds")
    def _moved(self) -> None:
        from kara_tui.tui.screens.wizard import WizardScreen

        if isinstance(self.screen, WizardScreen) and self.screen.page is self:
            self.screen.show_buttons()

    def words(self) -> Mapping[str, str]:
        sent = self.flow.standing.is_sent
        return {"sent": "Not sent" if sent else "Sent", "next": "Finish" if sent else "Do it"}

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        return action not in ("undo", "problems")

    # -- what keys do

    def go_on(self) -> None:
        at = self.query_one("#deeds", Choices).highlighted
        if self.flow.standing.is_sent or at is None:
            self.app.exit(0)
        else:
            self.action_deed(at + 1)

    @on(Choices.OptionSelected, "#deeds")
    def _clicked(self, event: Choices.OptionSelected) -> None:
        self.action_deed(event.option_index + 1)

    def action_deed(self, number: int) -> None:
        """Do one of the things by its number."""
        if 0 < number <= len(self._deeds):
            getattr(self, f"do_{self._deeds[number - 1].does}")()

    def action_open(self) -> None:
        """Open the PDF."""
        self.do_pdf()

    def action_copy(self) -> None:
        """Copy what the line under the cursor is about: where a file is, or the mail."""
        deed = self.under_cursor
        if deed is None:
            return
        if deed.does == "copy_mail":
            self.do_copy_mail()
            return
        numbers = (
            [one.invoice.number or "" for one in self.outcome.invoices] if self.outcome else []
        )
        text = deed.copied or ", ".join(numbers)
        self.app.copy_to_clipboard(text)
        self.tell(f"Copied: {text}")

    def action_sent(self) -> None:
        """Note that the mail was sent, or take that back."""
        self.do_sent()

    def action_calendar(self) -> None:
        """Write the dates as a calendar file beside the PDF."""
        self._calendar()

    def _pdf(self) -> Path | None:
        return (
            next((one.pdf for one in self.outcome.invoices if one.pdf), None)
            if self.outcome
            else None
        )

    def do_mail(self) -> None:
        """Open the draft in the mail program; over SSH give the line that fetches it."""
        if self.outcome is not None and self.outcome.eml is not None:
            self._show_file(self.outcome.eml, "the mail")

    def do_pdf(self) -> None:
        """Open the PDF."""
        path = self._pdf()
        if path is not None:
            self._show_file(path, "the PDF")

    def do_folder(self) -> None:
        """Show the folder with the files."""
        path = self._pdf()
        if path is not None:
            self._show_file(path.parent, "the folder")

    @work(exclusive=True, group="opening")
    async def _show_file(self, path: Path, what: str) -> None:
        if opener(os.environ):
            said = await beside(lambda: open_path(path))
            self.tell(said or f"Opening {what}.", "warning" if said else "information")
            return
        outcome = self.outcome
        paths = [path]
        if outcome is not None and path == outcome.eml:
            paths += [one.pdf for one in outcome.invoices if one.pdf]
        fetch = scp_line(os.environ, paths) if not path.is_dir() else ""
        text = fetch or str(path)
        self.app.copy_to_clipboard(text)
        said = "Run it on your own computer:" if fetch else "It is here:"
        self.app.push_screen(Tell(what.capitalize(), f"This line is copied. {said}\n\n{text}"))

    def do_copy_mail(self) -> None:
        """Copy the mail's fields, one at a time."""
        self._copy_mail()

    @work(exclusive=True, group="copying")
    async def _copy_mail(self) -> None:
        outcome = self.outcome
        mail = await beside(lambda: self.acts.webmail(outcome)) if outcome else None
        if mail is None:
            self.tell("The mail's text could not be read.", "warning")
            return
        fields = (("To", mail.to), ("Subject", mail.subject), ("Text", mail.body))

        def taken(chosen: int | None) -> None:
            if chosen is not None:
                name, text = fields[chosen]
                self.app.copy_to_clipboard(text)
                self.tell(f"{name} is copied. Paste it into the webmail.")

        self.app.push_screen(
            Choose(
                "Copy for a webmail", "Copy each into its field, then attach the PDF.",
                [f"{name}: {text.splitlines()[0][:50] if text else ''}" for name, text in fields],
            ),
            taken,
        )  # fmt: skip

    def do_sent(self) -> None:
        """Note that it was sent today, or take that back."""
        self._mark_sent(back=self.flow.standing.is_sent)

    @work(exclusive=True, group="marking")
    async def _mark_sent(self, *, back: bool) -> None:
        from kara_tui.tui.app import KaraApp

        outcome, request = self.outcome, self.flow.request
        if outcome is None or not isinstance(self.app, KaraApp):
            return
        numbers = tuple(one.invoice.number or "" for one in outcome.invoices)
        try:
            if back:
                # One word about the mail holds for all that went with it.
                await beside(lambda: self.acts.take_back(request, numbers[0], "sent"))
            else:
                await beside(lambda: self.acts.mark(request, numbers, "sent"))
        except UserError as trouble:
            self.tell(trouble.findings[0].message, "error")
            return
        self.app.mark_sent(None if back else request.today)
        self.tell("Taken back: it is still to be sent." if back else "Noted as sent today.")

    @work(exclusive=True, group="calendar")
    async def _calendar(self) -> None:
        request = self.flow.request
        try:
            path = await beside(lambda: self.acts.calendar(request))
        except UserError as trouble:
            self.tell(trouble.findings[0].message, "error")
            return
        self._show_file(path, "the calendar")


def _short(folder: Path | None) -> str:
    if folder is None:
        return ""
    try:
        return f"~/{folder.relative_to(Path.home())}"
    except ValueError:
        return str(folder)
