"""One transaction at a time, kept whole or not at all, and what a failing disk may do to it."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from kara_tui.ledger import opening
from kara_tui.ledger.errors import LedgerError, ReadOnly, Uncertain
from kara_tui.ledger.lock import ProcessLock
from kara_tui.private_file import sync_folder


class Store:
    """The open file. ``lock`` is None when it was opened to be looked at.

    Any thread may come; one is let in at a time, so that nobody sees half an act of another.
    """

    def __init__(
        self, path: Path, connection: sqlite3.Connection, lock: ProcessLock | None
    ) -> None:
        self.path = path
        self.connection = connection
        self.lock = lock
        self._turn = threading.RLock()
        self._trusted = True

    def close(self) -> None:
        with self._turn:
            self.connection.close()
            if self.lock:
                self.lock.release()
                self.lock = None

    @contextlib.contextmanager
    def question(self) -> Iterator[None]:
        """Look something up. A row that is not what was written there says that the file is ill."""
        with self._entered():
            try:
                yield
            except (ValueError, KeyError) as error:
                raise opening.damaged(self.path, "a row cannot be understood") from error

    @contextlib.contextmanager
    def moment(self) -> Iterator[None]:
        """Look many things up as they are at one moment, whatever others write meanwhile."""
        with self.question():
            self.connection.execute("BEGIN")
            try:
                yield
            finally:
                self.connection.execute("ROLLBACK")

    @contextlib.contextmanager
    def _entered(self) -> Iterator[None]:
        with self._turn, opening.translate_errors(self.path):
            if not self._trusted:
                self._reconnect()
            yield

    @contextlib.contextmanager
    def transaction(self, seal: Callable[[], bytes] | None = None) -> Iterator[None]:
        """Keep what is written inside, whole, or nothing of it, whatever is raised.

        ``seal`` is called before the commit and gives the hash by which the act is known again.
        """
        with self._entered():
            self.refuse_to_write()
            sealed, committing = None, False
            try:
                self.connection.execute("BEGIN IMMEDIATE")
                yield
                sealed = seal() if seal else None
                committing = True
                self.connection.execute("COMMIT")
            except BaseException as error:
                self._roll_back()
                if not committing or not isinstance(error, sqlite3.Error):
                    raise
                self._settle(sealed, error)

    def refuse_to_write(self) -> None:
        if self.lock is None:
            raise ReadOnly(
                "The ledger was opened to be looked at.",
                "Close the kara-tui that has it open for writing, and try again.",
            )

    def _roll_back(self) -> None:
        """After an error of the disk a connection is not trusted: a new one rolls back the rest."""
        try:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
        except sqlite3.Error:
            self._trusted = False

    def _settle(self, sealed: bytes | None, error: sqlite3.Error) -> None:
        """A commit failed. Look whether it is in the file nevertheless.

        The commit is the removal of the journal; the sync of the folder comes after it. When that
        sync failed the act is done but could be undone by a power loss, so it is synced again.
        """
        try:
            self._reconnect()
            kept = sealed is not None and self._holds(sealed)
            if kept:
                sync_folder(self.path.parent)
        except (sqlite3.Error, OSError, LedgerError):
            raise Uncertain(
                f"The disk failed while the ledger {self.path} was written; what was just done"
                " may be kept or not.",
                "Mend the disk and start again: the ledger knows, and nothing is done twice.",
            ) from error
        if not kept:
            raise error

    def _holds(self, sealed: bytes) -> bool:
        found = self.connection.execute("SELECT 1 FROM audit WHERE hash = ?", (sealed,))
        return found.fetchone() is not None

    def _reconnect(self) -> None:
        self._trusted = False
        self.connection.close()
        self.connection = opening.connect(self.path, read_only=False)
        opening.check_kind(self.connection, self.path)
        self._trusted = True
