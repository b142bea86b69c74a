"""The command, talked to: through a pipe with all answers at once, or in a pseudo-terminal.

``talk`` and ``terminal`` run the real command. ``talk_here`` goes through the same door within this
process, ten times as fast, where what counts is the words. All refuse, in every test, that an
escape byte or a traceback is ever written.
"""

from __future__ import annotations

import errno
import io
import os
import pty
import re
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copy
from unittest.mock import patch

import kara_tui
from kara_tui import plain
from kara_tui.arguments import parse
from tests import forked

PROGRAM = (sys.executable, "-c", "from kara_tui.cli import main; main()")
DEMO_PROFILE = Path(kara_tui.__file__).parent / "demo" / "profile.toml"
PATIENCE_S = 30
FORBIDDEN = (b"\x1b", b"\x9b", b"\x07", b"\x08", b"Traceback")


@dataclass(frozen=True, slots=True)
class Talked:
    """What a conversation came to."""

    code: int
    text: str

    def issued(self) -> list[Path]:
        """The PDFs whose paths were said."""
        return [Path(line) for line in self.text.splitlines() if line.endswith(".pdf")]


class Home:
    """A home of its own for one conversation or several: settings, data, downloads."""

    def __init__(self, folder: Path, *, with_profile: bool = True) -> None:
        self.folder = folder
        self.data = folder / "kara"
        self.downloads = folder / "Downloads"
        self.downloads.mkdir(parents=True)
        if with_profile:
            self.profile.parent.mkdir(parents=True)
            copy(DEMO_PROFILE, self.profile)

    @property
    def profile(self) -> Path:
        return self.data / "profiles" / "default.toml"

    def environ(self, more: Mapping[str, str]) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "HOME": str(self.folder),
            "XDG_DOWNLOAD_DIR": str(self.downloads),
            "KARA_TUI_HOME": str(self.data),
            "USER": "anna",
            "TERM": "dumb",
            **more,
        }

    def talk(
        self, *answers: str, given: Sequence[str] = (), environ: Mapping[str, str] | None = None
    ) -> Talked:
        """Give all answers through a pipe, a line each; then the input ends."""
        return self.talk_bytes(
            "".join(f"{answer}\n" for answer in answers).encode(), given=given, environ=environ
        )

    def talk_bytes(
        self, typed: bytes, *, given: Sequence[str] = (), environ: Mapping[str, str] | None = None
    ) -> Talked:
        code, said, _ = forked.run(
            ["--plain", *given], typed, self.environ(environ or {}), self.folder, merged=True
        )
        return _talked(code, said)

    def talk_here(self, *answers: str, given: Sequence[str] = ()) -> Talked:
        """The same conversation within this process."""
        typed = "".join(f"{answer}\n" for answer in answers).encode()
        written = io.BytesIO()
        out = io.TextIOWrapper(written, "utf-8", write_through=True)
        with (
            patch.dict(os.environ, self.environ({}), clear=True),
            patch("sys.stdin", io.TextIOWrapper(io.BytesIO(typed), "utf-8")),
            patch("sys.stdout", out),
            patch("sys.stderr", out),
            patch("kara_tui.plain.flow.end_when_told"),
        ):
            arguments = parse(["--plain", *given])
            assert not isinstance(arguments, int)
            code = plain.run(arguments)
        return _talked(code, written.getvalue())

    @contextmanager
    def terminal(
        self,
        *given: str,
        environ: Mapping[str, str] | None = None,
        command: Sequence[str] = ("--plain",),
    ) -> Iterator[Terminal]:
        """The command in a pseudo-terminal of its own session, ended with the block."""
        ours, theirs = pty.openpty()
        process = subprocess.Popen(
            [*PROGRAM, *command, *given],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=self.environ(environ or {}),
            cwd=self.folder,
            start_new_session=True,
            preexec_fn=_own_terminal,
        )
        os.close(theirs)
        try:
            yield Terminal(process, ours)
        finally:
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            os.close(ours)


class Terminal:
    """The user's end of a pseudo-terminal: wait for words, type lines, press Ctrl-C, hang up."""

    def __init__(self, process: subprocess.Popen[bytes], ours: int) -> None:
        self.process = process
        self._ours = ours
        self._seen = b""
        self._read_to = 0

    @property
    def text(self) -> str:
        """All that was written so far, folded lines and all."""
        return self._seen.decode("utf-8", "replace").replace("\r\n", "\n")

    def wait_for(self, words: str) -> None:
        """Wait until the words were written after those waited for last; blanks match line ends."""
        end = time.monotonic() + PATIENCE_S
        wanted = re.compile(rb"\s+".join(re.escape(word.encode()) for word in words.split()))
        while True:
            found = wanted.search(self._seen, self._read_to)
            if found:
                self._read_to = found.end()
                return
            if not self._read(end):
                raise AssertionError(f"never said {words!r}, but:\n{self.text}")

    def type(self, line: str) -> None:
        self._write(line.encode() + b"\n")

    def press(self, key: bytes) -> None:
        self._write(key)

    def ended(self) -> int:
        """Wait for the end and give the exit code."""
        end = time.monotonic() + PATIENCE_S
        while self._read(end):
            pass
        code = self.process.wait(PATIENCE_S)
        for forbidden in FORBIDDEN:
            assert forbidden not in self._seen, self.text
        return code

    def shows_what_is_typed(self, *, shows: bool) -> None:
        """Wait until the terminal does, or does not."""
        end = time.monotonic() + PATIENCE_S
        while bool(termios.tcgetattr(self._ours)[3] & termios.ECHO) is not shows:
            assert time.monotonic() < end, f"the terminal never {'shows' if shows else 'hides'} it"

    def stop(self, number: signal.Signals) -> None:
        """Stop it, and wait until it is; a shell would have its own modes meanwhile."""
        self.signal(number)
        end = time.monotonic() + PATIENCE_S
        while not (found := os.waitpid(self.process.pid, os.WUNTRACED | os.WNOHANG))[0]:
            assert time.monotonic() < end, "it never stopped"
        assert os.WIFSTOPPED(found[1])
        modes = termios.tcgetattr(self._ours)
        modes[3] |= termios.ECHO | termios.ICANON
        termios.tcsetattr(self._ours, termios.TCSANOW, modes)

    def signal(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def _write(self, typed: bytes) -> None:
        while typed:
            typed = typed[os.write(self._ours, typed) :]

    def _read(self, end: float) -> bool:
        """Read what is there; False when the other end has closed."""
        left = end - time.monotonic()
        if left <= 0 or not select.select([self._ours], [], [], left)[0]:
            raise AssertionError(f"nothing more was said for too long after:\n{self.text}")
        try:
            read = os.read(self._ours, 65536)
        except OSError as error:  # Linux says EIO when the last one has closed the other end
            if error.errno != errno.EIO:
                raise
            return False
        self._seen += read
        return bool(read)


def _talked(code: int, written: bytes) -> Talked:
    text = written.decode("utf-8", "replace")
    for forbidden in FORBIDDEN:
        assert forbidden not in written, text
    return Talked(code, text)


def _own_terminal() -> None:
    """Make standard input the terminal that controls the new session, for Ctrl-C and hang-ups."""
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
