"""Replacing a small private file so that a crash leaves the old one or the new one, whole."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

FILE_MODE = 0o600
FOLDER_MODE = 0o700


def replace_file(path: Path, content: bytes) -> None:
    """Put ``content`` at ``path``, readable by its owner alone from the first byte.

    A symbolic link is followed, so that the file it names is replaced and the link stays (people
    keep their settings in one place and link to them). Raises OSError; the old file is then whole
    and no temporary file is left.
    """
    target = Path(os.path.realpath(path))
    private_folder(target.parent)
    # In the same folder, because a rename is atomic only within one file system.
    temporary = target.with_name(f".{target.name}.{os.urandom(6).hex()}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    try:
        descriptor = os.open(temporary, flags, FILE_MODE)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            # Before the rename: else a power cut may leave the new name with no bytes behind it.
            os.fsync(file.fileno())
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(target.parent)


def private_folder(folder: Path) -> None:
    """Make a folder and its missing parents for their owner alone; one that exists stays as is."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    for place in reversed(missing):
        with suppress(FileExistsError):
            place.mkdir(mode=FOLDER_MODE)


def _sync_folder(folder: Path) -> None:
    """Make the rename itself last through a power cut; Windows has no such call and needs none."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
