"""The command without its start-up: forked from a process in which its modules are imported.

A run that takes half a second spends most of it on importing Polars and the rest, and the tests
make a thousand. Here a process, one for each of pytest's, imports them, runs nothing, and is forked
for every run, which then has all for itself and ends as the command's own process does.

What Python reads before the program's first line, as the locale is, is no part of this: a run under
another one is started for real. With ``KARA_TUI_TESTS_START=1`` all are (``make test-long``);
tests/end_to_end/test_forked.py holds both against one another.
"""

from __future__ import annotations

import atexit
import fcntl
import gc
import importlib
import json
import os
import pkgutil
import select
import signal
import socket
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, suppress
from functools import cache
from pathlib import Path
from typing import NoReturn

PROGRAM = Path(sys.executable).with_name("kara-tui")
PATIENCE_S = 60
# What runs import besides the program's own modules.
_LIBRARIES = (
    "holidays.countries", "icalendar", "platformdirs", "polars", "rich.console", "stdnum.is_",
    "tomli_w", "typst", "xlsxwriter", "zoneinfo", "xml.parsers.expat", "email.policy",
)  # fmt: skip
# What Python and those libraries read when they start.
_READ_AT_START = (
    "LANGUAGE", "LC_", "LD_", "MALLOC_", "PYTHON", "POLARS_", "RAYON_", "TEXTUAL_", "ESCDELAY",
    "SSH_CONNECTION", "SSH_TTY",
)  # fmt: skip


def run(
    arguments: Sequence[str | Path],
    given: bytes,
    environ: Mapping[str, str],
    folder: Path,
    *,
    merged: bool = False,
) -> tuple[int, bytes, bytes]:
    """Run the command: its exit code, and what it wrote on standard output and standard error.

    ``merged``, both are one, as in a terminal, and come as the first.
    """
    if not can_be_forked(environ):
        return started(arguments, given, environ, folder, merged=merged)
    words = [str(PROGRAM), *map(str, arguments)]
    with ExitStack() as stack:
        ends = [os.pipe() for _ in range(3)]
        theirs = [ends[0][0], ends[1][1], ends[2][1]]
        feed = stack.enter_context(os.fdopen(ends[0][1], "wb", buffering=0))
        said, told = (stack.enter_context(os.fdopen(end[0], "rb")) for end in ends[1:])
        files = [theirs[0], theirs[1], theirs[1 if merged else 2]]
        process = stack.enter_context(start(words, environ, folder, files, PATIENCE_S))
        for one in theirs:
            os.close(one)
        heard: list[bytes] = []
        aside = [
            threading.Thread(target=_feed, args=(feed.fileno(), given, feed.close)),
            threading.Thread(target=lambda: heard.append(told.read())),
        ]
        for thread in aside:
            thread.start()
        out = said.read()
        for thread in aside:
            thread.join()
        code = os.waitstatus_to_exitcode(process.wait())
    if code == -signal.SIGKILL:
        raise TimeoutError(f"it did not end: {words}")
    return code, out, heard[0]


def started(
    arguments: Sequence[str | Path],
    given: bytes,
    environ: Mapping[str, str],
    folder: Path,
    *,
    merged: bool = False,
) -> tuple[int, bytes, bytes]:
    """The same, as a person starts it."""
    done = subprocess.run(
        [PROGRAM, *arguments], input=given, env=environ, cwd=folder, timeout=PATIENCE_S,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT if merged else subprocess.PIPE,
        check=False,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr or b""


def can_be_forked(environ: Mapping[str, str]) -> bool:
    """Whether a run under these variables is the same when it is forked."""
    return (
        not os.environ.get("KARA_TUI_TESTS_START")
        and environ.get("LANG") == "C.UTF-8"
        and not any(name.startswith(_READ_AT_START) for name in environ)
    )


def _feed(number: int, given: bytes, close: Callable[[], None]) -> None:
    try:
        while given:
            given = given[os.write(number, given) :]
    except BrokenPipeError:
        pass  # it need not read everything
    finally:
        close()


class Process(AbstractContextManager["Process"]):
    """A run that was forked, its number, and how it ended: a status as os.waitpid gives it."""

    def __init__(self, status: socket.socket) -> None:
        self._status = status
        self.pid = int(status.recv(64))

    def wait(self) -> int:
        return int(self._status.recv(64))

    def poll(self) -> int | None:
        """The status, or None while it runs."""
        ready, _, _ = select.select([self._status], [], [], 0)
        return self.wait() if ready else None

    def __exit__(self, *_: object) -> None:
        self._status.close()


def start(
    words: Sequence[str],
    environ: Mapping[str, str],
    folder: Path,
    files: Sequence[int],
    patience: int = 0,
) -> Process:
    """Fork a run with three open files; it is killed after so many seconds, where some are given.

    When the first file is a terminal, it becomes the one that controls the run.
    """
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        order = json.dumps([list(words), dict(environ), str(folder), patience]).encode()
        socket.send_fds(_origin(), [order], [*files, theirs.fileno()])
    return Process(ours)


@cache
def _origin() -> socket.socket:
    """The socket of the process that is forked; it ends when this one does."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        origin = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "tests.forked", str(theirs.fileno())],
            env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8"},
            cwd=Path(__file__).parent.parent,
            stdin=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
        )
    atexit.register(_end, origin, ours)
    return ours


def _end(origin: subprocess.Popen[bytes], ours: socket.socket) -> None:
    ours.close()
    origin.wait(PATIENCE_S)


# ---------------------------------------------------------------- in that process


def _import_all() -> None:
    import kara_tui
    from kara_tui.tui.start import ESCAPE_MS

    os.environ["ESCDELAY"] = ESCAPE_MS  # as the wizard has it before it loads Textual
    for found in pkgutil.walk_packages(kara_tui.__path__, "kara_tui."):
        if not found.name.endswith("__main__"):
            importlib.import_module(found.name)
    for name in _LIBRARIES:
        importlib.import_module(name)


def _serve(orders: socket.socket) -> None:
    """Fork for every order a process that forks the run and waits for it."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        order, files, _, _ = socket.recv_fds(orders, 1 << 21, 4)
        if not order:
            return
        if os.fork() == 0:
            orders.close()
            words, environ, folder, patience = json.loads(order)
            _keep(words, environ, folder, patience, files)
        for number in files:
            os.close(number)


def _keep(
    words: list[str], environ: dict[str, str], folder: str, patience: int, files: list[int]
) -> NoReturn:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    *three, status = files
    process = os.fork()
    if process == 0:
        os.close(status)
        _become(words, environ, folder, three)
    for number in three:
        os.close(number)
    os.write(status, str(process).encode())
    signal.signal(signal.SIGALRM, lambda *_: os.kill(process, signal.SIGKILL))
    signal.alarm(patience)
    _, ended = os.waitpid(process, 0)
    with suppress(BrokenPipeError):
        os.write(status, str(ended).encode())
    os._exit(0)


def _become(
    words: list[str], environ: dict[str, str], folder: str, files: Sequence[int]
) -> NoReturn:
    """The command, as Python starts it under the locale C.UTF-8."""
    from kara_tui.cli import main

    for place, number in enumerate(files):
        os.dup2(number, place)
    for number in files:
        os.close(number)
    if os.isatty(0):
        os.setsid()
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environ)
    time.tzset()
    sys.argv = words
    for name, number, mode, errors in (
        ("stdin", 0, "r", "surrogateescape"),
        ("stdout", 1, "w", "surrogateescape"),
        ("stderr", 2, "w", "backslashreplace"),
    ):
        file = open(number, mode, encoding="utf-8", errors=errors, closefd=False)  # noqa: SIM115 - for the process's life
        setattr(sys, name, file)
        setattr(sys, f"__{name}__", file)
    try:
        main()
    finally:
        sys.excepthook(*sys.exc_info())  # it ends the process itself, if it can
        os._exit(1)


if __name__ == "__main__":
    _import_all()
    gc.collect()
    gc.freeze()
    _serve(socket.socket(fileno=int(sys.argv[1])))
