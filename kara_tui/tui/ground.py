"""The terminal's own ground, asked for while the libraries load, to choose light or dark.

It is asked only where no theme was chosen yet and the terminal is at hand: over a network an answer
could come so late that it would be taken for keys.
"""

from __future__ import annotations

import os
import re
import select
from typing import TYPE_CHECKING, Any

from kara_tui.tui.preflight import DEFAULT_DARK, DEFAULT_LIGHT
from kara_tui.tui.themes import contrast

if TYPE_CHECKING:
    from kara_tui.tui.preflight import Terminal

# xterm's "OSC 11 ; ?" asks for the ground. The device attributes (ECMA-48 DA) behind it are known
# to every terminal: when they have come, nothing more will.
_QUESTION = b"\x1b]11;?\x1b\\\x1b[c"
_GROUND = re.compile(rb"\x1b\]11;rgba?:([0-9a-fA-F]+)/([0-9a-fA-F]+)/([0-9a-fA-F]+)")
_LAST = re.compile(rb"\x1b\[\?[0-9;]*c")
# How long the rest of an answer may take that has begun to come.
PATIENCE = 0.1


class Ground:
    """The question, and what came of it. Between the two the terminal shows no answer."""

    def __init__(self) -> None:
        self._before: list[Any] | None = None

    def ask(self, terminal: Terminal) -> None:
        """Ask, unless it would be of no use or the answer could come too late."""
        if terminal.remote or terminal.theme != DEFAULT_DARK:
            return
        try:
            import termios

            self._before = termios.tcgetattr(0)
            quiet = termios.tcgetattr(0)
            quiet[3] &= ~(termios.ICANON | termios.ECHO)
            termios.tcsetattr(0, termios.TCSANOW, quiet)
            os.write(2, _QUESTION)
        except (ImportError, OSError, termios.error):
            self._before = None

    def theme(self) -> str:
        """The theme for the ground that was told; empty when none was. Does not wait for one."""
        if self._before is None:
            return ""
        import termios

        said = b""
        while not _LAST.search(said) and select.select([0], [], [], PATIENCE if said else 0)[0]:
            try:
                more = os.read(0, 4096)
            except OSError:
                break
            if not more:
                break
            said += more
        termios.tcsetattr(0, termios.TCSANOW, self._before)
        return theme_for(said)


def theme_for(answer: bytes) -> str:
    """The light or the dark theme, whichever is nearer to the ground that the terminal told."""
    found = _GROUND.search(answer)
    if found is None:
        return ""
    shades = [int(part, 16) * 255 // (16 ** len(part) - 1) for part in found.groups()]
    ground = "#" + "".join(f"{shade:02x}" for shade in shades)
    is_light = contrast(ground, "#000000") > contrast(ground, "#ffffff")
    return DEFAULT_LIGHT if is_light else DEFAULT_DARK
