"""Which sessions are billed already, and which may be: by prints, ids and likeness."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from kara_tui.ledger.identity import OF_AN_ID, fingerprints, is_of_an_id
from kara_tui.ledger.queries import billed_session, select
from kara_tui.ledger.record import BilledSession, NearMatch
from kara_tui.model import Session
from kara_tui.model.names import are_near, are_same, may_be_one_person, same

NEAR_DAYS = 3
# A payment whose date was put right is looked for so many days away.
ID_DAYS = 400

_STANDING = """
SELECT l.*, d.number, d.currency FROM lines l JOIN documents d ON d.id = l.document
WHERE NOT EXISTS (SELECT 1 FROM documents c WHERE c.corrects = d.id)
"""
_STANDING_WITH_IDS = """
SELECT l.*, d.number, d.currency FROM lines l JOIN documents d ON d.id = l.document
WHERE l.date BETWEEN ? AND ? AND l.payment_id IN (SELECT value FROM json_each(?))
  AND NOT EXISTS (SELECT 1 FROM documents c WHERE c.corrects = d.id)
ORDER BY l.id
"""


def billed_numbers(connection: sqlite3.Connection, prints: Iterable[str]) -> dict[str, str]:
    """The number of the standing invoice that each billed fingerprint is on."""
    asked = list(prints)
    billed = dict(
        connection.execute(
            """
            SELECT l.fingerprint, d.number FROM lines l JOIN documents d ON d.id = l.document
            WHERE l.fingerprint IN (SELECT value FROM json_each(?))
              AND NOT EXISTS (SELECT 1 FROM documents c WHERE c.corrects = d.id)
            """,
            (json.dumps(asked),),
        )
    )
    days = sorted(asked_print[:10] for asked_print in asked if asked_print[:1].isdigit())
    if days:
        # Lines whose own print was made of an id, which is the first part of the index.
        of_ids = select(
            connection,
            f"{_STANDING} AND l.fingerprint BETWEEN ? AND ? AND l.date BETWEEN ? AND ?"
            " ORDER BY l.id",
            (OF_AN_ID, f"{OF_AN_ID}~", days[0], days[-1]),
        )
        wanted = set(asked)
        for line in _known_as(of_ids):
            if line.fingerprint in wanted:
                billed.setdefault(line.fingerprint, line.number)
    return billed


def billed_with_ids(
    connection: sqlite3.Connection, sessions: Sequence[Session]
) -> dict[str, tuple[BilledSession, ...]]:
    """The standing sessions of the payment ids that these sessions have, within ID_DAYS of them."""
    ids = sorted({session.payment_id for session in sessions if session.payment_id})
    if not ids:
        return {}
    reach = timedelta(days=ID_DAYS)
    first = min(session.date for session in sessions) - reach
    last = max(session.date for session in sessions) + reach
    by_id: dict[str, list[BilledSession]] = {}
    for line in _known_as(
        select(
            connection,
            _STANDING_WITH_IDS,
            (first.isoformat(), last.isoformat(), json.dumps(ids)),
        )
    ):
        by_id.setdefault(line.payment_id, []).append(line)
    return {id_: tuple(of_id) for id_, of_id in by_id.items()}


def _known_as(rows: Iterable[sqlite3.Row]) -> list[BilledSession]:
    """Lines as sessions, each under the print by which it is known again.

    That is its own, and for a line whose print was made of an id the print of what it holds.
    """
    sessions = [billed_session(row) for row in rows]
    of_ids = [line for line in sessions if is_of_an_id(line.fingerprint)]
    prints = iter(fingerprints(of_ids))
    return [
        replace(line, fingerprint=next(prints)) if is_of_an_id(line.fingerprint) else line
        for line in sessions
    ]


def near_matches(
    connection: sqlite3.Connection, sessions: Sequence[Session], prints: Sequence[str]
) -> tuple[NearMatch, ...]:
    """Sessions not billed that may be billed ones, respelled or with another date or time.

    A match is ``close`` when both are of the same date and time and may be the same
    professional's, whatever else differs; or, where one of them has no time, of the same date and
    price with nearly the same names. It is near when professional, sponsor, service and price are
    the same at most NEAR_DAYS apart. But for the first kind the billed session is one that the
    export no longer has, and is held against one new session only, the nearest.
    """
    if not sessions:
        return ()
    exported = set(prints)
    billed = billed_numbers(connection, prints)
    new = [(at, session) for at, session in enumerate(sessions) if prints[at] not in billed]
    if not new:
        return ()
    reach = timedelta(days=NEAR_DAYS)
    first = min(session.date for _, session in new) - reach
    last = max(session.date for _, session in new) + reach
    standing = _known_as(
        select(
            connection,
            f"{_STANDING} AND l.date BETWEEN ? AND ? ORDER BY l.id",
            (first.isoformat(), last.isoformat()),
        )
    )
    by_day: dict[date, list[BilledSession]] = {}
    by_likeness: dict[tuple[object, ...], list[BilledSession]] = {}
    for line in standing:
        by_day.setdefault(line.date, []).append(line)
        if line.fingerprint not in exported:
            by_likeness.setdefault(_likeness(line), []).append(line)
    matched: dict[int, NearMatch] = {}
    used: set[str] = set()
    for at, session in new:
        same_moment = [
            line for line in by_day.get(session.date, ()) if _is_same_moment(session, line)
        ]
        if same_moment:
            # The one that is most like it, and sooner one that the export no longer has.
            unlike = {line.fingerprint: _unlike(session, line) for line in same_moment}
            best = min(
                same_moment,
                key=lambda line: (unlike[line.fingerprint], line.fingerprint in exported),
            )
            matched[at] = NearMatch(prints[at], best, close=True)
            used.add(best.fingerprint)
    for at, session in new:
        for line in by_day.get(session.date, ()):
            if (
                at not in matched
                and line.fingerprint not in used | exported
                and _is_same_without_time(session, line)
            ):
                matched[at] = NearMatch(prints[at], line, close=True)
                used.add(line.fingerprint)
    pairs = sorted(
        (
            (abs(session.date - line.date), at, position, line)
            for at, session in new
            for position, line in enumerate(by_likeness.get(_likeness(session), ()))
            if abs(session.date - line.date) <= reach
        ),
        key=lambda pair: pair[:3],
    )
    for _, at, _, line in pairs:
        if at not in matched and line.fingerprint not in used:
            matched[at] = NearMatch(prints[at], line)
            used.add(line.fingerprint)
    return tuple(matched[at] for at in sorted(matched))


def _is_same_moment(session: Session, line: BilledSession) -> bool:
    return (
        session.time is not None
        and session.time == line.time
        and may_be_one_person(session.professional, line.professional)
    )


def _is_same_without_time(session: Session, line: BilledSession) -> bool:
    return (
        (session.time is None or line.time is None)
        and session.price == line.price
        and may_be_one_person(session.professional, line.professional)
        and _may_be_same(session.sponsor, line.sponsor)
        and _may_be_same(session.service, line.service)
    )


def _may_be_same(one: str, other: str) -> bool:
    return not one or not other or are_near(one, other)


def _unlike(session: Session, line: BilledSession) -> int:
    """In how many things two sessions of one moment differ."""
    return sum(
        (
            session.price != line.price,
            not are_same(session.sponsor, line.sponsor),
            not are_same(session.service, line.service),
            not are_same(session.professional, line.professional),
        )
    )


def _likeness(session: Session | BilledSession) -> tuple[object, ...]:
    return (
        same(session.professional or session.professional_email),
        same(session.sponsor),
        same(session.service),
        session.price,
    )
