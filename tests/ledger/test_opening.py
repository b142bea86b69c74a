"""Opening: made once, for the owner only; what is foreign or damaged stays as it is."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kara_tui.ledger import (
    Busy,
    ClockBehind,
    Damaged,
    Gone,
    LedgerError,
    LedgerMissing,
    Locked,
    Newer,
    NotALedger,
    ReadOnly,
    opening,
    schema,
)
from kara_tui.ledger import open_ledger as open_door
from kara_tui.ledger.disk import network_file_system
from tests.ledger.story import NOVEMBER, Clock, opened, order, render

ROOT = Path(__file__).resolve().parents[2]


def ledger_file(folder: Path) -> Path:
    return folder / "data" / "ledger.sqlite"


def issued(folder: Path) -> Path:
    with opened(folder) as ledger:
        ledger.issue(order(), render)
    return ledger_file(folder)


def test_the_ledger_and_its_folders_are_for_the_owner_only(folder: Path) -> None:
    before = os.umask(0)
    try:
        with open_door(folder / "a" / "b" / "ledger.sqlite", now=Clock()):
            pass
    finally:
        os.umask(before)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (folder / "a").rglob("*")}
    assert modes == {"b": 0o700, "ledger.sqlite": 0o600, "ledger.sqlite.lock": 0o600}
    assert stat.S_IMODE((folder / "a").stat().st_mode) == 0o700


def test_the_file_says_what_it_is(folder: Path) -> None:
    with contextlib.closing(sqlite3.connect(issued(folder))) as raw:
        assert raw.execute("PRAGMA application_id").fetchone() == (0x4B617254,)
        assert raw.execute("PRAGMA user_version").fetchone() == (2,)
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_a_ledger_is_synced_and_checked_as_was_measured(folder: Path) -> None:
    with contextlib.closing(opening.connect(issued(folder), read_only=False)) as connection:
        found = {
            name: connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("synchronous", "foreign_keys", "recursive_triggers", "trusted_schema")
        }
    assert found == {
        "synchronous": 3, "foreign_keys": 1, "recursive_triggers": 1, "trusted_schema": 0
    }  # fmt: skip


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", Damaged),
        (b"SQLite format 3\0", Damaged),
        (b"Dear diary, " * 100, NotALedger),
        (b"\0" * 4096, NotALedger),
    ],
)
def test_a_file_that_is_no_ledger_is_left_alone(
    folder: Path, content: bytes, error: type[LedgerError], *, read_only: bool
) -> None:
    path = ledger_file(folder)
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises((error, Damaged, NotALedger)):
        open_door(path, now=Clock(), read_only=read_only)
    assert path.read_bytes() == content


@pytest.mark.parametrize("read_only", [False, True])
def test_the_database_of_another_program_is_left_alone(folder: Path, *, read_only: bool) -> None:
    path = ledger_file(folder)
    path.parent.mkdir()
    with contextlib.closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA journal_mode = WAL")
        raw.execute("CREATE TABLE recipes (name TEXT)")
    content = path.read_bytes()
    with pytest.raises(NotALedger, match="not a ledger of kara-tui"):
        open_door(path, now=Clock(), read_only=read_only)
    assert path.read_bytes() == content


@pytest.mark.parametrize("read_only", [False, True])
def test_a_newer_ledger_is_left_alone(folder: Path, *, read_only: bool) -> None:
    path = issued(folder)
    with contextlib.closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA user_version = 3")
    content = path.read_bytes()
    with pytest.raises(Newer, match="Install the newer kara-tui"):
        open_door(path, now=Clock(), read_only=read_only)
    assert path.read_bytes() == content


@pytest.mark.parametrize("read_only", [False, True])
def test_a_ledger_whose_end_is_missing_is_left_alone(folder: Path, *, read_only: bool) -> None:
    path = issued(folder)
    content = path.read_bytes()[:-4096]
    path.write_bytes(content)
    with pytest.raises(Damaged, match="restore the newest backup"):
        open_door(path, now=Clock(), read_only=read_only)
    assert path.read_bytes() == content


def test_a_ledger_that_is_gone_is_not_begun_anew(folder: Path) -> None:
    path = issued(folder)
    path.unlink()
    for read_only in (True, False):
        with pytest.raises(
            Gone, match=r"was here and is gone.*move the lock file .*ledger\.sqlite\.lock away"
        ):
            open_door(path, now=Clock(), read_only=read_only)
    assert not path.exists()
    path.with_name("ledger.sqlite.lock").unlink()
    with opened(folder) as ledger:
        assert ledger.invoices() == ()


def test_a_journal_without_its_ledger_is_left_alone(folder: Path) -> None:
    path = ledger_file(folder)
    path.parent.mkdir()
    path.with_name("ledger.sqlite-journal").write_bytes(b"half a commit")
    with pytest.raises(Damaged, match="traces of it are there"):
        opened(folder)
    assert not path.exists()


def test_there_is_nothing_to_look_at_before_the_first_write(folder: Path) -> None:
    with pytest.raises(LedgerMissing, match="There is no ledger at"):
        open_door(ledger_file(folder), now=Clock(), read_only=True)
    assert not ledger_file(folder).parent.exists()


def test_the_second_process_is_told_who_holds_the_ledger_and_may_read(folder: Path) -> None:
    with opened(folder) as ledger:
        ledger.issue(order(), render)
        with pytest.raises(Locked, match=f"process {os.getpid()}") as locked:
            opened(folder)
        assert locked.value.holder.pid == os.getpid()
        with open_door(ledger.path, now=Clock(), read_only=True) as reader:
            assert [d.number for d in reader.invoices()] == ["KC-0001"]
            with pytest.raises(ReadOnly, match="opened to be looked at"):
                reader.issue(order(NOVEMBER), render)
            with pytest.raises(ReadOnly):
                reader.repair(folder / "out")
        ledger.issue(order(NOVEMBER), render)


def test_a_reader_does_not_stop_the_writer(folder: Path) -> None:
    path = issued(folder)
    with open_door(path, now=Clock(), read_only=True) as reader:
        with opened(folder) as writer:
            writer.issue(order(NOVEMBER), render)
        assert len(reader.invoices()) == 2


@pytest.mark.parametrize("content", [b"", b"{", b'{"pid": 99999999, "ledger": true}', b"[1]"])
def test_a_lock_file_that_a_dead_process_left_behind_blocks_nobody(
    folder: Path, content: bytes
) -> None:
    issued(folder)
    (folder / "data" / "ledger.sqlite.lock").write_bytes(content)
    with opened(folder) as ledger:
        assert len(ledger.invoices()) == 1


def test_a_process_that_dies_lets_go_of_the_ledger_and_one_that_waits_gets_it(
    folder: Path,
) -> None:
    path = issued(folder)
    holder = subprocess.Popen(
        [
            sys.executable, "-c",
            "import sys; from pathlib import Path; from tests.ledger.story import *;"
            "ledger = open_ledger(Path(sys.argv[1]), now=Clock()); print('held', flush=True);"
            "sys.stdin.read()",
            str(path),
        ],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(Locked, match=f"process {holder.pid} on "):
            opened(folder)
        start = time.monotonic()
        holder.kill()
        with open_door(path, now=Clock(), wait=20) as ledger:
            assert len(ledger.invoices()) == 1
        assert time.monotonic() - start < 20


def test_a_ledger_that_cannot_be_written_is_told_of_and_can_be_read(folder: Path) -> None:
    path = issued(folder)
    script = (
        "import os, sys, urllib.parse; from pathlib import Path\n"  # loaded while they can be
        "from kara_tui.ledger import *; from tests.ledger.story import *\n"
        "if os.geteuid() == 0: os.setgid(65534); os.setuid(65534)\n"
        "path = Path(sys.argv[1])\n"
        "try:\n    open_ledger(path, now=Clock())\n"
        "except ReadOnly as error:\n    print(error)\n"
        "with open_ledger(path, now=Clock(), read_only=True) as reader:\n"
        "    print([d.number for d in reader.invoices()])\n"
    )
    folder.chmod(0o755)
    path.parent.chmod(0o555)
    path.chmod(0o444)
    path.with_name("ledger.sqlite.lock").chmod(0o444)
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], cwd=ROOT, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.stderr == ""
    assert "cannot be written: Permission denied. Look at the folder's" in done.stdout
    assert done.stdout.endswith("['KC-0001']\n")


def test_a_program_that_keeps_the_file_locked_is_told_of(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "_BUSY_MS", 1)
    with contextlib.closing(sqlite3.connect(issued(folder), isolation_level=None)) as browser:
        browser.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Busy, match="Another program keeps the ledger"):
            opened(folder)
        browser.execute("ROLLBACK")
    with (
        opened(folder) as ledger,
        contextlib.closing(sqlite3.connect(ledger.path, isolation_level=None)) as browser,
    ):
        browser.execute("BEGIN")
        browser.execute("SELECT * FROM audit").fetchall()
        with pytest.raises(Busy):
            ledger.issue(order(NOVEMBER), render)
        browser.execute("ROLLBACK")
        assert ledger.issue(order(NOVEMBER), render).numbers == ("KC-0002",)
        assert ledger.verify().whole


def test_a_clock_behind_the_newest_entry_stops_until_the_user_says_it_is_right(
    folder: Path,
) -> None:
    issued(folder)
    clock = Clock(Clock().at - timedelta(days=400))
    with opened(folder, clock) as ledger, pytest.raises(ClockBehind, match="Set the clock right"):
        ledger.issue(order(NOVEMBER), render)
    with open_door(ledger_file(folder), now=clock, accept_clock=True) as ledger:
        ledger.issue(order(NOVEMBER), render)
    with opened(folder, clock) as ledger:
        ledger.issue(order(NOVEMBER.next()), render)
        assert ledger.verify().whole


def test_a_clock_set_back_by_a_time_server_stops_nobody(folder: Path) -> None:
    issued(folder)
    with opened(folder, Clock(Clock().at - timedelta(seconds=60))) as ledger:
        ledger.issue(order(NOVEMBER), render)
        times = [entry.at for entry in ledger.audit()]
    assert times == sorted(times)


def test_a_time_without_a_zone_is_taken_as_local(folder: Path) -> None:
    local = datetime(2026, 11, 2, 9, 0)
    with open_door(ledger_file(folder), now=lambda: local) as ledger:
        assert ledger.audit()[0].at.timestamp() == local.timestamp()


def test_an_older_ledger_is_migrated_after_a_copy_was_put_beside_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = issued(folder)
    step = (
        "ALTER TABLE routes ADD COLUMN colour TEXT;\n"
        "CREATE INDEX lines_by_sponsor ON lines (sponsor);\n"
    )
    monkeypatch.setattr(schema, "VERSION", 3)
    monkeypatch.setattr(schema, "MIGRATIONS", {2: step})
    monkeypatch.setattr(schema, "SCHEMA", schema.SCHEMA + step)
    with open_door(path, now=Clock(), read_only=True) as reader:
        before = reader.head()
    with opened(folder, Clock(Clock().at + timedelta(hours=1))) as ledger:
        assert ledger.verify().whole
        assert [entry.act for entry in ledger.audit()] == ["created", "issue", "migrated"]
        ledger.issue(order(NOVEMBER), render)
    kept = [item for item in path.parent.iterdir() if ".v2-" in item.name]
    assert len(kept) == 1
    monkeypatch.undo()
    with pytest.raises(Newer):
        opened(folder)
    shutil.copy(kept[0], path)
    path.with_name("ledger.sqlite.lock").unlink()  # else this ledger is called put back
    with opened(folder) as ledger:
        assert ledger.verify().whole
        assert ledger.head() == before


def test_a_migration_that_fails_changes_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = issued(folder)
    before = path.read_bytes()
    monkeypatch.setattr(schema, "VERSION", 3)
    monkeypatch.setattr(schema, "MIGRATIONS", {2: "CREATE TABLE m (x);\nCREATE TABLE lines (x);\n"})
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        opened(folder)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/home/thora/data/ledger.sqlite", ""),
        ("/mnt/my share/ledger.sqlite", "nfs4"),
        ("/mnt/my share/local/ledger.sqlite", ""),
        ("/mnt/sshfs/x", "fuse.sshfs"),
        ("/mnt/sshfs-not/x", ""),
    ],
)
def test_a_network_file_system_is_known_by_its_mount(path: str, found: str) -> None:
    mounts = (
        "/dev/vda / ext4 rw 0 0\n"
        "server:/export /mnt/my\\040share nfs4 rw 0 0\n"
        "/dev/vdb /mnt/my\\040share/local ext4 rw 0 0\n"
        "thora@host: /mnt/sshfs fuse.sshfs rw 0 0\n"
        "broken\n"
    )
    assert network_file_system(Path(path), mounts) == found


def test_a_ledger_on_a_network_file_system_is_warned_of(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(folder) as ledger:
        assert [finding.code for finding in ledger.findings] == []
        mounts = folder / "mounts"
        mounts.write_text(f"server:/x {str(folder).replace(' ', chr(92) + '040')} cifs rw 0 0\n")
        monkeypatch.setattr("kara_tui.ledger.disk._MOUNTS", mounts)
        warning = ledger.findings[-1]
        assert warning.code == "ledger-on-network"
        assert "(cifs)" in warning.message


def test_a_path_with_signs_of_a_url_is_a_path(folder: Path) -> None:
    odd = folder / "100% #1 ?mode=memory" / "ledger.sqlite"
    with open_door(odd, now=Clock()) as ledger:
        ledger.issue(order(), render)
    assert odd.stat().st_size > 0


def test_threads_take_turns(folder: Path) -> None:
    with opened(folder) as ledger, ThreadPoolExecutor(4) as pool:
        months = [NOVEMBER]
        for _ in range(5):
            months.append(months[-1].next())
        last = months[-1]
        done = list(
            pool.map(
                lambda month: ledger.issue(order(month, today=last.last), render).numbers,
                months,
            )
        )
        assert sorted(numbers[0] for numbers in done) == [f"KC-{n:04}" for n in range(1, 7)]
        assert ledger.verify().whole
