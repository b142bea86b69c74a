"""What a person says of a document after it was issued: its mail was sent, its money came in."""

from __future__ import annotations

from datetime import date

from kara_tui import ledger
from kara_tui.issued.lookup import existing_ledger


def mark_sent(
    number: str, profile: str, on: date, *, demo: bool = False, accept_clock: bool = False
) -> ledger.Document:
    """Note that the mail with this document was sent on a day."""
    with existing_ledger(demo=demo, accept_clock=accept_clock) as book:
        return book.mark_sent(number, on, profile)


def mark_paid(
    number: str, profile: str, on: date, *, demo: bool = False, accept_clock: bool = False
) -> ledger.Document:
    """Note that the money of an invoice came in on a day."""
    with existing_ledger(demo=demo, accept_clock=accept_clock) as book:
        return book.mark_paid(number, on, profile)


def mark_unsent(number: str, profile: str, *, demo: bool = False) -> ledger.Document:
    """Take back that the mail with this document was sent."""
    with existing_ledger(demo=demo) as book:
        return book.mark_unsent(number, profile)


def mark_unpaid(number: str, profile: str, *, demo: bool = False) -> ledger.Document:
    """Take back that the money of an invoice came in."""
    with existing_ledger(demo=demo) as book:
        return book.mark_unpaid(number, profile)
