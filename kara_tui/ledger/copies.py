"""Copies on disk of what the ledger holds: written whole, read-only, repaired when it is opened."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Collection
from pathlib import Path

from kara_tui.ledger.disk import make_folder, sync_folder, write_whole
from kara_tui.ledger.record import Repaired

# The owner may read, nobody may write: an issued document does not change. Not for the group
# either: bank details stand on it.
MODE = 0o400


def repair(
    connection: sqlite3.Connection,
    folder: Path,
    *,
    entries: Collection[int] | None,
    thorough: bool,
) -> Repaired:
    """Bring the copies in a folder to what the ledger holds, and touch no other file.

    A copy that is missing is written. One that differs is kept under a name ending in
    ``.changed``, because somebody may have written on it, and then written anew. Unless
    ``thorough``, only names and sizes are looked at. ``entries`` limits it to those issues.
    Raises OSError; what was written before it stays.
    """
    make_folder(folder)
    written, set_aside = [], []
    for row, entry, name, size in connection.execute(
        "SELECT id, entry, name, length(content) FROM files WHERE name <> '' ORDER BY id"
    ).fetchall():
        if entries is not None and entry not in entries:
            continue
        path = folder / name
        # What a run that was killed left behind; the lock says that nobody is writing it.
        path.with_name(f".{name}.part").unlink(missing_ok=True)
        found = _size(path)
        if found == size and not thorough:
            continue
        content = connection.execute("SELECT content FROM files WHERE id = ?", (row,)).fetchone()[0]
        if found is not None:
            if found == size and path.read_bytes() == content:
                continue
            set_aside.append(_set_aside(path))
        write_whole(path, content, mode=MODE)
        written.append(name)
    return Repaired(tuple(written), tuple(set_aside))


def _size(path: Path) -> int | None:
    """A file's size; None when there is none, -1 for what is not a plain file."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return None
    return found.st_size if stat.S_ISREG(found.st_mode) else -1


def _set_aside(path: Path) -> str:
    count = 1
    while os.path.lexists(kept := path.with_name(f"{path.name}.changed-{count}")):
        count += 1
    path.rename(kept)
    sync_folder(path.parent)
    return kept.name
