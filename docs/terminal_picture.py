"""A terminal's screen as an SVG picture: the same screen gives the same bytes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyte
    from pyte.screens import Char

CELL, LINE, SIZE, EDGE = 8, 18, 13.3, 12
BASELINE = 13
BACKGROUND, TEXT = "#12181d", "#e6eaec"

# The sixteen colours, for what a program leaves to the terminal.
NAMED = {
    "black": "#12181d", "red": "#e06c75", "green": "#98c379", "brown": "#e5c07b",
    "blue": "#61afef", "magenta": "#c678dd", "cyan": "#56b6c2", "white": "#dcdfe4",
}  # fmt: skip

Run = tuple[int, int, int, int]

# Words with single blanks between them: viewers make one of several.
_PIECES = re.compile(r"\S+(?: \S+)*")


def svg(screen: pyte.Screen, title: str, text_of: Callable[[str], str] = str) -> str:
    """The screen as SVG. ``text_of`` may put another text of the same width for a line."""
    rows = [_row(screen, y, text_of) for y in range(screen.lines)]
    width = screen.columns * CELL + 2 * EDGE
    height = screen.lines * LINE + 2 * EDGE
    fills: dict[str, list[Run]] = {}
    words: list[str] = []
    for y, row in enumerate(rows):
        for colour, run in _fills(row, y):
            fills.setdefault(colour, []).append(run)
        words += _words(row, y)
    page = _colours(rows[0][0])[1]
    paths = [
        f'<path fill="{colour}" d="{"".join(f"M{x} {y}h{w}v{h}h-{w}z" for x, y, w, h in runs)}"/>'
        for colour, runs in sorted(fills.items())
        if colour != page
    ]
    cursor = [] if screen.cursor.hidden else [_cursor(screen)]
    return "\n".join((
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{width}" height="{height}" rx="6" fill="{page}"/>',
        '<g shape-rendering="crispEdges">', *paths, "</g>",
        f'<g font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="{SIZE}">',
        *words, *cursor, "</g>", "</svg>", "",
    ))  # fmt: skip


def _row(screen: pyte.Screen, y: int, text_of: Callable[[str], str]) -> list[Char]:
    cells = [screen.buffer[y][x] for x in range(screen.columns)]
    text = text_of("".join(cell.data for cell in cells))
    return [cell._replace(data=data) for cell, data in zip(cells, text, strict=True)]


def _colours(cell: Char) -> tuple[str, str]:
    front, back = _colour(cell.fg, TEXT), _colour(cell.bg, BACKGROUND)
    return (back, front) if cell.reverse else (front, back)


def _colour(name: str, usual: str) -> str:
    if name == "default":
        return usual
    return NAMED.get(name.removeprefix("bright"), f"#{name}")


def _fills(row: list[Char], y: int) -> Iterator[tuple[str, Run]]:
    """The backgrounds, and the halves of blocks, as rectangles of one colour each."""
    top = EDGE + y * LINE
    for half, at in ((0, top), (1, top + LINE // 2)):
        x = EDGE
        for colour, cells in groupby(_half(cell, half) for cell in row):
            width = len(list(cells)) * CELL
            yield colour, (x, at, width, LINE // 2)
            x += width


def _half(cell: Char, half: int) -> str:
    front, back = _colours(cell)
    return front if cell.data in ("▀█", "▄█")[half] else back


def _words(row: list[Char], y: int) -> Iterator[str]:
    x = EDGE
    for (colour, bold), run in groupby(row, lambda cell: (_colours(cell)[0], cell.bold)):
        text = "".join(" " if cell.data in "▀▄█" else cell.data for cell in run)
        weight = ' font-weight="bold"' if bold else ""
        # Each piece has its place and length, so that every font keeps to the terminal's columns.
        for piece in _PIECES.finditer(text):
            yield (
                f'<text x="{x + piece.start() * CELL}" y="{EDGE + y * LINE + BASELINE}" '
                f'textLength="{len(piece[0]) * CELL}" fill="{colour}"{weight}>'
                f"{escape(piece[0], quote=False)}</text>"
            )
        x += len(text) * CELL


def _cursor(screen: pyte.Screen) -> str:
    x, y = EDGE + screen.cursor.x * CELL, EDGE + screen.cursor.y * LINE
    return (
        f'<rect x="{x}.5" y="{y}.5" width="{CELL - 1}" height="{LINE - 2}" fill="none" '
        f'stroke="{TEXT}"/>'
    )
