"""Watching that no number is given out twice: what the traces know, held against the ledger."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kara_tui.ledger import traces as seen
from kara_tui.ledger.errors import PutBack
from kara_tui.ledger.findings import finding
from kara_tui.ledger.lock import ProcessLock, side_file, told_by_side_file
from kara_tui.ledger.traces import LastSeen, Sighting, Traces
from kara_tui.model import Finding, Series

if TYPE_CHECKING:
    import sqlite3

    from kara_tui.ledger.order import Rendered


@dataclass(frozen=True, slots=True)
class Watch:
    """What the traces of one ledger knew when it was opened."""

    path: Path
    traces: Traces
    beside: LastSeen | None
    mark: LastSeen | None

    @property
    def known(self) -> LastSeen | None:
        """What the lock file and the mark know together."""
        if self.beside is None or self.mark is None:
            return self.beside or self.mark
        return seen.joined(self.mark, self.beside)

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders that copies went to, as far as anybody remembers."""
        remembered = self.known.folders if self.known else ()
        return tuple(dict.fromkeys((*self.traces.folders, *map(Path, remembered))))

    def remembers(self, folder: Path) -> bool:
        """Whether it is written down that copies went to this folder."""
        return self.known is not None and str(folder) in self.known.folders

    def put_back(self, connection: sqlite3.Connection) -> PutBack | None:
        """What to say when the ledger is older than its traces, or another; None when all agree."""
        told = seen.put_back(connection, self.path, self.beside, side_file(self.path))
        if told is None and self.traces.mark is not None:
            told = seen.put_back(connection, self.path, self.mark, self.traces.mark)
        return told

    def sighting(self, profile: str, supplier: str, prefix: str, last: int) -> Sighting | None:
        """The highest number of a series above its last one that was seen anywhere."""
        known = [(side_file(self.path), self.beside)]
        if self.traces.mark is not None:
            known.append((self.traces.mark, self.mark))
        for path in self.traces.other_marks:
            other, _ = seen.read_mark(path)
            if other is not None:  # a profile's name in another home is nobody's in particular
                numbers = tuple(replace(highest, profile="") for highest in other.numbers)
                known.append((path, replace(other, numbers=numbers)))
        return seen.sighting(
            supplier=supplier,
            profile=profile,
            prefix=prefix,
            last=last,
            known=known,
            folders=self.folders,
        )

    def refuse_seen(self, profile: str, supplier: str, prefix: str, last: int) -> None:
        """Raise NumberSeen when a number after the ledger's last one was given out before."""
        sighting = self.sighting(profile, supplier, prefix, last)
        if sighting is not None:
            raise seen.seen_before(self.path, sighting, profile)

    def refuse_copies(self, profile: str, numbers: Sequence[str], drawn: Rendered) -> None:
        """Raise NumberSeen when a file lies where a copy of these documents would.

        The ledger has not issued them yet, so somebody else has: their papers are not pushed aside.
        """
        for number, document in zip(numbers, drawn.documents, strict=True):
            names = [document.pdf.name] + ([document.annex.name] if document.annex else [])
            if number == numbers[0]:
                names.append(drawn.mail.name)
            for folder in self.folders:
                for name in names:
                    if os.path.lexists(folder / name):
                        sighting = Sighting(0, number, str(folder / name))
                        raise seen.seen_before(self.path, sighting, profile)

    def number_findings(
        self, profile: str, supplier: str, prefix: str, last: int
    ) -> tuple[Finding, ...]:
        """The same as a finding, for those who only look."""
        sighting = self.sighting(profile, supplier, prefix, last)
        if sighting is None:
            return ()
        told = seen.seen_before(self.path, sighting, profile)
        return (finding("number-seen", told.message, told.hint),)

    def put_back_findings(self, connection: sqlite3.Connection) -> Iterator[Finding]:
        told = self.put_back(connection)
        if told is not None:
            yield finding("ledger-put-back", told.message, told.hint)

    def write_down(
        self,
        connection: sqlite3.Connection,
        lock: ProcessLock,
        *,
        folders: Sequence[Path] = (),
        mark: bool,
    ) -> None:
        """Say in the lock file, and in the mark where asked, how far the ledger has come.

        What is said here is committed already, so an error is nothing to stop for: a trace that is
        behind the ledger is brought up at the next start.
        """
        import sqlite3

        with contextlib.suppress(OSError, sqlite3.Error):
            now = replace(seen.seen_now(connection), folders=tuple(map(str, folders)))
            now = seen.joined(self.known, seen.joined(lock.seen, now))
            lock.sign(lock.since, ledger_is_here=True, seen=now)
            if mark and now.numbers and self.traces.mark is not None:
                seen.write_mark(self.traces.mark, now)

    def forget(self, lock: ProcessLock) -> None:
        """Before another ledger takes the place of this one: keep the numbers, and no head.

        Synced, because the new ledger's name will be: a head that stayed would call it put back.
        Raises OSError; then nothing was replaced.
        """
        known = self.known
        if known is None:
            return
        lock.sign(lock.since, ledger_is_here=lock.ledger_was_here, seen=known.without_head)
        lock.sync()
        if self.traces.mark is not None and known.numbers:
            seen.write_mark(self.traces.mark, known.without_head)

    def mark_is_behind(self, connection: sqlite3.Connection) -> bool:
        """Whether the mark lacks a number that the ledger has given out."""
        if self.traces.mark is None:
            return False
        numbers = self.mark.numbers if self.mark else ()
        known = {(highest.supplier, highest.prefix): highest.value for highest in numbers}
        return any(
            known.get((highest.supplier, highest.prefix), -1) < highest.value
            for highest in seen.seen_now(connection).numbers
        )


def number_findings(
    path: Path, traces: Traces, profile: str, supplier: str, series: Series
) -> tuple[Finding, ...]:
    """Whether numbers of a series were given out, where there is no ledger (yet) to ask."""
    watch = watch_over(path, traces)
    return watch.number_findings(profile, supplier, series.prefix, series.last_used)


def watch_over(path: Path, traces: Traces, lock: ProcessLock | None = None) -> Watch:
    """Read the traces of a ledger, before it is opened: what another writes meanwhile is newer."""
    beside = lock.seen if lock is not None else told_by_side_file(path)[1]
    mark, _ = seen.read_mark(traces.mark)
    return Watch(path, traces, beside, mark)
