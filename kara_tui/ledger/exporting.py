"""The whole ledger as text: JSON lines that prove themselves, and CSV for a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from kara_tui.ledger.chain import Value, canonical, digest, entries, kept_tables, rows
from kara_tui.private_file import make_folder, write_private
from kara_tui.text import no_formula


def json_lines(connection: sqlite3.Connection) -> Iterator[bytes]:
    """The chain in order: an entry's line, the lines of its rows, and ``{"hash": …}`` of it all.

    Without the hash lines, these are the very bytes that the hashes are made of.
    """
    for audit, lines in entries(connection):
        stored = audit.pop("hash")
        yield canonical("audit", audit) + b"\n"
        for line in lines:
            yield line + b"\n"
        sealed = stored.hex() if isinstance(stored, bytes) else ""
        yield json.dumps({"hash": sealed}, separators=(",", ":")).encode() + b"\n"


def issued_files(connection: sqlite3.Connection, folder: Path) -> tuple[Path, ...]:
    """The bytes themselves, a file each: PDFs, annexes, mails, and what each was drawn from.

    Their names are those of the copies; the record of a document is called as its PDF, but .json.
    """
    make_folder(folder, tolerant=True)
    written = []
    pdf_names = "(SELECT p.name FROM files p WHERE p.document = f.document AND p.role = 'pdf')"
    for row, role, name, pdf in connection.execute(
        f"SELECT f.id, f.role, f.name, {pdf_names} FROM files f ORDER BY f.id"  # noqa: S608 - ours
    ).fetchall():
        path = folder / (f"{Path(pdf).stem}.json" if role == "frozen" else name)
        (content,) = connection.execute("SELECT content FROM files WHERE id = ?", (row,)).fetchone()
        write_private(path, content, tolerant=True)
        written.append(path)
    return tuple(written)


def csv_files(connection: sqlite3.Connection, folder: Path) -> tuple[Path, ...]:
    """One CSV file for each table that is kept; UTF-8 with a mark, as spreadsheets want it.

    A hash is given in hex, a file by its SHA-256. Text that begins like a formula gets an
    apostrophe before it.
    """
    make_folder(folder, tolerant=True)
    written = []
    for table in kept_tables(connection):
        path = folder / f"{table}.csv"
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        names = [column[1] for column in connection.execute(f"PRAGMA table_info({table})")]
        writer.writerow(names)
        for row in rows(connection, table):
            writer.writerow([_cell(name, value) for name, value in row.items()])
        write_private(path, text.getvalue().encode("utf-8-sig"), tolerant=True)
        written.append(path)
    return tuple(written)


def _cell(name: str, value: Value) -> str | int | None:
    if isinstance(value, bytes):
        # An entry's hash stands as it is, to be compared with a head that was noted.
        return value.hex() if name == "hash" else digest(value)
    return no_formula(value) if isinstance(value, str) else value
