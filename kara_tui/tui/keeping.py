"""Keeping the user's place while they work, and seeing that only one wizard writes.

Each answer is kept as it is given, by a thread of its own: a key never waits for the disk, and a
terminal that hangs up loses nothing. Only the newest place matters, so older ones are passed over.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from kara_tui import settings

if TYPE_CHECKING:
    from kara_tui.month_end import MonthEnd, Request

What = TypeVar("What")

LOCK_FILE = "wizard.lock"
AGAIN_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Kept:
    """What is to be kept: the step, the answers, and what was read for them if anything was."""

    step: str
    request: Request
    month_end: MonthEnd | None


class Keeper(Generic[What]):
    """Writes the newest of what it is given.

    ``failed`` is called once, from the thread, when it cannot be written.

    A place that could not be written is tried again after a while, and at the end: a ledger that
    another program holds for a moment costs nothing.
    """

    def __init__(self, write: Callable[[What], None], failed: Callable[[str], None]) -> None:
        self._write = write
        self._failed = failed
        self._newest: What | None = None
        self._left: What | None = None
        self._changed = threading.Condition()
        self._writing = False
        self._told = False
        self._thread: threading.Thread | None = None

    def keep(self, kept: What) -> None:
        """Keep this soon; returns at once."""
        with self._changed:
            self._newest = kept
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="keeper", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def finish(self, seconds: float = 2) -> None:
        """Wait until the newest place is written, at most so long."""
        with self._changed:
            self._try_again()
            self._changed.wait_for(lambda: self._newest is None and not self._writing, seconds)

    def _try_again(self) -> None:
        if self._left is not None and self._newest is None:
            self._newest, self._left = self._left, None
            self._changed.notify_all()

    def _run(self) -> None:
        while True:
            with self._changed:
                if not self._changed.wait_for(lambda: self._newest is not None, self._pause()):
                    self._try_again()
                kept, self._newest = self._newest, None
                if kept is None:
                    continue
                self._left, self._writing = None, True
            try:
                self._write(kept)
            except Exception as error:  # noqa: BLE001 - told to the user; the wizard itself goes on
                with self._changed:
                    self._left = kept
                if not self._told:
                    self._told = True
                    self._failed(str(error))
            with self._changed:
                self._writing = False
                self._changed.notify_all()

    def _pause(self) -> float | None:
        return None if self._left is None else AGAIN_SECONDS


def write_place(kept: Kept) -> None:
    """Write the place into the ledger. Files that were pasted are gone later and are left out."""
    from kara_tui import month_end
    from kara_tui.month_end.place import save_place
    from kara_tui.tui.pasting import is_pasted

    try:
        save_place(kept.step, kept.request, kept.month_end, is_pasted)
    except month_end.UserError as error:
        raise OSError(error.findings[0].message) from None


def take_turn(*, demo: bool) -> bool:
    """Whether this is the only wizard on this data; holds for the life of the process.

    The kernel lets go of the lock when the process ends, however it ends. Where there are no such
    locks, or the folder cannot be written to, nothing is known and nothing is refused.
    """
    try:
        import fcntl
    except ImportError:
        return True
    folder = settings.data_folder()
    name = f"demo-{LOCK_FILE}" if demo else LOCK_FILE
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(folder / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return False
    except OSError:
        with contextlib.suppress(OSError):
            os.close(descriptor)
    return True
