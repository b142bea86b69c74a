"""A session: one row of a payments export that is worth looking at. It has no client field."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

from kara_tui.model.money import Money


class SessionKind(StrEnum):
    """What the credit paid for. Kara Connect charges late cancellations and no-shows too."""

    HELD = "session"
    LATE_CANCELLATION = "late-cancellation"
    NO_SHOW = "no-show"


@dataclass(frozen=True, slots=True)
class Session:
    """One session as the export tells it: wall-clock date and time, exact price, no client.

    ``row`` is the file's row as a spreadsheet numbers it (the first is 1, blank ones count),
    ``line`` the line of a text file on which it begins where that is another, else 0. ``source``
    is the file's name as shown to the user. ``sponsor`` is empty when the export names none;
    ``time`` is None when it has only dates, and its ``fold`` is 1 for the second of two times with
    the same figures, when clocks are put back. ``payment_id`` is empty unless the export carries a
    stable one.
    """

    row: int
    source: str
    date: date
    time: time | None
    service: str
    price: Money
    professional: str
    professional_email: str
    sponsor: str
    payment_id: str = ""
    kind: SessionKind = SessionKind.HELD
    line: int = field(default=0, compare=False)

    @property
    def place(self) -> str:
        """The row as it is said, with the line where an editor counts otherwise: “4 (line 6)”."""
        return f"{self.row} (line {self.line})" if self.line else str(self.row)
