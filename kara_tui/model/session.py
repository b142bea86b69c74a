"""A session: one row of a payments export that is worth looking at. It has no client field."""

from __future__ import annotations

from dataclasses import dataclass
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

    ``row`` is the file's row as a spreadsheet numbers it (the first line is 1), ``source`` the
    file's name as shown to the user. ``sponsor`` is empty when the export names none; ``time`` is
    None when it has only dates. ``payment_id`` is empty unless the export carries a stable one.
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
