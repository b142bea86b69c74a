"""Knowing what kind of disk the ledger lies on."""

from __future__ import annotations

from pathlib import Path

# File systems over a network, as Linux names them: their locks and syncs promise less.
_NETWORK = ("nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afs", "9p", "ceph", "glusterfs",
            "davfs", "fuse.sshfs", "fuse.davfs", "fuse.davfs2", "fuse.rclone", "fuse.s3fs",
            "fuse.glusterfs", "fuse.gvfsd-fuse", "fuse.google-drive-ocamlfuse")  # fmt: skip
_MOUNTS = Path("/proc/self/mounts")


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
