"""Leaving when the terminal hangs up or the system says so: at once, and with a clean terminal.

Everything the user said is saved when it is said; what the keeper's thread has in hand is waited
for a moment. The handlers run between two bytecodes of the main thread, even while it waits for a
terminal that no longer reads, and end the process themselves: a blocked writer or a busy worker
cannot hold it up.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from kara_tui import exit_codes
from kara_tui.tui.pasting import forget_pasted

if TYPE_CHECKING:
    from types import FrameType

# Undo what the driver did: mouse off, pasting and focus reports off, keyboard protocol and colours
# back, line wrap and cursor on, and last the screen as it was before. A leading ESC \ ends whatever
# sequence was being written.
RESTORE = (
    b"\x1b\\\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?1016l"
    b"\x1b[?2004l\x1b[?1004l\x1b[?2048l\x1b[?2026l\x1b[<u\x1b[r\x1b[0m\x1b[?7h"
    b"\x1b[?1049l\x1b[?25h"
)

PATIENCE_SECONDS = 1.0
LOOK_SECONDS = 0.1

_CODES = {
    signal.SIGHUP: exit_codes.HUNG_UP,
    signal.SIGTERM: exit_codes.TERMINATED,
    signal.SIGINT: exit_codes.INTERRUPTED,
}


class Leaving:
    """The terminal's settings as they were, and the way back to them."""

    def __init__(self, descriptor: int = 2) -> None:
        self._descriptor = descriptor
        self._before: list[Any] | None = None
        with contextlib.suppress(ImportError, OSError):
            import termios

            with contextlib.suppress(termios.error):
                self._before = termios.tcgetattr(0)
        # Waits until the newest place is written, at most so many seconds.
        self.finish: Callable[[float], None] = lambda _: None
        self.has_left = threading.Event()
        # A hang-up is told by a signal and by the terminal; who comes second must not end the
        # process while the first still removes what was pasted. A signal in a signal goes on.
        self._ending = threading.RLock()

    def watch(self) -> None:
        """Take over the signals, also one that was inherited as ignored (nohup does that)."""
        for number in _CODES:
            signal.signal(number, self._told)

    def watch_terminal(self) -> None:
        """End when the terminal does, also where its hang-up is ignored.

        Textual's reader takes an end of input for silence and turns round it for ever. A poll that
        asks for nothing is told of a hang-up alone.
        """
        threading.Thread(target=self._until_hung_up, name="kara-terminal", daemon=True).start()

    def _until_hung_up(self) -> None:
        poll = select.poll()
        poll.register(0, 0)
        while True:
            for _, happened in poll.poll():
                if happened & (select.POLLHUP | select.POLLERR | select.POLLNVAL):
                    self.now(exit_codes.HUNG_UP)

    def watch_output(self) -> None:
        """The user leaves: a terminal that takes nothing any more must not hold that up.

        Textual waits until all that it has to say is written, however long that takes.
        """
        threading.Thread(target=self._until_left, name="kara-leaving", daemon=True).start()

    def _until_left(self) -> None:
        blocked = 0.0
        while blocked < PATIENCE_SECONDS:
            if self.has_left.wait(LOOK_SECONDS):
                return
            takes = select.select((), (self._descriptor,), (), 0)[1]
            blocked = 0.0 if takes else blocked + LOOK_SECONDS
        self.now(exit_codes.DONE)

    def _told(self, number: int, _: FrameType | None) -> None:
        self.now(_CODES[signal.Signals(number)])

    def now(self, code: int) -> NoReturn:
        """Restore the terminal, end what was started from here, and end.

        Waits for nothing but the place that is being written, and not long for it.
        """
        self._ending.acquire(timeout=2 * PATIENCE_SECONDS)
        try:
            # A terminal that has stopped reading must not hold us.
            os.set_blocking(self._descriptor, False)
            with contextlib.suppress(OSError):
                os.write(self._descriptor, RESTORE)
            with contextlib.suppress(OSError):
                os.set_blocking(self._descriptor, True)
            self._restore_settings()
            end_children()
            self.finish(PATIENCE_SECONDS)
            forget_pasted()
        finally:
            os._exit(code)

    def _restore_settings(self) -> None:
        if self._before is None:
            return
        import termios

        # TCSANOW: do not wait for output that nobody reads. In the background it would stop us;
        # a thread cannot ignore a signal, and the watch on the terminal is one.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTTOU})
        with contextlib.suppress(termios.error, OSError):
            termios.tcsetattr(0, termios.TCSANOW, self._before)


def end_children() -> None:
    """End the processes that this one started, as a workbook's reader; only Linux lists them."""
    if not sys.platform.startswith("linux"):
        return
    for listing in Path("/proc/self/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in listing.read_text("ascii").split():
                with contextlib.suppress(OSError):
                    os.kill(int(child), signal.SIGKILL)
