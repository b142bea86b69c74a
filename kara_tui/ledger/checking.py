"""Looking at every byte: the database, its rules, the chain, the numbers, the totals."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from kara_tui.ledger import schema
from kara_tui.ledger.chain import START, entries, entry_hash, kept_tables
from kara_tui.ledger.record import Head, Verdict

_SHOWN = 20  # problems of one kind; a damaged ledger could have a million

Progress = Callable[[int, int], None]

# What is taken of a series, a number or a range of skipped ones at a time, is without a gap.
_GAP = "The series {0!r} of the profile {1} has a gap or a double at number {2}."
_GAPS = """
SELECT s.prefix, s.profile, d.number FROM (
  SELECT series, first, number,
    lag(last) OVER (PARTITION BY series ORDER BY entry, id) AS before
  FROM ({taken})
) d JOIN series s ON s.id = d.series
WHERE d.first <> coalesce(d.before, s.last_used) + 1
"""
_ISSUED = "SELECT entry, id, series, number, value AS first, value AS last FROM documents"
_SKIPPED = " UNION ALL SELECT entry, id, series, CAST(first AS TEXT), first, last FROM skipped"

# Each question finds what a promise of the format forbids. The triggers refuse all of it; these
# ask again, of a file that may have been written by other hands.
_QUESTIONS = (
    (
        "The number {0} stands on more than one document of the supplier.",
        """
        SELECT d.number FROM documents d JOIN series s ON s.id = d.series
        GROUP BY s.supplier, d.number COLLATE NOCASE HAVING count(*) > 1
        """,
    ),
    (
        "The lines of {0} do not make its number of sessions and its sums.",
        """
        SELECT d.number FROM documents d LEFT JOIN lines l ON l.document = d.id
        WHERE d.kind = 'invoice' GROUP BY d.id
        HAVING count(l.id) <> d.sessions OR sum(l.price) NOT IN (d.net, d.total)
          OR d.net + d.vat <> d.total
        """,
    ),
    (
        "{0} has no PDF, no mail or no record of what it was drawn from.",
        """
        SELECT d.number FROM documents d
        WHERE NOT EXISTS (SELECT 1 FROM files f WHERE f.document = d.id AND f.role = 'pdf')
          OR NOT EXISTS (SELECT 1 FROM files f WHERE f.document = d.id AND f.role = 'frozen')
          OR NOT EXISTS (SELECT 1 FROM files f WHERE f.entry = d.entry AND f.role = 'mail')
        """,
    ),
    (
        "A session of {1} is billed on {0} standing invoices.",
        """
        SELECT count(*), l.date FROM lines l
        WHERE NOT EXISTS (SELECT 1 FROM documents c WHERE c.corrects = l.document)
        GROUP BY l.fingerprint HAVING count(*) > 1
        """,
    ),
    (
        "{1} is invoiced {0} times in {2} by the profile {3}.",
        """
        SELECT count(*), d.month, d.currency, s.profile
        FROM documents d JOIN series s ON s.id = d.series
        WHERE d.kind = 'invoice'
          AND NOT EXISTS (SELECT 1 FROM documents c WHERE c.corrects = d.id)
        GROUP BY s.profile, d.month, d.currency HAVING count(*) > 1
        """,
    ),
    (
        "The credit note {0} does not match the invoice that it cancels.",
        """
        SELECT c.number FROM documents c LEFT JOIN documents d ON d.id = c.corrects
        WHERE c.kind = 'credit-note' AND (
          d.id IS NULL OR d.kind <> 'invoice' OR d.series <> c.series OR d.currency <> c.currency
          OR d.total <> c.total OR d.net <> c.net OR d.sessions <> c.sessions
        )
        """,
    ),
)


def verify(
    connection: sqlite3.Connection,
    *,
    expect: str = "",
    progress: Progress | None = None,
) -> Verdict:
    """Read the whole ledger and say what is wrong with it.

    ``expect`` is a head noted earlier, in hex, whole or its first 12 digits or more: the chain must
    still contain it. ``progress`` is called with entries looked at and entries in all.
    """
    count = connection.execute("SELECT count(*) FROM audit").fetchone()[0]
    problems = _file_problems(connection)
    if problems:
        # What cannot be trusted to hold its rows is not asked about them.
        return Verdict(Head(count, ""), 0, 0, tuple(problems))
    previous, seen_expected = START, False
    for done, (audit, lines) in enumerate(entries(connection), 1):
        stored = audit.pop("hash")
        if not isinstance(stored, bytes):
            problems.append(f"Entry {done} has no hash.")
            break
        if audit["id"] != done:
            problems.append(f"Entry {done} is missing.")
            break
        if entry_hash(previous, audit, lines) != stored:
            problems.append(
                f"Entry {done} ({audit['act']!s}, {audit['at']!s}) is not what was written then."
            )
        previous = stored.hex()
        seen_expected = seen_expected or (len(expect) >= 12 and previous.startswith(expect.lower()))
        if progress:
            progress(done, count)
    if expect and not seen_expected:
        problems.append(
            f"The head {expect[:64]} is not in the chain: history was cut off or written anew,"
            " or this is another ledger."
        )
    taken = _ISSUED + _SKIPPED if "skipped" in kept_tables(connection) else _ISSUED
    for sentence, question in ((_GAP, _GAPS.format(taken=taken)), *_QUESTIONS):
        for row in connection.execute(question).fetchmany(_SHOWN):
            problems.append(sentence.format(*row))
    documents = connection.execute("SELECT count(*) FROM documents").fetchone()[0]
    sessions = connection.execute("SELECT count(*) FROM lines").fetchone()[0]
    return Verdict(Head(count, previous), documents, sessions, tuple(problems))


def head(connection: sqlite3.Connection) -> Head:
    """How far the chain has come."""
    row = connection.execute("SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1").fetchone()
    return Head(row[0], row[1].hex())


def _file_problems(connection: sqlite3.Connection) -> list[str]:
    answers = [row[0] for row in connection.execute(f"PRAGMA integrity_check({_SHOWN})").fetchall()]
    problems = [f"SQLite: {answer}" for answer in answers if answer != "ok"]
    if connection.execute("PRAGMA foreign_key_check").fetchone():
        problems.append("A row names another row that is not there.")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if not problems and _rules(connection) != _expected_rules(version):
        problems.append("The tables or the rules that protect them were changed.")
    return problems


def _rules(connection: sqlite3.Connection) -> set[tuple[str, str, str]]:
    return set(
        connection.execute(
            "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL"
            " AND name NOT LIKE 'sqlite_stat%'"
        )
    )


def _expected_rules(version: int) -> set[tuple[str, str, str]]:
    """The rules as that version makes them; a migrated ledger must come out the same."""
    empty = sqlite3.connect(":memory:")
    try:
        empty.executescript(schema.OLDER.get(version, schema.SCHEMA))
        return _rules(empty)
    finally:
        empty.close()
