"""The terminal's input, so that it ends when the terminal does.

Textual's own loop takes an end of input for silence and turns round it for ever, and looks up ten
times a second. This one sleeps until something comes, and tells the wizard when nothing ever will.
"""

from __future__ import annotations

import contextlib
import os
import selectors
from codecs import getincrementaldecoder
from collections.abc import Callable
from typing import ClassVar

from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

# How often to look whether a lone ESC was the key Escape or the beginning of a sequence.
_ESCAPE_LOOKS = 0.005


class TerminalDriver(LinuxDriver):
    """Reads keys until the terminal ends. ``ended`` is called from the reading thread then."""

    ended: ClassVar[Callable[[], None]]
    _pipe: tuple[int, int] | None = None

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
        decode = getincrementaldecoder("utf-8")("replace").decode
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            selector.register(woken, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                # The parser keeps the moment to itself at which a lone ESC becomes a key.
                undecided = parser._timeout_time is not None  # noqa: SLF001
                ready = selector.select(_ESCAPE_LOOKS if undecided else None)
                if any(key.fd == self.fileno for key, _ in ready):
                    try:
                        data = os.read(self.fileno, 65536)
                    except OSError:
                        data = b""
                    if not data:
                        type(self).ended()
                        return
                    for event in parser.feed(decode(data)):
                        self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)
        with contextlib.suppress(EOFError, ParseError):
            for _ in parser.feed(""):
                pass
