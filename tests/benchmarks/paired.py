"""Fair timing: whole processes, taken in turn, compared round by round."""

from __future__ import annotations

import math
import os
import statistics
import subprocess
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

WARM_UP = 2


@dataclass(frozen=True, slots=True)
class Result:
    """What one contender needed in each round, its child processes included.

    ``seconds`` of wall clock, ``cpu`` seconds on any core, ``memory`` at the peak in MiB: that of
    its largest process.
    """

    seconds: tuple[float, ...]
    cpu: tuple[float, ...]
    memory: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def best(self) -> float:
        return min(self.seconds)

    @property
    def work(self) -> float:
        return statistics.median(self.cpu)

    @property
    def peak(self) -> float:
        return max(self.memory)

    def times(self, other: Result) -> float:
        """How many times as long as another: the median of the rounds' own ratios.

        Two runs of one round met the same machine, so noise that lasts longer than a round drops
        out of the ratio; it would stay in a ratio of two medians. Rounds that only one of them ran
        are left out.
        """
        pairs = zip(self.seconds, other.seconds, strict=False)
        return statistics.median(mine / theirs for mine, theirs in pairs)


def measure(
    contenders: Mapping[str, Sequence[str]],
    runs: int,
    folder: Path,
    *,
    warm_up: int = WARM_UP,
    patience: float = math.inf,
    always: Collection[str] = (),
    check: Callable[[str, str], None] = lambda name, said: None,
) -> dict[str, Result]:
    """Run each command once a round, rotating who begins; the first rounds only warm up.

    Who takes longer than ``patience`` seconds in a measured round sits the later ones out, but for
    those of ``always``. After every run ``check`` is given the contender's name and what it wrote
    to standard output; it raises when that is wrong.

    Raises subprocess.CalledProcessError, with what the command said, when one fails.
    """
    rounds: dict[str, list[tuple[float, float, float]]] = {name: [] for name in contenders}
    names = list(contenders)
    for turn in range(warm_up + runs):
        first = turn % len(names)
        for name in names[first:] + names[:first]:
            tired = name not in always and any(seconds > patience for seconds, _, _ in rounds[name])
            if tired:
                continue
            needed = _run(contenders[name], folder)
            check(name, (folder / "output.txt").read_text("utf-8", errors="replace"))
            if turn >= warm_up:
                rounds[name].append(needed)
    return {name: Result(*zip(*rounds[name], strict=True)) for name in names}


def _run(command: Sequence[str], folder: Path) -> tuple[float, float, float]:
    output, complaints = folder / "output.txt", folder / "complaints.txt"
    with output.open("wb") as out, complaints.open("wb") as err:
        begin = time.perf_counter()
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=err, env=_as_installed()
        )
        _, status, usage = os.wait4(process.pid, 0)
        took = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        said = (file.read_text("utf-8", errors="replace") for file in (output, complaints))
        raise subprocess.CalledProcessError(process.returncode, command, *said)
    # Linux counts memory in KiB.
    return took, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def _as_installed() -> dict[str, str]:
    """Our environment, but one in which Python keeps compiled modules, as pip leaves them.

    With PYTHONDONTWRITEBYTECODE set, a checkout would be compiled anew in each run, and installed
    packages would not.
    """
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
