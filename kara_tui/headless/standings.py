"""Where things stand, as lines of text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kara_tui.issued.overview import DocumentStanding, DocumentState, Overview
from kara_tui.ledger import Document
from kara_tui.month_end.wording import counted, day_said, month_name


def home_lines(now: Overview) -> Iterator[str]:
    """The month and its dates, and what is overdue, unsent or to be paid."""
    days = now.deadlines
    yield f"{month_name(now.month)}: " + ("invoiced." if now.is_invoiced else "not invoiced yet.")
    yield f"  send safely by   {day_said(days.safe)}"
    yield f"  send at the last {day_said(days.last)}" + (
        f" ({counted(now.working_days_left, 'working day')} left)"
        if now.today <= days.last
        else " (passed)"
    )
    yield f"  payment by       {day_said(days.pay)}"
    for title, states in (
        ("Overdue", (DocumentState.OVERDUE,)),
        ("Not sent yet", (DocumentState.DRAFTED,)),
        ("Sent, payment to come", (DocumentState.SENT,)),
    ):
        standings = now.of(*states)
        if standings:
            yield f"{title}:"
            yield from (f"  {standing_line(standing)}" for standing in standings)


def standing_line(standing: DocumentStanding) -> str:
    """One document and where it stands, on a line."""
    document = standing.document
    line = (
        f"{document.number:<14} {document.month}  {document.total.text:>12} "
        f"{document.total.currency}  {standing.state}"
    )
    if standing.state is DocumentState.OVERDUE and standing.pay_on is not None:
        return f"{line} since {standing.pay_on}"
    if (
        standing.state in (DocumentState.SENT, DocumentState.DRAFTED)
        and standing.pay_on is not None
    ):
        return f"{line}, payment by {standing.pay_on}"
    if standing.state is DocumentState.CANCELLED:
        return f"{line} by {document.credited_by}"
    if standing.state is DocumentState.CREDIT_NOTE:
        return f"{line} for {document.corrects}"
    if document.paid_on is not None:
        return f"{line} on {document.paid_on}"
    return line


def document_lines(standing: DocumentStanding) -> Iterator[str]:
    """One document with all that is known of it."""
    document: Document = standing.document
    yield standing_line(standing)
    yield f"  issued     {document.issued_on}"
    yield f"  sessions   {document.sessions}"
    yield f"  net        {document.net}"
    yield f"  VAT        {document.vat}"
    yield f"  total      {document.total}"
    if document.sent_on is not None:
        yield f"  sent       {document.sent_on}"
    if document.paid_on is not None:
        yield f"  paid       {document.paid_on}"
    if document.reason:
        yield f"  reason     {document.reason}"
    yield f"  files      {document.pdf_name}, {document.annex_name}, {document.mail_name}"


def standing_document(standing: DocumentStanding) -> dict[str, Any]:
    """A document and where it stands, as JSON."""
    document = standing.document
    return {
        "number": document.number,
        "kind": str(document.kind),
        "state": str(standing.state),
        "month": str(document.month),
        "currency": document.total.currency,
        "sessions": document.sessions,
        "net": document.net.text,
        "vat": document.vat.text,
        "total": document.total.text,
        "issued_on": document.issued_on.isoformat(),
        "sent_on": None if document.sent_on is None else document.sent_on.isoformat(),
        "paid_on": None if document.paid_on is None else document.paid_on.isoformat(),
        "pay_on": None if standing.pay_on is None else standing.pay_on.isoformat(),
        "corrects": document.corrects or None,
        "credited_by": document.credited_by or None,
    }


def home_document(now: Overview) -> dict[str, Any]:
    """Where things stand, as JSON."""
    days = now.deadlines
    return {
        "today": now.today.isoformat(),
        "month": str(now.month),
        "invoiced": now.is_invoiced,
        "deadlines": {
            "safe": days.safe.isoformat(),
            "last": days.last.isoformat(),
            "pay": days.pay.isoformat(),
        },
        "working_days_left": now.working_days_left,
        "invoices": [standing_document(standing) for standing in now.standings],
    }
