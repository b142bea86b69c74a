"""One process writes to the ledger at a time; the side file beside it says who."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import json
import os
import socket
import time
from datetime import UTC, datetime
from pathlib import Path

from kara_tui.ledger.errors import DiskTrouble, Holder, Locked
from kara_tui.ledger.traces import LastSeen, as_document, from_document

_LONGEST = 1 << 20  # bytes; what is signed is some hundred
_PAUSE = 0.05  # seconds between two tries to get the lock


class ProcessLock:
    """The lock, held until it is released or the process ends, however it ends.

    It is the kernel's lock on an open file, not the file's presence, so a file that a dead process
    left behind blocks nobody. The file stays in place: removing it would let two processes hold
    locks on two files of one name. ``ledger_was_here`` and what was ``seen`` of the ledger are
    remembered in it across processes.
    """

    def __init__(
        self, path: Path, descriptor: int, *, ledger_was_here: bool, seen: LastSeen | None
    ) -> None:
        self.path = path
        self.ledger_was_here = ledger_was_here
        self.seen = seen
        self.since = datetime.now(UTC)
        self._descriptor = descriptor

    def sign(self, since: datetime, *, ledger_is_here: bool, seen: LastSeen | None) -> None:
        """Write who holds the lock, whether a ledger lies beside it, and how far that has come."""
        holder = {
            "pid": os.getpid(),
            "since": since.isoformat(timespec="seconds"),
            "host": socket.gethostname(),
            "ledger": ledger_is_here,
            "seen": as_document(seen) if seen else None,
        }
        text = json.dumps(holder).encode()
        os.pwrite(self._descriptor, text, 0)
        os.ftruncate(self._descriptor, len(text))
        self.seen, self.since = seen, since

    def sync(self) -> None:
        """Make what was signed last through a power cut. Raises OSError."""
        os.fsync(self._descriptor)

    def release(self) -> None:
        """Let go. An error is nothing to stop for: the kernel drops the lock with the process."""
        with contextlib.suppress(OSError):
            os.close(self._descriptor)


def side_file(ledger: Path) -> Path:
    """Where the lock of a ledger lies: beside it."""
    return ledger.with_name(ledger.name + ".lock")


def told_by_side_file(ledger: Path) -> tuple[bool, LastSeen | None]:
    """Whether the side file tells of a ledger, and what was seen of it, for those who only look."""
    try:
        content = json.loads(side_file(ledger).read_bytes())
    except (OSError, ValueError, RecursionError):
        return False, None
    if not isinstance(content, dict):
        return False, None
    return bool(content.get("ledger")), from_document(content.get("seen"))


def take_lock(ledger: Path, *, wait: float) -> ProcessLock:
    """Take the lock of a ledger, trying for ``wait`` seconds.

    Raises Locked, with who holds it; DiskTrouble where the disk knows no locks; OSError.
    """
    path = side_file(ledger)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        _wait_for(descriptor, wait)
        content = _read(descriptor)
    except BlockingIOError:
        holder = _holder(_read(descriptor))
        os.close(descriptor)
        raise Locked(holder) from None
    except OSError as error:
        os.close(descriptor)
        if error.errno in (errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS):
            raise DiskTrouble(
                f"The disk under {ledger.parent} cannot lock files.",
                "Keep the ledger on a disk of this machine.",
            ) from error
        raise
    return ProcessLock(
        path,
        descriptor,
        ledger_was_here=bool(content.get("ledger")),
        seen=from_document(content.get("seen")),
    )


def _wait_for(descriptor: int, wait: float) -> None:
    until = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                raise
            time.sleep(_PAUSE)
        else:
            return


def _read(descriptor: int) -> dict[str, object]:
    """What the last holder wrote; nothing when it was cut off in the middle of it."""
    try:
        content = json.loads(os.pread(descriptor, _LONGEST, 0))
    except (ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def _holder(content: dict[str, object]) -> Holder:
    pid, since, host = (content.get(key) for key in ("pid", "since", "host"))
    return Holder(
        pid if isinstance(pid, int) else 0,
        since[:40] if isinstance(since, str) and since.isprintable() else "",
        host[:64] if isinstance(host, str) and host.isprintable() else "",
    )
