"""The terminal's input, so that it ends when the terminal does; and being stopped and continued.

Textual's own loop takes an end of input for silence and turns round it for ever, and looks up ten
times a second. This one sleeps until something comes, and tells the wizard when nothing ever will.

Textual draws only what has changed, so a terminal that was another program's for a while stays as
that left it, and a stop that no program sees coming (SIGSTOP) leaves it without its modes.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import selectors
import signal
import time
from codecs import getincrementaldecoder
from collections.abc import Callable
from typing import ClassVar, Protocol

from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from kara_tui.tui.bursts import Bursts, Piece

# How often to look whether a lone ESC was the key Escape or the beginning of a sequence.
_ESCAPE_LOOKS = 0.005


# Whatever a foreign text may have changed: an unfinished string, the other character set, scroll
# region, origin and insert mode, colours, line wrap; then an empty screen.
_WIPE = "\x1b\\\x0f\x1b(B\x1b[r\x1b[?6l\x1b[4l\x1b[0m\x1b[?7l\x1b[2J\x1b[H\x1b[?25l"


class Told(Protocol):
    """Who is told of what is neither a key nor the mouse."""

    def came_back(self) -> None:
        """The program was stopped and goes on; called on the keys' side."""

    def pasted_unmarked(self, text: str) -> None:
        """Text came at once that the terminal did not mark as pasted; called on the keys' side."""

    def is_pasted(self, text: str) -> bool:
        """Whether what came at once was pasted; called from the reading thread."""

    def awaits_paste(self) -> bool:
        """Whether the user was asked to paste; called from the reading thread."""


class TerminalDriver(LinuxDriver):
    """Reads keys until the terminal ends. ``ended`` is called from the reading thread then."""

    ended: ClassVar[Callable[[], None]]
    told: ClassVar[Told]
    _pipe: tuple[int, int] | None = None
    _running: asyncio.AbstractEventLoop | None = None

    def start_application_mode(self) -> None:
        self._running = asyncio.get_running_loop()
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual has no type there

    # The signals' handlers only ask for it: what writes to the terminal must not interrupt itself.

    def _sigtstp_application(self, *_: object) -> None:
        if self._auto_restart and self._running is not None:
            self._running.call_soon_threadsafe(self._stop)
        else:
            os.kill(os.getpid(), signal.SIGSTOP)

    def _sigcont_application(self, *_: object) -> None:
        if self._auto_restart and self._running is not None:
            self._running.call_soon_threadsafe(self._go_on)

    def _stop(self) -> None:
        """Give the terminal back as it was, and stop."""
        if self._reads():
            self.suspend_application_mode()
        os.kill(os.getpid(), signal.SIGSTOP)

    def _go_on(self) -> None:
        """Take the terminal again: all of it, or after a stop that came unseen its modes."""
        if not self._reads():
            self.resume_application_mode()
        else:
            self._take_modes_again()
        if self._reads():
            self.told.came_back()

    def _reads(self) -> bool:
        return self._key_thread is not None and self._key_thread.is_alive()

    def _take_modes_again(self) -> None:
        import termios
        import tty

        with contextlib.suppress(termios.error):
            now = termios.tcgetattr(self.fileno)
            now[tty.LFLAG] = self._patch_lflag(now[tty.LFLAG])
            now[tty.IFLAG] = self._patch_iflag(now[tty.IFLAG])
            now[tty.CC][termios.VMIN] = 1
            termios.tcsetattr(self.fileno, termios.TCSANOW, now)
        self.write("\x1b[?1049h")
        # The window may have another size by now, and nobody told us.
        signal.raise_signal(signal.SIGWINCH)

    def wipe(self) -> None:
        """An empty screen in a terminal that is as the wizard needs it, whatever happened to it."""
        self.write(_WIPE)
        self._enable_bracketed_paste()
        self.write("\x1b[?1004h")

    def mouse(self, *, on: bool) -> None:
        """Ask the terminal for the mouse, or give it back."""
        if on:
            self._enable_mouse_support()
        else:
            self._disable_mouse_support()

    def disable_input(self) -> None:
        """Stop reading: the reader sleeps, so it is woken."""
        pipe, self._pipe = self._pipe, None
        if pipe is not None:
            os.write(pipe[1], b"x")
        super().disable_input()  # waits for the reader's end
        for end in pipe or ():
            os.close(end)

    def run_input_thread(self) -> None:
        """Turn bytes into events until told to stop or the terminal ends."""
        self._pipe = os.pipe()
        woken, _ = self._pipe
        parser = XTermParser(self._debug)
        bursts = Bursts(self.told.is_pasted, self.told.awaits_paste)
        decode = getincrementaldecoder("utf-8")("replace").decode
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            selector.register(woken, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                # The parser keeps the moment to itself at which a lone ESC becomes a key.
                undecided = parser._timeout_time is not None  # noqa: SLF001
                due = bursts.due(time.monotonic())
                ready = selector.select(_ESCAPE_LOOKS if undecided else due)
                if any(key.fd == self.fileno for key, _ in ready):
                    try:
                        data = os.read(self.fileno, 65536)
                    except OSError:
                        data = b""
                    if not data:
                        type(self).ended()
                        return
                    undecided = parser._timeout_time is not None  # noqa: SLF001
                    now = time.monotonic()
                    self._came(bursts.take(decode(data), now, undecided=undecided), parser)
                if bursts.due(time.monotonic()) == 0:
                    self._came(bursts.settled(), parser)
                for event in parser.tick():
                    self.process_message(event)
        with contextlib.suppress(EOFError, ParseError):
            for _ in parser.feed(""):
                pass

    def _came(self, pieces: list[Piece], parser: XTermParser) -> None:
        for piece in pieces:
            if piece.pasted and self._running is not None:
                self._running.call_soon_threadsafe(self.told.pasted_unmarked, piece.text)
                continue
            for event in parser.feed(piece.text):
                self.process_message(event)
