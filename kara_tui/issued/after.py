"""What happens to an invoice after it was issued: cancel, mark, keep, find again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kara_tui import ledger, settings
from kara_tui.errors import UserError
from kara_tui.model import Decision, Finding, Mark
from kara_tui.model.invoice_json import frozen, thawed
from kara_tui.month_end.acts import prepare, rendered_for_ledger, theme_of
from kara_tui.month_end.copies import copies_folder, notices_of, repair_usual, write_copies
from kara_tui.month_end.history import (
    clock,
    keep_choices,
    ledger_findings,
    ledger_path,
    look,
    opened,
    series_of,
    supplier_of,
    traces,
)
from kara_tui.month_end.invoicing import credit_note_of, numbered
from kara_tui.month_end.outcome import Delivered
from kara_tui.month_end.rendering import RenderedMonth, render
from kara_tui.month_end.request import Request
from kara_tui.month_end.unpaid import UnpaidSession
from kara_tui.private_file import make_folder, write_private

if TYPE_CHECKING:
    from kara_tui.ledger.book import Ledger


class NothingThere(UserError):
    """There is no ledger yet, so nothing can be found in it; the sentence says so."""

    code = "ledger"


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
    drawn: list[RenderedMonth] = []
    clock_is_right, folder = request.clock_is_right, copies_folder(request, profile)
    with _there(demo=request.demo, out=folder, accept_clock=clock_is_right) as book:
        stored = book.get(number, profile.name)
        draft = credit_note_of(
            thawed(stored.frozen, stored.document.number),
            reason=reason,
            issued_on=request.today,
            mark=Mark.SAMPLE if request.demo else Mark.NONE,
        )

        def draw(numbers: tuple[str, ...]) -> ledger.Rendered:
            drawn.append(render([numbered(draft, numbers[0])], profile, theme))
            return rendered_for_ledger(drawn[-1])

        order = ledger.CreditOrder(number, reason, request.today, frozen(draft), profile.name)
        issued = book.credit(order, draw)
        copies = write_copies(book, request, profile, issued)
    month, written = drawn[-1], copies.folder
    one = month.invoices[0]
    if written is None:
        return Cancelled(Delivered(one.invoice), None, copies.undelivered)
    return Cancelled(
        Delivered(one.invoice, written / one.pdf.name, written / one.annex.name),
        written / month.mail.name,
        notices=copies.notices,
    )


def mark_sent(
    number: str, profile: str, on: date, *, demo: bool = False, clock_is_right: bool = False
) -> ledger.Document:
    """Note that the mail with this document was sent on a day."""
    with _there(demo=demo, accept_clock=clock_is_right) as book:
        return book.mark_sent(number, on, profile)


def mark_paid(
    number: str, profile: str, on: date, *, demo: bool = False, clock_is_right: bool = False
) -> ledger.Document:
    """Note that the money of an invoice came in on a day."""
    with _there(demo=demo, accept_clock=clock_is_right) as book:
        return book.mark_paid(number, on, profile)


def decide(
    request: Request, rows: tuple[int, ...], decision: Decision, note: str
) -> tuple[UnpaidSession, ...]:
    """Keep a decision about the unpaid sessions in these rows, and give those sessions.

    The Unpaid export and the month are the request's. Raises as ``prepare`` does, and LookupError
    with a sentence when a row holds no unpaid session of the month.
    """
    month_end = prepare(request)
    there = {one.session.row: one for one in month_end.unpaid}
    missing = [row for row in rows if row not in there]
    if missing:
        raise LookupError(
            f"Row {missing[0]} holds no unpaid session of {month_end.month}; there are rows "
            f"{', '.join(there[row].session.place for row in sorted(there)) or 'none'}."
        )
    chosen = tuple(there[row] for row in rows)
    with opened(demo=request.demo, accept_clock=request.clock_is_right) as book:
        keep_choices(book, request.profile, [(one, decision, note) for one in chosen])
    return chosen


def documents(profile: str, year: int | None, *, demo: bool = False) -> tuple[ledger.Document, ...]:
    """The documents issued, in order; of one year when it is given. Creates nothing."""
    with look(demo=demo) as book:
        return () if book is None else book.invoices(profile=profile, year=year)


def stored(number: str, profile: str, *, demo: bool = False) -> ledger.Stored:
    """One issued document with its bytes. Raises ledger.NoSuchNumber, NothingThere."""
    with look(demo=demo) as book:
        if book is None:
            raise NothingThere("Nothing was issued yet, so there is no ledger.")
        return book.get(number, profile)


def verify(expect: str, *, demo: bool = False) -> tuple[ledger.Verdict, tuple[Finding, ...]]:
    """Read every byte of the ledger and say what is wrong with it, or with its place.

    Raises NothingThere.
    """
    with look(demo=demo) as book:
        if book is None:
            raise NothingThere("Nothing was issued yet, so there is no ledger to verify.")
        return book.verify(expect), book.findings


def repair(
    folder: Path | None, *, demo: bool = False
) -> tuple[ledger.Repaired, tuple[Finding, ...]]:
    """Write missing or changed copies anew from the ledger, and what to say of the folder.

    Raises NothingThere.
    """
    with _there(demo=demo) as book:
        if folder is None:
            done = repair_usual(book, thorough=True, demo=demo)
        else:
            done = [(folder, book.repair(folder, thorough=True))]
    return (
        ledger.Repaired(
            tuple(name for _, repaired in done for name in repaired.written),
            tuple(name for _, repaired in done for name in repaired.set_aside),
        ),
        tuple(notice for place, repaired in done for notice in notices_of(place, repaired)),
    )


def repair_at_start(*, demo: bool = False) -> tuple[str, ...]:
    """Write copies that are missing from the usual folder anew; give their paths.

    Every face does this when it starts. Where another kara-tui is at work, or the disk lets nobody
    write, nothing is done: the ledger has everything, and the next start is soon enough.
    """
    path = ledger_path(demo=demo)
    if not path.exists():
        return ()
    try:
        with opened(demo=demo) as book:
            # A first issue that was cut off before its copies has no folder yet. Who always names
            # a folder has one that is remembered.
            make = not book.copies_were_written
            done = repair_usual(book, thorough=False, demo=demo, make=make)
            return tuple(str(place / name) for place, one in done for name in one.written)
    except ledger.LedgerError:
        return ()


def about_the_ledger(profile_name: str, *, demo: bool = False) -> tuple[Finding, ...]:
    """Where the ledger lies, and whether it knows all numbers that were given out.

    Raises ledger.LedgerError where it is gone or cannot be read, and as settings.load.
    """
    profile = settings.load(profile_name)
    with look(demo=demo) as book:
        return ledger_findings(book, profile, demo=demo)


def backup(folder: Path, *, demo: bool = False) -> ledger.Backup:
    """Copy the ledger into a folder and verify the copy. Raises NothingThere."""
    with look(demo=demo) as book:
        if book is None:
            raise NothingThere("Nothing was issued yet, so there is no ledger to back up.")
        return book.backup(folder.absolute())


def restore(file: Path, *, accept_older: bool, demo: bool = False) -> ledger.Restored:
    """Put a verified backup in the ledger's place; the present one is kept beside it."""
    return ledger.restore_ledger(
        ledger_path(demo=demo),
        file,
        now=clock,
        accept_older=accept_older,
        traces=traces(demo=demo),
    )


def go_on(number: str, profile_name: str, reason: str, *, demo: bool = False) -> str:
    """Go on after a number that was used and that the ledger does not know; give the next one.

    It and those before it are not given out again, and the gap is kept in words. The ledger that is
    there is taken as the true one from now on; where it is lost, a new one begins.
    Raises ValueError with a sentence when the number is none of the profile's series.
    """
    profile = settings.load(profile_name)
    series, digits = series_of(profile), number.removeprefix(profile.numbering.prefix)
    if not (number.startswith(series.prefix) and digits.isascii() and digits.isdigit()):
        raise ValueError(
            f"{number!r} is no number of the profile {profile_name}: they look like "
            f"{series.number(12)}"
        )
    value = int(digits[:18])
    order = ledger.GoOnOrder(profile_name, supplier_of(profile), series, value, reason)
    with opened(demo=demo, accept_put_back=True) as book:
        book.go_on(order)
    return series.number(value + 1)


def export(folder: Path, *, demo: bool = False) -> tuple[Path, ...]:
    """Write the whole ledger as JSON lines, as CSV, and every file that was issued.

    Raises NothingThere, OSError.
    """
    with look(demo=demo) as book:
        if book is None:
            raise NothingThere("Nothing was issued yet, so there is nothing to export.")
        lines = folder / "ledger.jsonl"
        make_folder(folder, tolerant=True)
        write_private(lines, book.json_lines(), tolerant=True)
        return (lines, *book.csv_files(folder), *book.issued_files(folder / "files"))


def _there(*, demo: bool, out: Path | None = None, accept_clock: bool = False) -> Ledger:
    """The ledger, which must be there already: what is about an invoice makes no ledger."""
    path = ledger_path(demo=demo)
    if not path.exists():
        ledger.refuse_new(path, traces(demo=demo, out=out))
        raise NothingThere("Nothing was issued yet, so there is no ledger.")
    return opened(demo=demo, out=out, accept_clock=accept_clock)
