"""The wizard measured in a pty: first text, first paint, what a key costs, idling, large files.

Run as ``python -m tests.benchmarks.wizard [--rounds N] [--others FOLDER] [--write PAGE]``. Every
start stands beside those of other Textual programs in the same round, because machines differ and
ratios do less; bytes are the same everywhere.
"""

from __future__ import annotations

import argparse
import csv
import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.wizard_page import Row, Start, page
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
KB = 1024
QUIET = 0.3  # seconds without a byte after which a key is answered for good
SILENT = 1.0  # seconds without any byte after which a key does nothing
PATIENCE = 30.0
HOME = "\x07"  # Ctrl+G
_ESCAPES = re.compile(
    rb"\x1b(?:\[[0-9;:?<>=]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[PX^_].*?\x1b\\|[()].|.)?"
)


@dataclass(frozen=True, slots=True)
class Program:
    """Something to start: its command, and words that stand on its first screen."""

    name: str
    command: tuple[str, ...]
    words: str


def programs(others: Path | None, log: Path) -> list[Program]:
    """What is started in turn. The others are those that are installed, each in a place of its own
    (``posting-venv`` and so on): what they need cannot be had together.
    """
    found = [
        Program("a bare Textual app with one label", (sys.executable, "-c", BARE), "one label"),
        Program("Header + DataTable + Footer", (sys.executable, "-c", STOCK), "one label"),
        Program("the wizard", tuple(kara_tui("--demo")), "Files"),
    ]
    if others is None:
        return found
    for name, arguments, words in (
        ("posting", ("posting",), "Collection is empty"),
        ("harlequin", ("harlequin",), "Query Results"),
        ("toolong", ("tl", str(log)), "line 199"),
    ):
        command = others / f"{name}-venv" / "bin" / arguments[0]
        if command.exists():
            found.append(Program(name, (str(command.absolute()), *arguments[1:]), words))
    return found


def starts(rounds: int, others: Path | None) -> list[Start]:
    """Each program's starts, taken in turn, the first of each not counted."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder, "lines.log")
        log.write_text("".join(f"2026-10-01 12:00:{n % 60:02} line {n}\n" for n in range(200)))
        wanted = programs(others, log)
        for one in wanted:
            started(one)
        found: list[list[tuple[float, float, int, float]]] = [[] for _ in wanted]
        for _ in range(rounds):
            for runs, one in zip(found, wanted, strict=True):
                runs.append(started(one))
    return [Start(one.name, tuple(runs)) for one, runs in zip(wanted, found, strict=True)]


def started(program: Program) -> tuple[float, float, int, float]:
    """Milliseconds to the first letter and the first screen, its bytes, and the MiB held then."""
    with tempfile.TemporaryDirectory() as home:
        # Each start compiles nothing: the one to warm up has kept what it compiled.
        own = {"HOME": home, "PYTHONDONTWRITEBYTECODE": ""} | {
            f"XDG_{what}_HOME": f"{home}/{what}" for what in ("CONFIG", "DATA", "CACHE", "STATE")
        }
        with Terminal(list(program.command), Path(home), environ=own, forked=False) as terminal:
            first, shown = 0.0, ""
            while program.words not in shown:
                data = terminal.take(PATIENCE)
                now = (time.perf_counter() - terminal.started) * 1000
                if not data:
                    raise SystemExit(f"{program.name} never showed “{program.words}”.")
                # A sequence may be cut in two, and then all of it is looked at again.
                shown = _ESCAPES.sub(b"", terminal.sent).decode("utf-8", "replace")
                if not first and shown.strip():
                    first = now
            return first, now, len(terminal.sent), resident(terminal.pid)


def resident(pid: int) -> float:
    """The memory that a process holds, in MiB (proc(5), status)."""
    for line in Path(f"/proc/{pid}/status").read_text("ascii", "replace").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def processor(pid: int) -> float:
    """The processor time of a process so far, in milliseconds, of threads that ended too."""
    # The clock of another process: clock_getcpuclockid(3), which Python does not have.
    return time.clock_gettime((~pid << 3) | 2) * 1000


def start_rows(found: Sequence[Start]) -> Iterator[Row]:
    """The wizard's start, beside the others'."""
    bare, ours = found[0], found[2]
    yield Row("first text", ours.first_text, "ms", 60)
    for other in (one for one in found if one is not ours):
        limit = 1.5 if other is bare else 1
        yield Row(f"first paint: {other.name}", ours.times(other), "x", limit)
    yield Row("memory at the first paint, more than the bare app's", ours.memory - bare.memory,
              "MiB", 7)  # fmt: skip


# -- keys

Cost = tuple[int, float]  # bytes, and milliseconds to the last of them


def key(terminal: Terminal, name: str) -> Cost:
    """What a key costs."""
    data = b""
    begun = last = time.perf_counter()
    os.write(terminal.fd, KEYS.get(name) or name.encode())
    while time.perf_counter() - last < (QUIET if data else SILENT):
        more = terminal.take(0.01)
        if more:
            last = time.perf_counter()
            data += more
    terminal.draw(data)
    return len(data), (last - begun) * 1000


def answers_while(terminal: Terminal, until: str) -> list[float]:
    """Milliseconds until each of many keys is answered at all, until words stand on the screen."""
    found = []
    end = time.perf_counter() + PATIENCE
    for name in _up_and_down():
        if until in terminal.text:
            break
        begun = time.perf_counter()
        if begun > end:
            raise SystemExit(f"“{until}” never came. The screen:\n{terminal.text}")
        os.write(terminal.fd, KEYS[name])
        data = terminal.take(1.0)
        found.append((time.perf_counter() - begun) * 1000)
        while more := terminal.take(0.01):
            data += more
        terminal.draw(data)
    return found


def _up_and_down() -> Iterator[str]:
    while True:
        yield "down"
        yield "up"


class Keys:
    """What each kind of key cost, over all months that were walked through."""

    def __init__(self) -> None:
        self.first: list[Cost] = []
        self.seen: list[Cost] = []
        self.down: list[Cost] = []
        self.opens: list[Cost] = []
        self.help: list[Cost] = []
        self.closes: list[Cost] = []
        self.palette: list[Cost] = []
        self.letter: list[Cost] = []
        self.idle: list[Cost] = []  # its milliseconds are the processor's
        self.making: list[float] = []


def walk(kinds: Keys) -> None:
    """The sample month from Home to Done, with looks at this and that, in a terminal of its own."""
    with (
        tempfile.TemporaryDirectory() as home,
        Terminal(kara_tui("--demo"), Path(home), forked=False) as terminal,
    ):
        terminal.until("42 ")
        terminal.settle(1.5)  # the pages are made ready beside the keys
        kinds.palette.append(key(terminal, "ctrl+p"))
        kinds.letter.append(key(terminal, "i"))
        key(terminal, "escape")
        key(terminal, HOME)
        key(terminal, "enter")
        kinds.first += [key(terminal, "enter") for _ in range(2)]  # Paid, Credit
        kinds.down += [key(terminal, "down") for _ in range(25)]
        for kind, question in ((kinds.opens, "w"), (kinds.opens, "e"), (kinds.help, "?")):
            kind.append(key(terminal, question))
            kinds.closes.append(key(terminal, "escape"))
        before, busy = len(terminal.sent), processor(terminal.pid)
        terminal.settle(2.0)
        kinds.idle.append((len(terminal.sent) - before, processor(terminal.pid) - busy))
        kinds.first += [key(terminal, "enter") for _ in range(3)]  # Unpaid, Invoice, Send
        # Esc waits whether it begins a sequence; how long is the driver's affair, not a step's.
        for _ in range(3):
            key(terminal, "escape")
        kinds.seen += [key(terminal, "enter") for _ in range(2)]  # Unpaid, Invoice
        os.write(terminal.fd, b"o")
        kinds.making += answers_while(terminal, "The draft is")
        for name in ("enter", "enter", "tab"):  # Send, its question, its second button
            key(terminal, name)
        os.write(terminal.fd, KEYS["enter"])
        kinds.making += answers_while(terminal, "issued · not sent yet")


def keys_to_issued() -> int:
    """How many keys the sample month takes from Home until it is issued."""
    with (
        tempfile.TemporaryDirectory() as home,
        Terminal(kara_tui("--demo"), Path(home), forked=False) as terminal,
    ):
        terminal.until("42 ")
        key(terminal, HOME)
        pressed = ("enter",) * 7 + ("tab", "enter")  # six steps, and the question before the number
        for name in pressed:
            key(terminal, name)
        terminal.until("issued · not sent yet")
    return len(pressed)


def key_rows(kinds: Keys) -> Iterator[Row]:
    """What keys cost in the sample month."""
    downs = [count for count, _ in kinds.down]
    yield Row("a cursor key in 42 sessions, median", statistics.median(downs), "B", 500)
    yield Row("a cursor key in 42 sessions, mean", statistics.mean(downs), "B", 700)
    yield Row("a cursor key in 42 sessions, median", _ms(kinds.down), "ms", 10)
    for name, costs, most_bytes, most_ms in (
        ("a step seen before", kinds.seen, 5 * KB, 60),
        ("a step's first visit", kinds.first, 6.5 * KB, 80),
        ("a question opens", kinds.opens, 6 * KB, 80),
        ("help opens", kinds.help, 6 * KB, 80),
        ("a question or help closes", kinds.closes, 5 * KB, None),
        ("the palette opens", kinds.palette, 14 * KB, 150),
        ("a letter in the palette", kinds.letter, 5 * KB, 60),
    ):
        yield Row(f"{name}, most", max(count for count, _ in costs), "B", most_bytes)
        yield Row(f"{name}, median", _ms(costs), "ms", most_ms)
    yield Row("idle for two seconds, bytes", max(count for count, _ in kinds.idle), "B", 0)
    yield Row("idle for two seconds, processor", _ms(kinds.idle), "ms", 5)
    yield Row("slowest key while a PDF is made", max(kinds.making), "ms", 60)


def _ms(keys: Sequence[Cost]) -> float:
    return statistics.median(took for _, took in keys)


# -- a very large month


def large_month(sessions: int) -> Iterator[Row]:
    """A very large export: the table's keys must not know how long it is."""
    with tempfile.TemporaryDirectory() as home:
        export = Path(home) / "payments.csv"
        write_export(export, sessions)
        command = kara_tui("--demo", "--paid", str(export), "--month", "2026-10")
        with Terminal(command, Path(home), forked=False) as terminal:
            terminal.until("Files")
            begun, busy = time.perf_counter(), processor(terminal.pid)
            terminal.until(f"{sessions:,} Credit", 120)
            read = (time.perf_counter() - begun) * 1000
            busy = processor(terminal.pid) - busy
            terminal.settle(0.5)
            key(terminal, "enter")
            shown = key(terminal, "enter")
            terminal.settle(2.0)  # the words to look through are made ready beside the keys
            downs = [key(terminal, "down") for _ in range(25)]
            last = key(terminal, "end")
            key(terminal, "/")
            typed = [key(terminal, letter) for letter in "0099"]
    yield Row(f"{sessions:,} sessions: read and assessed", read, "ms", 3000)
    yield Row(f"{sessions:,} sessions: read and assessed, processor", busy, "ms")
    yield Row(f"{sessions:,} sessions: shown", shown[1], "ms", 500)
    counts = [count for count, _ in downs]
    yield Row(f"a cursor key in {sessions:,} sessions, median", statistics.median(counts), "B", 500)
    yield Row(f"a cursor key in {sessions:,} sessions, mean", statistics.mean(counts), "B", 700)
    yield Row(f"a cursor key in {sessions:,} sessions, median", _ms(downs), "ms", 10)
    yield Row(f"{sessions:,} sessions: to the last line", last[1], "ms", 60)
    yield Row(f"{sessions:,} sessions: a letter in the filter, slowest",
              max(took for _, took in typed), "ms")  # fmt: skip


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


def main() -> None:
    """Measure and print; the exit code says whether every limit was kept."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--walks", type=int, default=3)
    parser.add_argument("--sessions", type=int, default=100_000)
    parser.add_argument("--others", type=Path, help="where the other programs' environments lie")
    parser.add_argument("--write", type=Path)
    given = parser.parse_args()
    found = starts(given.rounds, given.others)
    kinds = Keys()
    for _ in range(given.walks):
        walk(kinds)
    to_issued = Row("the sample month from Home to issued", keys_to_issued(), "keys", 9)
    rows = [*start_rows(found), *key_rows(kinds), to_issued, *large_month(given.sessions)]
    for line in (*found, *rows):
        print(line)
    if given.write:
        given.write.write_text(page(found, rows, given.rounds, given.walks, given.others), "utf-8")
    sys.exit(any(row.is_over for row in rows))


if __name__ == "__main__":
    main()
