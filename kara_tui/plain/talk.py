"""A conversation in lines: what is said, what is asked, and the three words that always work.

No cursor is moved, no colour is sent, nothing is redrawn: what a screen reader or a dumb terminal
gets is text and line ends. Everything written goes through `inert`.
"""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import BinaryIO, TypeVar

from kara_tui import exit_codes
from kara_tui.text import inert, is_lone_byte

Answer = TypeVar("Answer")

WIDTH = 78
NARROWEST = 20
_HELP, _BACK, _QUIT = ("?", "help"), ("b", "back"), ("q", "quit")
_YES, _NO = ("y", "yes"), ("n", "no")
_NUMBER = re.compile(r"[0-9]{1,6}\Z")


class Back(Exception):
    """The user wants to go back. What was typed before stays as it was; nothing is checked."""


class Leave(Exception):
    """The conversation ends here, with this exit code."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Talk:
    """One conversation over two streams. ``help`` is what ``?`` says, set by each step."""

    def __init__(self, source: BinaryIO, sink: BinaryIO, encoding: str = "utf-8") -> None:
        self._source = source
        self._sink = sink
        self._encoding = encoding
        self._width = _width_of(sink)
        # A terminal shows what is typed and ends the line itself; in a pipe the line ends here.
        self._ends_lines = not source.isatty()
        self.help: Sequence[str] = ()

    def say(self, text: str = "") -> None:
        """A paragraph, folded at blanks to the width of a terminal."""
        for line in _folded(inert(text), self._width):
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

    def lines_until_dot(self) -> bytes:
        """Raw lines up to one that holds a single dot; that line is not part of them.

        Raises Leave when the input ends before it.
        """
        lines: list[bytes] = []
        while True:
            line = self._read_line()
            if line.strip() == b".":
                return b"".join(lines)
            lines.append(line)

    def _prompt(self, question: str, default: str | None) -> str:
        bracket = f"[{inert(default)}]:" if default else ""
        while True:
            lines = _folded(inert(question) + ("" if default else ":"), self._width)
            # What Enter takes is never torn apart, so that it is heard as one thing.
            if len(lines[-1]) + 1 + len(bracket) > self._width:
                lines.append(bracket)
            elif bracket:
                lines[-1] += f" {bracket}"
            self._write("\n".join(lines) + " ")
            typed = _typed(self._read_line(), self._encoding)
            if self._ends_lines:
                self._write("\n")
            word = typed.casefold()
            if word in _BACK:
                raise Back
            if word in _QUIT:
                raise Leave(exit_codes.DONE)
            if word not in _HELP:
                return typed
            self.say_all(self.help)

    def _read_line(self) -> bytes:
        # Polars takes over the signal of Ctrl-C so that it no longer breaks a read off: it would be
        # heard only after Enter. Python's own setting is put back.
        with suppress(ValueError, OSError):  # in a thread that hears no signals
            signal.siginterrupt(signal.SIGINT, True)  # noqa: FBT003 - the only way it is called
        try:
            line = self._source.readline()
        except OSError:  # EIO: the terminal has gone
            raise Leave(exit_codes.HUNG_UP) from None
        if not line:
            raise Leave(exit_codes.INTERRUPTED)
        return line

    def _write(self, text: str) -> None:
        try:
            self._sink.write(text.encode(self._encoding, "replace"))
            self._sink.flush()
        except OSError:  # nobody reads any more
            raise Leave(exit_codes.HUNG_UP) from None


def terminal_talk() -> Talk:
    """The conversation over the process's own standard input and output."""
    return Talk(sys.stdin.buffer, sys.stdout.buffer, sys.stdout.encoding or "utf-8")


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
