"""What must never be lost: numbers, billed sessions, decisions. The only room with SQLite.

`open_ledger` opens the one file of truth and gives a Ledger, whose methods are the acts (issue,
credit, decide, mark…) and the questions (invoices, billed, near_matches, verify…). Whatever goes
wrong is a LedgerError: a sentence and what to do. `fingerprints` says how a session is known again.
Importing this costs next to nothing: SQLite is loaded when a ledger is opened, and the thirty
classes of orders and records, which take 20 ms to make, when one of them is named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kara_tui.later import later

if TYPE_CHECKING:
    from kara_tui.ledger.absent import refuse_new
    from kara_tui.ledger.access import open_ledger, restore_ledger
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
    from kara_tui.ledger.identity import fingerprint, fingerprints, is_of_an_id
    from kara_tui.ledger.location import location_findings
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
    from kara_tui.ledger.seen_numbers import number_findings
    from kara_tui.ledger.traces import Traces

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
    "location_findings",
    "number_findings",
    "open_ledger",
    "refuse_new",
    "restore_ledger",
]  # fmt: skip

__getattr__ = later(
    __name__,
    {
        "absent": "refuse_new",
        "access": "open_ledger restore_ledger",
        "errors": "AlreadyBilled BrokenPlace Busy ClockBehind Damaged DiskTrouble Gone "
        "Holder LedgerError LedgerMissing Locked MonthTaken Newer NoSuchNumber "
        "NotALedger NotCreditable NotSendable NumberSeen PutBack ReadOnly "
        "RefusedByLedger SeriesMoved SeriesTaken Uncertain WouldLose",
        "identity": "fingerprint fingerprints is_of_an_id",
        "order": "BillableSession CreditOrder DraftInvoice GoOnOrder IssueOrder Rendered "
        "RenderedDocument",
        "location": "location_findings",
        "record": "AuditEntry Backup BilledSession Decided Document Head Issue MailState "
        "NearMatch Repaired Restored SavedPlace SessionDecision Stored Verdict",
        "seen_numbers": "number_findings",
        "traces": "Traces",
    },
)
