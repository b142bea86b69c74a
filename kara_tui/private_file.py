"""The one way to write a file: for its owner only, whole or not at all, kept if the power fails.

A leaf that every room may import. What is written decides how:

- what is nowhere else (settings, the ledger's neighbours): ``write_private(path, content)``. Any
  step that fails raises OSError, and the old file is there whole.
- what can be made again (copies of what the ledger holds, drafts, output that was asked for):
  ``write_private(path, content, tolerant=True)``. Shares and foreign file systems know some steps
  by half: what they refuse is done without, and False is given back to be told to the user once.
- a path that the user may have made a link of: ``follow=True`` replaces the file behind the link.

``make_folder`` makes the folder first where it may be missing. ``sweep`` removes what a killed run
left, for those who hold a lock on the folder; the names of such files begin with a dot and end in
``.part``.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

FILE_MODE = 0o600
FOLDER_MODE = 0o700

# Windows knows neither; there a rename lasts without a sync of the folder.
_FOLDER_FLAGS = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0)
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)

# "There is no such call here", and not "the disk has failed".
_NO_SUCH_CALL = (errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS)
# How file systems say that a file which is there cannot be renamed over.
_NO_RENAME_OVER = (errno.EEXIST, errno.EPERM, errno.EACCES, *_NO_SUCH_CALL)

_PART = re.compile(r"\.(.+?)(?:\.[0-9a-f]{8})?\.part\Z", re.DOTALL)


def write_private(
    path: Path,
    content: bytes | Iterable[bytes],
    *,
    mode: int = FILE_MODE,
    tolerant: bool = False,
    follow: bool = False,
) -> bool:
    """Put a file in place, and say whether its name is sure to outlast a power cut.

    Its folder must be there. At every moment there is the old file or the new one, whole, and no
    one else can read either. A link at ``path`` is itself replaced, unless ``follow``; a pipe or
    a device behind it is then written to as it is. Raises OSError; no temporary file is left then.
    """
    chunks = (content,) if isinstance(content, bytes) else content
    if follow and _is_no_plain_file(path):
        with path.open("wb", buffering=0) as pipe:
            for chunk in chunks:
                pipe.write(chunk)
        return True
    with placed(path, mode=mode, tolerant=tolerant, follow=follow) as file:
        file.writelines(chunks)
    # After the rename: it is the folder that holds the name.
    place = Path(os.path.realpath(path)) if follow else path
    return sync_folder(place.parent, tolerant=tolerant)


@contextmanager
def placed(
    path: Path, *, mode: int = FILE_MODE, tolerant: bool = False, follow: bool = False
) -> Iterator[IO[bytes]]:
    """A new file to be filled, by itself or by its ``name``, that takes ``path`` when it is whole.

    ``write_private`` is made of it; the folder is not synced here.
    """
    asked_for = path
    if follow:
        path = Path(os.path.realpath(path))
    # In the same folder, because a rename is atomic only within one file system. The name is not
    # to be guessed, so that two runs at once do not write into one file.
    part = path.with_name(f".{path.name}.{os.urandom(4).hex()}.part")
    try:
        # Private from its first byte: a mode that is set afterwards comes too late, and some file
        # systems (FAT, many shares) refuse to set one at all.
        with open(part, "wb", opener=lambda name, _: os.open(name, _NEW_FILE, mode)) as file:
            yield file
            file.flush()
            # Before the rename: else a power cut may leave the new name with no bytes behind it.
            _sync(file.fileno(), tolerant=tolerant)
        _rename(part, path, tolerant=tolerant)
    except OSError as error:
        _remove(part)
        # It names no file, or the temporary one, which nobody asked for.
        why = error.strerror or "writing ended early; the disk may be full"
        raise OSError(error.errno or errno.EIO, why, str(asked_for)) from error
    except BaseException:
        _remove(part)
        raise


def make_folder(folder: Path, *, tolerant: bool = False) -> bool:
    """Make a folder and its missing parents, for the owner only; one that is there stays as is.

    Says whether they are sure to outlast a power cut. Raises OSError.
    """
    if folder.is_dir():
        return True
    is_synced = make_folder(folder.parent, tolerant=tolerant)
    folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
    return sync_folder(folder.parent, tolerant=tolerant) and is_synced


def sync_folder(folder: Path, *, tolerant: bool = False) -> bool:
    """Make the names in a folder last, and say whether that was done.

    A folder cannot be synced on some shares (EINVAL on CIFS, EIO on WSL's mounts of Windows), nor
    where it may be written to but not read. Raises OSError, if not ``tolerant``.
    """
    if not hasattr(os, "O_DIRECTORY"):
        return True
    try:
        descriptor = os.open(folder, _FOLDER_FLAGS)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if not tolerant:
            raise OSError(error.errno, error.strerror, str(folder)) from error
        return False
    return True


def sync_file(path: Path) -> None:
    """Make a file's bytes last. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sweep(folder: Path, names: Collection[str]) -> None:
    """Remove what killed runs left of files of these names; nobody may be writing one meanwhile.

    A folder that may not be looked into keeps it. Raises OSError.
    """
    try:
        there = [entry.name for entry in folder.iterdir()]
    except PermissionError:
        return
    for name in there:
        left = _PART.match(name)
        if left and left[1] in names:
            (folder / name).unlink(missing_ok=True)


def _remove(part: Path) -> None:
    with suppress(OSError):
        part.unlink()


def _sync(descriptor: int, *, tolerant: bool) -> None:
    try:
        os.fsync(descriptor)
    except OSError as error:
        # A full or broken disk shows itself here, and that is never passed over.
        if not tolerant or error.errno not in _NO_SUCH_CALL:
            raise


def _rename(part: Path, path: Path, *, tolerant: bool) -> None:
    try:
        part.replace(path)
    except OSError as error:
        if not tolerant or error.errno not in _NO_RENAME_OVER or not _is_plain_file(path):
            raise
        # For a moment there is neither; the bytes can be made again.
        path.unlink()
        part.rename(path)


def _is_plain_file(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def _is_no_plain_file(path: Path) -> bool:
    """Whether a pipe, a terminal or another device is there; a folder refuses by itself."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))
