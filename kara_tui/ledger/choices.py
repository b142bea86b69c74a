"""What the user said: about unpaid sessions, about sponsors, and where the wizard stood."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime

from kara_tui.ledger.chain import Entry
from kara_tui.ledger.looking import select
from kara_tui.ledger.record import Choice, Decided, Place, Route
from kara_tui.model import Decision

# A place is a step and some answers. Whoever wants to save more wants to save rows.
PLACE_BYTES = 256 * 1024


def decide(entry: Entry, choices: Sequence[Choice]) -> None:
    """Add decisions; what was decided before stays."""
    for choice in choices:
        entry.add(
            "decisions",
            fingerprint=choice.fingerprint,
            decision=choice.decision.value,
            session=choice.session,
            note=choice.note,
        )


def decisions(connection: sqlite3.Connection) -> dict[str, Decided]:
    """The decision that holds for each session: the last one."""
    return {
        decided.choice.fingerprint: decided
        for decided in _decided(
            connection,
            "WHERE d.id IN (SELECT max(id) FROM decisions GROUP BY fingerprint) ORDER BY d.id",
            (),
        )
    }


def decision_history(connection: sqlite3.Connection, fingerprint: str) -> tuple[Decided, ...]:
    """All that was decided about a session, the oldest first."""
    return tuple(_decided(connection, "WHERE d.fingerprint = ? ORDER BY d.id", (fingerprint,)))


_DECISIONS = "SELECT d.*, a.at FROM decisions d JOIN audit a ON a.id = d.entry "


def _decided(
    connection: sqlite3.Connection, where: str, parameters: Sequence[object]
) -> list[Decided]:
    return [
        Decided(
            Choice(row["fingerprint"], Decision(row["decision"]), row["session"], row["note"]),
            datetime.fromisoformat(row["at"]),
        )
        for row in select(
            connection,
            _DECISIONS + where,
            parameters,
        )
    ]


def set_route(entry: Entry, profile: str, sponsor: str, route: Route, note: str) -> None:
    """Add an answer about a sponsor."""
    entry.add("routes", profile=profile, sponsor=sponsor, route=route.value, note=note)


def routes(connection: sqlite3.Connection, profile: str) -> dict[str, Route]:
    """Who is invoiced for each sponsor that was asked about: the last answer holds."""
    return {
        sponsor: Route(route)
        for sponsor, route in connection.execute(
            "SELECT sponsor, route FROM routes WHERE profile = ? ORDER BY id", (profile,)
        )
    }


def save_place(connection: sqlite3.Connection, profile: str, place: Place, at: str) -> None:
    """Replace the place of a profile. Raises ValueError for more than PLACE_BYTES."""
    exports = json.dumps(dict(place.exports), ensure_ascii=False, sort_keys=True)
    if len(place.answers.encode()) + len(exports.encode()) > PLACE_BYTES:
        raise ValueError("a place holds answers and hashes, never the rows of an export")
    connection.execute(
        "INSERT INTO places (profile, saved_at, step, answers, exports) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (profile) DO UPDATE SET saved_at = excluded.saved_at, step = excluded.step,"
        " answers = excluded.answers, exports = excluded.exports",
        (profile, at, place.step, place.answers, exports),
    )


def load_place(connection: sqlite3.Connection, profile: str) -> Place | None:
    """The place of a profile, None when it has none."""
    row = connection.execute(
        "SELECT step, answers, exports FROM places WHERE profile = ?", (profile,)
    ).fetchone()
    return Place(row[0], row[1], json.loads(row[2])) if row else None


def clear_place(connection: sqlite3.Connection, profile: str) -> None:
    """Forget the place of a profile."""
    connection.execute("DELETE FROM places WHERE profile = ?", (profile,))
