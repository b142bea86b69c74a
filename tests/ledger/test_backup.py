"""Backups: verified, restored only with a word about what would be lost; and the export."""

from __future__ import annotations

import contextlib
import csv
import json
import sqlite3
import stat
from pathlib import Path

import pytest

from kara_tui.ledger import (
    Damaged,
    LedgerError,
    Locked,
    Newer,
    NotALedger,
    SessionDecision,
    WouldLose,
    open_ledger,
    restore_ledger,
)
from kara_tui.model import Decision
from tests.ledger.story import NOVEMBER, Clock, opened, order, render


def ledger_file(folder: Path) -> Path:
    return folder / "data" / "ledger.sqlite"


def numbers(folder: Path) -> list[str]:
    with opened(folder) as ledger:
        assert ledger.verify().whole
        return [document.number for document in ledger.invoices()]


def backed_up(folder: Path) -> Path:
    """October issued, and a backup of it."""
    with opened(folder) as ledger:
        ledger.issue(order(), render)
        return ledger.backup(folder / "backups").path


def test_a_backup_is_a_whole_ledger_that_nobody_writes_to(folder: Path) -> None:
    path = backed_up(folder)
    assert path.name.startswith("kara-ledger-20261102T0900")
    assert stat.S_IMODE(path.stat().st_mode) == 0o400
    assert [item.name for item in path.parent.iterdir()] == [path.name]
    with open_ledger(path, now=Clock(), read_only=True) as ledger:
        assert ledger.verify().whole
        assert len(ledger.invoices()) == 1


def test_a_lost_ledger_comes_back(folder: Path) -> None:
    path = backed_up(folder)
    ledger_file(folder).unlink()
    restored = restore_ledger(ledger_file(folder), path, now=Clock())
    assert restored.kept is None
    assert numbers(folder) == ["KC-0001"]
    with opened(folder) as ledger:
        assert ledger.audit()[-1].act == "restored"
        assert ledger.issue(order(NOVEMBER), render).numbers == ("KC-0002",)


def test_a_damaged_ledger_is_replaced_and_kept(folder: Path) -> None:
    path = backed_up(folder)
    broken = ledger_file(folder).read_bytes()[:5000]
    ledger_file(folder).write_bytes(broken)
    restored = restore_ledger(ledger_file(folder), path, now=Clock())
    assert restored.kept is not None
    assert restored.kept.read_bytes() == broken
    assert numbers(folder) == ["KC-0001"]


def test_a_newer_backup_takes_the_place_of_an_older_ledger(folder: Path) -> None:
    old = backed_up(folder)
    with opened(folder) as ledger:
        ledger.issue(order(NOVEMBER), render)
        new = ledger.backup(folder / "backups").path
    restore_ledger(ledger_file(folder), old, now=Clock(), accept_older=True)
    restore_ledger(ledger_file(folder), new, now=Clock())
    assert numbers(folder) == ["KC-0001", "KC-0002"]


def test_an_older_backup_is_not_restored_without_a_word_of_what_is_lost(folder: Path) -> None:
    path = backed_up(folder)
    with opened(folder) as ledger:
        ledger.issue(order(NOVEMBER), render)
    before = ledger_file(folder).read_bytes()
    with pytest.raises(WouldLose, match=r"older than the ledger.*forgotten: KC-0002\.") as no:
        restore_ledger(ledger_file(folder), path, now=Clock())
    assert no.value.numbers == ("KC-0002",)
    assert ledger_file(folder).read_bytes() == before
    restored = restore_ledger(ledger_file(folder), path, now=Clock(), accept_older=True)
    assert restored.kept is not None
    assert restored.kept.read_bytes() == before
    assert numbers(folder) == ["KC-0001"]


def test_a_backup_of_where_the_ledger_is_changes_nothing(folder: Path) -> None:
    path = backed_up(folder)
    before = ledger_file(folder).read_bytes()
    assert restore_ledger(ledger_file(folder), path, now=Clock()).kept is None
    assert ledger_file(folder).read_bytes() == before


def test_the_backup_of_another_ledger_is_not_restored_without_a_word(folder: Path) -> None:
    theirs = backed_up(folder / "theirs")
    backed_up(folder / "ours")
    with pytest.raises(WouldLose, match="of another ledger"):
        restore_ledger(ledger_file(folder / "ours"), theirs, now=Clock())


@pytest.mark.parametrize(
    ("content", "error"),
    [(b"", Damaged), (b"no ledger at all" * 100, NotALedger), (None, Damaged)],
)
def test_what_is_no_whole_backup_is_not_restored(
    folder: Path, content: bytes | None, error: type[LedgerError]
) -> None:
    path = backed_up(folder)
    if content is None:  # a byte of the PDF is lost
        whole = path.read_bytes()
        content = whole.replace(b"%PDF-1.7 KC-0001", b"%PDF-1.7 KC-0009")
        assert content != whole
    bad = folder / "bad.sqlite"
    bad.write_bytes(content)
    before = sorted((item.name, item.read_bytes()) for item in (folder / "data").iterdir())
    with pytest.raises(error, match=r"bad\.sqlite"):
        restore_ledger(ledger_file(folder), bad, now=Clock())
    after = sorted((item.name, item.read_bytes()) for item in (folder / "data").iterdir())
    assert [name for name, _ in after] == [name for name, _ in before]
    assert dict(after)["ledger.sqlite"] == dict(before)["ledger.sqlite"]


def test_a_foreign_or_newer_file_is_not_replaced_by_a_backup(folder: Path) -> None:
    path = backed_up(folder)
    for change, error in (("application_id = 7", NotALedger), ("user_version = 9", Newer)):
        with contextlib.closing(sqlite3.connect(ledger_file(folder))) as raw:
            raw.execute(f"PRAGMA {change}")
        with pytest.raises(error):
            restore_ledger(ledger_file(folder), path, now=Clock(), accept_older=True)
        with contextlib.closing(sqlite3.connect(ledger_file(folder))) as raw:
            raw.execute(f"PRAGMA application_id = {0x4B617254}")


def test_a_ledger_in_use_is_not_replaced(folder: Path) -> None:
    path = backed_up(folder)
    with opened(folder), pytest.raises(Locked):
        restore_ledger(ledger_file(folder), path, now=Clock(), accept_older=True)


def test_a_backup_that_is_missing_is_named(folder: Path) -> None:
    backed_up(folder)
    with pytest.raises(LedgerError, match=r"nowhere\.sqlite cannot be opened: No such file"):
        restore_ledger(ledger_file(folder), folder / "nowhere.sqlite", now=Clock())


def test_the_ledger_as_csv_holds_every_row_and_no_formula(folder: Path) -> None:
    with opened(folder) as ledger:
        ledger.issue(order(), render)
        ledger.decide(
            [
                SessionDecision("a", Decision.LATER, "{}", '=HYPERLINK("http://x")'),
                SessionDecision("b", Decision.LATER, "{}", "＝1+1"),
            ]
        )
        paths = ledger.csv_files(folder / "csv")
    assert {path.name for path in paths} >= {"documents.csv", "lines.csv", "audit.csv"}
    with (folder / "csv" / "lines.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    assert [line["professional"] for line in lines] == ["Þóra Ægisdóttir"] * 3
    with (folder / "csv" / "decisions.csv").open(encoding="utf-8-sig", newline="") as file:
        notes = sorted(row["note"] for row in csv.DictReader(file))
    assert notes == ['\'=HYPERLINK("http://x")', "'＝1+1"]


def test_the_ledger_as_json_lines_names_every_row(folder: Path) -> None:
    with opened(folder) as ledger:
        ledger.issue(order(), render)
        rows = [json.loads(line) for line in ledger.json_lines()]
    tables = [row.get("table", "hash") for row in rows]
    assert tables == [
        "audit", "hash", "audit", "series", "documents", "lines", "lines", "lines",
        "files", "files", "files", "files", "hash",
    ]  # fmt: skip
