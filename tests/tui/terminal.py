"""A real terminal for a test: the program runs in a pty, pyte shows what a person would see.

kara-tui is forked there from a process that has its modules, see tests.forked.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

from tests.forked import Process, can_be_forked, start

PATIENCE = 20.0
# What is read as one answer to a key ends when nothing came for so long.
QUIET = 0.06

KEYS = {
    "enter": b"\r", "escape": b"\x1b", "up": b"\x1b[A", "down": b"\x1b[B", "right": b"\x1b[C",
    "left": b"\x1b[D", "pagedown": b"\x1b[6~", "tab": b"\t", "ctrl+q": b"\x11", "ctrl+p": b"\x10",
    "end": b"\x1b[F", "space": b" ", "f1": b"\x1bOP", "ctrl+t": b"\x14",
}  # fmt: skip


class Terminal:
    """A program in a pty of a given size, until the block ends."""

    def __init__(
        self,
        arguments: list[str],
        home: Path,
        *,
        columns: int = 80,
        rows: int = 24,
        environ: Mapping[str, str] | None = None,
        before: Callable[[], None] | None = None,
        forked: bool = True,
    ) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.sent = b""
        clean = {
            key: value for key, value in os.environ.items()
            if key not in ("NO_COLOR", "SSH_CONNECTION", "SSH_TTY", "COLORTERM", "TMUX")
            and not key.startswith("PYTHON")
        }  # fmt: skip
        clean |= {"TERM": "xterm-256color", "LANG": "C.UTF-8", "KARA_TUI_HOME": str(home)}
        clean |= dict(environ or {})
        size = struct.pack("HHHH", rows, columns, 0, 0)
        self.started = time.perf_counter()
        self.status: int | None = None
        self._process: Process | None = None
        if forked and before is None and arguments[:3] == kara_tui() and can_be_forked(clean):
            self.fd, theirs = pty.openpty()
            fcntl.ioctl(theirs, termios.TIOCSWINSZ, size)
            self._process = start(arguments[2:], clean, Path.cwd(), [theirs] * 3)
            self.pid = self._process.pid
            os.close(theirs)
            return
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, size)
            if before is not None:
                before()
            os.execvpe(arguments[0], arguments, clean)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            if self._process is None:
                os.waitpid(self.pid, 0)
            else:
                self._process.wait()
        if self._process is not None:
            self._process.__exit__()
        self.hang_up()

    def hang_up(self) -> None:
        """The terminal goes away."""
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1

    def resize(self, columns: int, rows: int) -> None:
        self.screen.resize(rows, columns)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def press(self, *keys: str) -> int:
        """Press keys, one after the other has been answered; how many bytes came in all."""
        count = 0
        for key in keys:
            os.write(self.fd, KEYS.get(key) or key.encode())
            count += self.settle()
        return count

    def type(self, text: str, patience: float = PATIENCE) -> None:
        """Type into a field, each letter when those before it stand there."""
        for end in range(1, len(text) + 1):
            os.write(self.fd, text[end - 1].encode())
            self.until(text[max(0, end - 8) : end], patience)

    def paste(self, text: str) -> None:
        """Paste as a terminal does that marks what is pasted."""
        data = b"\x1b[200~" + text.encode() + b"\x1b[201~"
        while data:
            _, ready, _ = select.select([self.fd], [self.fd], [], PATIENCE)
            if ready:
                data = data[os.write(self.fd, data[:4096]) :]
            self._read(0)

    def settle(self, quiet: float = QUIET) -> int:
        """Read until nothing comes for a while; how many bytes came."""
        before = len(self.sent)
        while self._read(quiet):
            pass
        return len(self.sent) - before

    def until(self, text: str, patience: float = PATIENCE) -> str:
        """Read until the text stands on the screen; the screen then."""
        end = time.monotonic() + patience
        while text not in self.text:
            if time.monotonic() > end or (not self._read(0.2) and self.ended()):
                raise AssertionError(f"{text!r} never came. The screen:\n{self.text}")
        return self.text

    @property
    def text(self) -> str:
        return "\n".join(self.screen.display)

    def ended(self) -> bool:
        """Whether the program has ended."""
        if self.status is None and self._process is not None:
            self.status = self._process.poll()
        elif self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = status
        return self.status is not None

    def is_stopped(self) -> bool:
        """Whether a signal has stopped the program, until another one continues it."""
        state = Path(f"/proc/{self.pid}/stat").read_text("ascii").rpartition(")")[2].split()[0]
        return state == "T"

    def wait(self, patience: float = PATIENCE) -> int:
        """Wait for the program's end; its exit code, or minus the signal that ended it."""
        end = time.monotonic() + patience
        while not self.ended():
            if time.monotonic() > end:
                raise AssertionError(f"still running. The screen:\n{self.text}")
            if self.fd < 0 or not self._read(0.02):
                select.select([], [], [], 0.01)
        if self.fd >= 0:
            self.settle(0.05)
        assert self.status is not None
        return os.waitstatus_to_exitcode(self.status)

    def take(self, wait: float) -> bytes:
        """What the program writes within a while. It is not drawn: that takes longer than reading,
        and would be measured with it.
        """
        ready, _, _ = select.select([self.fd], [], [], wait)
        if not ready:
            return b""
        try:
            data = os.read(self.fd, 65536)
        except OSError:
            return b""
        self.sent += data
        return data

    def draw(self, data: bytes) -> None:
        """Let the screen show what was taken."""
        self._stream.feed(data)

    def _read(self, wait: float) -> int:
        data = self.take(wait)
        self.draw(data)
        return len(data)


def kara_tui(*arguments: str) -> list[str]:
    """The installed command, run by this Python."""
    return [sys.executable, "-m", "kara_tui.cli", *arguments]
