"""A terminal that does not show what is pasted into it, and is as it was on every way out.

A terminal shows what is typed and keeps it in its scrollback, and an export may hold clients. While
it lets a line be edited it also cuts it after some thousand characters (MAX_CANON): off too.
"""

from __future__ import annotations

import contextlib
import io
import os
import signal
from collections.abc import Callable, Iterator
from types import FrameType
from typing import NoReturn

_QUIT = 131  # as a shell reports SIGQUIT


@contextlib.contextmanager
def unseen(source: io.BufferedIOBase, again: Callable[[], None]) -> Iterator[bool]:
    """Nothing typed is shown within the block; gives whether ``source`` is a terminal that can.

    After a stop and a start it is so again, and ``again`` is called. Lines end as the terminal
    sends them, and the byte of Ctrl-D comes as it is.
    """
    try:
        import termios

        descriptor = source.fileno()
        before = termios.tcgetattr(descriptor)
    except (ImportError, OSError, ValueError, termios.error):
        yield False
        return
    silent = termios.tcgetattr(descriptor)
    silent[0] &= ~termios.ICRNL
    silent[3] &= ~(termios.ECHO | termios.ECHONL | termios.ICANON | termios.IEXTEN)
    silent[6][termios.VMIN], silent[6][termios.VTIME] = 1, 0

    def put(*, shows: bool) -> None:
        # A terminal that has gone has no modes.
        with contextlib.suppress(termios.error):
            termios.tcsetattr(descriptor, termios.TCSANOW, before if shows else silent)

    def stopped(_number: int, _frame: FrameType | None) -> None:
        put(shows=True)
        os.kill(os.getpid(), signal.SIGSTOP)

    def continued(_number: int, _frame: FrameType | None) -> None:
        put(shows=False)
        again()

    def quit_now(_number: int, _frame: FrameType | None) -> NoReturn:
        raise SystemExit(_QUIT)

    handlers = {signal.SIGTSTP: stopped, signal.SIGCONT: continued, signal.SIGQUIT: quit_now}
    handled = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        put(shows=False)
        yield True
    finally:
        put(shows=True)
        for number, handler in handled.items():
            signal.signal(number, handler)
