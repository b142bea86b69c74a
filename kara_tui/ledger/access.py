"""How one gets at the ledger: the lock, the file and its traces, in that order."""

from __future__ import annotations

import contextlib
import sqlite3
from datetime import UTC
from pathlib import Path

from kara_tui.ledger import backup, opening
from kara_tui.ledger.absent import refuse_dangling
from kara_tui.ledger.book import Clock, Ledger
from kara_tui.ledger.lock import ProcessLock, take_lock
from kara_tui.ledger.record import Restored
from kara_tui.ledger.seen_numbers import Watch, watch_over
from kara_tui.ledger.store import Store
from kara_tui.ledger.traces import Traces
from kara_tui.private_file import make_folder

NOWHERE = Traces()


def open_ledger(
    path: Path,
    *,
    now: Clock,
    read_only: bool = False,
    wait: float = 0.0,
    accept_clock: bool = False,
    traces: Traces = NOWHERE,
    accept_put_back: bool = False,
) -> Ledger:
    """Open the ledger, and make it (0600, in 0700 folders) when there never was one.

    ``now`` gives the time with its zone; it is written into every entry. One process at a time
    writes: another is tried for ``wait`` seconds, then Locked is raised and says who holds it; with
    ``read_only`` the ledger can be looked at meanwhile. ``accept_clock`` goes on although the clock
    or the invoice's date lies before the newest entry, because the user said so. ``traces`` say
    where else it is known how far this ledger had come; ``accept_put_back`` opens it to go on
    although they know more, or makes a new one although they know of one.
    Raises NotALedger, Newer, Damaged, Gone, PutBack, ReadOnly, DiskTrouble, Busy, Locked, and to a
    reader LedgerMissing; a reader is told of a ledger that was put back by its findings.
    """
    path = path.absolute()
    with opening.translate_errors(path):
        refuse_dangling(path)
        path = path.resolve()
        if read_only:
            watch = watch_over(path, traces)
            store = Store(path, opening.open_to_read(path, traces), None)
            return Ledger(store, now, watch, accept_clock=accept_clock)
        make_folder(path.parent)
        at = now().astimezone(UTC)
        lock = take_lock(path, wait=wait)
        try:
            watch = watch_over(path, traces, lock)
            connection = opening.open_to_write(
                path, at, traces, was_here=lock.ledger_was_here, begin=accept_put_back
            )
            try:
                lock.sign(at, ledger_is_here=True, seen=lock.seen)
                _agree(watch, connection, lock, accept_put_back=accept_put_back)
            except BaseException:
                connection.close()
                raise
        except BaseException:
            lock.release()
            raise
        return Ledger(Store(path, connection, lock), now, watch, accept_clock=accept_clock)


def _agree(
    watch: Watch,
    connection: sqlite3.Connection,
    lock: ProcessLock,
    *,
    accept_put_back: bool,
) -> None:
    """Hold the ledger against its traces, and bring those up that are behind. Raises PutBack."""
    put_back = watch.put_back(connection)
    if put_back is None:
        watch.write_down(connection, lock, mark=watch.mark_is_behind(connection))
    elif not accept_put_back:  # else the traces stay, until the user's word is in the ledger
        raise put_back


def restore_ledger(
    path: Path, file: Path, *, now: Clock, accept_older: bool = False, traces: Traces = NOWHERE
) -> Restored:
    """Put the backup ``file`` in the ledger's place; the present ledger is kept beside it.

    Raises WouldLose when the present ledger has entries that the backup lacks, unless
    ``accept_older``; Damaged, NotALedger or Newer for a file that is no whole backup; Locked.
    """
    path = path.absolute()
    with opening.translate_errors(path):
        refuse_dangling(path)
        path = path.resolve()
        make_folder(path.parent)
        at = now().astimezone(UTC)
        lock = take_lock(path, wait=0)
        try:
            lock.sign(at, ledger_is_here=lock.ledger_was_here, seen=lock.seen)
            watch = watch_over(path, traces, lock)
            restored = backup.restore(
                path, file, at, accept_older=accept_older, forget=lambda: watch.forget(lock)
            )
            with contextlib.closing(opening.connect(path, read_only=True)) as connection:
                watch.write_down(connection, lock, mark=True)
        finally:
            lock.release()
        return restored
