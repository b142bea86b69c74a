"""How a screen is painted: runs of cells in one style, with the names of a theme's colours.

Read from the app's public ``export_screenshot``, which gives colours as numbers: a theme names
them, and the sixteen have their own names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from rich.cells import cell_len
from rich.terminal_theme import SVG_EXPORT_THEME

from kara_tui.tui.app import KaraApp
from kara_tui.tui.themes import Palette

CELL, LINE = 12.2, 24.4  # what export_screenshot gives a cell and a line, in pixels
PLAIN, GROUND = "text", "background"  # what most cells are, and what is not written down

_TEXT = re.compile(
    r'<text class="[^"]*?-(r\d+|title)" x="([\d.]+)" y="([\d.]+)"[^>]*>(.*?)</text>', re.DOTALL
)
_RULE = re.compile(r"\.terminal-\d+-(r\d+) \{ (.*?) \}")
_GROUND = re.compile(r'<rect fill="(#\w{6})" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)"[^>]*crisp')
_SIXTEEN = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")


def texts_of(picture: str) -> Iterator[tuple[str, int, int, str]]:
    """Each text of a screenshot: its style's class, column, line, and letters."""
    for name, x, y, text in _TEXT.findall(picture):
        if name != "title":
            letters = unescape(text).replace("\xa0", " ")
            yield name, round(float(x) / CELL), int(float(y) / LINE), letters


def painted(app: KaraApp, palette: Palette) -> list[str]:
    """A line for each line of the screen that is more than the theme's text on its background.

    ``6: 3-77 cursor_text bold on cursor_background, 80 accent``: of line 6 the columns 3 to 77, and
    80, counted from 1. Neighbours that are alike share a line, as ``7-19: 80 accent``. A blank cell
    has no style of its own but its ground.
    """
    picture = app.export_screenshot()
    names = _names(palette)
    inks = {name: _ink(rules, names) for name, rules in _RULE.findall(picture)}
    columns, rows = app.size
    grounds = [[GROUND] * columns for _ in range(rows)]
    for fill, x, y, width in _GROUND.findall(picture):
        at = round(float(x) / CELL)
        cells = round(float(width) / CELL)
        grounds[int(float(y) / LINE)][at : at + cells] = [names.get(fill, fill)] * cells
    letters = [[""] * columns for _ in range(rows)]
    for name, x, y, text in texts_of(picture):
        for char in text:
            if not char.isspace():
                letters[y][x] = inks[name]
            x += cell_len(char)
    shown: list[tuple[int, int, str]] = []
    for y, (line, below) in enumerate(zip(letters, grounds, strict=True), 1):
        runs = ", ".join(_runs(line, below))
        first, last, before = shown[-1] if shown else (0, 0, "")
        if (last, before) == (y - 1, runs):
            shown[-1] = (first, y, runs)
        elif runs:
            shown.append((y, y, runs))
    return [f"{_span(first, last)}: {runs}" for first, last, runs in shown]


def _runs(inks: list[str], grounds: list[str]) -> Iterator[str]:
    runs: list[tuple[int, int, str, str]] = []
    for x, (ink, below) in enumerate(zip(inks, grounds, strict=True), 1):
        if not ink and below == GROUND:
            continue
        first, last, before, under = runs[-1] if runs else (0, 0, "", "")
        joins = under == below and (below == GROUND or last == x - 1)
        if joins and (not ink or not before or ink == before):
            runs[-1] = (first, x, ink or before, below)
        else:
            runs.append((x, x, ink, below))
    for first, last, ink, below in runs:
        if (ink, below) != (PLAIN, GROUND):
            on = "" if below == GROUND else f"on {below}"
            yield " ".join(part for part in (_span(first, last), ink, on) if part)


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}-{last}"


def _names(palette: Palette) -> dict[str, str]:
    """The name of each colour; where two names have one colour, the first."""
    named: dict[str, str] = {}
    if palette.ansi:
        theme = SVG_EXPORT_THEME
        named[theme.foreground_color.hex] = PLAIN
        named[theme.background_color.hex] = GROUND
        for at, name in enumerate(_SIXTEEN):
            named.setdefault(theme.ansi_colors[at].hex, name)
            named.setdefault(theme.ansi_colors[at + 8].hex, f"bright_{name}")
    else:
        for name, colour in palette.colours.items():
            named.setdefault(colour, name)
    return named


def _ink(rules: str, names: dict[str, str]) -> str:
    """``accent bold`` of ``fill: #7cc7ff;font-weight: bold``."""
    fill, *others = (rule.partition(": ")[2] for rule in rules.split(";") if rule.strip())
    return " ".join([names.get(fill, fill), *others])
