"""Kill -9 at every system call of an act, and every errno of a failing disk at every call."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain
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
    traces,
)
from tests.crash.judging import Broken, judge
from tests.crash.tracing import KILLED, NO_FILE, Call, Ended, Refusal, calls, kill_at, refuse, run

ACTS = ("first", "next", "credit", "send", "restore")
ERRORS = ("ENOSPC", "EIO", "EROFS", "EACCES", "EDQUOT")

LASTING_ERRORS = ("ENOSPC", "EIO")

# Memory, where there is some: the system calls are the same, and nothing waits for a disk.
_MEMORY = Path("/dev/shm")


@dataclass(frozen=True)
class Disaster:
    """What happens to a child, where, and the codes that it may end with."""

    where: str
    strike: Callable[[Path], Ended]
    ends: frozenset[int]


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
        with open_ledger(ledger_file(folder), now=now, traces=traces(folder)) as ledger:
            ledger.backup(folder).path.rename(folder / "backup.sqlite")
            ledger.issue(order(NOVEMBER), render)


def calls_of(act: str) -> list[Call]:
    """The system calls of an act."""
    with scratch() as base:
        prepare(base / "run", act)
        return calls(base / "run", act, base / "log")


def killed(act: str, chosen: Sequence[Call]) -> list[str]:
    """Kill a child at each of these calls; what went wrong, in words."""
    return _struck(
        act,
        [
            Disaster(
                f"{act}: killed at {call}",
                partial(kill_at, act=act, call=call),
                frozenset({KILLED}),
            )
            for call in chosen
        ],
    )


def refused(act: str, chosen: Sequence[Refusal]) -> list[str]:
    """Let each of these calls fail with its errno; what went wrong, in words."""
    return _struck(
        act,
        [
            Disaster(
                f"{act}: {refusal}",
                partial(refuse, act=act, refusal=refusal),
                frozenset({ISSUED, REFUSED, COPIES_REFUSED}),
            )
            for refusal in chosen
        ],
    )


def _struck(act: str, disasters: Sequence[Disaster]) -> list[str]:
    """Let each disaster strike a ledger of its own, as many at once as there are processors."""
    with scratch() as base, ThreadPoolExecutor(os.cpu_count()) as pool:
        prepare(base / "begin", act)

        def strike(number: int, disaster: Disaster) -> list[str]:
            folder = base / str(number)
            shutil.copytree(base / "begin", folder)
            problems = _problems(folder, act, disaster)
            shutil.rmtree(folder)
            return problems

        return list(chain.from_iterable(pool.map(strike, range(len(disasters)), disasters)))


def _problems(folder: Path, act: str, disaster: Disaster) -> list[str]:
    ended = disaster.strike(folder)
    if ended.code not in disaster.ends or ended.errors:
        return [f"{disaster.where}: ended with {ended.code} {ended.errors[-600:]}"]
    try:
        judge(folder, act, ended.reported)
    except Broken as broken:
        return [f"{disaster.where}: {broken}"]
    return []


def refusals(every: Sequence[Call]) -> list[Refusal]:
    """Each call that touches a file, with each errno; the child's own report is left alone.

    A full and a broken disk stay what they are: these two also last from the call on.
    """
    touching = [call for call in every if call.name not in NO_FILE and not call.is_report]
    return [
        *(Refusal(call, error) for call in touching for error in ERRORS),
        *(
            Refusal(call, error, lasting=True)
            for call in touching
            for error in LASTING_ERRORS
            if call.name != "write"  # the child's own report would fail, too
        ),
    ]
