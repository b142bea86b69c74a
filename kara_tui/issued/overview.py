"""Where things stand: this month's dates, and what is unsent, due or overdue."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from kara_tui import ledger
from kara_tui.model import DocumentKind, Finding, Month
from kara_tui.month_end.deadlines import Deadlines, deadlines, pay_day, working_days_left
from kara_tui.month_end.the_ledger import ledger_findings, look
from kara_tui.settings import Profile


class DocumentState(StrEnum):
    """Where an invoice stands. Overdue is a sent invoice whose pay day has passed."""

    DRAFTED = "drafted"
    SENT = "sent"
    PAID = "paid"
    OVERDUE = "overdue"
    CANCELLED = "cancelled"
    CREDIT_NOTE = "credit note"


@dataclass(frozen=True, slots=True)
class DocumentStanding:
    """An issued document and where it stands; ``pay_on`` is when its money is expected. None where
    none is to come, or where it is not known when the invoice was sent.
    """

    document: ledger.Document
    state: DocumentState
    pay_on: date | None


@dataclass(frozen=True, slots=True)
class Overview:
    """The month to be billed now with its dates, and every document issued, the newest first.

    ``deadlines.pay`` is when the month's money is expected: by when its invoices were sent, or, as
    long as there is none, by the rule for one that is sent today.
    """

    today: date
    month: Month
    deadlines: Deadlines
    working_days_left: int
    is_invoiced: bool
    standings: tuple[DocumentStanding, ...]
    findings: tuple[Finding, ...] = ()

    def of(self, *states: DocumentState) -> tuple[DocumentStanding, ...]:
        """The documents in one of these states."""
        return tuple(standing for standing in self.standings if standing.state in states)


def overview_of(profile: Profile, today: date, *, demo: bool = False) -> Overview:
    """Where the profile's month ends stand on a day. Creates nothing.

    Raises ledger.LedgerError when the ledger cannot be read.
    """
    month = Month.last_full(today)
    calendars = [profile.calendar]
    with look(demo=demo) as book:
        documents = () if book is None else book.invoices(profile=profile.name)
        findings = ledger_findings(book, profile, demo=demo)
    standings = tuple(standing_of(document, profile, today) for document in reversed(documents))
    days = deadlines(month, calendars)
    pay_days = [
        standing.pay_on
        for standing in standings
        if standing.pay_on and standing.document.month == month
    ]
    return Overview(
        today=today,
        month=month,
        deadlines=replace(days, pay=max(pay_days, default=pay_day(month, today, calendars))),
        working_days_left=working_days_left(today, days.last, calendars),
        is_invoiced=any(document.stands and document.month == month for document in documents),
        standings=standings,
        findings=findings,
    )


def standing_of(document: ledger.Document, profile: Profile, today: date) -> DocumentStanding:
    """One document and where it stands on a day."""
    if document.kind is DocumentKind.CREDIT_NOTE:
        return DocumentStanding(document, DocumentState.CREDIT_NOTE, None)
    if not document.stands:
        return DocumentStanding(document, DocumentState.CANCELLED, None)
    if document.paid_on is not None and document.sent_on is None:
        return DocumentStanding(document, DocumentState.PAID, None)
    pay_on = pay_day(document.month, document.sent_on or today, [profile.calendar])
    if document.paid_on is not None:
        return DocumentStanding(document, DocumentState.PAID, pay_on)
    if document.sent_on is None:
        return DocumentStanding(document, DocumentState.DRAFTED, pay_on)
    return DocumentStanding(
        document, DocumentState.OVERDUE if pay_on < today else DocumentState.SENT, pay_on
    )
