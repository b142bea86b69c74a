"""The page and the picture of how large exports are read."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.benchmarks.paired import Result
from tests.benchmarks.plot import Panel, svg
from tests.benchmarks.tables import duration, table

OURS = "kara-tui"
POLARS = "bare Polars"
PANDAS = "pandas"
PYARROW = "pandas, pyarrow"
CSV = "Python's csv"
MILLER = "Miller"
CALAMINE = "bare python-calamine"
OPENPYXL = "openpyxl, read-only"

# What each step is called, and the guards that `contenders/reading_guards.py` then has on.
GUARDS = {
    "+ every payment counted": ("count",),
    "+ every date checked": ("count", "dates"),
    "+ all bytes looked at": ("count", "dates", "bytes"),
}
QUOTED_GUARDS = {
    "+ counted, dates, bytes": ("quoted", "count", "dates", "bytes"),
    "+ every line a record": ("quoted", "count", "dates", "bytes", "grammar"),
}

PAGE = """# Reading large exports

An export of a month has a few hundred rows. This page is about years of a clinic network in one
file: how long `kara-tui --no-tui --dry-run --json` takes for it, beside programs that do less.

Made by `make bench-reading`; do not edit. Whole processes from start to end, in turn, {runs}
rounds; other programs that take longer than {patience:.0f} s are run once. Times are medians. A
ratio is the median of the rounds' own ratios, so it compares runs that met the machine in the same
mood. *Processor* is the time on all cores together. *Peak memory* is that of a program's largest
process.

Python {python}, {system}, {cores} cores.

![Seconds against rows, both logarithmic]({picture})

## In short

{short}

Of kara-tui's time, {alone} have nothing to do with the file's size: that is what the same month
takes from {few} rows, with start, PDF, annex and mail draft.

## What is measured

Every file holds one month with {sessions} Credit sessions, scattered among payments of ten years,
clients' names and addresses among the columns, dates as `2026-10-31 17:30`. kara-tui does all of a
month end but issue: it drops the clients' columns, checks every date, amount, currency and payment
type in the file, makes its findings and writes PDF, annex and mail draft. The others only find the
month's Credit rows and add them up:

- **{polars}**: one streaming query over the same columns that trusts every line and cell and adds
  up in floats. It is the floor.
- **{pandas}** with its own parser in C, and with that of **pyarrow**: the same columns as a frame.
- **{csv}**: row by row, exact decimals, three columns looked at.
- **{miller}**: a program in Miller's own language (`mlr`; on Debian the package `miller`).
- **{calamine}**: row by row, three cells of a row looked at. kara-tui runs the same parser in a
  child process with limits on memory and time.
- **{openpyxl}**: the same, in Python.

After every single run the answer must be the month's true number of sessions and its true total.

## Text files

{texts}

## Growth

{growth}

## What each guard costs

The bare query, with the reader's guards put on one after another, on the largest file. Counting
means that the file is grouped by month, payment type, price and currency, and every different cell
is looked at. The bytes are hashed, and searched for quotation marks, NUL bytes, lone carriage
returns and letters that are not UTF-8; what is left of each line without its texts must be as many
separators as the header's: that proves that no line was padded or cut. Both go on in threads beside
the query. A ratio is to the bare query.

{guards}

The same rows with quotation marks (a comma in every service's name). Now every line is matched with
the grammar of a record in a scan of its own, because a scan loses rows in silence when a quotation
mark is out of place.

{quoted}

## Workbooks

{sheets}
"""


@dataclass(frozen=True, slots=True)
class Size:
    """The results with a file of so many rows."""

    rows: int
    megabytes: float
    results: Mapping[str, Result]

    @property
    def heading(self) -> str:
        return f"### {_count(self.rows)} rows, {self.megabytes:,.0f} MB"


@dataclass(frozen=True, slots=True)
class Found:
    """Everything that was measured; sizes go from small to large."""

    texts: Sequence[Size]
    sheets: Sequence[Size]
    alone: Size
    guards: Size
    quoted: Size
    runs: int
    sessions: int


def written(found: Found, patience: float) -> str:
    """The page, as Markdown."""
    return PAGE.format(
        runs=found.runs,
        patience=patience,
        python=platform.python_version(),
        system=f"{platform.system()} on {platform.machine()}",
        cores=os.cpu_count(),
        picture="../pictures/benchmark-reading.svg",
        sessions=found.sessions,
        polars=POLARS,
        pandas=PANDAS,
        csv=CSV,
        miller=MILLER,
        calamine=CALAMINE,
        openpyxl=OPENPYXL,
        alone=duration(found.alone.results[OURS].median),
        few=_count(found.alone.rows),
        short="\n".join(_short(found)),
        texts=_tables(found.texts),
        growth="\n".join(_growth(found.texts)),
        guards=table(found.guards.results, POLARS, ours_first=False),
        quoted=table(found.quoted.results, POLARS, ours_first=False),
        sheets=_tables(found.sheets),
    )


def drawn(found: Found) -> str:
    """The picture, as SVG."""
    panels = (Panel("Text files", _series(found.texts)), Panel("Workbooks", _series(found.sheets)))
    return svg(panels, "Seconds that kara-tui and others take for an export, against its rows")


def _series(sizes: Sequence[Size]) -> dict[str, dict[int, float]]:
    names = sizes[-1].results if sizes else ()
    return {name: {size.rows: size.results[name].median for size in sizes} for name in names}


def _tables(sizes: Sequence[Size]) -> str:
    return "\n\n".join(
        f"{size.heading}\n\n{table(size.results, OURS, ours_first=True)}" for size in sizes
    )


def _short(found: Found) -> Iterator[str]:
    """What is aimed at, and what came out."""
    yield "| | aim | measured |"
    yield "|---|---:|---:|"
    for size in found.texts[-1:]:
        ours, rows = size.results[OURS], _count(size.rows)
        times = ours.times(size.results[POLARS])
        yield f"| {rows} rows beside {POLARS} | at most 2.5 × | {times:.2f} × |"
        yield f"| peak memory at {rows} rows | at most 600 MiB | {ours.peak:.0f} MiB |"
    for size in found.texts:
        ours, rows = size.results[OURS], _count(size.rows)
        for name, result in size.results.items():
            if name not in (OURS, POLARS):
                yield f"| {rows} rows beside {name} | less than 1 × | {ours.times(result):.2f} × |"
    if len(found.texts) > 1:
        small, large = found.texts[0], found.texts[-1]
        factor = large.rows / small.rows
        grown = large.results[OURS].median / small.results[OURS].median
        yield f"| time for {factor:g} times the rows | at most {factor:g} × | {grown:.1f} × |"
    for size in found.sheets:
        ours, what = size.results[OURS], f"workbook of {_count(size.rows)} rows"
        times = ours.times(size.results[CALAMINE])
        yield f"| {what} beside {CALAMINE} | at most 1.5 × | {times:.2f} × |"
        times = size.results[OPENPYXL].times(ours)
        yield f"| {what}, what {OPENPYXL} takes beside kara-tui | at least 6 × | {times:.2f} × |"


def _growth(sizes: Sequence[Size]) -> Iterator[str]:
    yield "Time, and peak memory below it, as the files grow.\n"
    yield "| | " + " | ".join(f"{_count(size.rows)} rows" for size in sizes) + " | growth |"
    yield "|---|" + "---:|" * (len(sizes) + 1)
    for name in sizes[-1].results:
        each = [size.results[name] for size in sizes]
        times = " | ".join(duration(result.median) for result in each)
        peaks = " | ".join(f"{result.peak:.0f} MiB" for result in each)
        yield f"| {name} | {times} | {each[-1].median / each[0].median:.1f} × |"
        yield f"| | {peaks} | {each[-1].peak / each[0].peak:.1f} × |"


def _count(rows: int) -> str:
    return f"{rows:,}".replace(",", " ")
