"""What happens to a document after it was issued: its mail goes out, its money comes in."""

from __future__ import annotations

from datetime import date

from kara_tui.ledger.chain import ChainEntry
from kara_tui.ledger.errors import NotSendable, RefusedByLedger
from kara_tui.ledger.record import Document, MailState
from kara_tui.model import DocumentKind


def begin_sending(entry: ChainEntry, document: Document) -> None:
    """Say that the mail is about to go out. Committed before the server is spoken to.

    A run that is cut off after this leaves *sending* behind, which is read as *unknown*: it may
    have gone out, so only the user can say. That is what makes sending happen at most once.
    """
    if document.mail_state is MailState.SENT:
        raise NotSendable(
            f"The mail with {document.number} was sent on {document.sent_on}.",
            "It is not sent twice. To send it again, open the mail draft in a mail program.",
        )
    if document.mail_state in (MailState.UNKNOWN, MailState.SENDING):
        raise NotSendable(
            f"The sending of the mail with {document.number} was cut off; it may have gone out.",
            f"Look into the mailbox's Sent folder, then say kara-tui sent {document.number}, or"
            " that it did not go out.",
        )
    _mark(entry, document, MailState.SENDING.value, None, about_mail=True)


def end_sending(entry: ChainEntry, document: Document, state: MailState, on: date) -> None:
    """Say how the sending ended: SENT, UNSENT (nothing went out) or UNKNOWN."""
    if state not in (MailState.SENT, MailState.UNSENT, MailState.UNKNOWN):
        raise ValueError(f"sending does not end as {state}")
    _mark(entry, document, state.value, on, about_mail=True)


def mark_sent(entry: ChainEntry, document: Document, on: date) -> None:
    """The mail went out on a day, the user says; a later word on it replaces this one."""
    _refuse_before_issue(document, on, "sent")
    _mark(entry, document, "sent", on, about_mail=True)


def mark_unsent(entry: ChainEntry, document: Document) -> None:
    """The mail did not go out, the user says: it may be sent."""
    _mark(entry, document, "unsent", None, about_mail=True)


def mark_paid(entry: ChainEntry, document: Document, on: date) -> None:
    """The money came in on a day."""
    if document.kind is DocumentKind.CREDIT_NOTE:
        raise RefusedByLedger(
            f"{document.number} is a credit note: no money is paid for it.",
            f"The invoice that it cancels is {document.corrects}.",
        )
    _refuse_before_issue(document, on, "paid")
    _mark(entry, document, "paid", on, about_mail=False)


def mark_unpaid(entry: ChainEntry, document: Document) -> None:
    """Take back that the money came in."""
    _mark(entry, document, "unpaid", None, about_mail=False)


def _refuse_before_issue(document: Document, on: date, what: str) -> None:
    if on < document.issued_on:
        raise RefusedByLedger(
            f"{document.number} is of {document.issued_on} and cannot have been {what} on {on}.",
            "Give the right day with --on YYYY-MM-DD.",
        )


def _mark(
    entry: ChainEntry,
    document: Document,
    mark: str,
    on: date | None,
    *,
    about_mail: bool,
) -> None:
    entry.add(
        "marks",
        issue=document.issue,
        document=None if about_mail else document.id,
        mark=mark,
        day=on.isoformat() if on else None,
    )
