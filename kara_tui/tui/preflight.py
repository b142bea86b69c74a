"""What the terminal can do, looked at before anything heavy is imported.

A terminal that cannot carry the wizard is told so in a sentence, instead of hanging (standard
input is no terminal), ending without a word (a window too small) or showing escapes (no UTF-8).
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

SMALLEST = (40, 10)

# Terminals that cannot place a cursor: there the same steps are asked line by line.
_DUMB = frozenset({"", "dumb", "unknown", "emacs"})
# Terminals that have no colours at all.
_COLOURLESS = ("vt100", "vt102", "vt220", "vt52")
# Terminals whose palette is the sixteen colours, whatever they claim.
_SIXTEEN = ("linux", "screen", "ansi", "cygwin", "xterm-16color", "xterm")

DEFAULT_DARK = "fjord"
DEFAULT_LIGHT = "paper"
TERMINALS_OWN = "terminal"


class Terminal(NamedTuple):
    """How the wizard is to be drawn here. A dataclass would load `inspect`: 8 ms to the first text.

    ``face`` is ``wizard``, ``plain`` (the terminal cannot place a cursor) or ``none``; then
    ``sentence`` says why and what to do. ``ascii`` draws borders and signs without UTF-8,
    ``theme`` is the one to begin with unless the user has chosen one.
    """

    face: str
    sentence: str = ""
    theme: str = DEFAULT_DARK
    ascii: bool = False
    colourless: bool = False
    remote: bool = False


def look(
    environ: Mapping[str, str],
    *,
    is_terminal: bool,
    encoding: str,
    size: tuple[int, int],
) -> Terminal:
    """Choose the face and how it is drawn. ``size`` is (columns, rows), (0, 0) when unknown."""
    if not is_terminal:
        return Terminal(
            "none",
            "The wizard needs a terminal for its keys and its screen. Without one use "
            "kara-tui --no-tui --paid FILE, or kara-tui --demo --no-tui to try it.",
        )
    term = environ.get("TERM", "")
    if term in _DUMB:
        return Terminal("plain")
    columns, rows = size
    if 0 < columns < SMALLEST[0] or 0 < rows < SMALLEST[1]:
        return Terminal(
            "none",
            f"This window has {columns} columns and {rows} rows; the wizard needs "
            f"{SMALLEST[0]} and {SMALLEST[1]}. Make it larger, or use kara-tui --plain or "
            "kara-tui --no-tui --paid FILE.",
        )
    remote = bool(environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"))
    truecolour = environ.get("COLORTERM", "") in ("truecolor", "24bit")
    few = not truecolour and (term in _SIXTEEN or term.startswith(_COLOURLESS))
    return Terminal(
        "wizard",
        theme=TERMINALS_OWN if few or remote or "NO_COLOR" in environ else DEFAULT_DARK,
        ascii=not encoding.lower().startswith("utf"),
        colourless="NO_COLOR" in environ or term.startswith(_COLOURLESS),
        remote=remote,
    )


def look_here() -> Terminal:
    """The same for this process's own terminal: keys from standard input, the screen on error."""
    streams = (sys.__stdin__, sys.__stdout__, sys.__stderr__)
    is_terminal = all(stream is not None and stream.isatty() for stream in streams)
    try:
        columns, rows = os.get_terminal_size(2) if is_terminal else (0, 0)
    except OSError:
        columns, rows = 0, 0
    encoding = getattr(sys.__stderr__, "encoding", None) or "ascii"
    return look(os.environ, is_terminal=is_terminal, encoding=encoding, size=(columns, rows))


FIRST_LINE = "kara-tui is starting …"


def first_line(terminal: Terminal) -> None:
    """A line of text before the libraries are loaded: something is seen at once."""
    text = FIRST_LINE.replace("…", "...") if terminal.ascii else FIRST_LINE
    os.write(2, b"\r" + text.encode("ascii" if terminal.ascii else "utf-8"))


def forget_first_line() -> None:
    """Take the line away again, so that nothing of it stays on the user's screen."""
    os.write(2, b"\r\x1b[K")
