"""The hash chain: every act is an entry whose hash covers the entry before and every row it wrote.

The canonical bytes are a promise of docs/explanation/ledger-format.md, held by golden vectors:
a ledger must be provable in seven years by anyone with SHA-256 and a JSON reader.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from kara_tui.ledger.schema import KEPT

Value: TypeAlias = str | int | bytes | None

_ROWS_AT_ONCE = 1000
_FILES_AT_ONCE = 4  # of some megabytes each
_BEFORE_ALL = -(1 << 63)

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

START = "0" * 64  # what stands for the hash before the first entry

# Rows of an entry are hashed table by table, in this order, and within a table by id.
ROW_TABLES = tuple(table for table in KEPT if table != "audit")


def digest(content: bytes) -> str:
    """How bytes are named where they are not shown."""
    return "sha256:" + hashlib.sha256(content).hexdigest()


def canonical(table: str, row: Mapping[str, Value]) -> bytes:
    """One row as one line of JSON, without its line feed: the same bytes here and in an export.

    Fields stand in the order of the schema. A NULL field is left out, so that a column which a
    later version adds changes no old hash. Bytes are given by their digest.
    """
    fields: dict[str, str | int] = {"table": table}
    for name, value in row.items():
        if isinstance(value, bytes):
            fields[name] = digest(value)
        elif value is not None:
            fields[name] = value
    return _JSON.encode(fields).encode()


def entry_hash(previous: str, audit: Mapping[str, Value], lines: Iterable[bytes]) -> bytes:
    """SHA-256 over lines: the previous hash in hex, the audit row without its own, the rows."""
    chained = hashlib.sha256(previous.encode() + b"\n")
    chained.update(canonical("audit", audit) + b"\n")
    for line in lines:
        chained.update(line + b"\n")
    return chained.digest()


class ChainEntry:
    """An act being written: rows are added, then it is closed by its link in the chain."""

    def __init__(self, connection: sqlite3.Connection, at: str) -> None:
        self._connection = connection
        self._at = at
        newest = connection.execute(
            "SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1"
        ).fetchone()
        self.id: int = newest[0] + 1 if newest else 1
        self._previous: str = newest[1].hex() if newest else START
        self._lines: dict[str, list[bytes]] = {table: [] for table in ROW_TABLES}
        self._last_ids: dict[str, int] = {}

    def add(self, table: str, **fields: Value) -> int:
        """Insert a row, its fields in the order of the schema, and return its id."""
        if table not in self._last_ids:
            newest = self._connection.execute(
                f"SELECT coalesce(max(id), 0) FROM {table}"  # noqa: S608 - a name of our schema
            ).fetchone()
            self._last_ids[table] = newest[0]
        self._last_ids[table] += 1
        row: dict[str, Value] = {"id": self._last_ids[table], "entry": self.id, **fields}
        self._connection.execute(
            f"INSERT INTO {table} ({', '.join(row)}) "  # noqa: S608 - names of our schema
            f"VALUES ({', '.join('?' * len(row))})",
            tuple(row.values()),
        )
        self._lines[table].append(canonical(table, row))
        return self._last_ids[table]

    def close(self, act: str, note: str = "") -> bytes:
        """Insert the audit row that seals the entry, and return its hash."""
        audit: dict[str, Value] = {"id": self.id, "at": self._at, "act": act, "note": note}
        lines = (line for table in ROW_TABLES for line in self._lines[table])
        sealed = entry_hash(self._previous, audit, lines)
        self._connection.execute(
            "INSERT INTO audit (id, at, act, note, hash) VALUES (?, ?, ?, ?, ?)",
            (self.id, self._at, act, note, sealed),
        )
        return sealed


def kept_tables(connection: sqlite3.Connection) -> tuple[str, ...]:
    """The tables of this ledger that are kept; one of an older version has fewer."""
    found = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
    names = {row[0] for row in found}
    return tuple(table for table in KEPT if table in names)


def rows(connection: sqlite3.Connection, table: str) -> Iterator[dict[str, Value]]:
    """All rows of a table by id, each with its fields in the order of the schema.

    Read in pages: a statement that is left in the middle would keep the file locked even after its
    connection is closed. Who needs all tables of one moment reads inside a transaction.
    """
    page = f"SELECT * FROM {table} WHERE id > ? ORDER BY id LIMIT ?"  # noqa: S608 - our schema
    size = _FILES_AT_ONCE if table == "files" else _ROWS_AT_ONCE
    last = _BEFORE_ALL
    while True:
        cursor = connection.execute(page, (last, size))
        names = [column[0] for column in cursor.description]
        found = cursor.fetchall()
        if not found:
            return
        for row in found:
            yield dict(zip(names, row, strict=True))
        last = found[-1][0]


def entries(
    connection: sqlite3.Connection,
) -> Iterator[tuple[dict[str, Value], list[bytes]]]:
    """Each audit row and the canonical lines of the rows that name it, in the chain's order.

    One pass over every table: rows of later entries come later. Rows that name no entry, or an
    earlier one than the row before, come with the last audit row, and break its hash.
    """
    there = kept_tables(connection)
    streams = {table: _Stream(rows(connection, table)) for table in ROW_TABLES if table in there}
    pending: dict[str, Value] | None = None
    for audit in rows(connection, "audit"):
        if pending is not None:
            yield pending, _lines_until(streams, pending["id"])
        pending = audit
    if pending is not None:
        yield pending, _lines_until(streams, None)


class _Stream:
    """Rows of one table, of which the next can be looked at."""

    def __init__(self, source: Iterator[dict[str, Value]]) -> None:
        self._source = source
        self.next = next(source, None)

    def take(self) -> dict[str, Value]:
        row = self.next
        if row is None:
            raise ValueError("the table has no more rows")
        self.next = next(self._source, None)
        return row


def _lines_until(streams: Mapping[str, _Stream], entry: Value) -> list[bytes]:
    lines = []
    for table, stream in streams.items():
        while stream.next is not None and (entry is None or stream.next["entry"] == entry):
            lines.append(canonical(table, stream.take()))
    return lines
