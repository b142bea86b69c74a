"""Kill -9 at every system call of an act, and every errno of a failing disk at every call."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from kara_tui.ledger import open_ledger
from tests.crash.child import (
    COPIES_REFUSED,
    ISSUED,
    NOVEMBER,
    REFUSED,
    ledger_file,
    now,
    order,
    render,
)
from tests.crash.judging import Broken, judge
from tests.crash.tracing import NO_FILE, Call, calls, kill_at, refuse_at, run

ACTS = ("first", "next", "credit", "send", "restore")
ERRORS = ("ENOSPC", "EIO", "EROFS", "EACCES", "EDQUOT")

# Memory, where there is some: the system calls are the same, and nothing waits for a disk.
_MEMORY = Path("/dev/shm")


@contextmanager
def scratch() -> Iterator[Path]:
    """An empty folder to be thrown away."""
    with tempfile.TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None) as folder:
        yield Path(folder)


def prepare(folder: Path, act: str) -> None:
    """What the act begins with: nothing for the first one, a month's invoices for the others."""
    folder.mkdir()
    if act != "first":
        ended = run(folder, "first")
        if ended.code != ISSUED:
            raise RuntimeError(f"the month before was not issued: {ended}")
    if act == "restore":
        with open_ledger(ledger_file(folder), now=now) as ledger:
            ledger.backup(folder / "backups")
            ledger.issue(order(NOVEMBER), render)


def calls_of(act: str) -> list[Call]:
    """The system calls of an act."""
    with scratch() as base:
        prepare(base / "run", act)
        return calls(base / "run", act, base / "log")


def killed(act: str, chosen: Sequence[Call]) -> list[str]:
    """Kill a child at each of these calls; what went wrong, in words."""
    problems = []
    with scratch() as base:
        prepare(base / "begin", act)
        for call in chosen:
            folder = base / "run"
            shutil.copytree(base / "begin", folder)
            ended = kill_at(folder, act, call)
            where = f"{act}: killed at {call.name} no. {call.nth} ({call.arguments[:80]})"
            if ended.code != -9:
                problems.append(f"{where}: the child did not die but ended with {ended.code}")
            else:
                problems += _judged(folder, act, ended.reported, where)
            shutil.rmtree(folder)
    return problems


def refused(act: str, chosen: Sequence[tuple[Call, str]]) -> list[str]:
    """Let each of these calls fail with its errno; what went wrong, in words."""
    problems = []
    with scratch() as base:
        prepare(base / "begin", act)
        for call, error in chosen:
            folder = base / "run"
            shutil.copytree(base / "begin", folder)
            ended = refuse_at(folder, act, call, error)
            where = f"{act}: {error} at {call.name} no. {call.nth} ({call.arguments[:80]})"
            if ended.code not in (ISSUED, REFUSED, COPIES_REFUSED) or ended.errors:
                problems.append(f"{where}: no clean end: {ended.code} {ended.errors[-600:]}")
            problems += _judged(folder, act, ended.reported, where)
            shutil.rmtree(folder)
    return problems


def refusals(every: Sequence[Call]) -> list[tuple[Call, str]]:
    """Each call that touches a file, with each errno; the child's own report is left alone."""
    return [
        (call, error)
        for call in every
        if call.name not in NO_FILE and not call.is_report
        for error in ERRORS
    ]


def _judged(folder: Path, act: str, reported: Sequence[str], where: str) -> list[str]:
    try:
        judge(folder, act, reported)
    except Broken as broken:
        return [f"{where}: {broken}"]
    return []
