"""Text that comes faster than fingers: what is pasted into a terminal that does not mark it.

Windows' old console, serial lines and many web terminals send a pasted text as if it were typed,
with a carriage return at each end of a line. Keys are held back for a moment, too short to be felt,
until it is clear whether more is coming at once.
"""

from __future__ import annotations

import re
from typing import Generic, TypeVar

_LINE_END = re.compile(r"\r\n|\r|\n")
_SEPARATORS = ",;\t|"

# How long it may be quiet within a burst: after a key or two, after a key that is held down or a
# beginning, after more than any hand types at once (a slow line brings a paste in pieces), after
# "paste now".
_AFTER_A_KEY, _AFTER_SOME, _AFTER_MANY, _AFTER_ASKED = 0.008, 0.05, 0.2, 0.3
_SOME = 4
# What comes so soon after a paste is its rest, which a slow line brought in pieces: were it taken
# for keys, a line's end would be an Enter.
_SAME_PASTE = 0.3
# So many characters at once nobody types, and a key that is held down gives only one of them.
_LONG, _DIFFERENT = 24, 8

Key = TypeVar("Key")


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


class Burst(Generic[Key]):
    """The keys that came close together and are held back, with what they type."""

    def __init__(self) -> None:
        self._keys: list[Key] = []
        self._typed: list[str] = []
        self._since = 0.0
        self._pasted_at: float | None = None
        self.is_a_rest = False  # what is held back follows a paste so closely that it belongs to it
        self.is_awaited = False  # the user was asked to paste now

    def takes(self, key: Key, character: str | None, now: float) -> bool:
        """Hold a key back that may belong to a paste; a lone Enter or Ctrl key does not."""
        if not self._keys:
            last = self._pasted_at
            self.is_a_rest = last is not None and now - last <= _SAME_PASTE
        begun = bool(self._keys) or self.is_a_rest
        if not character or not (character.isprintable() or (begun and character in "\r\n\t")):
            self._pasted_at = None
            return False
        self._keys.append(key)
        self._typed.append(character)
        self._since = now
        return True

    def due(self, now: float) -> float | None:
        """In how many seconds what is held back is settled; None when nothing is."""
        if not self._keys:
            return None
        return max(0.0, self._since + self._quiet() - now)

    def _quiet(self) -> float:
        if self.is_awaited:
            return _AFTER_ASKED
        if self.is_a_rest or len(set(self._typed)) >= _SOME:
            return _AFTER_MANY
        return _AFTER_SOME if len(self._keys) >= _SOME else _AFTER_A_KEY

    def settled(self, *, typing: bool) -> tuple[list[Key], str]:
        """The keys that were held back, and their text if they are a paste and no keys."""
        text = "".join(self._typed)
        keys, self._keys, self._typed = self._keys, [], []
        pasted = bool(keys) and (
            self.is_a_rest or looks_pasted(text, typing=typing, awaited=self.is_awaited)
        )
        if keys:
            self.is_awaited = False
            self._pasted_at = self._since if pasted else None
        return keys, text if pasted else ""
