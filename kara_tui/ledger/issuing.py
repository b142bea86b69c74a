"""Issuing and crediting: what happens inside the one transaction. The ledger does not draw."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from kara_tui.ledger.billed import billed_numbers
from kara_tui.ledger.chain import ChainEntry
from kara_tui.ledger.errors import (
    AlreadyBilled,
    ClockBehind,
    MonthTaken,
    NotCreditable,
    RefusedByLedger,
    SeriesMoved,
    SeriesTaken,
)
from kara_tui.ledger.order import (
    CreditOrder,
    DraftInvoice,
    GoOnOrder,
    IssueOrder,
    Rendered,
    RenderedDocument,
)
from kara_tui.ledger.queries import find_document
from kara_tui.ledger.schema import LAST_NUMBER
from kara_tui.ledger.seen_numbers import Watch
from kara_tui.model import Series


class NotDrawn(Exception):
    """Carries what the drawing raised past those who take every OSError for one of the ledger's."""

    def __init__(self, error: Exception) -> None:
        super().__init__(error)
        self.error = error


# Nobody loses more invoices than these at once, and a slip of the pen is soon a thousand.
_FARTHEST = 100

Render = Callable[[tuple[str, ...]], Rendered]


def issue(
    connection: sqlite3.Connection,
    entry: ChainEntry,
    order: IssueOrder,
    render: Render,
    *,
    watch: Watch,
    accept_clock: bool,
) -> None:
    """Check that month and sessions are free, take the numbers, have them drawn, write it all."""
    _refuse_taken_month(connection, order)
    _refuse_billed(connection, order)
    series, last = _series(connection, entry, order.profile, order.supplier, order.series)
    if not accept_clock:
        _refuse_earlier_date(connection, series, order.today)
    watch.refuse_seen(order.profile, order.supplier, order.series.prefix, last)
    values = range(last + 1, last + 1 + len(order.drafts))
    numbers = tuple(order.series.number(value) for value in values)
    _refuse_used_number(connection, order, numbers)
    drawn = _draw(render, numbers)
    watch.refuse_copies(order.profile, numbers, drawn)
    for draft, document, value, number in zip(
        order.drafts, drawn.documents, values, numbers, strict=True
    ):
        row = entry.add(
            "documents",
            series=series,
            value=value,
            number=number,
            kind="invoice",
            month=str(order.month),
            currency=draft.currency,
            net=draft.net.minor,
            vat=draft.vat.minor,
            total=draft.total.minor,
            sessions=len(draft.sessions),
            issued_on=order.today.isoformat(),
            due_on=draft.due_on.isoformat() if draft.due_on else None,
            corrects=None,
            reason="",
        )
        _add_lines(entry, row, draft)
        _add_files(connection, entry, row, draft.frozen, document)
    _add_file(connection, entry, None, "mail", drawn.mail.name, drawn.mail.content)
    connection.execute("DELETE FROM places WHERE profile = ?", (order.profile,))


def go_on(
    connection: sqlite3.Connection, entry: ChainEntry, order: GoOnOrder, *, watch: Watch
) -> None:
    """Skip the numbers up to one that was used without this ledger; the series goes on after it.

    A series that the ledger does not have yet begins there. Nothing is skipped when the number is
    the series' last one. Raises RefusedByLedger for a number below one that was given out, and for
    one so far above that it is rather a slip of the pen.
    """
    series = connection.execute(
        "SELECT id FROM series WHERE profile = ? AND prefix = ?",
        (order.profile, order.series.prefix),
    ).fetchone()
    last = _last_value(connection, series[0]) if series else order.series.last_used
    seen = watch.sighting(order.profile, order.supplier, order.series.prefix, last)
    highest = seen.value if seen else last
    said = order.series.number(order.value)
    if order.value < highest:
        raise RefusedByLedger(
            f"{order.series.number(highest)} was given out, which comes after {said}.",
            f"Go on after that one: kara-tui go-on {order.series.number(highest)}.",
        )
    if order.value > highest + _FARTHEST:
        raise RefusedByLedger(
            f"{said} is far above {order.series.number(highest)}, the last number that anything"
            " tells of.",
            "Look at the number again: those that are skipped cannot be used any more.",
        )
    if series is None:
        beginning = replace(order.series, last_used=order.value)
        _series(connection, entry, order.profile, order.supplier, beginning)
    elif order.value > last:
        entry.add(
            "skipped", series=series[0], first=last + 1, last=order.value, reason=order.reason
        )


def credit(
    connection: sqlite3.Connection,
    entry: ChainEntry,
    order: CreditOrder,
    render: Render,
    *,
    watch: Watch,
    accept_clock: bool,
) -> None:
    """Cancel a standing invoice whole. Its sessions are free because the credit note exists."""
    invoice = find_document(connection, order.number, order.profile)
    if invoice["kind"] != "invoice":
        raise NotCreditable(
            f"{invoice['number']} is a credit note and cannot be cancelled.",
            "Bill the month anew instead: its sessions are free.",
        )
    cancelled_by = connection.execute(
        "SELECT number FROM documents WHERE corrects = ?", (invoice["id"],)
    ).fetchone()
    if cancelled_by:
        raise NotCreditable(
            f"{invoice['number']} is cancelled already, by {cancelled_by[0]}.",
            "Bill the month anew: its sessions are free.",
        )
    if not accept_clock:
        _refuse_earlier_date(connection, invoice["series"], order.today)
    last = _last_value(connection, invoice["series"])
    watch.refuse_seen(invoice["profile"], invoice["supplier"], invoice["prefix"], last)
    value = last + 1
    width = len(invoice["number"]) - len(invoice["prefix"])
    number = f"{invoice['prefix']}{value:0{width}}"
    drawn = _draw(render, (number,))
    watch.refuse_copies(invoice["profile"], (number,), drawn)
    row = entry.add(
        "documents",
        series=invoice["series"],
        value=value,
        number=number,
        kind="credit-note",
        month=invoice["month"],
        currency=invoice["currency"],
        net=invoice["net"],
        vat=invoice["vat"],
        total=invoice["total"],
        sessions=invoice["sessions"],
        issued_on=order.today.isoformat(),
        due_on=None,
        corrects=invoice["id"],
        reason=order.reason,
    )
    _add_files(connection, entry, row, order.frozen, drawn.documents[0])
    _add_file(connection, entry, None, "mail", drawn.mail.name, drawn.mail.content)


def _refuse_taken_month(connection: sqlite3.Connection, order: IssueOrder) -> None:
    """A month that is invoiced takes no more, but for what a credit note of it cancelled.

    So when one of a month's two currencies was wrong, that one is billed anew while the other
    stands; a currency that appears late goes onto the next month's invoice.
    """
    standing: dict[str, str] = {}
    cancelled = set()
    for number, currency, is_cancelled in connection.execute(
        """
        SELECT d.number, d.currency, EXISTS (SELECT 1 FROM documents c WHERE c.corrects = d.id)
        FROM documents d JOIN series s ON s.id = d.series
        WHERE s.profile = ? AND d.month = ? AND d.kind = 'invoice' ORDER BY d.id
        """,
        (order.profile, str(order.month)),
    ):
        if is_cancelled:
            cancelled.add(currency)
        else:
            standing[currency] = number
    currencies = {draft.currency for draft in order.drafts}
    if standing and (currencies & standing.keys() or not currencies <= cancelled):
        raise MonthTaken(str(order.month), tuple(standing.values()))


def _refuse_billed(connection: sqlite3.Connection, order: IssueOrder) -> None:
    prints = [item.fingerprint for draft in order.drafts for item in draft.sessions]
    billed = billed_numbers(connection, prints)
    if billed:
        raise AlreadyBilled(len(billed), sorted(set(billed.values())))


def _series(
    connection: sqlite3.Connection, entry: ChainEntry, profile: str, supplier: str, asked: Series
) -> tuple[int, int]:
    """(id, last value) of the profile's series, which its first issue opens."""
    series = connection.execute(
        "SELECT id FROM series WHERE profile = ? AND prefix = ?", (profile, asked.prefix)
    ).fetchone()
    if series is None:
        taken = connection.execute(
            "SELECT profile FROM series WHERE supplier = ? AND prefix = ?",
            (supplier, asked.prefix),
        ).fetchone()
        if taken:
            raise SeriesTaken(
                f"The profile {taken[0]} numbers this supplier's invoices with the prefix"
                f" {asked.prefix!r} already.",
                f"Give the profile {profile} a prefix of its own.",
            )
        series = entry.add(
            "series",
            profile=profile,
            supplier=supplier,
            prefix=asked.prefix,
            last_used=asked.last_used,
        )
        return series, asked.last_used
    last = _last_value(connection, series[0])
    if asked.last_used > last:
        raise SeriesMoved(
            f"The profile says that number {asked.last_used} of the series {asked.prefix!r} is"
            f" used, but the ledger has given out {last} last.",
            f"If invoices were numbered elsewhere, give kara-tui a prefix of its own; if not, set"
            f" the profile's last used number to {last}.",
        )
    return series[0], last


def _last_value(connection: sqlite3.Connection, series: int) -> int:
    row = connection.execute(
        f"SELECT {LAST_NUMBER} FROM series s WHERE s.id = ?",  # noqa: S608 - our own text
        (series,),
    ).fetchone()
    return int(row[0])


def _refuse_earlier_date(connection: sqlite3.Connection, series: int, today: date) -> None:
    """A later number with an earlier date is what tax auditors look for first."""
    newest = connection.execute(
        "SELECT max(issued_on) FROM documents WHERE series = ?", (series,)
    ).fetchone()[0]
    if newest and today.isoformat() < newest:
        raise ClockBehind(today.isoformat(), newest)


def _refuse_used_number(
    connection: sqlite3.Connection, order: IssueOrder, numbers: Sequence[str]
) -> None:
    """Two prefixes can meet in one number: KC- with 01 and KC-0 with 1."""
    for number in numbers:
        met = connection.execute(
            """
            SELECT s.profile FROM documents d JOIN series s ON s.id = d.series
            WHERE d.number = ? COLLATE NOCASE AND (s.supplier = ? OR s.profile = ?)
            """,
            (number, order.supplier, order.profile),
        ).fetchone()
        if met:
            raise SeriesTaken(
                f"The profile {met[0]} has a document {number} already.",
                f"Give the profile {order.profile} another prefix.",
            )


def _draw(render: Render, numbers: tuple[str, ...]) -> Rendered:
    try:
        drawn = render(numbers)
    except Exception as error:
        raise NotDrawn(error) from error
    if len(drawn.documents) != len(numbers):
        raise ValueError(f"{len(drawn.documents)} documents were drawn for {len(numbers)} numbers")
    return drawn


def _add_lines(entry: ChainEntry, document: int, draft: DraftInvoice) -> None:
    for position, item in enumerate(draft.sessions, 1):
        session = item.session
        entry.add(
            "lines",
            document=document,
            position=position,
            fingerprint=item.fingerprint,
            date=session.date.isoformat(),
            time=session.time.isoformat() if session.time else None,
            service=session.service,
            professional=session.professional,
            professional_email=session.professional_email,
            sponsor=session.sponsor,
            kind=session.kind.value,
            price=session.price.minor,
            payment_id=session.payment_id,
            late=int(item.late),
        )


def _add_files(
    connection: sqlite3.Connection,
    entry: ChainEntry,
    document: int,
    frozen: str,
    drawn: RenderedDocument,
) -> None:
    _add_file(connection, entry, document, "frozen", "", frozen.encode())
    _add_file(connection, entry, document, "pdf", drawn.pdf.name, drawn.pdf.content)
    if drawn.annex:
        _add_file(connection, entry, document, "annex", drawn.annex.name, drawn.annex.content)


def _add_file(
    connection: sqlite3.Connection,
    entry: ChainEntry,
    document: int | None,
    role: str,
    name: str,
    content: bytes,
) -> None:
    taken = (
        name
        and connection.execute(
            "SELECT 1 FROM files WHERE name <> '' AND name = ? COLLATE NOCASE", (name,)
        ).fetchone()
    )
    if taken:
        raise RefusedByLedger(
            f"A file named {name} was issued already.",
            "Two profiles that share a folder need prefixes that differ.",
        )
    entry.add("files", document=document, role=role, name=name, content=content)
