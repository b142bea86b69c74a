"""What the user said: about unpaid sessions, about sponsors, and where the wizard stood."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime

from kara_tui.ledger.chain import ChainEntry
from kara_tui.ledger.errors import BrokenPlace, RefusedByLedger
from kara_tui.ledger.queries import select
from kara_tui.ledger.record import Decided, SavedPlace, SessionDecision
from kara_tui.model import Decision, Routing

# A place is a step and some answers. Whoever wants to save more wants to save rows.
PLACE_BYTES = 256 * 1024


def decide(entry: ChainEntry, choices: Sequence[SessionDecision]) -> None:
    """Add decisions; what was decided before stays."""
    for choice in choices:
        entry.add(
            "decisions",
            fingerprint=choice.fingerprint,
            decision=choice.decision.value,
            session=choice.session,
            note=choice.note,
        )


def decisions(connection: sqlite3.Connection, profile: str = "") -> dict[str, Decided]:
    """The decision that holds for each session: the last one, of one profile or of all.

    What is kept of the session names the profile; decisions of before it did hold for every one.
    """
    return {
        row["fingerprint"]: Decided(
            SessionDecision(
                row["fingerprint"], Decision(row["decision"]), row["session"], row["note"]
            ),
            datetime.fromisoformat(row["at"]),
        )
        for row in select(
            connection,
            "SELECT d.*, a.at FROM decisions d JOIN audit a ON a.id = d.entry"
            " WHERE d.id IN (SELECT max(id) FROM decisions WHERE ? IN ('', coalesce(CASE WHEN"
            " json_valid(session) THEN json_extract(session, '$.profile') END, ?))"
            " GROUP BY fingerprint) ORDER BY d.id",
            (profile, profile),
        )
    }


def routes(connection: sqlite3.Connection, profile: str) -> dict[str, Routing]:
    """Who is invoiced for each sponsor that was asked about: the last answer holds."""
    return {
        sponsor: Routing(route)
        for sponsor, route in connection.execute(
            "SELECT sponsor, route FROM routes WHERE profile = ? ORDER BY id", (profile,)
        )
    }


def save_place(connection: sqlite3.Connection, profile: str, place: SavedPlace, at: str) -> None:
    """Replace the place of a profile. Raises RefusedByLedger for more than PLACE_BYTES."""
    # In ASCII, because the name of a file need not be UTF-8, and SQLite's text is.
    exports = json.dumps(dict(place.exports), sort_keys=True)
    if len(place.answers.encode()) + len(exports.encode()) > PLACE_BYTES:
        raise RefusedByLedger(
            "There are too many answers to keep: a place holds answers and hashes, never the rows "
            "of an export.",
            "Go on; only the way back to this step is not kept.",
        )
    connection.execute(
        "INSERT INTO places (profile, saved_at, step, answers, exports) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (profile) DO UPDATE SET saved_at = excluded.saved_at, step = excluded.step,"
        " answers = excluded.answers, exports = excluded.exports",
        (profile, at, place.step, place.answers, exports),
    )


def load_place(connection: sqlite3.Connection, profile: str) -> SavedPlace | None:
    """The place of a profile, None when it has none.

    Raises BrokenPlace for a row that nothing here has written: nothing depends on it, so it is no
    reason to call the ledger damaged.
    """
    # As bytes, because a text that is not UTF-8 would be an error of the whole ledger.
    row = connection.execute(
        "SELECT CAST(step AS BLOB), CAST(answers AS BLOB), CAST(exports AS BLOB) FROM places"
        " WHERE profile = ? AND length(CAST(answers AS BLOB)) + length(CAST(exports AS BLOB)) <= ?",
        (profile, PLACE_BYTES),
    ).fetchone()
    if row is None:
        if connection.execute("SELECT 1 FROM places WHERE profile = ?", (profile,)).fetchone():
            raise BrokenPlace
        return None
    try:
        step, answers, exports = (bytes(value).decode() for value in row)
        hashes = json.loads(exports)
    except (ValueError, RecursionError):
        raise BrokenPlace from None
    if not isinstance(hashes, dict):
        raise BrokenPlace
    return SavedPlace(step, answers, {str(path): str(digest) for path, digest in hashes.items()})


def clear_place(connection: sqlite3.Connection, profile: str) -> None:
    """Forget the place of a profile."""
    connection.execute("DELETE FROM places WHERE profile = ?", (profile,))
