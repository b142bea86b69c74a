"""The chain: golden vectors, and a change of any field of any row is found."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from kara_tui.ledger import (
    Damaged,
    LedgerError,
    PutBack,
    SessionDecision,
    checking,
    fingerprint,
    opening,
    schema,
)
from kara_tui.ledger.chain import START, Value, canonical, entry_hash
from kara_tui.ledger.schema import KEPT
from kara_tui.model import Decision, Routing
from tests.ledger.story import (
    NOVEMBER,
    Clock,
    credit_order,
    go_on_order,
    opened,
    order,
    render,
    session,
    set_route,
)

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "ledger-format.md"
GOLDEN = Path(__file__).with_name("golden") / "chain.jsonl"


def written(folder: Path) -> Path:
    """A ledger in which everything happened once."""
    with opened(folder) as ledger:
        ledger.issue(order(), render)
        ledger.issue(order(NOVEMBER), render)
        ledger.credit(credit_order("KC-0001"), render)
        ledger.decide(
            [SessionDecision("2026-10-01.aa", Decision.LATER, "{}", "spyrja Þóru “á morgun”")]
        )
        set_route(ledger, "default", "Acme", Routing.ELSEWHERE)
        ledger.mark_sent("KC-0002", date(2026, 12, 2))
        ledger.mark_paid("KC-0002", date(2026, 12, 9))
    return folder / "data" / "ledger.sqlite"


def test_a_row_has_these_bytes() -> None:
    row: dict[str, Value] = {
        "id": 1,
        "entry": 2,
        "name": 'Þóra "x"\n',
        "nothing": None,
        "content": b"abc",
    }
    assert (
        canonical("files", row)
        == (
            '{"table":"files","id":1,"entry":2,"name":"Þóra \\"x\\"\\n","content":"sha256:'
            'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"}'
        ).encode()
    )


def test_an_entry_has_this_hash() -> None:
    audit: dict[str, Value] = {
        "id": 1,
        "at": "2026-11-02T09:00:00.000000Z",
        "act": "created",
        "note": "00",
    }
    first = entry_hash(START, audit, [])
    assert first.hex() == "d127fedca9169d792806c9172f13aa8e0e0650e3c9237545e685f9baaf6090be"
    second = entry_hash(first.hex(), audit | {"id": 2}, [b'{"table":"routes"}', b"{}"])
    assert second.hex() == "479caf0087b7971a3e4a02bcd3fd1f42a92ba0fcbfcb0ba7143e83faf2437c7e"


def test_a_ledger_writes_the_golden_chain(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "urandom", lambda count: b"\x01" * count)
    written(folder)
    with opened(folder, Clock()) as ledger:
        assert b"".join(ledger.json_lines()) == GOLDEN.read_bytes()


def test_the_golden_chain_proves_itself_to_anyone_with_sha_256() -> None:
    """Nothing of kara-tui is used here: this is the recipe of the format's page."""
    hashed = b"0" * 64 + b"\n"
    entries = 0
    for line in GOLDEN.read_bytes().splitlines(keepends=True):
        if line.startswith(b'{"hash":'):
            digest = hashlib.sha256(hashed).hexdigest()
            assert json.loads(line) == {"hash": digest}
            hashed = digest.encode() + b"\n"
            entries += 1
        else:
            hashed += line
    assert entries == 8


def test_the_page_about_the_format_proves_a_ledger_and_finds_a_forged_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = PAGE.read_text("utf-8")
    recipe = page.partition("```python\n")[2].partition("```")[0]
    monkeypatch.chdir(tmp_path)
    Path("ledger.jsonl").write_bytes(GOLDEN.read_bytes())
    exec(recipe, {})
    forged = GOLDEN.read_bytes().replace(b'"net":19500', b'"net":19501', 1)
    assert forged != GOLDEN.read_bytes()
    Path("ledger.jsonl").write_bytes(forged)
    with pytest.raises(AssertionError):
        exec(recipe, {})


def test_the_page_about_the_format_gives_examples_that_are_so() -> None:
    page = PAGE.read_text("utf-8")
    created: dict[str, Value] = {
        "id": 1, "at": "2026-11-02T09:00:00.000000Z", "act": "created", "note": "00"
    }  # fmt: skip
    assert entry_hash(START, created, []).hex() in page
    assert fingerprint(session(date(2026, 10, 5))) in page
    with contextlib.closing(sqlite3.connect(":memory:")) as empty:
        empty.executescript(schema.SCHEMA)
        tables = empty.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        assert [name for (name,) in tables if f"**`{name}`**" not in page] == []


def other(value: object) -> object:
    if isinstance(value, bytes):
        return bytes([value[0] ^ 1]) + value[1:]
    if isinstance(value, int):
        return value + 1
    return f"{value}x" if value is not None else "2026-01-01"


def fields() -> list[tuple[str, str]]:
    with contextlib.closing(sqlite3.connect(":memory:")) as empty:
        empty.executescript(schema.SCHEMA)
        return [
            (table, column[1])
            for table in KEPT
            for column in empty.execute(f"PRAGMA table_info({table})")
        ]


@pytest.mark.parametrize(("table", "column"), fields())
def test_a_change_of_any_field_is_found(folder: Path, table: str, column: str) -> None:
    path = written(folder)
    with opened(folder) as ledger:
        ledger.go_on(go_on_order(9))
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("PRAGMA ignore_check_constraints = ON")
        triggers = raw.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
        triggers_there = triggers.fetchall()
        for name, _ in triggers_there:
            raw.execute(f"DROP TRIGGER {name}")
        rows = raw.execute(f"SELECT id, {column} FROM {table} ORDER BY id DESC").fetchall()
        row, value = rows[0]
        with contextlib.suppress(sqlite3.IntegrityError):
            raw.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", (other(value), row))
        changed = raw.execute("SELECT total_changes()").fetchone()[0]
        for _, sql in triggers_there:
            raw.execute(sql)
    if changed == 0:
        return  # a UNIQUE or STRICT rule refused even this
    with contextlib.closing(opening.connect(path, read_only=True)) as connection:
        problems = checking.verify(connection).problems
    assert problems != ()


def tampered(path: Path, *statements: str) -> tuple[str, ...]:
    """Verify after somebody did these things, with the protecting triggers taken off."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as raw:
        triggers = raw.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
        there = triggers.fetchall()
        for name, _ in there:
            raw.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            raw.execute(statement)
        for _, sql in there:
            raw.execute(sql)
    with contextlib.closing(opening.connect(path, read_only=True)) as connection:
        return checking.verify(connection).problems


def test_rows_that_nobody_sealed_are_found(folder: Path) -> None:
    problems = tampered(
        written(folder), "INSERT INTO routes VALUES (2, 9, 'default', 'Beta', 'kara', '')"
    )
    assert any("Entry 8" in problem for problem in problems)


def test_a_row_slipped_into_an_old_entry_is_found(folder: Path) -> None:
    problems = tampered(
        written(folder), "INSERT INTO routes VALUES (2, 3, 'default', 'Beta', 'kara', '')"
    )
    assert problems


def test_an_entry_cut_out_of_the_middle_is_found(folder: Path) -> None:
    problems = tampered(written(folder), "DELETE FROM audit WHERE id = 5")
    assert problems[0] == "Entry 5 is missing."


def test_a_ledger_without_its_rules_is_found(folder: Path) -> None:
    path = written(folder)
    with contextlib.closing(sqlite3.connect(path)) as raw:
        raw.execute("DROP TRIGGER lines_billed_once")
    with opened(folder) as ledger:
        assert ledger.verify().problems == (
            "The tables or the rules that protect them were changed.",
        )


def test_a_history_that_was_cut_off_is_found_by_a_head_noted_before(folder: Path) -> None:
    path = written(folder)
    with opened(folder) as ledger:
        early = ledger.audit()[3].hash
        head = ledger.head().hash
        assert ledger.verify(expect=head).whole
        assert ledger.verify(expect=early[:12].upper()).whole
        assert not ledger.verify(expect=early[:11]).whole
        assert not ledger.verify(expect="0" * 64).whole
    assert (
        tampered(path, "DELETE FROM marks WHERE entry = 8", "DELETE FROM audit WHERE id = 8") == ()
    )
    path.with_name("ledger.sqlite.lock").unlink()  # else this ledger is called put back
    with opened(folder) as ledger:
        assert ledger.verify().whole
        (problem,) = ledger.verify(expect=head).problems
        assert "history was cut off or written anew" in problem


def test_a_flipped_byte_anywhere_in_the_file_is_no_surprise(folder: Path) -> None:
    """Whatever byte of the file a disk loses: the verdict is a sentence and never a crash."""
    path = written(folder)
    whole = path.read_bytes()
    told: set[type[Exception]] = set()
    for place in range(100, len(whole), 1999):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        try:
            with opened(folder) as ledger:
                problems = ledger.verify().problems
                assert all("thora@" not in problem for problem in problems)
                ledger.sessions(ledger.invoices()[-1].corrects)
                ledger.decisions()
                ledger.routes("default")
                assert b"".join(ledger.json_lines())
                ledger.issue(order(NOVEMBER.next(), today=date(2026, 12, 31)), render)
        except LedgerError as error:
            told.add(type(error))
    assert told == {Damaged, PutBack}  # the newest hash is not what the lock file tells of


def test_verify_says_how_far_it_is(folder: Path) -> None:
    written(folder)
    seen: list[tuple[int, int]] = []
    with opened(folder) as ledger:
        verdict = ledger.verify(progress=lambda done, count: seen.append((done, count)))
    assert seen == [(n, 8) for n in range(1, 9)]
    assert (verdict.documents, verdict.sessions, verdict.head.entries) == (3, 6, 8)
