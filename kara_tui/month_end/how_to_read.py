"""How exports are read: what was said now, else what the profile has; and within what caps."""

from __future__ import annotations

from collections.abc import Mapping

from kara_tui.exports import HowToRead, Limits
from kara_tui.settings import Reading


def how_to_read(said: Reading, known: Reading, columns: Mapping[str, str]) -> HowToRead:
    """What the reader is told; ``known`` and the user's own ``columns`` are the profile's."""
    return HowToRead(
        said.date_order or known.date_order,
        said.decimal or known.decimal,
        said.time_zone or known.time_zone,
        said.encoding or known.encoding,
        said.month_by or known.month_by,
        columns,
    )


def limits_of(said: Mapping[str, int]) -> Limits:
    """The reader's caps: those that the profile says, the usual ones otherwise."""
    return Limits(**said)
