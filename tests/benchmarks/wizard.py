"""The wizard measured in a pty: first text, first paint, what a key costs, idling, large files.

Run as ``python -m tests.benchmarks.wizard [--runs N] [--write PAGE]``. Every start stands beside
those of small Textual programs in the same round, because machines differ and ratios do less; bytes
are the same everywhere.
"""

from __future__ import annotations

import argparse
import csv
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.tui.terminal import KEYS, Terminal, kara_tui

BARE = """
from textual.app import App
from textual.widgets import Label
class Bare(App):
    def compose(self):
        yield Label("one label")
Bare().run()
"""
STOCK = """
from textual.app import App
from textual.widgets import DataTable, Footer, Header
class Stock(App):
    BINDINGS = [("q", "quit", "Quit")]
    def compose(self):
        yield Header()
        yield DataTable(cursor_type="row")
        yield Footer()
    def on_mount(self):
        table = self.query_one(DataTable)
        table.add_columns("date", "service", "price", "sponsor")
        for n in range(200):
            table.add_row(f"2026-10-{n % 28 + 1:02}", "Session", "60.00 EUR", "one label")
Stock().run()
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One number: what it is, what it is measured in, and the limit it is held to, if any."""

    name: str
    value: float
    unit: str
    limit: float | None = None

    def __str__(self) -> str:
        limit = "" if self.limit is None else f"  (at most {self.limit:g})"
        mark = " " if self.limit is None or self.value <= self.limit else "!"
        return f"{mark} {self.name:<58} {self.value:>9.1f} {self.unit}{limit}"


def first_paint(command: Sequence[str], text: str) -> tuple[float, float, float]:
    """Milliseconds to the first visible text and to the first screen with ``text``, and the MiB
    of memory then.
    """
    with (
        tempfile.TemporaryDirectory() as home,
        Terminal(list(command), Path(home)) as terminal,
    ):
        first = 0.0
        while text not in terminal.text:
            terminal.settle(0.001)
            now = (time.perf_counter() - terminal.started) * 1000
            if not first and terminal.text.strip():
                first = now
        return first, now, resident(terminal.pid)


def resident(pid: int) -> float:
    """The memory that a process holds, in MiB (proc(5), status)."""
    for line in Path(f"/proc/{pid}/status").read_text("ascii", "replace").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def key(terminal: Terminal, name: str) -> tuple[int, float]:
    """Bytes that a key brings, and milliseconds until the last of them."""
    before = len(terminal.sent)
    begun = last = time.perf_counter()
    os.write(terminal.fd, KEYS.get(name) or name.encode())
    while time.perf_counter() - last < 0.15:
        if terminal.settle(0.002):
            last = time.perf_counter()
    return len(terminal.sent) - before, max(0.0, (last - begun) * 1000 - 2)


def answered(terminal: Terminal, name: str) -> float:
    """Milliseconds until a key is answered at all, while something else goes on."""
    terminal.settle(0.001)
    begun = time.perf_counter()
    os.write(terminal.fd, KEYS.get(name) or name.encode())
    while not terminal.settle(0.0005):
        pass
    return (time.perf_counter() - begun) * 1000


def cpu_ticks(pid: int) -> int:
    """The processor time that a process has used, in clock ticks (proc(5), stat)."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def starts(runs: int) -> Iterator[Row]:
    """Starting, each run of ours between runs of the others."""
    wanted = {
        "bare": ([sys.executable, "-c", BARE], "one label"),
        "stock": ([sys.executable, "-c", STOCK], "one label"),
        "ours": (kara_tui("--demo"), "Files"),
    }
    found: dict[str, list[tuple[float, float, float]]] = {name: [] for name in wanted}
    for _ in range(runs):
        for name, (command, text) in wanted.items():
            found[name].append(first_paint(command, text))
    paint = {name: statistics.median(one for _, one, _ in rows) for name, rows in found.items()}
    pairs = list(zip(found["ours"], found["bare"], strict=True))
    ratio = statistics.median(ours[1] / bare[1] for ours, bare in pairs)
    more = statistics.median(ours[2] - bare[2] for ours, bare in pairs)
    yield Row("first paint, a bare Textual app with one label", paint["bare"], "ms")
    yield Row("first paint, header + DataTable + footer", paint["stock"], "ms")
    yield Row("first paint, the wizard", paint["ours"], "ms")
    yield Row("first paint, the wizard : bare, median of pairs", ratio, "x", 1.5)
    yield Row("first text", statistics.median(one for one, _, _ in found["ours"]), "ms", 60)
    yield Row("memory at the first paint, more than bare", more, "MiB", 7)


def sample_month() -> Iterator[Row]:
    """Keys in the sample month, idling, and keys while a PDF is being made."""
    with (
        tempfile.TemporaryDirectory() as home,
        Terminal(kara_tui("--demo"), Path(home)) as terminal,
    ):
        terminal.until("42 ")
        terminal.settle(1.5)  # the pages are made ready beside the keys
        first = [key(terminal, "enter") for _ in range(2)]
        downs = [key(terminal, "down") for _ in range(25)]
        first += [key(terminal, "enter") for _ in range(3)]
        # Esc waits to see whether it begins a sequence, which is the driver's 100 ms, not a step's.
        for _ in range(4):
            key(terminal, "escape")
        seen = [key(terminal, "enter") for _ in range(4)]
        for _ in range(3):
            key(terminal, "escape")
        dialog = key(terminal, "w")
        key(terminal, "escape")
        palette, letter = key(terminal, "ctrl+p"), key(terminal, "i")
        key(terminal, "escape")
        ticks = cpu_ticks(terminal.pid)
        idle = terminal.settle(2.0)
        ticks = cpu_ticks(terminal.pid) - ticks
    yield Row("a cursor key in the sessions, median", _bytes(downs), "B", 500)
    yield Row("a cursor key in the sessions, mean of 25", statistics.mean(b for b, _ in downs),
              "B", 700)  # fmt: skip
    yield Row("a cursor key in the sessions, median", _ms(downs), "ms", 10)
    yield Row("a step seen before, median", _bytes(seen), "B", 5 * 1024)
    yield Row("a step seen before, median", _ms(seen), "ms", 60)
    yield Row("a step's first visit, median", _bytes(first), "B", 6.5 * 1024)
    yield Row("a step's first visit, median", _ms(first), "ms", 80)
    yield Row("a dialog opens", dialog[0], "B", 6 * 1024)
    yield Row("a dialog opens", dialog[1], "ms", 80)
    yield Row("the palette opens", palette[0], "B", 14 * 1024)
    yield Row("the palette opens", palette[1], "ms", 150)
    yield Row("a letter in the palette", letter[0], "B", 5 * 1024)
    yield Row("a letter in the palette", letter[1], "ms", 60)
    yield Row("idle for two seconds, bytes", idle, "B", 0)
    yield Row("idle for two seconds, processor", ticks * 1000 / os.sysconf("SC_CLK_TCK"), "ms", 5)


def _bytes(keys: Sequence[tuple[int, float]]) -> float:
    return statistics.median(count for count, _ in keys)


def _ms(keys: Sequence[tuple[int, float]]) -> float:
    return statistics.median(took for _, took in keys)


def large_month(sessions: int) -> Iterator[Row]:
    """A very large export: the table's keys must not know how long it is."""
    with tempfile.TemporaryDirectory() as home:
        export = Path(home) / "payments.csv"
        write_export(export, sessions)
        command = kara_tui("--demo", "--paid", str(export), "--month", "2026-10")
        with Terminal(command, Path(home)) as terminal:
            terminal.until("Files")
            begun = time.perf_counter()
            terminal.until(f"{sessions:,} Credit", 120)
            read = (time.perf_counter() - begun) * 1000
            terminal.settle(0.5)
            terminal.press("enter")
            shown = key(terminal, "enter")[1]
            time_to_filter = 2.0  # the words to look through are made ready beside the keys
            terminal.settle(time_to_filter)
            downs = [key(terminal, "down") for _ in range(20)]
            last = key(terminal, "end")[1]
            key(terminal, "/")
            typed = [key(terminal, letter)[1] for letter in "0099"]
        yield Row(f"{sessions:,} sessions: read and assessed", read, "ms", 3000)
        yield Row(f"{sessions:,} sessions: shown", shown, "ms", 500)
        yield Row(f"{sessions:,} sessions: a cursor key, median", _ms(downs), "ms", 10)
        yield Row(f"{sessions:,} sessions: a cursor key, median", _bytes(downs), "B", 500)
        yield Row(f"{sessions:,} sessions: to the last line", last, "ms", 60)
        yield Row(f"{sessions:,} sessions: a letter in the filter, slowest", max(typed), "ms")


def write_export(path: Path, sessions: int) -> None:
    """A Paid export of one month with so many Credit sessions."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["Transaction date", "Service Name", "Service Price", "Service Currency",
                       "Professional Name", "Professional Email", "Type", "Sponsor"])  # fmt: skip
        for n in range(sessions):
            day, minute = n % 31 + 1, n // 31 % 1440
            rows.writerow([f"2026-10-{day:02} {minute // 60:02}:{minute % 60:02}", f"Session {n}",
                           "60.00", "EUR", "Þóra Ægisdóttir", "thora@example.is", "Credit",
                           f"Sponsor {n % 97}"])  # fmt: skip


PAGE = """# What the wizard costs

How long the wizard takes to its first screen, and what a key costs in bytes and milliseconds, in a
terminal of 80 columns and 24 rows (`TERM=xterm-256color`).

Made by `make bench-wizard`; do not edit. Starts are taken in turn with two small Textual programs,
{runs} rounds; times are medians, and a ratio is the median of the rounds' own ratios. Bytes are the
same on every machine.

Python {python}, Textual {textual}, {system}, {cores} cores.

| | | limit |
|---|---:|---:|
{rows}
"""


def page(rows: Sequence[Row], runs: int) -> str:
    """The reference page with these rows."""
    from importlib.metadata import version

    return PAGE.format(
        runs=runs,
        python=platform.python_version(),
        textual=version("textual"),
        system=f"{platform.system()} {platform.machine()}",
        cores=os.cpu_count(),
        rows="\n".join(
            f"| {one.name} | {one.value:,.{2 if one.unit == 'x' else 0}f} {one.unit} "
            f"| {'' if one.limit is None else f'{one.limit:g} {one.unit}'} |"
            for one in rows
        ),
    )


def main() -> None:
    """Measure and print; the exit code says whether every limit was kept."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--sessions", type=int, default=100_000)
    parser.add_argument("--write", type=Path)
    given = parser.parse_args()
    rows = [*starts(given.runs), *sample_month(), *large_month(given.sessions)]
    for row in rows:
        print(row)
    if given.write:
        given.write.write_text(page(rows, given.runs), "utf-8")
    sys.exit(any(row.limit is not None and row.value > row.limit for row in rows))


if __name__ == "__main__":
    main()
