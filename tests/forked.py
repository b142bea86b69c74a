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
import gc
import importlib
import json
import os
import pkgutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
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
_READ_AT_START = ("LANGUAGE", "LC_", "PYTHON", "POLARS_", "RAYON_", "MALLOC_", "LD_")


def run(
    arguments: Sequence[str | Path], given: bytes, environ: Mapping[str, str], folder: Path
) -> tuple[int, bytes, bytes]:
    """Run the command: its exit code, and what it wrote on standard output and standard error."""
    if not _can_be_forked(environ):
        return started(arguments, given, environ, folder)
    words = [str(PROGRAM), *map(str, arguments)]
    with ExitStack() as stack:
        ends = [os.pipe() for _ in range(3)]
        theirs = [ends[0][0], ends[1][1], ends[2][1]]
        feed = stack.enter_context(os.fdopen(ends[0][1], "wb", buffering=0))
        said, told = (stack.enter_context(os.fdopen(end[0], "rb")) for end in ends[1:])
        status = stack.enter_context(start(words, environ, folder, theirs))
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
        code = os.waitstatus_to_exitcode(int(status.recv(64)))
    if code == -signal.SIGKILL:
        raise TimeoutError(f"it did not end: {words}")
    return code, out, heard[0]


def started(
    arguments: Sequence[str | Path], given: bytes, environ: Mapping[str, str], folder: Path
) -> tuple[int, bytes, bytes]:
    """The same, as a person starts it."""
    done = subprocess.run(
        [PROGRAM, *arguments], input=given, capture_output=True, env=environ, cwd=folder,
        timeout=PATIENCE_S, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


def _can_be_forked(environ: Mapping[str, str]) -> bool:
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


def start(
    words: Sequence[str], environ: Mapping[str, str], folder: Path, numbers: Sequence[int]
) -> socket.socket:
    """Fork a run with three open files; its status, as waitpid gives it, comes by the socket."""
    ours, theirs = socket.socketpair()
    with theirs:
        order = json.dumps([list(words), dict(environ), str(folder)]).encode()
        socket.send_fds(_origin(), [order], [*numbers, theirs.fileno()])
    return ours


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

    for found in pkgutil.walk_packages(kara_tui.__path__, "kara_tui."):
        if not found.name.startswith("kara_tui.tui") and not found.name.endswith("__main__"):
            importlib.import_module(found.name)
    for name in _LIBRARIES:
        importlib.import_module(name)


def _serve(orders: socket.socket) -> None:
    """Fork for every order a process that forks the run and waits for it."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        order, numbers, _, _ = socket.recv_fds(orders, 1 << 21, 4)
        if not order:
            return
        if os.fork() == 0:
            orders.close()
            _keep(json.loads(order), numbers)
        for number in numbers:
            os.close(number)


def _keep(order: tuple[list[str], dict[str, str], str], numbers: list[int]) -> NoReturn:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    *three, status = numbers
    process = os.fork()
    if process == 0:
        os.close(status)
        _become(*order, three)
    for number in three:
        os.close(number)
    signal.signal(signal.SIGALRM, lambda *_: os.kill(process, signal.SIGKILL))
    signal.alarm(PATIENCE_S)
    os.write(status, str(os.waitpid(process, 0)[1]).encode())
    os._exit(0)


def _become(
    words: list[str], environ: dict[str, str], folder: str, numbers: Sequence[int]
) -> NoReturn:
    """The command, as Python starts it under the locale C.UTF-8."""
    from kara_tui.cli import main

    for place, number in enumerate(numbers):
        os.dup2(number, place)
    for number in numbers:
        os.close(number)
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
