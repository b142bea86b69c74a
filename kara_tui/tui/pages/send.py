"""Send: look everything over once, type the word, and the invoice is issued."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace

from kara_tui.issued.delivery import NO_SEND_BUTTON, scp_line
from kara_tui.model import Severity
from kara_tui.month_end.outcome import Outcome
from kara_tui.month_end.portal import CONFIRMATION_WORD, is_confirmed
from kara_tui.month_end.steps import StepId, check, step, summary
from kara_tui.month_end.wording import counted, listed, month_name
from kara_tui.tui.desk import Desk
from kara_tui.tui.drawing import BLANK, Drawn, Line, wrapped
from kara_tui.tui.findings import found_lines
from kara_tui.tui.page import Page, gap, heading, with_list
from kara_tui.tui.pages.prompt import PromptPage
from kara_tui.tui.scroll import Scroll


@dataclass(frozen=True, slots=True)
class Review:
    """A line of the review, and where it is changed: a step, or a question of the profile."""

    label: str
    text: str
    where: StepId | str


class SendPage(Page):
    """The review before issuing; the files and what to do with them after."""

    id = "send"
    title = "Send"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._scroll = Scroll()
        self._does = {"next": self._next, "change": self._change, "sent": self._mark_sent}
        self.does = self._does

    def opened(self) -> None:
        issued = self.desk.standing.is_issued
        self.list.resize(len(self._review()))
        self.words = {"next": "Next" if issued else "Issue …"}
        self.does = self._does | self._scroll.moves() if issued else self._does

    def shows(self, action: str) -> bool:
        issued = self.desk.standing.is_issued
        if action == "sent":
            return issued and not self.desk.standing.is_sent
        return not (issued and action in ("change", "read-again"))

    # -- before

    def _review(self) -> list[Review]:
        month_end = self.desk.month_end
        if month_end is None:
            return []
        standing = self.desk.standing
        profile = month_end.profile
        invoices = month_end.invoices
        total = listed(str(one.total) for one in invoices) if invoices else "nothing to bill"
        numbers = listed(month_end.numbers) if month_end.numbers else "none"
        banks = (
            listed(
                f"{one.bank.holder}, {next((number for _, number in one.bank.numbers), '')}"
                for one in invoices
            )
            if invoices
            else "nobody yet"
        )
        return [
            Review("Exports", summary(StepId.PAYMENTS, standing), StepId.PAYMENTS),
            Review("Month", month_name(month_end.month), StepId.PAID),
            Review("Sessions", summary(StepId.CREDIT, standing), StepId.CREDIT),
            Review("Unpaid", summary(StepId.UNPAID, standing), StepId.UNPAID),
            Review("Total", total, StepId.INVOICE),
            Review("Number", f"{numbers}, taken when you issue it", StepId.INVOICE),
            Review("From", profile.supplier.name, "supplier.name"),
            Review("To", profile.customer.name, "customer.name"),
            Review("Paid to", banks, "bank.holder"),
            Review("VAT", profile.vat.text, "vat.preset"),
            Review("Mail to", profile.mail.to, "mail.to"),
        ]  # fmt: skip

    def body(self, width: int, height: int) -> Drawn:
        outcome = self.desk.standing.outcome
        if outcome is not None and self.desk.standing.is_issued:
            return self._issued(outcome, width, height)
        about = step(StepId.SEND)
        head = [*heading(about.title, about.purpose, width), BLANK]
        findings = [
            one
            for one in check(StepId.SEND, self.desk.standing).findings
            if one.severity is not Severity.INFO
        ]
        foot = found_lines(findings, width, max(3, height - len(head) - 11))
        blocked = any(one.is_blocker for one in findings)
        say = (
            ("Nothing can be issued before this is settled (p leads there):", "blocker")
            if blocked
            else (f"Enter asks you to type “{CONFIRMATION_WORD}”; only then a number is taken.",
                  "strong")
        )  # fmt: skip
        reviewed = self._review()
        self.list.resize(len(reviewed))
        return with_list(
            self, head, [BLANK, (say,), *foot], width, height,
            lambda item: ((f"{reviewed[item].label:<10} ", "muted"), (reviewed[item].text, "text")),
        )  # fmt: skip

    def why_not(self, action: str) -> str:
        issued = self.desk.standing.is_issued
        if action == "change" and issued:
            return "The invoice is issued; nothing of it changes. kara-tui credit cancels it."
        if action == "sent" and not issued:
            return "There is nothing to mark as sent: the invoice is not issued yet."
        if action == "sent" and self.desk.standing.is_sent:
            return "It is marked as sent already."
        return ""

    def _next(self) -> None:
        desk = self.desk
        if desk.standing.is_issued:
            desk.forward()
            return
        month_end = desk.month_end
        if desk.busy:
            desk.say(f"One moment: {desk.busy}.")
        elif month_end is None or not month_end.invoices:
            desk.say("There is nothing to bill yet.", "warning")
        elif month_end.is_blocked:
            desk.act("problems")
        else:
            total = listed(str(one.total) for one in month_end.invoices)
            desk.open(
                PromptPage(
                    desk,
                    "Issue",
                    f"{counted(month_end.sessions, 'session')} of {month_name(month_end.month)}, "
                    f"{total}. The invoice number is taken for good; a mistake can only be "
                    f"cancelled by a credit note. Type {CONFIRMATION_WORD} and press Enter.",
                    lambda _: desk.issue(),
                    label=f"Type {CONFIRMATION_WORD}: ",
                    check=lambda text: (
                        "" if is_confirmed(text)
                        else f"Type the word {CONFIRMATION_WORD} to issue, or Esc to go back."
                    ),
                    words="Issue",
                )
            )  # fmt: skip

    def _change(self) -> None:
        where = self._review()[self.list.cursor].where
        if isinstance(where, StepId):
            self.desk.visit(where)
        elif self.desk.request.demo:
            self.desk.say("The sample's profile stays as it is. In your own this is changed here.")
        else:
            from kara_tui.tui.pages.profile import ProfilePage

            self.desk.open(ProfilePage(self.desk, where))

    # -- after

    def _issued(self, outcome: Outcome, width: int, height: int) -> Drawn:
        numbers = listed(one.invoice.number or "" for one in outcome.invoices)
        lines: list[Line] = [((f"[x] {numbers} is issued.", "good"),)]
        for sentence in outcome.undelivered:
            lines += wrapped(f"[!] {sentence}", width, "blocker")
        for notice in outcome.notices:
            lines += wrapped(f"[?] {notice.message}", width, "warning")
        lines += gap(wrapped(
            f"Now send the mail: open the draft in your mail program, look at it, and send it to "
            f"{outcome.mail_to}. Then press m, so that it is noted.", width))  # fmt: skip
        paths = []
        for one in outcome.invoices:
            for label, path in (("PDF", one.pdf), ("Annex", one.annex)):
                if path is not None:
                    paths.append(path)
                    lines += _labelled(label, str(path), width)
        if outcome.eml is not None:
            paths.append(outcome.eml)
            lines += _labelled("Draft", str(outcome.eml), width)
            lines += wrapped(NO_SEND_BUTTON, width, "muted")
        fetch = scp_line(os.environ, paths)
        if fetch:
            lines += [BLANK, (("To fetch them, on your own computer:", "muted"),)]
            lines += wrapped(fetch, width)
        if self.desk.webmail is not None:
            mail = self.desk.webmail
            lines += [BLANK, (("For a webmail, copy this and attach the PDF:", "muted"),)]
            lines += _labelled("To", mail.to, width) + _labelled("Subject", mail.subject, width)
            for row in mail.body.splitlines():
                lines += wrapped(row, width) or [BLANK]
        if self.desk.standing.is_sent:
            lines.insert(1, (("[x] Marked as sent today.", "good"),))
        shown = self._scroll.show(lines, height - 2)
        return Drawn((*heading("Send", "", width), BLANK, *shown)[:height], (0, 2))

    def _mark_sent(self) -> None:
        def done(_: None) -> None:
            self.desk.standing = replace(self.desk.standing, is_sent=True)
            self.desk.say("Marked as sent today.")

        outcome = self.desk.standing.outcome
        request = self.desk.request
        if outcome is None:
            return
        numbers = tuple(one.invoice.number or "" for one in outcome.invoices)
        self.desk.host.work(
            lambda: self.desk.acts.mark(request, numbers, "sent"),
            done,
            lambda error: self.desk.say(error.findings[0].message, "warning"),
        )


def _labelled(label: str, text: str, width: int) -> list[Line]:
    first, *rest = wrapped(text, width - 9) or [BLANK]
    return [((f"{label:<8} ", "muted"), *first), *(((" " * 9, "text"), *line) for line in rest)]
