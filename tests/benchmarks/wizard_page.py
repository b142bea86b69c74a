"""What was measured of the wizard, as lines to print and as the page on it."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

OTHERS = ("posting", "harlequin", "toolong")
_VERSIONS = "from importlib.metadata import version as v; print(v({name!r}), v('textual'))"


@dataclass(frozen=True, slots=True)
class Start:
    """A program's starts: milliseconds to the first text and the first screen, bytes, MiB."""

    name: str
    runs: tuple[tuple[float, float, int, float], ...]

    @property
    def first_text(self) -> float:
        return statistics.median(one for one, _, _, _ in self.runs)

    @property
    def first_paint(self) -> float:
        return statistics.median(one for _, one, _, _ in self.runs)

    @property
    def size(self) -> float:
        return statistics.median(one for _, _, one, _ in self.runs)

    @property
    def memory(self) -> float:
        return statistics.median(one for _, _, _, one in self.runs)

    def times(self, other: Start) -> float:
        """How many times as long as another to the first screen: the median of rounds' ratios."""
        pairs = zip(self.runs, other.runs, strict=True)
        return statistics.median(mine[1] / theirs[1] for mine, theirs in pairs)

    def __str__(self) -> str:
        return (
            f"  {self.name:<36} text {self.first_text:>6.0f} ms  paint {self.first_paint:>6.0f} ms"
            f"  {self.size:>7.0f} B  {self.memory:>6.1f} MiB"
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One number: what it is, what it is measured in, and the limit it is held to, if any."""

    name: str
    value: float
    unit: str
    limit: float | None = None

    @property
    def is_over(self) -> bool:
        return self.limit is not None and self.value > self.limit

    @property
    def shown(self) -> str:
        return f"{self.value:,.{2 if self.unit == 'x' else 0 if self.value >= 100 else 1}f}"

    def __str__(self) -> str:
        limit = "" if self.limit is None else f"  (at most {self.limit:g})"
        mark = "!" if self.is_over else " "
        return f"{mark} {self.name:<58} {self.shown:>9} {self.unit}{limit}"


PAGE = """# What the wizard costs

How long the wizard takes to its first screen, and what a key costs in bytes and milliseconds, in a
terminal of 80 columns and 24 rows (`TERM=xterm-256color`).

Made by `make bench-wizard`; do not edit. Programs are started in turn, {rounds} rounds after one to
warm up; times are medians, and a ratio is the median of the rounds' own ratios, so it compares
starts that met the machine in the same mood. Keys are those of {walks} walks through the sample
month; of bytes the most that any of them cost is shown where it says so. Bytes are the same on
every machine.

Python {python}, Textual {textual}, {system}, {cores} cores.

## Start

| | first text | first screen | the wizard takes | bytes | memory |
|---|---:|---:|---:|---:|---:|
{starts}

{others}

## Keys

| | | limit |
|---|---:|---:|
{rows}
{over}"""


def page(
    starts: Sequence[Start], rows: Sequence[Row], rounds: int, walks: int, others: Path | None
) -> str:
    """The reference page with these figures."""
    ours = next(one for one in starts if one.name == "the wizard")
    over = [one for one in rows if one.is_over]
    return PAGE.format(
        rounds=rounds,
        walks=walks,
        python=platform.python_version(),
        textual=version("textual"),
        system=f"{platform.system()} {platform.machine()}",
        cores=os.cpu_count(),
        starts="\n".join(
            f"| {one.name} | {one.first_text:.0f} ms | {one.first_paint:.0f} ms "
            f"| {'' if one is ours else f'{ours.times(one):.2f} ×'} "
            f"| {one.size:,.0f} | {one.memory:.0f} MiB |"
            for one in starts
        ),
        others="\n".join(_about_others([one.name for one in starts], others)),
        rows="\n".join(
            f"| {one.name} | {one.shown} {_unit(one)} | {_limit(one)} |" for one in rows
        ),
        over="\nOver their limits here: " + "; ".join(_named(one) for one in over) + ".\n"
        if over
        else "",
    )


def _unit(row: Row) -> str:
    return "×" if row.unit == "x" else row.unit


def _limit(row: Row) -> str:
    return "" if row.limit is None else f"{row.limit:,g} {_unit(row)}"


def _named(row: Row) -> str:
    return f"{row.name} ({row.shown} {_unit(row)})"


def _about_others(measured: Sequence[str], folder: Path | None) -> list[str]:
    """Which versions the other programs are of, and which of them could not be had."""
    there = [name for name in OTHERS if name in measured and folder is not None]
    lines = []
    if folder is not None and there:
        said = []
        for name in there:
            python = folder / f"{name}-venv" / "bin" / "python"
            asked = [str(python), "-c", _VERSIONS.format(name=name)]
            own, textual = subprocess.check_output(asked, text=True).split()
            said.append(f"{name} {own} (Textual {textual})")
        lines.append(f"Each in an environment of its own: {', '.join(said)}.")
    missing = [name for name in OTHERS if name not in there]
    if missing:
        lines.append(f"Not measured, because not installed here: {', '.join(missing)}.")
    return lines
