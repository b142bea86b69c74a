"""What came of a month end: the value that every face reports."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kara_tui.model import Finding, Invoice, Month
    from kara_tui.month_end.deadlines import Deadlines


class Status(StrEnum):
    """How a month end went; the words stand in the JSON document."""

    ISSUED = "issued"
    DRY_RUN = "dry-run"
    BLOCKED = "blocked"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Delivered:
    """An invoice with where its copies lie; a path is None when there is no copy."""

    invoice: Invoice
    pdf: Path | None = None
    annex: Path | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """Status, what was issued or would be, where the files are, and every finding.

    ``undelivered`` are sentences about copies that could not be written though the invoice was
    issued; ``notices`` are findings that only came with the writing, not the month end's own.
    """

    status: Status
    month: Month
    sessions: int = 0
    invoices: tuple[Delivered, ...] = ()
    mail_to: str = ""
    eml: Path | None = None
    deadlines: Deadlines | None = None
    findings: tuple[Finding, ...] = ()
    undelivered: tuple[str, ...] = ()
    notices: tuple[Finding, ...] = ()

    @property
    def is_issued(self) -> bool:
        return self.status is Status.ISSUED
