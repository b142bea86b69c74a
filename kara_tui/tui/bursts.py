"""Text that comes faster than fingers: what is pasted into a terminal that does not mark it.

Windows' old console, serial lines and many web terminals send a pasted text as if it were typed,
with a carriage return at each end of a line. Keys are held back for a moment, too short to be felt,
until it is clear whether more is coming at once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ESCAPE = "\x1b"
_PASTE_BEGINS, _PASTE_ENDS = "\x1b[200~", "\x1b[201~"
# A whole sequence: CSI (ECMA-48, 5.4), SS3, or a key held with Alt.
_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O[ -~]|[^\[O\x1b])")
_LINE_END = re.compile(r"\r\n|\r|\n")
_SEPARATORS = ",;\t|"

# How long it may be quiet within a burst: after a key or two, after a beginning, after "paste now".
_AFTER_A_KEY, _AFTER_SOME, _AFTER_ASKED = 0.008, 0.05, 0.3
_SOME = 4
# So many characters at once nobody types, and a key that is held down gives only one of them.
_LONG, _DIFFERENT = 24, 8


def looks_pasted(text: str, *, typing: bool, awaited: bool) -> bool:
    """Whether a burst of characters was pasted and not typed.

    ``typing`` says that the page takes text, where only an export is told from fast typing (and
    from another program's); ``awaited``, that the user was asked to paste now.
    """
    if awaited:
        return len(text.strip()) >= _SOME
    if len(text) < _LONG or len(set(text)) < _DIFFERENT:
        return False
    if typing:
        return looks_like_export(text)
    lines = _lines(text)
    return len(lines) > 1 or _is_row(lines[0])


def looks_like_export(text: str) -> bool:
    """Whether a text is several lines of which the first is a row of columns."""
    lines = _lines(text)
    return len(lines) > 1 and _is_row(lines[0])


def _lines(text: str) -> list[str]:
    return [line for line in _LINE_END.split(text) if line.strip()]


def _is_row(line: str) -> bool:
    return any(line.count(separator) > 1 for separator in _SEPARATORS)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of what the terminal sent: a text that was pasted, or keys."""

    text: str
    pasted: bool = False


class Bursts:
    """Parts the terminal's input into pastes and keys. ``is_pasted`` judges a whole burst."""

    def __init__(self, is_pasted: Callable[[str], bool], awaited: Callable[[], bool]) -> None:
        self._is_pasted = is_pasted
        self._awaited = awaited
        self._held = ""
        self._since = 0.0
        self._marked = False  # within a paste that the terminal marks
        self._tail = ""

    def take(self, data: str, now: float, *, undecided: bool) -> list[Piece]:
        """What is settled by this input. ``undecided``: an escape sequence is still on its way."""
        seen = self._tail + data
        self._tail = seen[-len(_PASTE_BEGINS) + 1 :]
        begins, ends = seen.rfind(_PASTE_BEGINS), seen.rfind(_PASTE_ENDS)
        if self._marked or begins >= 0 or undecided:
            self._marked = begins > ends or (self._marked and ends < 0)
            return [*self.settled(), Piece(data)]
        pieces: list[Piece] = []
        at = 0
        while (escape := data.find(ESCAPE, at)) >= 0:
            pieces += self._typed(data[at:escape], now)
            sequence = _SEQUENCE.match(data, escape)
            at = sequence.end() if sequence else len(data)
            pieces += [*self.settled(), Piece(data[escape:at])]
        return pieces + self._typed(data[at:], now)

    def _typed(self, text: str, now: float) -> list[Piece]:
        """Hold back what may be the beginning of a paste; a lone Enter or Ctrl key is none."""
        if not text:
            return []
        if not self._held and not any(char.isprintable() for char in text):
            return [Piece(text)]
        self._held += text
        self._since = now
        return []

    def due(self, now: float) -> float | None:
        """In how many seconds what is held back is settled; None when nothing is."""
        if not self._held:
            return None
        quiet = _AFTER_SOME if len(self._held) >= _SOME else _AFTER_A_KEY
        return max(0.0, self._since + (_AFTER_ASKED if self._awaited() else quiet) - now)

    def settled(self) -> list[Piece]:
        """What was held back, as a paste or as keys."""
        held, self._held = self._held, ""
        return [Piece(held, self._is_pasted(held))] if held else []
