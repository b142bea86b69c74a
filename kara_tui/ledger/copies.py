"""Copies on disk of what the ledger holds: written whole, read-only, repaired when it is opened."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Collection
from pathlib import Path

from kara_tui.ledger.record import Repaired
from kara_tui.private_file import make_folder, sweep, sync_folder, write_private

# The owner may read, nobody may write: an issued document does not change. Not for the group
# either: bank details stand on it.
MODE = 0o400


def repair(
    connection: sqlite3.Connection,
    folder: Path,
    *,
    entries: Collection[int] | None,
    elsewhere: Path | None,
    thorough: bool,
) -> Repaired:
    """Bring the copies in a folder to what the ledger holds, and touch no other file.

    A copy that is missing is written. One that differs is kept under a name ending in
    ``.changed``, because somebody may have written on it, and then written anew. Unless
    ``thorough``, only names and sizes are looked at. ``entries`` limits it to those issues; a copy
    that lies ``elsewhere`` already is not written a second time. A folder that cannot be synced
    gets its copies all the same, because the ledger holds their bytes. Raises OSError; what was
    written before it stays.
    """
    is_synced = make_folder(folder, tolerant=True)
    held = [
        (row, name, size)
        for row, entry, name, size in connection.execute(
            "SELECT id, entry, name, length(content) FROM files WHERE name <> '' ORDER BY id"
        ).fetchall()
        if entries is None or entry in entries
    ]
    # What a run that was killed left behind; the lock says that nobody is writing it.
    sweep(folder, {name for _, name, _ in held})
    written, set_aside = [], []
    for row, name, size in held:
        path = folder / name
        size_there = _size(path)
        if size_there is None and elsewhere is not None and _size(elsewhere / name) == size:
            continue
        if size_there == size and not thorough:
            continue
        content = connection.execute("SELECT content FROM files WHERE id = ?", (row,)).fetchone()[0]
        if size_there is not None:
            if size_there == size and path.read_bytes() == content:
                continue
            set_aside.append(_set_aside(path))
        is_synced &= write_private(path, content, mode=MODE, tolerant=True)
        written.append(name)
    return Repaired(tuple(written), tuple(set_aside), is_synced=is_synced)


def _size(path: Path) -> int | None:
    """A file's size; None when there is none, -1 for what is not a plain file."""
    try:
        status = path.lstat()
    except FileNotFoundError:
        return None
    return status.st_size if stat.S_ISREG(status.st_mode) else -1


def _set_aside(path: Path) -> str:
    count = 1
    while os.path.lexists(kept := path.with_name(f"{path.name}.changed-{count}")):
        count += 1
    path.rename(kept)
    sync_folder(path.parent, tolerant=True)
    return kept.name
