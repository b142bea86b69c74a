"""What must never be lost: numbers, billed sessions, decisions. The only room with SQLite.

`open_ledger` opens the one file of truth and gives a Ledger, whose methods are the acts (issue,
credit, decide, mark…) and the questions (invoices, billed, near_matches, verify…). Whatever goes
wrong is a LedgerError: a sentence and what to do. `fingerprints` says how a session is known again.
Importing this costs next to nothing: SQLite is loaded when a ledger is opened, and the classes
of orders and records when one of them is named.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kara_tui.ledger.errors import (
    AlreadyBilled,
    BrokenPlace,
    Busy,
    ClockBehind,
    Damaged,
    DiskTrouble,
    Gone,
    Holder,
    LedgerError,
    LedgerMissing,
    Locked,
    MonthTaken,
    Newer,
    NoSuchNumber,
    NotALedger,
    NotCreditable,
    NotSendable,
    NumberSeen,
    PutBack,
    ReadOnly,
    RefusedByLedger,
    SeriesMoved,
    SeriesTaken,
    Uncertain,
    WouldLose,
)
from kara_tui.model import Finding, Series, Session

if TYPE_CHECKING:
    from kara_tui.ledger.book import Ledger
    from kara_tui.ledger.order import (
        BillableSession,
        CreditOrder,
        DraftInvoice,
        GoOnOrder,
        IssueOrder,
        Rendered,
        RenderedDocument,
    )
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
        Restored,
        SavedPlace,
        SessionDecision,
        Stored,
        Verdict,
    )
    from kara_tui.ledger.traces import Traces

# Making the thirty classes of orders and records takes 20 ms, which a run that only looks for a
# ledger does not need: they are made when one of them is first named.
_ORDERS = frozenset({
    "BillableSession", "CreditOrder", "DraftInvoice", "GoOnOrder", "IssueOrder", "Rendered",
    "RenderedDocument",
})  # fmt: skip
_RECORDS = frozenset({
    "AuditEntry", "Backup", "BilledSession", "Decided", "Document", "Head", "Issue",
    "MailState", "NearMatch", "Repaired", "Restored", "SavedPlace", "SessionDecision", "Stored",
    "Verdict",
})  # fmt: skip


def __getattr__(name: str) -> object:
    """An order's or a record's class, when it is first asked for (PEP 562)."""
    module = "order" if name in _ORDERS else "record" if name in _RECORDS else ""
    module = "traces" if name == "Traces" else module
    if not module:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{module}"), name)


def open_ledger(
    path: Path,
    *,
    now: Callable[[], datetime],
    read_only: bool = False,
    wait: float = 0.0,
    accept_clock: bool = False,
    traces: Traces | None = None,
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
    from kara_tui.ledger import access
    from kara_tui.ledger.traces import Traces

    return access.open_ledger(
        path,
        now=now,
        read_only=read_only,
        wait=wait,
        accept_clock=accept_clock,
        traces=traces or Traces(),
        accept_put_back=accept_put_back,
    )


def refuse_new(path: Path, traces: Traces) -> None:
    """Where there is no ledger at ``path``: raise Gone or Damaged if there ever was one."""
    from kara_tui.ledger import absent

    absent.refuse_new(path, traces)


def place_findings(path: Path) -> tuple[Finding, ...]:
    """What to know about the place where a ledger lies or is to be made."""
    from kara_tui.ledger import place

    return place.place_findings(path)


def number_findings(
    path: Path, traces: Traces, profile: str, supplier: str, series: Series
) -> tuple[Finding, ...]:
    """Whether numbers of a series were given out, where there is no ledger (yet) to ask."""
    from kara_tui.ledger.seen_numbers import watch_over

    watch = watch_over(path, traces)
    return watch.number_findings(profile, supplier, series.prefix, series.last_used)


def restore_ledger(
    path: Path,
    file: Path,
    *,
    now: Callable[[], datetime],
    accept_older: bool = False,
    traces: Traces | None = None,
) -> Restored:
    """Put the backup ``file`` in the ledger's place; the present ledger is kept beside it.

    Raises WouldLose when the present ledger has entries that the backup lacks, unless
    ``accept_older``; Damaged, NotALedger or Newer for a file that is no whole backup; Locked.
    """
    from kara_tui.ledger import access
    from kara_tui.ledger.traces import Traces

    return access.restore_ledger(
        path, file, now=now, accept_older=accept_older, traces=traces or Traces()
    )


def fingerprint(session: Session) -> str:
    """How the ledger knows a session that no equal row stands before in its export."""
    from kara_tui.ledger.identity import fingerprint

    return fingerprint(session)


def fingerprints(sessions: Sequence[Session]) -> tuple[str, ...]:
    """How the ledger knows each session of one export; equal rows are counted."""
    from kara_tui.ledger.identity import fingerprints

    return fingerprints(sessions)


def is_of_an_id(fingerprint: str) -> bool:
    """Whether a print is one of the first ones, which were made of a payment id alone."""
    from kara_tui.ledger.identity import OF_AN_ID

    return fingerprint.startswith(OF_AN_ID)


__all__ = [
    "AlreadyBilled",
    "AuditEntry",
    "Backup",
    "BillableSession",
    "BilledSession",
    "BrokenPlace",
    "Busy",
    "ClockBehind",
    "CreditOrder",
    "Damaged",
    "Decided",
    "DiskTrouble",
    "Document",
    "DraftInvoice",
    "GoOnOrder",
    "Gone",
    "Head",
    "Holder",
    "Issue",
    "IssueOrder",
    "LedgerError",
    "LedgerMissing",
    "Locked",
    "MailState",
    "MonthTaken",
    "NearMatch",
    "Newer",
    "NoSuchNumber",
    "NotALedger",
    "NotCreditable",
    "NotSendable",
    "NumberSeen",
    "PutBack",
    "ReadOnly",
    "RefusedByLedger",
    "Rendered",
    "RenderedDocument",
    "Repaired",
    "Restored",
    "SavedPlace",
    "SeriesMoved",
    "SeriesTaken",
    "SessionDecision",
    "Stored",
    "Traces",
    "Uncertain",
    "Verdict",
    "WouldLose",
    "fingerprint",
    "fingerprints",
    "is_of_an_id",
    "number_findings",
    "open_ledger",
    "place_findings",
    "refuse_new",
    "restore_ledger",
]  # fmt: skip
