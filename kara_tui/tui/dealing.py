"""What is done with a document after it was issued: paid, sent, cancelled, asked about, opened."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, TypeVar

from kara_tui.errors import UserError
from kara_tui.issued.overview import DocumentStanding, DocumentState
from kara_tui.month_end.wording import amount_said, month_name
from kara_tui.tui.background import beside
from kara_tui.tui.days import day_meant
from kara_tui.tui.dialogs.ask import Ask
from kara_tui.tui.dialogs.choose import Choose
from kara_tui.tui.dialogs.confirm import Confirm
from kara_tui.tui.dialogs.tell import Tell
from kara_tui.tui.messages import Said
from kara_tui.tui.opening import open_path, opener
from kara_tui.tui.widgets.invoice_table import day

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence
    from datetime import date
    from pathlib import Path

    from kara_tui.month_end.request import Request
    from kara_tui.tui.acts import Acts
    from kara_tui.tui.screens.base import KaraScreen

Result = TypeVar("Result")


class Dealing:
    """Asks what has to be asked, does it beside the keys, and calls ``changed`` afterwards."""

    def __init__(
        self, screen: KaraScreen, acts: Acts, request: Request, changed: Callable[[], object]
    ) -> None:
        self._screen = screen
        self._acts = acts
        self._request = request
        self._changed = changed

    # -- paid and sent, each with its day, each can be taken back

    def paid(self, one: DocumentStanding | None) -> None:
        """Ask for the day on which the money came, or whether that is to be taken back."""
        if one is None or one.state in (DocumentState.CREDIT_NOTE, DocumentState.CANCELLED):
            self._say("Put the cursor on an invoice that is still to be paid.", "warning")
        elif one.document.paid_on is not None:
            self._ask_back(one, "paid", one.document.paid_on)
        else:
            number = one.document.number
            self._ask_day(one, "paid", f"When did the money for {number} come?")

    def sent(self, one: DocumentStanding | None) -> None:
        """Ask for the day on which the mail went out, or whether that is to be taken back."""
        if one is None or one.state is DocumentState.CANCELLED:
            self._say("Put the cursor on an invoice that is to be sent.", "warning")
        elif one.document.sent_on is not None:
            self._ask_back(one, "sent", one.document.sent_on)
        else:
            self._ask_day(one, "sent", f"When was {one.document.number} sent?")

    # -- what a line of Home leads to

    def send(self, one: DocumentStanding) -> None:
        """What sending is made of: the mail, the PDF, and saying that it went out."""
        number = one.document.number
        here = "Open" if opener(os.environ) else "Say where to find"
        self._offer(
            f"Send {number}",
            f"{amount_said(one.document.total)}, {month_name(one.document.month)}. The mail is "
            "written, with the PDF in it; your mail program sends it.",
            (
                (f"{here} the mail", lambda: self._open_mail(number)),
                (f"{here} the PDF", lambda: self.open(one)),
                ("I have sent it: note the day …", lambda: self.sent(one)),
            ),
        )

    def ask_about(self, one: DocumentStanding) -> None:
        """What is done when the money did not come in time, or came and is not noted."""
        number = one.document.number
        self._offer(
            f"{number} is late",
            f"{amount_said(one.document.total)}, due {day(one.pay_on)}.",
            (
                ("The money came: note the day …", lambda: self.paid(one)),
                ("Write a friendly mail about all that is late", self.follow_up),
                (f"Show {number}", lambda: self.show(number)),
            ),
        )

    def _offer(
        self, title: str, words: str, ways: Sequence[tuple[str, Callable[[], None]]]
    ) -> None:
        def taken(chosen: int | None) -> None:
            if chosen is not None:
                ways[chosen][1]()

        self._screen.app.push_screen(Choose(title, words, [one for one, _ in ways]), taken)

    def _open_mail(self, number: str) -> None:
        self._begin(self._open(lambda: self._acts.mail_of(self._request, number)))

    def _ask_day(self, one: DocumentStanding, what: str, question: str) -> None:
        today, issued = self._request.today, one.document.issued_on

        def wrong(text: str) -> str:
            meant = day_meant(text, today)
            if meant is None:
                return "Write a day as today, 10 Nov or 2026-11-10."
            if meant > today:
                return f"{day(meant)} is still to come."
            return f"It was issued on {day(issued)}." if meant < issued else ""

        def given(text: str | None) -> None:
            meant = day_meant(text, today) if text else None
            if meant is not None:
                self._begin(self._mark(one.document.number, what, meant))

        self._screen.app.push_screen(
            Ask(question, "today, yesterday, or a day such as 10 Nov", value="today", check=wrong,
                does="Note it"),
            given,
        )  # fmt: skip

    def _ask_back(self, one: DocumentStanding, what: str, on: date) -> None:
        number = one.document.number

        def sure(yes: bool | None) -> None:  # noqa: FBT001 - a dialog's answer
            if yes:
                self._begin(self._take_back(number, what))

        self._screen.app.push_screen(
            Confirm(
                f"Take back that {number} was {what}?",
                f"It is noted as {what} on {day(on)}. Both are kept in the ledger's history.",
                "Take it back",
                "Leave it",
            ),
            sure,
        )

    async def _mark(self, number: str, what: str, on: date) -> None:
        request = self._request

        def note() -> bool:
            self._acts.mark_on(request, number, what, on)
            return True

        if await self._done(note):
            self._say(f"{number}: {what} on {day(on)}. The same key takes it back.")
            self._changed()

    async def _take_back(self, number: str, what: str) -> None:
        request = self._request

        def note() -> bool:
            self._acts.take_back(request, number, what)
            return True

        if await self._done(note):
            self._say(f"Taken back: {number} was {what}.")
            self._changed()

    # -- cancelled

    def cancel(self, one: DocumentStanding | None) -> None:
        """Ask for a reason, then whether it is really meant; the safe button has the focus."""
        if one is None or not one.document.stands:
            self._say("Put the cursor on an invoice that is not cancelled.", "warning")
            return
        number = one.document.number

        def reason_given(reason: str | None) -> None:
            if reason is None:
                return

            def sure(yes: bool | None) -> None:  # noqa: FBT001 - a dialog's answer
                if yes:
                    self._begin(self._cancel(number, reason))

            self._screen.app.push_screen(
                Confirm(
                    f"Cancel {number}?",
                    f"A credit note is issued under the next number, for good. It names {number}, "
                    f"says “{reason}”, and frees its sessions, so that the month can be invoiced "
                    "again.",
                    f"Cancel {number}",
                ),
                sure,
            )

        self._screen.app.push_screen(
            Ask(f"Cancel {number}: why?", "A sentence; it is printed. Name no client.",
                check=lambda text: "" if len(text.strip()) > 2 else "A few words are needed.",
                does="Go on"),
            reason_given,
        )  # fmt: skip

    async def _cancel(self, number: str, reason: str) -> None:
        request = self._request
        lines = await self._done(lambda: self._acts.cancel(request, number, reason))
        if lines is not None:
            self._changed()
            self._screen.app.push_screen(Tell("Credit note", "\n".join(lines)))

    # -- asked about, looked at

    def follow_up(self) -> None:
        """Write a friendly mail for each overdue invoice."""
        self._begin(self._tell("Mail drafts", lambda: self._acts.follow_up(self._request)))

    def show(self, number: str) -> None:
        """Show what is known of a document and where its files are."""
        self._begin(self._tell(number, lambda: self._acts.shown(self._request, number)))

    async def _tell(self, title: str, job: Callable[[], list[str]]) -> None:
        lines = await self._done(job)
        if lines is not None:
            self._screen.app.push_screen(Tell(title, "\n".join(lines)))

    def open(self, one: DocumentStanding | None) -> None:
        """Open a document's PDF; over SSH give the line that fetches it."""
        if one is not None:
            number = one.document.number
            self._begin(self._open(lambda: self._acts.pdf_of(self._request, number)))

    def calendar(self) -> None:
        """Write the dates as a calendar file, and open it where something can."""
        self._begin(self._open(lambda: self._acts.calendar(self._request)))

    async def _open(self, find: Callable[[], Path]) -> None:
        from kara_tui.issued.delivery import scp_line

        path = await self._done(find)
        if path is None:
            return
        if opener(os.environ):
            said = await beside(lambda: open_path(path))
            self._say(said or f"Opening {path.name}.", "warning" if said else "information")
            return
        fetch = scp_line(os.environ, [path])
        text = fetch or str(path)
        self._screen.app.copy_to_clipboard(text)
        said = "Run it on your own computer:" if fetch else "It is here:"
        self._screen.app.push_screen(Tell(path.name, f"This line is copied. {said}\n\n{text}"))

    # -- how it is done

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        self._screen.run_worker(work, exclusive=True, group="doing")

    async def _done(self, job: Callable[[], Result]) -> Result | None:
        """Do a job beside the keys; None, and the reason said, when it could not be done."""
        from kara_tui.tui.app import KaraApp

        app = self._screen.app
        if isinstance(app, KaraApp) and app.looks_only:
            self._say("Another kara-tui is open on this data, so this one only looks.", "warning")
            return None
        try:
            return await beside(job)
        except UserError as trouble:
            first = trouble.findings[0]
            self._say(f"{first.message} {first.hint}".strip(), "error")
            return None

    def _say(self, text: str, severity: str = "information") -> None:
        self._screen.post_message(Said(text, severity))
