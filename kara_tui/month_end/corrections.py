"""What the user puts right about a session that the export tells wrongly or not at all.

Its time of day and what the credit paid for can be corrected, and how its names are printed: those
of a past session can often not be changed in the portal any more. Date and price are the portal's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import time

from kara_tui.model import Finding, Session, SessionKind
from kara_tui.month_end.billing_history import Candidate
from kara_tui.month_end.findings import finding
from kara_tui.month_end.wording import counted, places_of, rows_of, rows_said
from kara_tui.text import inert

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
    found = _TIME.match(typed.strip())
    if found is None or not (int(found[1]) < 24 and int(found[2]) < 60):
        raise ValueError("Please type a time of day as hours and minutes, such as 9:00 or 14:30.")
    return time(int(found[1]), int(found[2]))


def corrected(
    candidates: Sequence[Candidate], corrections: Mapping[str, Correction]
) -> list[Candidate]:
    """The sessions with their true time and kind; their names are the export's, see ``renamed``.

    A fingerprint stays that of the export's row: so the session is known again in a later export.
    """
    return [
        replace(one, session=_put_right(one, corrections[one.fingerprint]))
        if one.fingerprint in corrections
        else one
        for one in candidates
    ]


def renamed(
    billed: Sequence[Candidate], corrections: Mapping[str, Correction]
) -> tuple[Candidate, ...]:
    """The sessions to be billed with the names that are to be printed.

    Apart from ``corrected``: who is invoiced for a sponsor goes by the name that the export has.
    """
    return tuple(
        replace(one, session=_named(one.session, corrections[one.fingerprint]))
        if one.fingerprint in corrections
        else one
        for one in billed
    )


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
    as_exported = {one.fingerprint: one.session for one in exported}
    there = [
        one.session
        for one in billed
        if one.session is not as_exported[one.fingerprint]
        and one.session != as_exported[one.fingerprint]
    ]
    if there:
        is_renamed = any(
            _names(one.session) != _names(as_exported[one.fingerprint]) for one in billed
        )
        yield finding(
            "corrected",
            f"{counted(len(there), 'session')} {'differs' if len(there) == 1 else 'differ'} from "
            f"the export in {'time, kind or names' if is_renamed else 'time or kind'}, as you said "
            f"({rows_said(places_of(there))}).",
            "",
            rows=rows_of(there),
        )


def _put_right(one: Candidate, correction: Correction) -> Session:
    session = one.session
    return replace(
        session,
        time=session.time if correction.time is None else correction.time,
        kind=session.kind if correction.kind is None else correction.kind,
    )


def _names(session: Session) -> tuple[str, str, str]:
    return session.service, session.sponsor, session.professional


def _named(session: Session, correction: Correction) -> Session:
    return replace(
        session,
        service=session.service if correction.service is None else correction.service,
        sponsor=session.sponsor if correction.sponsor is None else correction.sponsor,
        professional=session.professional
        if correction.professional is None
        else correction.professional,
    )
