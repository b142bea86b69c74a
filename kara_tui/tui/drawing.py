"""What a screen is made of: lines of runs, each run a text and the role it has.

A run's text is shown as it is: there is no markup that a file's text could speak. Whatever is not
printable (escapes, bidi controls, zero-width characters) is taken out once more before it is drawn.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.strip import Strip

from kara_tui.text import inert
from kara_tui.tui.kitty import Placement
from kara_tui.tui.palette import REVERSED_WITHOUT_COLOUR, ROLES, Palette

Run = tuple[str, str]
Line = tuple[Run, ...]
Styles = dict[str, Style]

BLANK: Line = ()
ELLIPSIS = "…"

# What fills a line behind its last run: bars and the cursor reach to the edge.
_FILL = {"cursor": "cursor", "bar": "bar", "key": "bar", "field": "field"}


@dataclass(frozen=True, slots=True)
class Drawn:
    """Some lines, where the real cursor belongs among them, and what a click on a line means.

    ``cursor`` is (x, y) or None; ``targets`` maps a line to the position of the list item there;
    ``picture`` is placed over the lines where the terminal has pictures.
    """

    lines: tuple[Line, ...]
    cursor: tuple[int, int] | None = None
    targets: dict[int, int] = field(default_factory=dict)
    picture: Placement | None = None


def styles_of(palette: Palette, *, colourless: bool) -> Styles:
    """Each role's style. Without colours, bold and reverse alone tell the roles apart."""
    made: Styles = {}
    for role, (front, back, attribute) in ROLES.items():
        bold = attribute == "bold" or None
        if colourless:
            made[role] = Style(bold=bold, reverse=role in REVERSED_WITHOUT_COLOUR or None)
        else:
            made[role] = Style(
                color=Color.parse(palette.colours[front]).rich_color,
                bgcolor=Color.parse(palette.colours[back]).rich_color,
                bold=bold,
            )
    return made


def strip_of(line: Line, width: int, styles: Styles) -> Strip:
    """A line as Textual shows it: cut to the width, the rest filled as its last run is."""
    segments: list[Segment] = []
    left = width
    role = "text"
    for text, role in line:
        # The ellipsis of a cut text may take fewer cells than there are: the rest is filled below.
        clean = inert(text)
        shown = cut(clean, left)
        if shown:
            segments.append(Segment(shown, styles[role] if role in styles else _shades(role)))
        left -= cell_len(shown)
        if left <= 0 or shown != clean:
            break
    if left > 0:
        segments.append(Segment(" " * left, styles[_FILL.get(role, "text")]))
    return Strip(segments, width)


@lru_cache(1024)
def _shades(role: str) -> Style:
    """``#rrggbb on #rrggbb``: the two colours of a picture's cell."""
    return Style.parse(role)


def cut(text: str, width: int) -> str:
    """The text in at most ``width`` cells, with an ellipsis where something is missing."""
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + ELLIPSIS


def padded(text: str, width: int, *, right: bool = False) -> str:
    """The text in exactly ``width`` cells; numbers stand ``right``."""
    shown = cut(inert(text), width)
    space = " " * (width - cell_len(shown))
    return space + shown if right else shown + space


def wrapped(
    text: str, width: int, role: str = "text", *, indent: str = "", hang: str = ""
) -> list[Line]:
    """A sentence over as many lines as it needs; a word longer than a line is broken.

    ``indent`` stands before every line, ``hang`` before all but the first.
    """
    return [
        ((line, role),)
        for line in textwrap.wrap(
            inert(text), max(10, width), initial_indent=indent, subsequent_indent=indent + hang,
            break_on_hyphens=False,
        )
    ]  # fmt: skip


def plain(line: Line) -> str:
    """The line's text alone."""
    return "".join(text for text, _ in line)


def filled(lines: Iterable[Line], height: int) -> list[Line]:
    """Exactly ``height`` lines: blank ones are added below, and what is too much is left away."""
    all_lines = list(lines)[:height]
    return all_lines + [BLANK] * (height - len(all_lines))


def scrolled(lines: Sequence[Line], top: int, height: int) -> tuple[list[Line], int]:
    """The part of a long text that shows from ``top`` on, and the top that was possible."""
    top = max(0, min(top, len(lines) - height))
    return filled(lines[top : top + height], height), top
