"""Looking things up. Every question is answered from indexes: a million sessions cost nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, time

from kara_tui.ledger.chain import kept_tables
from kara_tui.ledger.errors import NoSuchNumber
from kara_tui.ledger.record import AuditEntry, BilledSession, Document, MailState, Stored
from kara_tui.ledger.schema import LAST_NUMBER, LAST_NUMBER_FIRST
from kara_tui.model import DocumentKind, File, Money, Month

_DOCUMENTS = """
SELECT d.*, s.profile, s.supplier, s.prefix,
  coalesce((SELECT o.number FROM documents o WHERE o.id = d.corrects), '') AS corrects_number,
  coalesce((SELECT c.number FROM documents c WHERE c.corrects = d.id), '') AS credited_by,
  coalesce((SELECT f.name FROM files f WHERE f.document = d.id AND f.role = 'pdf'), '') AS pdf_name,
  coalesce((SELECT f.name FROM files f WHERE f.document = d.id AND f.role = 'annex'), '')
    AS annex_name,
  coalesce((SELECT f.name FROM files f WHERE f.entry = d.entry AND f.document IS NULL), '')
    AS mail_name,
  (SELECT count(*) FROM marks m WHERE m.issue = d.entry AND coalesce(m.document, d.id) = d.id)
    + EXISTS (SELECT 1 FROM documents c WHERE c.corrects = d.id) AS changes
FROM documents d JOIN series s ON s.id = d.series
"""


def select(
    connection: sqlite3.Connection, sql: str, parameters: Sequence[object] = ()
) -> Iterator[sqlite3.Row]:
    """Rows with their names."""
    cursor = connection.cursor()
    cursor.row_factory = sqlite3.Row
    return iter(cursor.execute(sql, parameters))


def documents(
    connection: sqlite3.Connection,
    *,
    profile: str,
    year: int | None,
    month: Month | None,
    sending_now: Collection[int],
) -> tuple[Document, ...]:
    """Documents by order of issue. ``year`` is that of their own date, ``month`` the billed one."""
    conditions, parameters = ["1"], []
    if profile:
        conditions.append("s.profile = ?")
        parameters.append(profile)
    if year is not None:
        conditions.append("substr(d.issued_on, 1, 4) = ?")
        parameters.append(f"{year:04}")
    if month is not None:
        conditions.append("d.month = ?")
        parameters.append(str(month))
    rows = select(
        connection, f"{_DOCUMENTS} WHERE {' AND '.join(conditions)} ORDER BY d.id", parameters
    )
    return tuple(_document(connection, row, sending_now) for row in rows)


def last_number(connection: sqlite3.Connection, profile: str, prefix: str) -> int | None:
    """The last number of a profile's series, given out or skipped; None where there is none."""
    # A ledger of version 1 has no skipped numbers.
    last = LAST_NUMBER if "skipped" in kept_tables(connection) else LAST_NUMBER_FIRST
    row = connection.execute(
        f"SELECT {last} FROM series s WHERE s.profile = ? AND s.prefix = ?",  # noqa: S608 - ours
        (profile, prefix),
    ).fetchone()
    return int(row[0]) if row else None


def documents_of_entry(
    connection: sqlite3.Connection, entry: int, sending_now: Collection[int]
) -> tuple[Document, ...]:
    """The documents that one entry issued, in the order of their numbers."""
    rows = select(connection, f"{_DOCUMENTS} WHERE d.entry = ? ORDER BY d.id", (entry,))
    return tuple(_document(connection, row, sending_now) for row in rows)


def find_document(connection: sqlite3.Connection, number: str, profile: str) -> sqlite3.Row:
    """The row of the document with a number, in whatever case it was typed.

    Raises NoSuchNumber when there is none, or one in several profiles and none was named.
    """
    rows = [
        row
        for row in select(
            connection, f"{_DOCUMENTS} WHERE d.number = ? COLLATE NOCASE ORDER BY d.id", (number,)
        )
        if profile in ("", row["profile"])
    ]
    if not rows:
        raise NoSuchNumber(
            f"No document has the number {number[:40]!r}.",
            "kara-tui invoices lists the numbers there are.",
        )
    if len(rows) > 1:
        raise NoSuchNumber(
            f"{len(rows)} profiles have a document {number[:40]}: "
            f"{', '.join(row['profile'] for row in rows)}.",
            "Say which one with --profile NAME.",
        )
    return rows[0]


def document(
    connection: sqlite3.Connection, number: str, profile: str, sending_now: Collection[int]
) -> Document:
    """One document. Raises NoSuchNumber."""
    return _document(connection, find_document(connection, number, profile), sending_now)


def stored(
    connection: sqlite3.Connection, number: str, profile: str, sending_now: Collection[int]
) -> Stored:
    """One document with its bytes. Raises NoSuchNumber."""
    row = find_document(connection, number, profile)
    content = {}
    for role, name, held in connection.execute(
        "SELECT role, name, content FROM files WHERE document = ?"
        " UNION ALL SELECT role, name, content FROM files WHERE entry = ? AND document IS NULL",
        (row["id"], row["entry"]),
    ):
        content[role] = (name, held)
    return Stored(
        _document(connection, row, sending_now),
        File(*content["pdf"]),
        File(*content["annex"]) if "annex" in content else None,
        File(*content["mail"]),
        content["frozen"][1].decode(),
    )


def _document(
    connection: sqlite3.Connection, row: sqlite3.Row, sending_now: Collection[int]
) -> Document:
    state, sent_on = _mail(connection, row["entry"], sending_now)
    paid = connection.execute(
        "SELECT mark, day FROM marks WHERE issue = ? AND document = ? ORDER BY id DESC LIMIT 1",
        (row["entry"], row["id"]),
    ).fetchone()
    currency = row["currency"]
    return Document(
        id=row["id"],
        number=row["number"],
        profile=row["profile"],
        kind=DocumentKind(row["kind"]),
        month=Month.parse(row["month"]),
        net=Money(row["net"], currency),
        vat=Money(row["vat"], currency),
        total=Money(row["total"], currency),
        sessions=row["sessions"],
        issued_on=date.fromisoformat(row["issued_on"]),
        due_on=date.fromisoformat(row["due_on"]) if row["due_on"] else None,
        corrects=row["corrects_number"],
        reason=row["reason"],
        credited_by=row["credited_by"],
        issue=row["entry"],
        mail_state=state,
        sent_on=sent_on,
        paid_on=date.fromisoformat(paid[1]) if paid and paid[0] == "paid" else None,
        pdf_name=row["pdf_name"],
        annex_name=row["annex_name"],
        mail_name=row["mail_name"],
        changes=row["changes"],
    )


def _mail(
    connection: sqlite3.Connection, issue: int, sending_now: Collection[int]
) -> tuple[MailState, date | None]:
    """The state of a mail. *Sending* that nobody here is at was cut off: nobody knows its end."""
    mark = connection.execute(
        "SELECT mark, day FROM marks WHERE issue = ? AND document IS NULL ORDER BY id DESC LIMIT 1",
        (issue,),
    ).fetchone()
    if mark is None:
        return MailState.DRAFTED, None
    state = MailState(mark[0])
    if state is MailState.SENDING and issue not in sending_now:
        return MailState.UNKNOWN, None
    return state, date.fromisoformat(mark[1]) if state is MailState.SENT else None


def audit(connection: sqlite3.Connection) -> tuple[AuditEntry, ...]:
    """Every entry of the chain, the oldest first."""
    return tuple(_entry(row) for row in select(connection, "SELECT * FROM audit ORDER BY id"))


def newest_entry(connection: sqlite3.Connection) -> AuditEntry:
    """The last entry of the chain; the first one is made with the ledger."""
    for row in select(connection, "SELECT * FROM audit ORDER BY id DESC LIMIT 1"):
        return _entry(row)
    raise ValueError("the chain has no entry")


def _entry(row: sqlite3.Row) -> AuditEntry:
    at = datetime.fromisoformat(row["at"])
    return AuditEntry(row["id"], at, row["act"], row["note"], row["hash"].hex())


_LINES = """
SELECT l.*, d.number, d.currency FROM lines l JOIN documents d ON d.id = l.document
"""


def sessions_of(connection: sqlite3.Connection, document: int) -> tuple[BilledSession, ...]:
    """The sessions on an invoice, in the order of its lines."""
    rows = select(connection, f"{_LINES} WHERE l.document = ? ORDER BY l.position", (document,))
    return tuple(billed_session(row) for row in rows)


def billed_session(row: sqlite3.Row) -> BilledSession:
    """A line with its document's number and currency."""
    return BilledSession(
        number=row["number"],
        fingerprint=row["fingerprint"],
        date=date.fromisoformat(row["date"]),
        time=time.fromisoformat(row["time"]) if row["time"] else None,
        service=row["service"],
        professional=row["professional"],
        professional_email=row["professional_email"],
        sponsor=row["sponsor"],
        kind=row["kind"],
        price=Money(row["price"], row["currency"]),
        payment_id=row["payment_id"],
        late=bool(row["late"]),
    )
