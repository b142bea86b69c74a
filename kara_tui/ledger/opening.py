"""Opening the file: create, look at, migrate. What is not our ledger, whole, is never touched."""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
import time
import traceback
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from kara_tui.ledger import schema
from kara_tui.ledger.absent import RESTORE_IT, refuse_first_start, refuse_leftovers, refuse_new
from kara_tui.ledger.chain import ChainEntry
from kara_tui.ledger.errors import (
    Busy,
    Damaged,
    DiskTrouble,
    LedgerError,
    LedgerMissing,
    Newer,
    NotALedger,
    ReadOnly,
)
from kara_tui.ledger.traces import Traces
from kara_tui.private_file import sync_file, sync_folder

_MAGIC = b"SQLite format 3\x00"
_HEADER = 100  # bytes; https://www.sqlite.org/fileformat2.html#the_database_header
# What a file is called while it becomes a ledger, is about to replace one, or keeps a replaced one.
NEW, RESTORING, KEEPING = ".new", ".restoring", ".keeping"
_BUSY_MS = 30_000
_BUSY_PIECE_MS = 100
_OLDEST_SQLITE = (3, 37)  # STRICT tables

# DELETE and EXTRA are measured: with FULL a replayed power loss brought a finished act back to
# unfinished. trusted_schema and cell_size_check distrust a file that others could have written.
_PRAGMAS = (
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",
    "PRAGMA synchronous = EXTRA",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -65536",
)


@contextlib.contextmanager
def translate_errors(path: Path) -> Iterator[None]:
    """SQLite's and the disk's errors as sentences about this file. Defects pass as they are."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise  # a trigger of ours refused what the code above should have refused
    except sqlite3.DatabaseError as error:
        # The frames that the error came through hold cursors, and a cursor that was left in the
        # middle keeps the file locked even after its connection is closed.
        traceback.clear_frames(error.__traceback__)
        raise _translated(error, path) from error
    except UnicodeDecodeError:  # SQLite's own message quoted bytes of the file
        raise damaged(path, "a text in it is not UTF-8") from None
    except OSError as error:
        raise os_trouble(error, path) from error


def os_trouble(error: OSError, path: Path) -> LedgerError:
    """An error of the disk as a sentence, about the file that it names or else this one."""
    path = Path(error.filename) if isinstance(error.filename, str) else path
    reason = error.strerror or type(error).__name__
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return ReadOnly(
            f"{path} cannot be written: {reason}.",
            "Look at the folder's and the file's owner and permissions, and at the disk.",
        )
    if isinstance(error, FileNotFoundError | IsADirectoryError | NotADirectoryError):
        return DiskTrouble(f"{path} cannot be opened: {reason}.", "Check the path.")
    return DiskTrouble(
        f"The disk refused to write or read {path}: {reason}.",
        "Make room or mend the disk, and try again.",
    )


def damaged(path: Path, why: str) -> Damaged:
    """The ledger is not whole, and what to do."""
    return Damaged(f"The ledger {path} is damaged: {why}.", RESTORE_IT)


def _translated(error: sqlite3.DatabaseError, path: Path) -> LedgerError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the primary code of an extended one
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return damaged(path, str(error))
    if str(error).startswith("Could not decode"):  # Python's own, with no code; it quotes the row
        return damaged(path, "a text in it is not UTF-8")
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return ReadOnly(
            f"The ledger {path} can only be read.",
            "Look at the folder's and the file's owner and permissions, and at the disk.",
        )
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return Busy(
            f"Another program keeps the ledger {path} locked.",
            "Nothing was changed. Close that program (a database browser, a backup) and try again.",
        )
    if code == sqlite3.SQLITE_FULL:
        return DiskTrouble(
            f"The disk with the ledger {path} is full.",
            "Nothing was changed. Make room, and try again.",
        )
    if code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_NOMEM):
        return DiskTrouble(
            f"The disk refused to write or read the ledger {path}: {error}.",
            "Nothing was changed. Make room or mend the disk, and try again.",
        )
    raise error


class _PatientCursor(sqlite3.Cursor):
    """Tries again for _BUSY_MS while another program keeps the file locked.

    In pieces, because Python hears no signal while SQLite waits. A statement that was refused as
    busy has done nothing, so it can be tried again: inside a transaction that stays open, too.
    """

    def execute(self, sql: str, parameters: Any = (), /) -> Self:
        until = time.monotonic() + _BUSY_MS / 1000
        while True:
            try:
                return super().execute(sql, parameters)
            except sqlite3.OperationalError as error:
                busy = getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY
                if not busy or time.monotonic() >= until:
                    raise


class _PatientConnection(sqlite3.Connection):
    """A connection whose statements are all patient; ``execute`` asks it for a cursor."""

    def cursor(self, factory: Any = _PatientCursor) -> Any:
        return super().cursor(factory)


def connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """A connection with the ledger's pragmas. ``read_only`` never writes, not even a roll-back."""
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        raise LedgerError(
            f"This Python brings SQLite {sqlite3.sqlite_version}, which is too old for the ledger.",
            "Install a Python with SQLite 3.37 or newer.",
        )
    mode = "ro" if read_only else "rw"
    connection = sqlite3.connect(
        f"{path.as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,  # the wizard writes from a worker; Ledger lets in one at a time
        timeout=_BUSY_PIECE_MS / 1000,
        factory=_PatientConnection,
    )
    try:
        for pragma in _PRAGMAS:
            connection.execute(pragma)
    except BaseException:
        connection.close()
        raise
    return connection


def open_to_write(
    path: Path, at: datetime, traces: Traces, *, was_here: bool, begin: bool
) -> sqlite3.Connection:
    """Open, create or migrate the ledger; the process lock is held.

    ``begin`` makes a new one whatever traces tell that there was one.
    """
    sweep(path)
    if not path.exists():
        refuse_leftovers(path)
        if not begin:
            refuse_first_start(path, traces, was_here=was_here)
        _create(path, at)
    else:
        look_at_header(path)
    connection = _checked(path, read_only=False)
    try:
        connection.execute("PRAGMA journal_mode = DELETE")
        migrate(connection, path, at)
    except BaseException:
        connection.close()
        raise
    return connection


def sweep(path: Path) -> None:
    """Remove what a run that was cut off left half made; the process lock is held."""
    for leftover in (NEW, RESTORING, KEEPING):
        for name in (path.name + leftover, f"{path.name}{leftover}-journal"):
            path.with_name(name).unlink(missing_ok=True)


def open_to_read(path: Path, traces: Traces) -> sqlite3.Connection:
    """Open to look only; the one write is to roll back what a writer that died left unfinished."""
    if not path.exists():
        refuse_new(path, traces)
        raise LedgerMissing(
            f"There is no ledger at {path} yet.", "It is made when kara-tui first writes to it."
        )
    try:
        connection = _checked(path, read_only=True)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_READONLY_ROLLBACK:
            raise
        # A writer died in the middle of a commit. Nobody writes now, so the header can be read.
        look_at_header(path)
        connection = _checked(path, read_only=False)
    connection.execute("PRAGMA query_only = ON")
    return connection


def _checked(path: Path, *, read_only: bool) -> sqlite3.Connection:
    connection = connect(path, read_only=read_only)
    try:
        check_kind(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def check_kind(connection: sqlite3.Connection, path: Path) -> None:
    """Raise NotALedger, Newer or Damaged unless the file is a ledger that this version can read."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    _judge(path, application, version)


def _judge(path: Path, application: int, version: int) -> None:
    if application != schema.APPLICATION_ID:
        raise NotALedger(
            f"{path} is a database, but not a ledger of kara-tui.",
            "It was left alone. Move it away, or give kara-tui another folder (KARA_TUI_HOME).",
        )
    if version > schema.VERSION:
        raise Newer(
            f"The ledger {path} was written by a newer kara-tui (format {version}, this one"
            f" knows {schema.VERSION}).",
            "It was left alone. Install the newer kara-tui.",
        )
    if version < 1:
        raise damaged(path, "it names no format")


def look_at_header(path: Path, shown: Path | None = None) -> None:
    """Judge the file by its first bytes, before SQLite opens it and may roll back its journal.

    Reading it apart from SQLite is safe only here: closing a file drops all locks that this
    process holds on it, and nobody else writes while the process lock is ours. ``shown`` is the
    name of the file in messages, where it is not its own.
    """
    shown = shown or path
    with path.open("rb") as file:
        header = file.read(_HEADER)
    if len(header) < _HEADER:
        raise damaged(shown, f"it has {len(header)} bytes")
    if not header.startswith(_MAGIC):
        raise NotALedger(
            f"{shown} is not a ledger of kara-tui, or its beginning is destroyed.",
            "It was left alone. Move it away, or restore a backup: kara-tui restore FILE.",
        )
    version, application = (int.from_bytes(header[at : at + 4], "big") for at in (60, 68))
    _judge(shown, application, version)


def _create(path: Path, at: datetime) -> None:
    """Make a new ledger under another name, whole, and then rename it into place."""
    new = path.with_name(path.name + NEW)
    os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with contextlib.closing(connect(new, read_only=False)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        run_script(connection, schema.SCHEMA)
        connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {schema.VERSION}")
        # The first hash tells this ledger from every other: restore compares by it.
        ChainEntry(connection, stamp(at)).close("created", os.urandom(16).hex())
        connection.execute("COMMIT")
    sync_file(new)
    new.rename(path)
    sync_folder(path.parent)


def run_script(connection: sqlite3.Connection, script: str) -> None:
    """Run statements inside the open transaction, which executescript would commit."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""


def migrate(connection: sqlite3.Connection, path: Path, at: datetime) -> None:
    """Bring an older ledger to this version, after a copy of it was put beside it."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version == schema.VERSION:
        return
    kept = path.with_name(f"{path.name}.v{version}-{at:%Y%m%dT%H%M%SZ}")
    copy_whole(connection, kept)
    connection.execute("BEGIN EXCLUSIVE")
    try:
        while version < schema.VERSION:
            run_script(connection, schema.MIGRATIONS[version])
            version += 1
        connection.execute(f"PRAGMA user_version = {version}")
        ChainEntry(connection, stamp(at)).close("migrated", f"to format {version}")
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise


def copy_whole(connection: sqlite3.Connection, target: Path, *, tolerant: bool = False) -> None:
    """Copy the ledger as it is now into a new file, for the owner only, synced before it is named.

    ``tolerant`` lets its folder be one that cannot be synced. Raises FileExistsError when the
    target is there.
    """
    if target.exists():
        raise FileExistsError(errno.EEXIST, "it exists already", str(target))
    part = target.with_name(f".{target.name}.{os.urandom(4).hex()}.part")
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        with contextlib.closing(sqlite3.connect(part)) as copy:
            copy.execute("PRAGMA synchronous = OFF")  # synced as a whole, below
            connection.backup(copy)
        sync_file(part)
        _name(part, target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    sync_folder(target.parent, tolerant=tolerant)


def _name(part: Path, target: Path) -> None:
    """Give a file its name, and never one that another run has taken meanwhile."""
    try:
        os.link(part, target)
    except FileExistsError:
        raise
    except OSError:  # a share without hard links
        if target.exists():
            raise FileExistsError(errno.EEXIST, "it exists already", str(target)) from None
        part.rename(target)
    else:
        part.unlink()


def stamp(at: datetime) -> str:
    """A time as the ledger writes it: UTC to the microsecond, always of the same length."""
    return f"{at:%Y-%m-%dT%H:%M:%S.%f}Z"
