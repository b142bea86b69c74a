"""What the ledger gives back: documents, mails, decisions, the wizard's place, a verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from pathlib import Path

from kara_tui.model import Decision, DocumentKind, File, Money, Month


class MailState(StrEnum):
    """Where the mail of an issue stands. A mail of which nothing was said yet is a draft."""

    DRAFTED = "drafted"
    SENDING = "sending"  # said by the sender before it speaks to the server
    SENT = "sent"
    UNSENT = "unsent"  # the server, or the user, says that it did not go out
    UNKNOWN = "unknown"  # the sender was cut off: only the user can find out


@dataclass(frozen=True, slots=True)
class Document:
    """An invoice or a credit note as it was issued, and what happened to it since.

    ``id`` and ``issue``, the entry that it was issued in, are the ledger's own; documents of one
    issue share one mail. ``credited_by`` is the number of the credit note that cancels it, empty
    while it stands; ``corrects`` that of the invoice which a credit note cancels.
    ``sent_on`` and ``paid_on`` are the user's dates. The three names are those of the copies.
    ``changes`` counts what was said of it since it was issued; it only ever rises.
    """

    id: int
    number: str
    profile: str
    kind: DocumentKind
    month: Month
    net: Money
    vat: Money
    total: Money
    sessions: int
    issued_on: date
    due_on: date | None
    corrects: str
    reason: str
    credited_by: str
    issue: int
    mail_state: MailState
    sent_on: date | None
    paid_on: date | None
    pdf_name: str
    annex_name: str
    mail_name: str
    changes: int

    @property
    def stands(self) -> bool:
        """Whether it is an invoice that no credit note has cancelled."""
        return self.kind is DocumentKind.INVOICE and not self.credited_by

    @property
    def is_open(self) -> bool:
        """Whether its money is still to come."""
        return self.stands and self.paid_on is None


@dataclass(frozen=True, slots=True)
class Issue:
    """What one act issued: its documents, in the order of their numbers, and the one mail."""

    entry: int
    documents: tuple[Document, ...]

    @property
    def numbers(self) -> tuple[str, ...]:
        return tuple(document.number for document in self.documents)


@dataclass(frozen=True, slots=True)
class Stored:
    """A document with its bytes. ``frozen`` is the JSON that it was drawn from."""

    document: Document
    pdf: File
    annex: File | None
    mail: File
    frozen: str


@dataclass(frozen=True, slots=True)
class BilledSession:
    """A session as it stands on the invoice ``number``. ``late`` as on the order."""

    number: str
    fingerprint: str
    date: date
    time: time | None
    service: str
    professional: str
    professional_email: str
    sponsor: str
    kind: str
    price: Money
    payment_id: str
    late: bool

    @property
    def said(self) -> str:
        """``2026-10-05 09:00 on KC-0011``."""
        clock = f" {self.time:%H:%M}" if self.time else ""
        return f"{self.date}{clock} on {self.number}"


@dataclass(frozen=True, slots=True)
class NearMatch:
    """A new session that may be a billed one: a question for the user.

    ``fingerprint`` is the new session's. ``close`` ones are of the same date and time, or of the
    same date and price where one has no time; others have another date or time, and the new export
    no longer holds the billed one.
    """

    fingerprint: str
    billed: BilledSession
    close: bool = False


@dataclass(frozen=True, slots=True)
class SessionDecision:
    """A decision to be kept: about which session, what, and the user's own words.

    ``session`` is a JSON object that lets a later warning name the session (date, service,
    professional, sponsor, price). Its ``profile`` says whose decision it is.
    """

    fingerprint: str
    decision: Decision
    session: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that was kept, and when. The newest of a fingerprint holds."""

    choice: SessionDecision
    at: datetime


@dataclass(frozen=True, slots=True)
class SavedPlace:
    """Where the wizard stands: the step, the answers as JSON, and each export's SHA-256 by path.

    Never rows of an export: on resume the files are read again and compared by their hash.
    """

    step: str
    answers: str
    exports: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Head:
    """How far the chain has come: the number of its entries and the hash of the last, in hex."""

    entries: int
    hash: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a look at every byte found. ``problems`` are sentences; empty means whole."""

    head: Head
    documents: int
    sessions: int
    problems: tuple[str, ...]

    @property
    def whole(self) -> bool:
        return not self.problems


@dataclass(frozen=True, slots=True)
class Backup:
    """A verified copy of the ledger, and how far it goes."""

    path: Path
    head: Head


@dataclass(frozen=True, slots=True)
class Restored:
    """A restored ledger. ``kept`` is where the one that it replaced lies, if there was one."""

    head: Head
    kept: Path | None


@dataclass(frozen=True, slots=True)
class Repaired:
    """What repair did to the copies: names written anew, and changed files kept under new names.

    ``is_synced`` is False when the folder refused to be synced (some shares do): what was written
    is there, but a power cut soon after may take it.
    """

    written: tuple[str, ...]
    set_aside: tuple[str, ...]
    is_synced: bool = True


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One link of the chain. ``at`` is UTC; ``hash`` covers every row that the entry wrote."""

    id: int
    at: datetime
    act: str
    note: str
    hash: str
