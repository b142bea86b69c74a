"""Finding that a screen has moved by a line, so that the terminal can move what it shows by itself.

A list that scrolls changes every line of it. Terminals since the VT100 can move a band of lines
(scrolling margins, DECSTBM, with index and reverse index): two lines are sent then, not all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

Line = TypeVar("Line")

# Moving is worth it when so many lines need not be sent, and most of the band is really the same.
_SAVED_AT_LEAST = 4


@dataclass(frozen=True, slots=True)
class Shift:
    """The lines ``top`` to ``bottom`` have moved ``up`` by one, or down by one."""

    top: int
    bottom: int
    up: bool

    @property
    def sequence(self) -> str:
        """What makes a terminal move them: set the margins, index at the edge, margins off."""
        edge, move = (self.bottom + 1, "\x1bD") if self.up else (self.top + 1, "\x1bM")
        return f"\x1b[{self.top + 1};{self.bottom + 1}r\x1b[{edge};1H{move}\x1b[r"

    def applied(self, lines: Sequence[Line], blank: Line) -> list[Line]:
        """The lines after the move; the one that came in is ``blank``."""
        moved = list(lines)
        band = moved[self.top : self.bottom + 1]
        moved[self.top : self.bottom + 1] = [*band[1:], blank] if self.up else [blank, *band[:-1]]
        return moved


def shift_between(before: Sequence[Line], now: Sequence[Line]) -> Shift | None:
    """The move by one line that leaves least to be drawn, or None when no move is worth it."""
    changed = [y for y, (old, new) in enumerate(zip(before, now, strict=True)) if old != new]
    if len(changed) <= _SAVED_AT_LEAST:
        return None
    best: Shift | None = None
    saved = _SAVED_AT_LEAST - 1
    shown: list[Line | None] = list(before)
    for up in (True, False):
        for top, bottom in _runs(before, now, changed[0], changed[-1], up=up):
            shift = Shift(top, bottom, up)
            # Lines that stood right and are moved away have to be sent again: they count too.
            left = sum(old != new for old, new in zip(shift.applied(shown, None), now, strict=True))
            if len(changed) - left > saved:
                best, saved = shift, len(changed) - left
    return best


def _runs(
    before: Sequence[Line], now: Sequence[Line], first: int, last: int, *, up: bool
) -> list[tuple[int, int]]:
    """The bands that may have moved: from the first to the last line that fits, within the change.

    A list's own cursor lies within its band and fits nowhere, so a band may hold such lines.
    """
    fits = [
        y for y in range(first, last + 1)
        if 0 <= y + (1 if up else -1) < len(before) and now[y] == before[y + (1 if up else -1)]
        and now[y] != before[y]
    ]  # fmt: skip
    if not fits:
        return []
    return [(fits[0] - (0 if up else 1), fits[-1] + (1 if up else 0))]
