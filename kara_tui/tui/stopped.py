"""Stopped and continued: the terminal is handed back whole, and the page is whole again after it.

Textual's own handlers know only of a stop that came through them. A program can also be stopped
from outside, and then neither it nor the terminal knows what a shell did meanwhile.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App

# Whatever was written here may have set margins, another character set, colours, or turned line
# wrap on; Textual never sets any of these again.
STEADY = "\x1b[r\x1b(B\x0f\x1b[0m\x1b[?7l\x1b[?25l\x1b[?6l\x1b[4l"
MOUSE = (1000, 1003, 1015, 1006)


def write(sequences: str) -> None:
    """Send sequences to the terminal, where Textual sends its own.

    Not through the stream: Textual's thread holds its lock while the terminal does not read, and
    who waits for that lock hears no signal.
    """
    stream = sys.__stderr__
    if stream is not None:
        with contextlib.suppress(OSError):
            os.write(stream.fileno(), sequences.encode())


def mouse(*, on: bool) -> None:
    """Ask the terminal for the mouse, or give it back."""
    write("".join(f"\x1b[?{mode}{'h' if on else 'l'}" for mode in MOUSE))


class Stopped:
    """What happens when the process is stopped (Ctrl+Z's signal) and when it goes on.

    ``whole`` draws everything anew.
    """

    def __init__(self, app: App[int], whole: Callable[[], None]) -> None:
        self._app = app
        self._whole = whole
        self._stopped_here = False

    def watch(self) -> None:
        """Take the two signals over from Textual's driver, which has to be there already."""
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTSTP, self._stop)
        loop.add_signal_handler(signal.SIGCONT, self._goes_on)

    def _stop(self) -> None:
        with self._app.suspend():
            self._stopped_here = True
            # The other signal cannot be held back: it is the one that really stops us.
            os.kill(os.getpid(), signal.SIGSTOP)
        # Continued in the background, the terminal is not ours yet: the next time it will be.
        self._stopped_here = is_ours()
        self._whole()

    def _goes_on(self) -> None:
        if self._stopped_here:
            self._stopped_here = False
            return
        with self._app.suspend():
            pass
        self._whole()


def is_ours() -> bool:
    """Whether keys come one by one, as the wizard needs them."""
    import termios

    try:
        return not termios.tcgetattr(0)[3] & termios.ICANON
    except termios.error:
        return False
