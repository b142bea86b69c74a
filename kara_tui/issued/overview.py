"""Where things stand: this month's dates, and what is unsent, due or overdue."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from kara_tui import ledger, mail
from kara_tui.model import DocumentKind, Finding, Month
from kara_tui.model.invoice_json import thawed
from kara_tui.month_end.deadlines import Deadlines, deadlines, pay_day, working_days_left
from kara_tui.month_end.history import ledger_findings, look
from kara_tui.private_file import make_folder, write_private
from kara_tui.settings import Profile


class State(StrEnum):
    """Where an invoice stands. Overdue is a sent invoice whose pay day has passed."""

    DRAFTED = "drafted"
    SENT = "sent"
    PAID = "paid"
    OVERDUE = "overdue"
    CANCELLED = "cancelled"
    CREDIT_NOTE = "credit note"


@dataclass(frozen=True, slots=True)
class Standing:
    """An issued document and where it stands; ``pay_on`` is when its money is expected. None where
    none is to come, or where it is not known when the invoice was sent.
    """

    document: ledger.Document
    state: State
    pay_on: date | None


@dataclass(frozen=True, slots=True)
class Home:
    """The month to be billed now with its dates, and every document issued, the newest first.

    ``deadlines.pay`` is when the month's money is expected: by when its invoices were sent, or, as
    long as there is none, by the rule for one that is sent today.
    """

    today: date
    month: Month
    deadlines: Deadlines
    working_days_left: int
    is_invoiced: bool
    standings: tuple[Standing, ...]
    findings: tuple[Finding, ...] = ()

    def of(self, *states: State) -> tuple[Standing, ...]:
        """The documents in one of these states."""
        return tuple(standing for standing in self.standings if standing.state in states)


def home(profile: Profile, today: date, *, demo: bool = False) -> Home:
    """Where the profile's month ends stand on a day. Creates nothing.

    Raises ledger.LedgerError when the ledger cannot be read.
    """
    month = Month.last_full(today)
    calendars = [profile.calendar]
    with look(demo=demo) as book:
        documents = () if book is None else book.invoices(profile=profile.name)
        findings = ledger_findings(book, profile, demo=demo)
    standings = tuple(_standing(one, profile, today) for one in reversed(documents))
    days = deadlines(month, calendars)
    pay_days = [one.pay_on for one in standings if one.pay_on and one.document.month == month]
    return Home(
        today=today,
        month=month,
        deadlines=replace(days, pay=max(pay_days, default=pay_day(month, today, calendars))),
        working_days_left=working_days_left(today, days.last, calendars),
        is_invoiced=any(one.stands and one.month == month for one in documents),
        standings=standings,
        findings=findings,
    )


def standing_of(document: ledger.Document, profile: Profile, today: date) -> Standing:
    """One document and where it stands on a day."""
    return _standing(document, profile, today)


def write_follow_ups(home: Home, profile: Profile, folder: Path, *, demo: bool) -> list[Path]:
    """Write a follow-up mail draft for each overdue invoice and give their paths.

    Raises OSError when the folder cannot be written to, mail.MailError, ledger.LedgerError.
    """
    written = []
    with look(demo=demo) as book:
        for standing in home.of(State.OVERDUE):
            if book is None or standing.pay_on is None:
                continue
            number = standing.document.number
            stored = book.get(number, profile.name)
            subject, body = mail.follow_up_subject_and_body(
                thawed(stored.frozen, number), standing.pay_on, home.today, profile.language
            )
            draft = mail.Draft(
                sender_name=profile.supplier.name,
                sender=profile.supplier.email,
                to=(profile.mail.to,),
                cc=profile.mail.cc,
                subject=subject,
                body=body,
                attachments=(
                    mail.Attachment(stored.pdf.name, stored.pdf.content, "application/pdf"),
                ),
            )
            path = folder / f"{Path(stored.pdf.name).stem}-follow-up.eml"
            make_folder(folder, tolerant=True)
            write_private(path, mail.draft_bytes(draft), tolerant=True)
            written.append(path)
    return written


def _standing(document: ledger.Document, profile: Profile, today: date) -> Standing:
    if document.kind is DocumentKind.CREDIT_NOTE:
        return Standing(document, State.CREDIT_NOTE, None)
    if not document.stands:
        return Standing(document, State.CANCELLED, None)
    if document.paid_on is not None and document.sent_on is None:
        return Standing(document, State.PAID, None)
    pay_on = pay_day(document.month, document.sent_on or today, [profile.calendar])
    if document.paid_on is not None:
        return Standing(document, State.PAID, pay_on)
    if document.sent_on is None:
        return Standing(document, State.DRAFTED, pay_on)
    return Standing(document, State.OVERDUE if pay_on < today else State.SENT, pay_on)
