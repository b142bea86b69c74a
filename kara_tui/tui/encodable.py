"""Signs for terminals whose locale is not UTF-8: each is replaced by an ASCII one as wide."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from textual.filter import LineFilter

if TYPE_CHECKING:
    from rich.segment import Segment
    from textual.color import Color

_SIGNS = str.maketrans({
    "─": "-", "│": "|", "·": "-", "…": ".", "→": ">", "←": "<", "↑": "^", "↓": "v", "⋮": ":",
    "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "▀": "#", "▄": "#",
    "█": "#", "ð": "d", "Ð": "D", "þ": "t", "Þ": "T", "æ": "a", "Æ": "A", "ø": "o", "Ø": "O",
    "ß": "s", "ł": "l", "€": "E", "£": "L", "\u00a0": " ",
})  # fmt: skip


class Encodable(LineFilter):
    """Leaves nothing in a line that such a terminal would show as an escape."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - Textual's signature
        return [
            segment if segment.text.isascii() else segment._replace(text=in_ascii(segment.text))
            for segment in segments
        ]


@lru_cache(4096)
def in_ascii(text: str) -> str:
    """The text in ASCII and as wide as it was: letters lose their marks, the rest becomes ``?``."""
    shown = "".join(_one(char) for char in text.translate(_SIGNS))
    # Signs that are as wide together as one, such as a flag's two letters.
    return set_cell_size(shown, cell_len(text))


def _one(char: str) -> str:
    if char.isascii():
        return char
    width = cell_len(char)
    plain = unicodedata.normalize("NFKD", char)[0]
    # A full-width letter takes two cells, and its plain one only the first of them.
    return plain.ljust(width) if width and plain.isascii() and plain.isprintable() else "?" * width
