"""Fair timing: whole processes, taken in turn, compared round by round."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

WARM_UP = 2


@dataclass(frozen=True, slots=True)
class Result:
    """What one contender needed in each round, its child processes included.

    ``seconds`` of wall clock, ``cpu`` seconds on any core, ``memory`` at the peak in MiB.
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
        out of the ratio; it would stay in a ratio of two medians.
        """
        pairs = zip(self.seconds, other.seconds, strict=True)
        return statistics.median(mine / theirs for mine, theirs in pairs)


def measure(contenders: Mapping[str, Sequence[str]], runs: int, folder: Path) -> dict[str, Result]:
    """Run each command once a round, rotating who begins; the first rounds only warm up.

    Raises subprocess.CalledProcessError, with what the command printed, when one fails.
    """
    rounds: dict[str, list[tuple[float, float, float]]] = {name: [] for name in contenders}
    names = list(contenders)
    for turn in range(WARM_UP + runs):
        first = turn % len(names)
        for name in names[first:] + names[:first]:
            needed = _run(contenders[name], folder)
            if turn >= WARM_UP:
                rounds[name].append(needed)
    return {name: Result(*zip(*rounds[name], strict=True)) for name in names}


def _run(command: Sequence[str], folder: Path) -> tuple[float, float, float]:
    output = folder / "output.txt"
    with output.open("wb") as sink:
        begin = time.perf_counter()
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=sink, stderr=sink, env=_as_installed()
        )
        _, status, usage = os.wait4(process.pid, 0)
        took = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(
            process.returncode, command, output.read_text("utf-8", errors="replace")
        )
    # Linux counts memory in KiB.
    return took, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def _as_installed() -> dict[str, str]:
    """Our environment, but one in which Python keeps compiled modules, as pip leaves them.

    With PYTHONDONTWRITEBYTECODE set, a checkout would be compiled anew in each run, and installed
    packages would not.
    """
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
