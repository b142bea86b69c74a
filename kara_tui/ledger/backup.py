"""Backups, and going back to one: verified before and after, never an older one without a word."""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from kara_tui.ledger import checking, opening
from kara_tui.ledger.chain import ChainEntry
from kara_tui.ledger.errors import Damaged, LedgerError, Newer, NotALedger, WouldLose
from kara_tui.ledger.record import Backup, Head, Restored
from kara_tui.ledger.traces import Traces
from kara_tui.private_file import make_folder, sync_file, sync_folder


def backup(connection: sqlite3.Connection, folder: Path, at: datetime) -> Backup:
    """Copy the ledger into a folder and verify the copy, every byte of it.

    Raises Damaged when the copy is not whole, which means that the ledger is not.
    """
    make_folder(folder, tolerant=True)
    head = checking.head(connection)
    stem = f"kara-ledger-{at:%Y%m%dT%H%M%SZ}-{head.entries:06}-{head.hash[:8]}"
    for count in itertools.count(1):  # two in one second are two
        target = folder / (f"{stem}.sqlite" if count == 1 else f"{stem}-{count}.sqlite")
        try:
            # A backup often goes to a share, which may refuse to sync a folder or to set a mode.
            opening.copy_whole(connection, target, tolerant=True)
        except FileExistsError:
            continue
        break
    with contextlib.suppress(OSError):
        target.chmod(0o400)
    found = _verified(target)
    if found != head:
        raise Damaged(
            f"{target} holds another state of the ledger than the one it was made from.",
            "Delete it and make the backup again.",
        )
    return Backup(target, head)


def restore(
    path: Path, file: Path, at: datetime, *, accept_older: bool, forget: Callable[[], None]
) -> Restored:
    """Put a backup in the ledger's place; the process lock is held. The present one is kept.

    ``forget`` is called before that: what traces know of the present one's head holds no more.

    Raises Damaged for a backup that is not whole, NotALedger or Newer for what is none, and
    WouldLose when the present ledger has entries that the backup lacks, unless ``accept_older``.
    """
    opening.sweep(path)
    part = path.with_name(path.name + opening.RESTORING)
    try:
        _copy_bytes(file, part)
        opening.look_at_header(part, shown=file)
        head = _verified(part, shown=file)
        if _is_at(path, head):
            return Restored(head, None)
        loss = _loss(path, part)
        if loss and not accept_older:
            raise loss
        note = f"from a backup of {head.entries} entries, {head.hash[:16]}"
        with contextlib.closing(opening.connect(part, read_only=False)) as connection:
            opening.migrate(connection, part, at)
            connection.execute("BEGIN IMMEDIATE")
            ChainEntry(connection, opening.stamp(at)).close("restored", note)
            connection.execute("COMMIT")
        sync_file(part)
        kept = _keep(path, at)
        forget()
        part.rename(path)
        sync_folder(path.parent)
    finally:
        opening.sweep(path)
    return Restored(_verified(path), kept)


_SEALED_DOCUMENTS = """
SELECT d.number, a.hash FROM documents d JOIN audit a ON a.id = d.entry ORDER BY d.id
"""


def _is_at(path: Path, head: Head) -> bool:
    """Whether the present ledger is where the backup is, so that there is nothing to do."""
    try:
        with contextlib.closing(opening.open_to_read(path, Traces())) as present:
            return checking.verify(present).head == head
    except (LedgerError, sqlite3.DatabaseError):
        return False


def _loss(path: Path, backup_file: Path) -> WouldLose | None:
    """What the present ledger has and the backup has not, as far as it can be read.

    Opening it also rolls back what a writer that died left unfinished, so that a whole ledger is
    kept whole.
    """
    if not path.exists():
        return None
    try:
        present = opening.open_to_read(path, Traces())
    except (NotALedger, Newer):
        raise
    except (LedgerError, sqlite3.DatabaseError):
        return None  # damaged: this is what backups are for; it is kept all the same
    with (
        contextlib.closing(present),
        contextlib.closing(opening.connect(backup_file, read_only=True)) as candidate,
    ):
        try:
            ours = _hashes(present)
            documents = present.execute(_SEALED_DOCUMENTS).fetchall()
        except sqlite3.DatabaseError:
            return None
        theirs = _hashes(candidate)
        # That a backup was restored is itself an entry, but nothing that anybody would miss.
        if all(sealed in theirs or act == "restored" for sealed, act in ours.items()):
            return None
    if next(iter(ours)) != next(iter(theirs)):
        message = "The backup is of another ledger than the one that is here."
    else:
        message = (
            f"The backup is older than the ledger: it has {len(theirs)} entries, and the ledger has"
            f" {len(ours)}, not all of which are in the backup."
        )
    return WouldLose(message, [number for number, sealed in documents if sealed not in theirs])


def _hashes(connection: sqlite3.Connection) -> dict[bytes, str]:
    """The entries of a chain by their hash, in order, and what kind of act each was."""
    return dict(connection.execute("SELECT hash, act FROM audit ORDER BY id"))


def _keep(path: Path, at: datetime) -> Path | None:
    """Keep the present ledger under another name, its journal with it."""
    if not path.exists():
        return None
    kept = path.with_name(f"{path.name}.before-restore-{at:%Y%m%dT%H%M%SZ}")
    while kept.exists():
        kept = kept.with_name(f"{kept.name}-again")
    journal = path.with_name(path.name + "-journal")
    # A copy, and not a second name of the same file: if this run is cut off, the ledger goes on
    # being written. Its journal leaves before the backup takes the name, which it must not touch.
    keeping = path.with_name(path.name + opening.KEEPING)
    _copy_bytes(path, keeping)
    keeping.rename(kept)
    if journal.exists():
        journal.rename(kept.with_name(kept.name + "-journal"))
    sync_folder(path.parent)
    return kept


def _verified(file: Path, shown: Path | None = None) -> Head:
    shown = shown or file
    with (
        opening.translate_errors(shown),
        contextlib.closing(opening.connect(file, read_only=True)) as connection,
    ):
        opening.check_kind(connection, shown)
        verdict = checking.verify(connection)
    if not verdict.whole:
        raise Damaged(
            f"{shown} is not whole: {verdict.problems[0]}", "Keep it, and take another backup."
        )
    return verdict.head


def _copy_bytes(source: Path, target: Path) -> None:
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "wb") as file, source.open("rb") as original:
        shutil.copyfileobj(original, file)
        file.flush()
        os.fsync(file.fileno())
