"""Done: the mail as things to do, then the dates. What is not sent is never called done."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.content import Content

from kara_tui.month_end.handover import what_happens_now
from kara_tui.month_end.portal import SUPPORT, StepId
from kara_tui.month_end.trouble import Trouble
from kara_tui.month_end.wording import amount_said, day_short, listed
from kara_tui.tui.actions import bindings
from kara_tui.tui.background import beside
from kara_tui.tui.dialogs.choose import Choose
from kara_tui.tui.dialogs.tell import Tell
from kara_tui.tui.opening import open_path, opener
from kara_tui.tui.pages.base import Page, Pane, Panel, Panes, Words
from kara_tui.tui.widgets.choices import Choices

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult

    from kara_tui.month_end import Outcome


@dataclass(frozen=True, slots=True)
class Deed:
    """A thing to do: its words, what it is about, and the method that does it."""

    words: str
    about: str
    does: str


class DonePage(Page):
    """What is to be done with the issued invoice, and when the money comes."""

    step_id = StepId.DONE
    focus_first = "#deeds"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("done"),
        *(Binding(str(at), f"deed({at})", show=False) for at in range(1, 6)),
    ]

    def compose(self) -> ComposeResult:
        with Panes(classes="panes"):
            with Pane(classes="main"):
                yield Panel(Choices(id="deeds"), title="To be sent", id="deeds-panel")
                yield Panel(Words(id="dates"), title="Dates", id="dates-panel", classes="fills")
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
        here = opener(os.environ)
        pdf = next((one.pdf for one in outcome.invoices if one.pdf), None)
        folder = pdf.parent if pdf else None
        self._deeds = [
            Deed("Open the mail in my mail program" if here else "Fetch the mail and the PDF",
                 f"to {outcome.mail_to}, PDF attached", "mail"),
            Deed("Copy the mail for a webmail", "to · subject · text, one by one", "copy_mail"),
            Deed("Open the PDF" if here else "Copy where the PDF is", pdf.name if pdf else "",
                 "pdf"),
            Deed("Show the folder", _short(folder), "folder"),
            Deed("Take “sent” back" if sent else "I have sent it",
                 f"today, {_day(self.flow.request.today)}", "sent"),
        ]  # fmt: skip
        width = max(len(one.words) for one in self._deeds)
        self.query_one("#deeds", Choices).put([
            Content.assemble(
                (f"{at}  ", "$accent"), f"{one.words:<{width}}   ", (one.about, "$muted")
            )
            for at, one in enumerate(self._deeds, 1)
        ])  # fmt: skip
        numbers = listed(one.invoice.number or "" for one in outcome.invoices)
        totals = listed(amount_said(one.invoice.total) for one in outcome.invoices)
        self.query_one("#deeds-panel", Panel).title(
            f"{numbers} · {totals} · {'sent' if sent else 'still to be sent'}"
        )
        dates = [Content.styled(f"! {one}", "$blocker") for one in outcome.undelivered]
        if outcome.deadlines is not None:
            dates += [
                Content(one)
                for one in what_happens_now(
                    outcome.deadlines, self.flow.request.today, is_sent=sent
                )
            ]
        self.query_one("#dates", Words).put(Content("\n").join(dates))
        self.query_one("#dates-panel", Panel).title("Dates", "c Into my calendar")
        self._show_mail(outcome)

    @work(exclusive=True, group="mail")
    async def _show_mail(self, outcome: Outcome) -> None:
        mail = await beside(lambda: self.acts.webmail(outcome))
        if mail is not None:
            self.query_one("#mail-text", Words).put(
                Content("\n").join([
                    Content.assemble(("To       ", "$muted"), mail.to),
                    Content.assemble(("Subject  ", "$muted"), mail.subject),
                    Content(""), Content(mail.body),
                ])
            )  # fmt: skip

    def onward(self) -> tuple[str, str]:
        return "Finish", ""

    def words(self) -> Mapping[str, str]:
        return {"sent": "Not sent" if self.flow.standing.is_sent else "Sent", "next": "Finish"}

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        return action != "undo"

    # -- what keys do

    def go_on(self) -> None:
        self.app.exit(0)

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
        """Copy the path of what is under the cursor."""
        path = self._pdf()
        if path is not None:
            self.app.copy_to_clipboard(str(path))
            self.tell(f"Copied: {path}")

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
        from kara_tui.month_end.handover import scp_line

        outcome = self.outcome
        paths = [path]
        if outcome is not None and path == outcome.eml:
            paths += [one.pdf for one in outcome.invoices if one.pdf]
        fetch = scp_line(os.environ, paths) if not path.is_dir() else ""
        text = fetch or str(path)
        self.app.copy_to_clipboard(text)
        said = "To fetch it, on your own computer:" if fetch else "It is here:"
        self.app.push_screen(Tell(what.capitalize(), f"{said}\n\n{text}\n\nThis line is copied."))

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
        if back:
            self.tell("“Sent” is noted for good; if it was not sent, send it now.", "warning")
            return
        numbers = tuple(one.invoice.number or "" for one in outcome.invoices)
        try:
            await beside(lambda: self.acts.mark(request, numbers, "sent"))
        except Trouble as trouble:
            self.tell(trouble.findings[0].message, "error")
            return
        self.app.mark_sent(request.today)
        self.tell("Noted as sent today.")

    @work(exclusive=True, group="calendar")
    async def _calendar(self) -> None:
        request = self.flow.request
        try:
            path = await beside(lambda: self.acts.calendar(request))
        except Trouble as trouble:
            self.tell(trouble.findings[0].message, "error")
            return
        self._show_file(path, "the calendar")


def _day(day: object) -> str:
    from datetime import date

    return " ".join(day_short(day).split()) if isinstance(day, date) else ""


def _short(folder: Path | None) -> str:
    if folder is None:
        return ""
    try:
        return f"~/{folder.relative_to(Path.home())}"
    except ValueError:
        return str(folder)
