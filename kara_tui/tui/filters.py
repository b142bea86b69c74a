"""What a line must pass on its way to the terminal: the last net below every widget.

Textual writes control characters of a text as they are. The reader has cleaned every cell long
before; this holds for any text that ever comes another way, such as a file's name.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.filter import LineFilter

if TYPE_CHECKING:
    from textual.color import Color
    from textual.screen import Screen

# C0 and C1 controls, DEL, the signs that turn the reading direction or have no width, and bytes of
# a file's name that are not UTF-8 (PEP 383).
_ACTIVE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)

_SIGNS = str.maketrans({
    "─": "-", "│": "|", "╭": "+", "╮": "+", "╰": "+", "╯": "+", "━": "=", "╸": "=", "╺": "=",
    "·": "-", "…": ".", "→": ">", "←": "<", "↑": "^", "↓": "v", "›": ">", "‹": "<", "⋮": ":",
    "▸": ">", "▾": "v", "▴": "^", "▌": "|", "▐": "|", "▔": "-", "▁": "_", "▊": "|", "▎": "|",
    "●": "*", "•": "*", "✓": "x", "🔎": "> ",
    "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "▀": "#", "▄": "#",
    "█": "#", "▇": "#", "▆": "#", "▅": "#", "▃": "_", "▂": "_", "░": ".", "▒": ":",
    "ð": "d", "Ð": "D", "þ": "t", "Þ": "T", "æ": "a", "Æ": "A", "ø": "o", "Ø": "O",
    "ß": "s", "ł": "l", "€": "E", "£": "L", "\u00a0": " ", "↵": "<",
})  # fmt: skip


class Inert(LineFilter):
    """Nothing in a line moves the cursor, rings, copies or turns the text round.

    The line stays as wide as it was laid out, so that nothing beside it moves. A segment with a
    control code of its own, such as a picture's, passes: only this program makes those.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - Textual's signature
        if not any(_ACTIVE.search(segment.text) for segment in segments):
            return segments
        return [
            segment if segment.control else segment._replace(text=_inactive(segment.text))
            for segment in segments
        ]


def _inactive(text: str) -> str:
    shown = _ACTIVE.sub(lambda found: "\N{REPLACEMENT CHARACTER}" * cell_len(found[0]), text)
    # Emoji that were joined into one are as wide together as one of them.
    return set_cell_size(shown, cell_len(text))


class Joined(LineFilter):
    """Blank cells take the style of their neighbour where that looks the same: fewer bytes.

    A border, the padding within it and the text beside that are three segments with a colour each,
    some twenty bytes apiece; on a blank only the background shows. A panel's line is a third
    shorter by it.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - Textual's signature
        joined: list[Segment] = []
        for segment in segments:
            if not segment.text and not segment.control:
                continue
            before = joined[-1] if joined else None
            style = None if before is None else _style_of_both(before, segment)
            if before is None or style is None:
                joined.append(segment)
            else:
                joined[-1] = Segment(before.text + segment.text, style)
        return joined


def _style_of_both(one: Segment, other: Segment) -> Style | None:
    """The style in which both segments look as they do in their own; None where there is none."""
    if one.control or other.control or one.style is None or other.style is None:
        return None
    if one.style == other.style:
        return one.style
    if one.style.bgcolor != other.style.bgcolor or _meant(one.style) != _meant(other.style):
        return None
    if _looks(one.style) == _looks(other.style):
        return one.style
    for blank, style in ((other, one.style), (one, other.style)):
        if (
            blank.text.isspace()
            and not _shows_on_blanks(blank.style)
            and not _shows_on_blanks(style)
        ):
            return style
    return None


def _meant(style: Style) -> tuple[str | None, dict[str, Any]]:
    """What a click on it does.

    Its place in a text that can be selected does not count: Textual reads that from the line as it
    was before any filter.
    """
    return style.link, {name: value for name, value in style.meta.items() if name != "offset"}


@lru_cache(4096)
def _looks(style: Style) -> Style:
    return style.clear_meta_and_links()


def _shows_on_blanks(style: Style | None) -> bool:
    """Whether more than the background is seen of a style where there is no letter."""
    return style is not None and bool(
        style.reverse or style.underline or style.underline2 or style.strike or style.overline
        or style.frame or style.encircle or style.blink or style.link
    )  # fmt: skip


class OneColour(LineFilter):
    """The page below a question in one colour; what has a ground of its own has one on that.

    So the line that is asked about is still seen, no key is lit that does nothing now, and a line
    over which the box lies is half as long in bytes.
    """

    def __init__(self, letters: Color) -> None:
        super().__init__()
        self._letters = letters.rich_color

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        page = background.rich_color
        shown: list[Segment] = []
        for (ground, turned), group in groupby(segments, _ground):
            parts = list(group)
            if ground is None or turned:
                shown += parts
                continue
            style = max(parts, key=lambda one: one.cell_length).style
            quiet = Style(color=self._letters, bgcolor=page) if ground == page else style
            shown.append(Segment("".join(part.text for part in parts), quiet))
        return shown


def _ground(segment: Segment) -> tuple[object, bool]:
    style = segment.style
    return (None, False) if style is None else (style.bgcolor, _shows_on_blanks(style))


def veiled(screen: Screen[Any]) -> list[LineFilter]:
    """What the page below a screen passes when it is dimmed; on the terminal's own ground it is
    not, because nobody knows that colour.
    """
    veil = screen.styles.background
    if not veil.a:
        return []
    _, _, ground, letters = screen.colors
    return [OneColour(letters.blend(ground, veil.a))]


class Encodable(LineFilter):
    """Leaves nothing in a line that a terminal without UTF-8 would show as an escape."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - Textual's signature
        return [
            segment
            if segment.control or segment.text.isascii()
            else segment._replace(text=in_ascii(segment.text))
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
