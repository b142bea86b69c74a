"""Cancelling an invoice: a credit note that names it and frees its sessions and its month."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kara_tui import ledger, settings
from kara_tui.issued.lookup import existing_ledger
from kara_tui.model import Finding, Invoice, Mark
from kara_tui.model.invoice_json import frozen, thawed
from kara_tui.month_end.acts import theme_of
from kara_tui.month_end.copies_folder import copies_folder, write_copies
from kara_tui.month_end.invoicing import credit_note_of, numbered
from kara_tui.month_end.outcome import Delivered
from kara_tui.month_end.rendering import render
from kara_tui.month_end.request import Request


@dataclass(frozen=True, slots=True)
class Cancelled:
    """A credit note that was issued, where its copies lie, and its mail."""

    note: Delivered
    mail: Path | None
    undelivered: tuple[str, ...] = ()
    notices: tuple[Finding, ...] = ()


def cancel(request: Request, number: str, reason: str) -> Cancelled:
    """Issue a credit note for an invoice: it frees the invoice's sessions and its month.

    The profile, the day and the folder are the request's. The invoice itself stays as it is.
    Raises NothingThere, and ledger.LedgerError when there is no such invoice or it is cancelled
    already.
    """
    profile = settings.load(request.profile)
    theme = theme_of(request, profile)
    drawn: list[tuple[Invoice, ledger.Rendered]] = []
    folder = copies_folder(request, profile)
    with existing_ledger(demo=request.demo, out=folder, accept_clock=request.accept_clock) as book:
        stored = book.get(number, profile.name)
        draft = credit_note_of(
            thawed(stored.frozen, stored.document.number),
            reason=reason,
            issued_on=request.today,
            mark=Mark.SAMPLE if request.demo else Mark.NONE,
        )

        def draw(numbers: tuple[str, ...]) -> ledger.Rendered:
            note = numbered(draft, numbers[0])
            rendered = render([note], profile, theme)
            drawn.append((note, rendered))
            return rendered

        order = ledger.CreditOrder(number, reason, request.today, frozen(draft), profile.name)
        issued = book.credit(order, draw)
        copies = write_copies(book, request, profile, issued)
    note, rendered = drawn[-1]
    written = copies.folder
    if written is None:
        return Cancelled(Delivered(note), None, copies.undelivered)
    (files,) = rendered.documents
    return Cancelled(
        Delivered(
            note,
            written / files.pdf.name,
            None if files.annex is None else written / files.annex.name,
        ),
        written / rendered.mail.name,
        notices=copies.notices,
    )
