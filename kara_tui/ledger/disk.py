"""Writing to the disk so that it stays written, and knowing what kind of disk it is."""

from __future__ import annotations

import os
from pathlib import Path

# File systems over a network, as Linux names them: their locks and syncs promise less.
_NETWORK = ("nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afs", "9p", "ceph", "glusterfs",
            "davfs", "fuse.sshfs", "fuse.davfs", "fuse.davfs2", "fuse.rclone", "fuse.s3fs",
            "fuse.glusterfs", "fuse.gvfsd-fuse", "fuse.google-drive-ocamlfuse")  # fmt: skip
_MOUNTS = Path("/proc/self/mounts")


def make_folder(folder: Path) -> None:
    """Make a folder and its missing parents, for the owner only, kept even if the power fails."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder last: a rename is kept only when its folder is synced."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_file(path: Path) -> None:
    """Make a file's bytes last."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_whole(path: Path, content: bytes, *, mode: int) -> None:
    """Put a file in place, whole or not at all, with a mode it has from its first byte.

    The temporary name begins with a dot and is always the same: what a killed run left behind is
    overwritten by the next. Nothing else may write to that name meanwhile (the process lock).
    """
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def network_file_system(path: Path, mounts: str | None = None) -> str:
    """The type of the network file system that a path lies on; empty on a disk of this machine.

    ``mounts`` is the text of /proc/self/mounts, read from there when it is not given.
    """
    if mounts is None:
        try:
            mounts = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
        except OSError:
            return ""
    found, found_length = "", -1
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        # The kernel writes blanks and backslashes in mount points as octal escapes.
        point = fields[1].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
        if path.is_relative_to(point) and len(point) >= found_length:
            found, found_length = fields[2], len(point)
    return found if found in _NETWORK else ""
