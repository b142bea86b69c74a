"""Lines of text on a terminal: wrapped under their own indent, the marks of findings in colour.

Nothing is told by colour alone: each finding begins with its mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from rich.console import Console
from rich.text import Text

_STYLES = {"[!]": "bold red", "[?]": "bold yellow", "[i]": "dim"}
_NARROWEST = 20


def show(stream: TextIO, lines: Sequence[str]) -> None:
    """Write the lines; what they hold is never read as markup. NO_COLOR is respected."""
    console = Console(file=stream, markup=False, highlight=False, emoji=False)
    for line in lines:
        words = line.lstrip(" ")
        mark = words[:3] if words[:3] in _STYLES else ""
        words = words.removeprefix(mark).lstrip(" ")
        lead = Text(" " * (len(line) - len(line.lstrip(" "))))
        if mark:
            lead.append(mark, _STYLES[mark]).append(" ")
        rows = Text(words).wrap(console, max(console.width - len(lead), _NARROWEST)) or [Text()]
        for number, row in enumerate(rows):
            row.rstrip()
            console.print(lead + row if number == 0 else Text(" " * len(lead)) + row)
