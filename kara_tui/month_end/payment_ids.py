"""Whether a column that calls itself a payment id is one: an id only adds to what is known.

Spreadsheets round long numbers, portals give sessions that were paid at once one reference, and a
row number begins anew each month. A session is never known again by such an id, and two sessions
are never one because of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time
from typing import TYPE_CHECKING

from kara_tui.model import Finding, Session
from kara_tui.month_end.billing_history import BillingHistory
from kara_tui.month_end.findings import finding

if TYPE_CHECKING:
    from kara_tui.ledger import BilledSession

# How a spreadsheet shows a number of more digits than it keeps, and how it saves one: Excel keeps
# 15 digits (https://learn.microsoft.com/office/troubleshoot/excel/last-digits-changed-to-zeros).
_SHOWN_ROUNDED = re.compile(r"[0-9](?:[.,][0-9]+)?[eE][+]?[0-9]{2,}")
_LONG = re.compile(r"[0-9]{16,}(?:[.,]0+)?")
_SAVED_ROUNDED = re.compile(r"[0-9]{15}0+(?:[.,]0+)?")
# A number of the row, of an order or of a block is small; a portal's own payments are many more.
_SMALL = re.compile(r"[^0-9A-Za-z]*0*[0-9]{1,4}[^0-9A-Za-z]*")


def why_not_believed(sessions: Sequence[Session], known: BillingHistory) -> dict[str, str]:
    """Why the payment ids of each file are not believed, by the file's name; empty if they are."""
    by_file: dict[str, list[Session]] = {}
    for session in sessions:
        if session.payment_id:
            by_file.setdefault(session.source, []).append(session)
    return {source: _doubt(there, known) for source, there in by_file.items()}


def id_findings(
    doubts: Mapping[str, str], headers: Mapping[str, str], sessions: Sequence[Session]
) -> Iterator[Finding]:
    """Once for each file whose ids are none, that they are not believed."""
    for source, doubt in doubts.items():
        if doubt:
            header = headers.get(source, "")
            rows = [
                session.row
                for session in sessions
                if session.source == source and session.payment_id
            ]
            yield finding(
                "payment-id-doubted",
                f"Column “{header}” of {source} is not believed to be a payment id: {doubt}.",
                "Sessions are told apart by date, time, price and names, so nothing is lost by it. "
                "Untick the column in the portal's Export screen and this is not said again.",
                rows=tuple(rows),
                source=source,
                column=header,
            )


def _doubt(sessions: Sequence[Session], known: BillingHistory) -> str:
    """What speaks against the ids of one file, to follow “it is no payment id:”."""
    ids = {session.payment_id for session in sessions}
    if any(_SHOWN_ROUNDED.fullmatch(id_) for id_ in ids):
        return "a spreadsheet has rounded its numbers, as 1.2E+15"
    long = [id_ for id_ in ids if _LONG.fullmatch(id_)]
    if long and all(_SAVED_ROUNDED.fullmatch(id_) for id_ in long):
        return "a spreadsheet has rounded its numbers, all of which end in zeros"
    if any(len(moments) > 1 for moments in _moments(sessions).values()):
        return "sessions of different dates or times share one"
    if all(_SMALL.fullmatch(id_) for id_ in ids):
        return "its numbers are small, as those of rows or orders are"
    if any(_is_shared(known.with_ids.get(id_, ())) for id_ in ids):
        return "sessions of different dates or times that were invoiced share one"
    return ""


def _moments(sessions: Sequence[Session]) -> dict[str, set[tuple[date, time | None]]]:
    by_id: dict[str, set[tuple[date, time | None]]] = {}
    for session in sessions:
        by_id.setdefault(session.payment_id, set()).add((session.date, session.time))
    return by_id


def _is_shared(billed: Sequence[BilledSession]) -> bool:
    return len({(session.date, session.time) for session in billed}) > 1
