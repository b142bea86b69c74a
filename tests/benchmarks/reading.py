"""Time how kara-tui reads large exports, beside other programs that do less with the same files.

    python -m tests.benchmarks.reading --contenders BENCH_PYTHON [--rows N…] [--sheet-rows N…]
        [--runs N] [--folder FOLDER] [--write PAGE --picture PICTURE]

Whole processes, side by side in one run; every answer of every run must be the month's true number
of sessions and its total. Prints the tables; `--write` also puts them into a page of the
documentation. The files go into a temporary folder, or stay in `--folder` for another time. All
sizes take ten minutes and three gigabytes of disk.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks import reading_page as page
from tests.benchmarks.paired import Result, measure
from tests.benchmarks.payments import MONTH

PROGRAMS = Path(__file__).parent / "contenders"
CHECKOUT = Path(__file__).parent.parent.parent
TEXT_ROWS = (100_000, 1_000_000, 10_000_000)
SHEET_ROWS = (100_000, 1_000_000)
FEW = 1_000
# A program that takes longer than this is run once and not again and again.
PATIENCE = 8.0
# Files of so many rows and more are measured without a round to warm up.
LONG = 1_000_000


@dataclass(frozen=True, slots=True)
class Export:
    """A generated file, and what its month comes to."""

    path: Path
    rows: int
    month: dict[str, Any]

    @property
    def megabytes(self) -> float:
        return self.path.stat().st_size / 1e6

    def check(self, name: str, said: str) -> None:
        """Raise RuntimeError unless a contender said what the month comes to."""
        answer = json.loads(said)
        if name.startswith(page.OURS):
            (invoice,) = answer["invoices"]
            answer = {"sessions": invoice["sessions"], "total": invoice["total"]}
        if answer != self.month:
            raise RuntimeError(f"{name}, {self.rows} rows: {answer} and not {self.month}")


@dataclass(frozen=True, slots=True)
class Bench:
    """Where files lie and which Python has the other programs' libraries."""

    folder: Path
    python: str
    runs: int

    def file(self, suffix: str, rows: int, *, quoted: bool = False) -> Export:
        """Make a file, or take the one that is there. Its maker is a process of its own: see it."""
        name = f"{'quoted' if quoted else 'plain'}-{rows}"
        path, answer = self.folder / f"{name}{suffix}", self.folder / f"{name}{suffix}.json"
        if not answer.exists():
            maker = [sys.executable, "-m", "tests.benchmarks.years", str(path), str(rows)]
            made = subprocess.run(
                [*maker, *(["--quoted"] if quoted else [])],
                check=True, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True,
            )  # fmt: skip
            answer.write_text(made.stdout, "utf-8")
        return Export(path, rows, json.loads(answer.read_text("utf-8")))

    def ours(self, export: Export) -> Sequence[str]:
        return [
            str(Path(sys.executable).with_name("kara-tui")), "--no-tui", "--dry-run", "--json",
            "--profile", "demo", "--paid", str(export.path), "--month", MONTH, "--today",
            "2026-11-02", "--out", str(self.folder / "out"),
        ]  # fmt: skip

    def program(self, name: str, export: Export, *more: str, apart: bool = False) -> Sequence[str]:
        """One of the small programs; ``apart`` runs it in the other programs' environment."""
        python = self.python if apart else sys.executable
        return [python, str(PROGRAMS / f"reading_{name}.py"), str(export.path), MONTH, *more]

    def measured(self, contenders: dict[str, Sequence[str]], export: Export) -> dict[str, Result]:
        print(f"{export.path.name}: {', '.join(contenders)}", file=sys.stderr, flush=True)
        with export.path.open("rb") as file:  # from memory for all, the first one too
            while file.read(1 << 20):
                pass
        warm_up = 0 if export.rows >= LONG else 1
        return measure(
            contenders, self.runs, self.folder, warm_up=warm_up, patience=PATIENCE,
            always=(page.OURS, page.POLARS, page.CALAMINE), check=export.check,
        )  # fmt: skip

    def text(self, rows: int) -> page.Size:
        """All contenders on a text file."""
        export = self.file(".csv", rows)
        contenders = {
            page.OURS: self.ours(export),
            page.POLARS: self.program("polars", export),
            page.PYARROW: self.program("pandas", export, "pyarrow", apart=True),
            page.CSV: self.program("csv", export),
            page.MILLER: _miller(export),
            page.PANDAS: self.program("pandas", export, "c", apart=True),
        }
        here = {name: command for name, command in contenders.items() if command}
        return page.Size(rows, export.megabytes, self.measured(here, export))

    def sheet(self, rows: int) -> page.Size:
        """All contenders on a workbook."""
        export = self.file(".xlsx", rows)
        contenders = {
            page.OURS: self.ours(export),
            page.CALAMINE: self.program("calamine", export),
            page.OPENPYXL: self.program("openpyxl", export, apart=True),
        }
        return page.Size(rows, export.megabytes, self.measured(contenders, export))

    def alone(self) -> page.Size:
        """The month from a file that has little else in it."""
        export = self.file(".csv", FEW)
        return page.Size(
            FEW, export.megabytes, self.measured({page.OURS: self.ours(export)}, export)
        )

    def guards(self, rows: int, *, quoted: bool) -> page.Size:
        """The bare query with one guard after another."""
        export = self.file(".csv", rows, quoted=quoted)
        steps = page.QUOTED_GUARDS if quoted else page.GUARDS
        contenders = {
            page.POLARS: self.program("polars", export),
            **{words: self.program("guards", export, *names) for words, names in steps.items()},
            page.OURS: self.ours(export),
        }
        return page.Size(rows, export.megabytes, self.measured(contenders, export))


def _miller(export: Export) -> Sequence[str]:
    """Miller's command, or nothing where it is not installed."""
    program = PROGRAMS / "reading_miller.mlr"
    found = shutil.which("mlr")
    options = ["--icsv", "--ojsonl", "put", "-q", "-s", f"month={MONTH}", "-f", str(program)]
    return [found, *options, str(export.path)] if found else []


def main() -> None:
    """Make the files, measure, print, and write the page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--contenders", required=True, help="the Python of the other programs")
    parser.add_argument("--rows", type=int, nargs="*", default=TEXT_ROWS, help="of text files")
    parser.add_argument(
        "--sheet-rows", type=int, nargs="*", default=SHEET_ROWS, help="of workbooks"
    )
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="keep the files here, and use those that are")
    parser.add_argument("--make", action="store_true", help="make the files and measure nothing")
    parser.add_argument("--write", type=Path)
    parser.add_argument("--picture", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kara-tui-bench-") as name:
        os.environ["KARA_TUI_HOME"] = str(Path(name) / "home")
        folder = chosen.folder or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        bench = Bench(folder, chosen.contenders, chosen.runs)
        _make(bench, chosen.rows, chosen.sheet_rows)
        if chosen.make:
            return
        largest = max(chosen.rows)
        found = page.Found(
            texts=[bench.text(rows) for rows in sorted(chosen.rows)],
            sheets=[bench.sheet(rows) for rows in sorted(chosen.sheet_rows)],
            alone=bench.alone(),
            guards=bench.guards(largest, quoted=False),
            quoted=bench.guards(largest, quoted=True),
            runs=chosen.runs,
            sessions=bench.file(".csv", largest).month["sessions"],
        )
    if not shutil.which("mlr"):
        print("Miller is not installed (on Debian: apt install miller) and was left out.")
    text = page.written(found, PATIENCE)
    print(text)
    if chosen.write:
        chosen.write.write_text(text, "utf-8")
    if chosen.picture:
        chosen.picture.write_text(page.drawn(found), "utf-8")


def _make(bench: Bench, rows: Sequence[int], sheet_rows: Sequence[int]) -> None:
    """All files before anything is timed."""
    makers: list[Callable[[], Export]] = [
        lambda: bench.file(".csv", FEW),
        *(lambda n=n: bench.file(".csv", n) for n in rows),
        *(lambda n=n: bench.file(".xlsx", n) for n in sheet_rows),
        lambda: bench.file(".csv", max(rows), quoted=True),
    ]
    for make in makers:
        make()


if __name__ == "__main__":
    main()
