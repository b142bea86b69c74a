"""What the user puts right about a session that the export tells wrongly or not at all.

Only its time of day and what the credit paid for can be corrected: the date, the price and the
names are the portal's, and are put right there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import time

from kara_tui.model import Finding, Session, SessionKind, Severity
from kara_tui.month_end.known import Candidate
from kara_tui.month_end.wording import counted, places_of, rows_of, rows_said

_TIME = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})\Z")


@dataclass(frozen=True, slots=True)
class Correction:
    """A session's true time of day and kind; what is None stays as the export has it."""

    time: time | None = None
    kind: SessionKind | None = None


def time_of_day(typed: str) -> time:
    """The time that a user typed, such as ``9:00`` or ``14.30``.

    Raises ValueError with a sentence for the user.
    """
    found = _TIME.match(typed.strip())
    if found is None or not (int(found[1]) < 24 and int(found[2]) < 60):
        raise ValueError("Please type a time of day as hours and minutes, such as 9:00 or 14:30.")
    return time(int(found[1]), int(found[2]))


def corrected(
    candidates: Sequence[Candidate], corrections: Mapping[str, Correction]
) -> list[Candidate]:
    """The sessions as they are to be billed.

    A fingerprint stays that of the export's row: so the session is known again in a later export.
    """
    return [
        replace(one, session=_put_right(one, corrections[one.fingerprint]))
        if one.fingerprint in corrections
        else one
        for one in candidates
    ]


def correction_findings(
    billed: Sequence[Candidate], exported: Sequence[Candidate]
) -> Iterator[Finding]:
    """Which billed sessions differ from the export, so that it is seen before issuing."""
    as_exported = {one.fingerprint: one.session for one in exported}
    there = [one.session for one in billed if one.session != as_exported[one.fingerprint]]
    if there:
        yield Finding(
            "corrected",
            Severity.INFO,
            f"{counted(len(there), 'session')} {'differs' if len(there) == 1 else 'differ'} from "
            "the export in time or kind, as you said "
            f"({rows_said(places_of(there))}).",
            "",
            rows_of(there),
        )


def _put_right(one: Candidate, correction: Correction) -> Session:
    session = one.session
    return replace(
        session,
        time=session.time if correction.time is None else correction.time,
        kind=session.kind if correction.kind is None else correction.kind,
    )
