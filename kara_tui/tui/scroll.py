"""A text that may be longer than the room for it: up, down, and which part shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from kara_tui.tui.drawing import Line, scrolled

_FAR = 1_000_000


@dataclass(slots=True)
class Scroll:
    """The first line that shows, and how many do."""

    top: int = 0
    room: int = 1

    def show(self, lines: Sequence[Line], height: int) -> list[Line]:
        """The part of the lines that shows in so much room, exactly that many."""
        self.room = max(1, height)
        shown, self.top = scrolled(lines, self.top, self.room)
        return shown

    def moves(self) -> dict[str, Callable[[], None]]:
        """What the keys of a list do to the text."""
        by = {"up": -1, "down": 1, "first": -_FAR, "last": _FAR}
        found: dict[str, Callable[[], None]] = {
            move: partial(self._by, lines) for move, lines in by.items()
        }
        return found | {
            "page-up": lambda: self._by(-self.room),
            "page-down": lambda: self._by(self.room),
        }

    def _by(self, lines: int) -> None:
        # Too far down is put right when it is drawn: only then the text's length is known.
        self.top = max(0, self.top + lines)
