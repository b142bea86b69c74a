"""What cannot happen is refused by the file itself, whoever opens it, with whatever pragmas."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kara_tui.ledger import SessionDecision
from kara_tui.ledger.schema import KEPT
from kara_tui.model import Decision, Routing
from tests.ledger.story import NOVEMBER, credit_order, go_on_order, opened, order, render, set_route


@pytest.fixture
def raw(folder: Path) -> Iterator[sqlite3.Connection]:
    """A ledger with a row in every table, opened as any other program would."""
    with opened(folder) as ledger:
        ledger.issue(order(), render)
        ledger.issue(order(NOVEMBER), render)
        ledger.credit(credit_order("KC-0001"), render)
        ledger.decide([SessionDecision("f", Decision.LATER, "{}")])
        set_route(ledger, "default", "Acme", Routing.KARA)
        ledger.mark_paid("KC-0002", date(2026, 12, 9))
        for value in (5, 7):  # a series that begins after 5, and goes on after 7
            ledger.go_on(go_on_order(value, profile="clinic", supplier="x", prefix="CL-"))
    with contextlib.closing(
        sqlite3.connect(folder / "data" / "ledger.sqlite", isolation_level=None)
    ) as connection:
        yield connection


@pytest.mark.parametrize("table", KEPT)
def test_no_row_is_changed_deleted_or_replaced(raw: sqlite3.Connection, table: str) -> None:
    before = raw.execute(f"SELECT * FROM {table}").fetchall()
    assert before
    columns = [column[1] for column in raw.execute(f"PRAGMA table_info({table})")]
    for column in columns:
        for verb in ("UPDATE", "UPDATE OR REPLACE", "UPDATE OR IGNORE"):
            with pytest.raises(sqlite3.IntegrityError, match="never changed"):
                raw.execute(f"{verb} {table} SET {column} = {column}")
    with pytest.raises(sqlite3.IntegrityError, match="never deleted"):
        raw.execute(f"DELETE FROM {table} WHERE id = 1")
    marks = ", ".join("?" * len(columns))
    for verb in ("INSERT", "REPLACE", "INSERT OR IGNORE"):
        with pytest.raises(sqlite3.IntegrityError, match=r"^ledger: "):
            raw.execute(f"{verb} INTO {table} VALUES ({marks})", before[0])
    assert raw.execute(f"SELECT * FROM {table}").fetchall() == before


@pytest.mark.parametrize("table", [table for table in KEPT if table != "audit"])
def test_no_row_is_added_to_an_act_that_is_closed(raw: sqlite3.Connection, table: str) -> None:
    newest = raw.execute(f"SELECT * FROM {table} ORDER BY id DESC LIMIT 1").fetchone()
    with pytest.raises(sqlite3.IntegrityError, match=r"^ledger: "):
        raw.execute(
            f"INSERT INTO {table} VALUES ({', '.join('?' * len(newest))})",
            (newest[0] + 1, *newest[1:]),
        )


def document(raw: sqlite3.Connection, **changes: object) -> dict[str, object]:
    """The next invoice as the schema would take it, but for the changes."""
    entry = raw.execute("SELECT max(id) + 1 FROM audit").fetchone()[0]
    row: dict[str, object] = {
        "id": 4, "entry": entry, "series": 1, "value": 4, "number": "KC-0004", "kind": "invoice",
        "month": "2026-10", "currency": "EUR", "net": 100, "vat": 0, "total": 100, "sessions": 1,
        "issued_on": "2026-12-01", "due_on": None, "corrects": None, "reason": "",
    }  # fmt: skip
    return row | changes


def insert(raw: sqlite3.Connection, table: str, row: dict[str, object]) -> None:
    for verb in ("INSERT OR IGNORE", "REPLACE"):
        raw.execute(
            f"{verb} INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})",
            tuple(row.values()),
        )


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"value": 5, "number": "KC-0005"}, "a number follows the last one"),
        ({"value": 3, "number": "KC-0003"}, "a document of this number|follows the last one"),
        ({"value": 0, "number": "KC-0"}, "a number follows the last one"),
        ({"series": 9}, "a number follows the last one|its prefix and its value"),
        ({"entry": 1}, "belongs to the entry being written"),
        ({"entry": 99}, "belongs to the entry being written"),
        ({"number": "KC-0005"}, "its prefix and its value"),
        ({"number": "XX-0004"}, "its prefix and its value"),
        ({"number": "KC-0x04"}, "its prefix and its value"),
        ({"month": "2026-11"}, "the month is invoiced"),
        ({"kind": "credit-note", "corrects": 1}, "cancels one standing invoice"),
        ({"kind": "credit-note", "corrects": 3}, "cancels one standing invoice"),
        ({"kind": "credit-note", "corrects": 2}, "cancels one standing invoice"),
        ({"id": 9}, "added one after the other"),
    ],
)
def test_a_document_out_of_order_is_refused(
    raw: sqlite3.Connection, changes: dict[str, object], why: str
) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=why):
        insert(raw, "documents", document(raw, **changes))


def line(raw: sqlite3.Connection, **changes: object) -> dict[str, object]:
    entry, newest = raw.execute(
        "SELECT (SELECT max(id) + 1 FROM audit), (SELECT max(id) + 1 FROM lines)"
    ).fetchone()
    row: dict[str, object] = {
        "id": newest, "entry": entry, "document": 4, "position": 1, "fingerprint": "new",
        "date": "2026-10-01", "time": None, "service": "", "professional": "",
        "professional_email": "", "sponsor": "", "kind": "session", "price": 100,
        "payment_id": "", "late": 0,
    }  # fmt: skip
    return row | changes


def test_a_session_that_is_billed_is_refused(raw: sqlite3.Connection) -> None:
    raw.execute("BEGIN")
    raw.execute(
        f"INSERT INTO documents VALUES ({', '.join('?' * 16)})", tuple(document(raw).values())
    )
    billed = raw.execute("SELECT fingerprint FROM lines WHERE document = 2").fetchone()[0]
    freed = raw.execute("SELECT fingerprint FROM lines WHERE document = 1").fetchone()[0]
    with pytest.raises(sqlite3.IntegrityError, match="the session is billed"):
        insert(raw, "lines", line(raw, fingerprint=billed))
    with pytest.raises(sqlite3.IntegrityError, match="written with their invoice"):
        insert(raw, "lines", line(raw, document=2, position=9))
    raw.execute(
        f"INSERT INTO lines VALUES ({', '.join('?' * 15)})",
        tuple(line(raw, fingerprint=freed).values()),
    )


def test_a_document_without_its_lines_and_files_cannot_be_sealed(raw: sqlite3.Connection) -> None:
    raw.execute("BEGIN")
    raw.execute(
        f"INSERT INTO documents VALUES ({', '.join('?' * 16)})", tuple(document(raw).values())
    )
    entry = document(raw)["entry"]
    with pytest.raises(sqlite3.IntegrityError, match="issued with its lines, PDF and mail"):
        raw.execute("INSERT INTO audit VALUES (?, 'now', 'issue', '', zeroblob(32))", (entry,))


@pytest.mark.parametrize(
    ("table", "of", "changes", "why"),
    [
        ("series", 1, {}, "has a series with this prefix"),
        ("series", 1, {"profile": "other"}, "has a series with this prefix"),
        ("series", 1, {"supplier": "other"}, "has a series with this prefix"),
        ("files", 2, {}, "the file is written|written with their document"),
        ("files", 2, {"document": 9, "name": "new.pdf"}, "written with their document"),
        ("files", 2, {"role": "annex", "name": "new.xlsx"}, "the file is written|with their"),
        ("files", 4, {"document": None, "role": "mail"}, "the file is written"),
        ("files", 4, {"document": None, "role": "mail", "name": "kc-0001.PDF"}, "file is written"),
        ("marks", 1, {"issue": 1}, "about an issued document"),
        ("marks", 1, {"document": 1}, "about an issued document"),
        ("marks", 1, {"document": 9}, "about an issued document"),
    ],
)
def test_a_row_that_contradicts_another_is_refused(
    raw: sqlite3.Connection, table: str, of: int, changes: dict[str, object], why: str
) -> None:
    columns = [column[1] for column in raw.execute(f"PRAGMA table_info({table})")]
    row = dict(
        zip(
            columns,
            raw.execute(f"SELECT * FROM {table} WHERE id = ?", (of,)).fetchone(),
            strict=True,
        )
    )
    following = raw.execute(
        f"SELECT (SELECT max(id) + 1 FROM {table}), (SELECT max(id) + 1 FROM audit)"
    ).fetchone()
    with pytest.raises(sqlite3.IntegrityError, match=why):
        insert(raw, table, row | {"id": following[0], "entry": following[1]} | changes)


def test_a_number_of_the_supplier_that_another_series_gave_out_is_refused(
    raw: sqlite3.Connection,
) -> None:
    raw.execute("BEGIN")
    raw.execute(
        "INSERT INTO series SELECT 3, (SELECT max(id) + 1 FROM audit), 'second', supplier,"
        " 'KC-000', 2 FROM series WHERE id = 1"
    )
    with pytest.raises(sqlite3.IntegrityError, match="has a document of this number"):
        insert(raw, "documents", document(raw, series=3, value=3, number="KC-0003"))


def test_a_line_is_not_written_twice(raw: sqlite3.Connection) -> None:
    raw.execute("BEGIN")
    raw.execute(
        f"INSERT INTO documents VALUES ({', '.join('?' * 16)})", tuple(document(raw).values())
    )
    first = line(raw)
    raw.execute(f"INSERT INTO lines VALUES ({', '.join('?' * 15)})", tuple(first.values()))
    with pytest.raises(sqlite3.IntegrityError, match="the line is written"):
        insert(raw, "lines", line(raw, fingerprint="another"))
