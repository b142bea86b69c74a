"""A conversation in lines: what is said, what is asked, and the words that always work.

No cursor is moved, no colour is sent, nothing is redrawn: what a screen reader or a dumb terminal
gets is text and line ends. Everything written goes through `inert`.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import select
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from types import FrameType
from typing import BinaryIO, TypeVar, cast

from kara_tui import exit_codes
from kara_tui.plain.unseen import unseen
from kara_tui.text import inert, is_lone_byte

Answer = TypeVar("Answer")

WIDTH = 78
NARROWEST = 20
_HELP, _BACK, _QUIT = ("?", "help"), ("b", "back"), ("q", "quit")
_UNDO = ("u", "undo")
_YES, _NO = ("y", "yes"), ("n", "no")
_CTRL_D = b"\x04"
# What a terminal puts round a pasted text when a program before asked for it.
_MARKS = re.compile(rb"\x1b\[20[01]~")
_AT_ONCE = 65_536
_WAIT_S = 0.25
_NUMBER = re.compile(r"[0-9]{1,6}\Z")


class Back(Exception):
    """The user wants to go back. What was typed before stays as it was; nothing is checked."""


class Undo(Exception):
    """The user wants the newest answer to be taken back."""


class Leave(Exception):
    """The conversation ends here, with this exit code."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Talk:
    """One conversation over two streams. ``help`` is what ``?`` says, set by each step.

    ``can_undo`` says whether there are answers that can be taken back; every question then raises
    Undo as it raises Back.
    """

    def __init__(self, source: io.BufferedIOBase, sink: BinaryIO, encoding: str = "utf-8") -> None:
        self._source = source
        self._sink = sink
        self._encoding = encoding
        # A terminal shows what is typed and ends the line itself; in a pipe the line ends here.
        self._ends_lines = not source.isatty()
        self._lines: deque[bytes] = deque()  # read, and not yet taken as an answer
        self._begun = b""  # a line whose end has not come
        self._question = ""  # what is being waited for
        self.help: Sequence[str] = ()
        self.can_undo = False

    def say(self, text: str = "") -> None:
        """A paragraph, folded at blanks to the width of a terminal."""
        for line in _folded(inert(text), _width_of(self._sink)):
            self._write(line + "\n")

    def say_all(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.say(line)

    def show(self, text: str) -> None:
        """A line as it is, however long: a path or a command, to be copied."""
        self._write(inert(text) + "\n")

    def ask(
        self, question: str, understand: Callable[[str], Answer], default: str | None = ""
    ) -> Answer:
        """Ask until ``understand`` takes the answer; it raises ValueError with a sentence.

        ``default`` stands in brackets and is what Enter means; empty when an answer must be typed.
        None means that Enter alone is an answer which needs no brackets.
        Raises Back and Leave.
        """
        while True:
            typed = self._prompt(question, default)
            if not typed and default == "":
                self.say("Please type an answer; ? helps, b goes back, q leaves.")
                continue
            try:
                return understand(typed or default or "")
            except ValueError as error:
                self.say(str(error))

    def choose(self, question: str, options: Sequence[str], default: int | None = None) -> int:
        """Let one of several be chosen by its number; gives its place, counted from 0."""
        for number, option in enumerate(options, 1):
            self.say(f"{number}. {option}")

        def understand(typed: str) -> int:
            if _NUMBER.match(typed) and 1 <= int(typed) <= len(options):
                return int(typed) - 1
            raise ValueError(f"Please type a number from 1 to {len(options)}.")

        return self.ask(question, understand, "" if default is None else str(default + 1))

    def agree(self, question: str, *, default: bool) -> bool:
        """A question answered by yes or no."""

        def understand(typed: str) -> bool:
            word = typed.casefold()
            if word in _YES or word in _NO:
                return word in _YES
            raise ValueError("Please type y for yes or n for no.")

        return self.ask(f"{question} y or n", understand, "y" if default else "n")

    def pause(self, question: str) -> None:
        """Wait for Enter; anything else typed means the same."""
        self.ask(question, str, None)

    def text(self, question: str, default: str = "") -> str:
        """Words in free form, one line, not empty."""
        return self.ask(question, inert, default)

    def lines_until_dot(self, invitation: str) -> bytes:
        """Raw lines up to one that holds a single dot, or to Ctrl-D; the mark is not part of them.

        A terminal does not show them: it is told so before ``invitation`` is said, because what is
        pasted may come at once. Raises Leave when the input ends before anything came.
        """
        lines: list[bytes] = []
        with unseen(self._source, partial(self._write, "Go on, and end with a dot.\n")) as is_raw:
            self.say(invitation)
            while True:
                line = self._next_line(is_raw=is_raw)
                if not line and not lines:
                    raise Leave(exit_codes.INTERRUPTED)
                mark = line.strip()
                if not line or mark in (b".", _CTRL_D):
                    # Ctrl-D ends a line that was begun; where none was, that leaves a blank one.
                    blank = mark == _CTRL_D and lines and lines[-1] == b"\n"
                    return b"".join(lines[:-1] if blank else lines)
                lines.append(line)

    def forget_what_follows(self) -> None:
        """Throw away what came and was not asked for, as the rest of a text pasted too soon."""
        self._lines.clear()
        self._begun = b""
        with contextlib.suppress(ImportError, OSError, ValueError):
            import termios

            with contextlib.suppress(termios.error):
                termios.tcflush(self._source.fileno(), termios.TCIFLUSH)

    def watch(self) -> None:
        """Ask again what was being asked, when the program was stopped and goes on."""
        number = getattr(signal, "SIGCONT", None)
        if number is not None and not self._ends_lines:
            signal.signal(number, self._came_back)

    def _came_back(self, _number: int, _frame: FrameType | None) -> None:
        if self._question:
            self._write(f"\n{self._question}")

    def _prompt(self, question: str, default: str | None) -> str:
        bracket = f"[{inert(default)}]:" if default else ""
        while True:
            colon = "" if default or question.endswith("?") else ":"
            lines = _folded(inert(question) + colon, _width_of(self._sink))
            # What Enter takes is never torn apart, so that it is heard as one thing.
            if len(lines[-1]) + 1 + len(bracket) > _width_of(self._sink):
                lines.append(bracket)
            elif bracket:
                lines[-1] += f" {bracket}"
            prompt = "\n".join(lines) + " "
            # Known before it is seen, so that a stop right after it finds what to ask again.
            self._question = prompt
            self._write(prompt)
            typed = _typed(self._read_line(), self._encoding)
            self._question = ""
            if self._ends_lines:
                self._write("\n")
            word = typed.casefold()
            if word in _BACK:
                raise Back
            if word in _UNDO and self.can_undo:
                raise Undo
            if word in _QUIT:
                raise Leave(exit_codes.DONE)
            if word not in _HELP:
                return typed
            self.say_all(self.help)

    def _read_line(self) -> bytes:
        line = self._next_line(is_raw=False)
        if not line:
            raise Leave(exit_codes.INTERRUPTED)
        return line

    def _next_line(self, *, is_raw: bool) -> bytes:
        """The next line with its end; empty at the end of input. ``is_raw``: as it is pasted."""
        while not self._lines:
            self._wait()
            try:
                read = self._source.read1(_AT_ONCE)
            except OSError:  # EIO: the terminal has gone
                raise Leave(exit_codes.HUNG_UP) from None
            if not read:
                line, self._begun = self._begun, b""
                return line
            if is_raw:
                read = _MARKS.sub(b"", read.replace(b"\r\n", b"\n").replace(b"\r", b"\n"))
                read = read.replace(_CTRL_D, b"\n" + _CTRL_D + b"\n")
            *whole, self._begun = (self._begun + read).split(b"\n")
            self._lines.extend(line + b"\n" for line in whole)
        return self._lines.popleft()

    def _wait(self) -> None:
        """Wait until something can be read, hearing Ctrl-C at once.

        A read is not broken off by it: Polars takes the signal over in a way that lets reads go on,
        and one that comes just before the read is heard only after Enter. A wait with an end is.
        """
        with contextlib.suppress(OSError, ValueError):  # no file, as in a test, or none to wait for
            while not select.select([self._source], [], [], _WAIT_S)[0]:
                pass

    def _write(self, text: str) -> None:
        left = memoryview(text.encode(self._encoding, "replace"))
        try:
            while left:
                written = self._sink.write(left)
                if written is None:  # it would have to be waited for, as by nobody's reading
                    raise Leave(exit_codes.HUNG_UP)
                left = left[written:]
            self._sink.flush()
        except OSError:  # nobody reads any more
            raise Leave(exit_codes.HUNG_UP) from None


def terminal_talk() -> Talk:
    """The conversation over the process's own standard input and output."""
    source = cast("io.BufferedIOBase", sys.stdin.buffer)
    # Without a buffer: a stop may come in the middle of writing, and what asks again after it
    # writes, too, which a buffered stream refuses with a RuntimeError.
    sys.stdout.flush()
    sink = getattr(sys.stdout.buffer, "raw", sys.stdout.buffer)
    talk = Talk(source, sink, sys.stdout.encoding or "utf-8")
    talk.watch()
    return talk


def _typed(line: bytes, encoding: str) -> str:
    """What was typed, without what steers a terminal; the name of a file need not be UTF-8."""
    return "".join(
        " " if char.isspace() else char
        for char in line.decode(encoding, "surrogateescape")
        if char.isprintable() or char.isspace() or is_lone_byte(char)
    ).strip()


def _width_of(sink: BinaryIO) -> int:
    try:
        columns = os.get_terminal_size(sink.fileno()).columns
    except (OSError, ValueError):
        columns = 0
    # A serial line and many a pseudo-terminal say 0: not known.
    return min(WIDTH, max(NARROWEST, columns - 1)) if columns else WIDTH


def _folded(text: str, width: int) -> list[str]:
    """The text in lines of at most ``width`` characters; a longer word stands alone and whole."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line]
