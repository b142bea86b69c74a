"""What the user puts right about a session that the export tells wrongly or not at all.

Its time of day and what the credit paid for can be corrected, and how its names are printed: those
of a past session can often not be changed in the portal any more. Date and price are the portal's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import time

from kara_tui.model import Finding, SessionKind
from kara_tui.month_end.billing_history import Candidate
from kara_tui.month_end.findings import finding
from kara_tui.month_end.wording import counted, rows_of, rows_said, verb
from kara_tui.text import inert

# The names that can be printed otherwise.
_NAMES = ("service", "sponsor", "professional")
_TIME = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})\Z")


@dataclass(frozen=True, slots=True)
class Correction:
    """A session's true time of day and kind, and how its names are printed; what is None stays as
    the export has it.
    """

    time: time | None = None
    kind: SessionKind | None = None
    service: str | None = None
    sponsor: str | None = None
    professional: str | None = None


def time_of_day(typed: str) -> time:
    """The time that a user typed, such as ``9:00`` or ``14.30``.

    Raises ValueError with a sentence for the user.
    """
    clock = _TIME.match(typed.strip())
    if clock is None or not (int(clock[1]) < 24 and int(clock[2]) < 60):
        raise ValueError("Please type a time of day as hours and minutes, such as 9:00 or 14:30.")
    return time(int(clock[1]), int(clock[2]))


def corrected(
    candidates: Sequence[Candidate], corrections: Mapping[str, Correction]
) -> list[Candidate]:
    """The sessions with their true time and kind; their names are the export's, see ``renamed``.

    A fingerprint stays that of the export's row: so the session is known again in a later export.
    """
    return _with(candidates, corrections, ("time", "kind"))


def renamed(
    billed: Sequence[Candidate], corrections: Mapping[str, Correction]
) -> tuple[Candidate, ...]:
    """The sessions to be billed, with the names that are to be printed.

    Apart from ``corrected``: who is invoiced for a sponsor goes by the name that the export has.
    """
    return tuple(_with(billed, corrections, _NAMES))


def name_typed(typed: str) -> str:
    """A name that a user typed, as the reader would have given it. Raises ValueError for none."""
    name = " ".join(inert(typed).split())
    if not name:
        raise ValueError("Please type how it is to be printed.")
    return name


def correction_findings(
    billed: Sequence[Candidate], exported: Sequence[Candidate]
) -> Iterator[Finding]:
    """Which billed sessions differ from the export, so that it is seen before issuing."""
    as_exported = {candidate.fingerprint: candidate.session for candidate in exported}
    changed = [
        (candidate.session, exported_session)
        for candidate in billed
        if candidate.session is not (exported_session := as_exported[candidate.fingerprint])
        and candidate.session != exported_session
    ]
    if changed:
        there = [session for session, _ in changed]
        is_renamed = any(
            getattr(session, name) != getattr(before, name)
            for session, before in changed
            for name in _NAMES
        )
        yield finding(
            "corrected",
            f"{counted(len(there), 'session')} {verb(len(there), 'differs', 'differ')} from "
            f"the export in {'time, kind or names' if is_renamed else 'time or kind'}, as you said "
            f"({rows_said(there)}).",
            "",
            rows=rows_of(there),
        )


def _with(
    candidates: Sequence[Candidate], corrections: Mapping[str, Correction], fields: Sequence[str]
) -> list[Candidate]:
    """The sessions with what was said of these fields."""
    result = []
    for candidate in candidates:
        correction = corrections.get(candidate.fingerprint)
        if correction is None:
            result.append(candidate)
            continue
        said = {field: getattr(correction, field) for field in fields}
        right = {field: value for field, value in said.items() if value is not None}
        session = replace(candidate.session, **right) if right else candidate.session
        result.append(replace(candidate, session=session) if right else candidate)
    return result
