"""The ledger, open: its acts, each one entry of the chain, and the questions it answers."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Self

from kara_tui.ledger import (
    backup,
    billed,
    checking,
    copies,
    decisions,
    exporting,
    issuing,
    opening,
    queries,
    status_changes,
)
from kara_tui.ledger.chain import ChainEntry
from kara_tui.ledger.errors import ClockBehind
from kara_tui.ledger.issuing import Render
from kara_tui.ledger.location import location_findings
from kara_tui.ledger.order import CreditOrder, GoOnOrder, IssueOrder
from kara_tui.ledger.record import (
    AuditEntry,
    Backup,
    BilledSession,
    Decided,
    Document,
    Head,
    Issue,
    MailState,
    NearMatch,
    Repaired,
    SavedPlace,
    SessionDecision,
    Stored,
    Verdict,
)
from kara_tui.ledger.seen_numbers import Watch
from kara_tui.ledger.store import Store
from kara_tui.model import Finding, Month, Routing, Series, Session

Clock = Callable[[], datetime]

# Time servers set a clock back by a little now and then; that is no reason to stop anybody.
_CLOCK_SLACK = timedelta(minutes=2)


class Ledger:
    """An open ledger. Use ``with open_ledger(…) as ledger``; any thread may call it.

    Every method raises a LedgerError that says what is wrong and what to do. After an error
    nothing of the act is kept, but for Uncertain, which says so.
    """

    def __init__(self, store: Store, now: Clock, watch: Watch, *, accept_clock: bool) -> None:
        self._store = store
        self._watch = watch
        self._now = now
        self._accept_clock = accept_clock
        self._sending: set[int] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file and of the lock."""
        self._store.close()

    @property
    def path(self) -> Path:
        return self._store.path

    @property
    def _connection(self) -> sqlite3.Connection:
        return self._store.connection

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What to know about where the ledger lies, and whether it is the one that was there."""
        with self._store.question():
            put_back = tuple(self._watch.put_back_findings(self._connection))
        return (*put_back, *location_findings(self.path))

    def number_findings(self, profile: str, supplier: str, series: Series) -> tuple[Finding, ...]:
        """Whether numbers of a series were given out that the ledger does not know."""
        with self._store.question():
            last = queries.last_number(self._connection, profile, series.prefix)
        return self._watch.number_findings(
            profile, supplier, series.prefix, series.last_used if last is None else last
        )

    def last_number(self, profile: str, prefix: str) -> int | None:
        """The last number of a profile's series, given out or skipped; None before its first."""
        with self._store.question():
            return queries.last_number(self._connection, profile, prefix)

    @property
    def copies_were_written(self) -> bool:
        """Whether copies ever went anywhere, as far as is remembered beside the ledger."""
        known = self._watch.known
        return known is not None and bool(known.folders)

    # Acts

    def issue(self, order: IssueOrder, render: Render) -> Issue:
        """Issue one month: take the numbers, have ``render`` draw the documents, keep it all.

        ``render`` gets the numbers, one for each draft in order; what it raises stops the act, and
        no number is taken. The wizard's place of the profile is cleared with it.
        Raises MonthTaken, AlreadyBilled, SeriesTaken, SeriesMoved, ClockBehind.
        """
        with _as_drawn(), self._act("issue", mark=True) as entry:
            issuing.issue(
                self._connection,
                entry,
                order,
                render,
                watch=self._watch,
                accept_clock=self._accept_clock,
            )
            return self.issued(entry.id)

    def credit(self, order: CreditOrder, render: Render) -> Issue:
        """Issue a credit note that cancels an invoice whole and frees its sessions and its month.

        Raises NoSuchNumber, NotCreditable, ClockBehind.
        """
        with _as_drawn(), self._act("credit", mark=True) as entry:
            issuing.credit(
                self._connection,
                entry,
                order,
                render,
                watch=self._watch,
                accept_clock=self._accept_clock,
            )
            return self.issued(entry.id)

    def go_on(self, order: GoOnOrder) -> None:
        """Skip numbers that were used without this ledger, and take the ledger as the true one.

        For a ledger that was opened with ``accept_put_back``. Raises RefusedByLedger, SeriesTaken.
        """
        with self._act("skipped", order.reason, mark=True) as entry:
            issuing.go_on(self._connection, entry, order, watch=self._watch)

    def decide(self, decided: Sequence[SessionDecision]) -> None:
        """Keep what the user said about sessions. Earlier decisions stay in the history."""
        if decided:
            with self._act("decide") as entry:
                decisions.decide(entry, decided)

    def begin_sending(self, number: str, profile: str = "") -> None:
        """Say, before the server is spoken to, that a mail goes out now.

        Raises NotSendable when it was sent, or may have been.
        """
        begun = self._mark("sending", number, profile, status_changes.begin_sending)
        self._sending.add(begun.issue)

    def end_sending(self, number: str, state: MailState, on: date, profile: str = "") -> Document:
        """Say how the sending ended: SENT, UNSENT (nothing went out) or UNKNOWN."""
        ended = self._mark(
            "sending-ended",
            number,
            profile,
            lambda entry, document: status_changes.end_sending(entry, document, state, on),
        )
        self._sending.discard(ended.issue)
        return ended

    def mark_sent(self, number: str, on: date, profile: str = "") -> Document:
        """The user sent the mail on that day; all documents of the same issue went with it."""
        return self._mark(
            "sent",
            number,
            profile,
            lambda entry, document: status_changes.mark_sent(entry, document, on),
        )

    def mark_unsent(self, number: str, profile: str = "") -> Document:
        """The user found that the mail did not go out: it may be sent."""
        return self._mark("unsent", number, profile, status_changes.mark_unsent)

    def mark_paid(self, number: str, on: date, profile: str = "") -> Document:
        """The money of an invoice came in on that day."""
        return self._mark(
            "paid",
            number,
            profile,
            lambda entry, document: status_changes.mark_paid(entry, document, on),
        )

    def mark_unpaid(self, number: str, profile: str = "") -> Document:
        """Take back that an invoice was paid."""
        return self._mark("unpaid", number, profile, status_changes.mark_unpaid)

    # The wizard's place: not in the chain, because nothing depends on it

    def save_place(self, profile: str, place: SavedPlace) -> None:
        with self._store.transaction():
            at = opening.stamp(self._now().astimezone(UTC))
            decisions.save_place(self._connection, profile, place, at)

    def load_place(self, profile: str) -> SavedPlace | None:
        with self._store.question():
            return decisions.load_place(self._connection, profile)

    def clear_place(self, profile: str) -> None:
        with self._store.transaction():
            decisions.clear_place(self._connection, profile)

    # Questions

    def invoices(
        self, *, profile: str = "", year: int | None = None, month: Month | None = None
    ) -> tuple[Document, ...]:
        """Invoices and credit notes in the order of issue. ``year`` is that of their own date."""
        with self._store.question():
            return queries.documents(
                self._connection,
                profile=profile,
                year=year,
                month=month,
                sending_now=self._sending,
            )

    def issued(self, entry: int) -> Issue:
        """The documents that one entry of the chain issued."""
        with self._store.question():
            return Issue(entry, queries.documents_of_entry(self._connection, entry, self._sending))

    def get(self, number: str, profile: str = "") -> Stored:
        """A document with its bytes. Raises NoSuchNumber."""
        with self._store.question():
            return queries.stored(self._connection, number, profile, self._sending)

    def sessions(self, number: str, profile: str = "") -> tuple[BilledSession, ...]:
        """The sessions on an invoice, in the order of its lines; a credit note has none itself."""
        with self._store.question():
            row = queries.find_document(self._connection, number, profile)
            return queries.sessions_of(self._connection, row["id"])

    def billed(self, fingerprints: Iterable[str]) -> Mapping[str, str]:
        """Which of the fingerprints are billed: the number of the standing invoice of each."""
        with self._store.question():
            return billed.billed_numbers(self._connection, fingerprints)

    def near_matches(
        self, sessions: Sequence[Session], fingerprints: Sequence[str]
    ) -> tuple[NearMatch, ...]:
        """Sessions not billed that look like billed ones which the export no longer has."""
        with self._store.question():
            return billed.near_matches(self._connection, sessions, fingerprints)

    def billed_with_ids(
        self, sessions: Sequence[Session]
    ) -> Mapping[str, tuple[BilledSession, ...]]:
        """The standing sessions that have the payment ids of these sessions, by the id."""
        with self._store.question():
            return billed.billed_with_ids(self._connection, sessions)

    def decisions(self, profile: str = "") -> Mapping[str, Decided]:
        """The decision that holds for each session, by fingerprint; of one profile or of all."""
        with self._store.question():
            return decisions.decisions(self._connection, profile)

    def routes(self, profile: str) -> Mapping[str, Routing]:
        """Who is invoiced for each sponsor, as earlier ledgers keep it; now the profile does."""
        with self._store.question():
            return decisions.routes(self._connection, profile)

    def head(self) -> Head:
        """How far the chain has come; noted elsewhere, it proves later that nothing changed."""
        with self._store.question():
            return checking.head(self._connection)

    def audit(self) -> tuple[AuditEntry, ...]:
        """Every act, the oldest first."""
        with self._store.question():
            return queries.audit(self._connection)

    def verify(self, expect: str = "", progress: checking.Progress | None = None) -> Verdict:
        """Read every byte and say what is wrong. ``expect`` is a head that was noted earlier."""
        with self._store.moment():
            return checking.verify(self._connection, expect=expect, progress=progress)

    # Copies

    def repair(
        self,
        folder: Path,
        *,
        issue: Issue | None = None,
        profile: str = "",
        elsewhere: Path | None = None,
        thorough: bool = False,
    ) -> Repaired:
        """Write the copies that are missing or changed in a folder.

        They are those of one issue, of one profile, or of all. The last step of issuing and the
        first of every start. What lies in the folder ``elsewhere`` is not missing. ``thorough``
        reads every copy.
        """
        with self._store.question():
            self._store.refuse_to_write()
            entries = None if issue is None else {issue.entry}
            if profile:
                entries = {found.issue for found in self.invoices(profile=profile)}
            repaired = copies.repair(
                self._connection, folder, entries=entries, elsewhere=elsewhere, thorough=thorough
            )
        if repaired.written and not self._watch.remembers(folder.absolute()):
            self._write_down((folder.absolute(),), mark=True)
        return repaired

    def backup(self, folder: Path) -> Backup:
        """Copy the ledger into a folder and verify the copy."""
        with self._store.question():
            return backup.backup(self._connection, folder, self._now().astimezone(UTC))

    def json_lines(self) -> Iterator[bytes]:
        """The whole ledger as JSON lines; their bytes are those that the hashes are made of."""
        with self._store.moment():
            yield from exporting.json_lines(self._connection)

    def issued_files(self, folder: Path) -> tuple[Path, ...]:
        """The bytes that were issued, a file each."""
        with self._store.moment():
            return exporting.issued_files(self._connection, folder)

    def csv_files(self, folder: Path) -> tuple[Path, ...]:
        """The whole ledger as CSV, a file for each table."""
        with self._store.moment():
            return exporting.csv_files(self._connection, folder)

    # How an act is done

    @contextlib.contextmanager
    def _act(self, act: str, note: str = "", *, mark: bool = False) -> Iterator[ChainEntry]:
        with self._store.transaction(lambda: entry.close(act, note)):
            entry = ChainEntry(self._store.connection, opening.stamp(self._read_clock()))
            yield entry
        self._write_down(mark=mark)

    def _write_down(self, folders: Sequence[Path] = (), *, mark: bool) -> None:
        if self._store.lock is not None:
            self._watch.write_down(self._connection, self._store.lock, folders=folders, mark=mark)

    def _mark(
        self, act: str, number: str, profile: str, mark: Callable[[ChainEntry, Document], None]
    ) -> Document:
        """What is given back is read before the commit: after it, nothing may go wrong any more."""
        with self._act(act) as entry:
            mark(entry, self._document(number, profile))
            return self._document(number, profile)

    def _read_clock(self) -> datetime:
        now = self._now().astimezone(UTC)
        with self._store.question():
            newest = queries.newest_entry(self._connection).at
        if now >= newest or self._accept_clock:
            return now
        if now < newest - _CLOCK_SLACK:
            raise ClockBehind(now.replace(microsecond=0), newest.replace(microsecond=0))
        return newest

    def _document(self, number: str, profile: str) -> Document:
        with self._store.question():
            return queries.document(self._connection, number, profile, self._sending)


@contextlib.contextmanager
def _as_drawn() -> Iterator[None]:
    """What the drawing raised comes out as it was raised."""
    try:
        yield
    except issuing.NotDrawn as carried:
        raise carried.error from carried.error.__cause__
