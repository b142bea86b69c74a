"""Time kara-tui beside the least it could be and beside the ways it is usually programmed.

    python -m tests.benchmarks.month --contenders BENCH_PYTHON [--runs N] [--write PAGE]

Whole processes, side by side in one run. All contenders must first come to the same number of
sessions and the same total, and the bare script to the same PDF, byte for byte. Prints the tables;
`--write` also puts them into a page of the documentation.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.benchmarks.paired import measure
from tests.benchmarks.payments import MONTH, payments, write_csv, write_workbook
from tests.benchmarks.tables import table

HERE = Path(__file__).parent
CHECKOUT = HERE.parent.parent
FONTS = CHECKOUT / "themes" / "invoice" / "classic" / "fonts"
SESSIONS = 40
OURS = "kara-tui"
BARE = "ten lines: polars + typst"
PANDAS = "pandas + WeasyPrint"
OPENPYXL = "openpyxl + ReportLab"
PDF_ONLY = ", PDF only"

PAGE = """# Benchmarks

How long a month takes. How large an export may be stands in
[reading large exports](benchmarks-reading.md).

Made by `make bench-month`; do not edit. Whole processes from start to end, in turn, {runs} rounds
after two to warm up. Times are medians. A ratio is the median of the rounds' own ratios, so it
compares runs that met the machine in the same mood. *Processor* is the time on all cores together,
so it can be more than the time that passed.

Python {python}, {system}, {cores} cores.

## Start

`python -c "import argparse"` is the least that a command line in Python can take.

{start}

## A month of {sessions} sessions

`kara-tui --no-tui --dry-run --json` reads an export of {rows} rows, selects the month's Credit
sessions, checks all, and writes the PDF, the annex and the mail draft. Next to it:

- **{bare}**: imports the same two libraries, reads the same file and compiles the same
  document, whose text it is given. It selects, checks and adds up nothing. The PDFs are equal,
  byte for byte.
- **{pandas}** and **{openpyxl}**: the same export to a PDF of the same content
  (month and type selected, exact totals, repeated table header, embedded fonts, page numbers), an
  annex and a mail draft. They make no findings, work out no dates and check no account.
  WeasyPrint's PDF is tagged PDF/A-3a; ReportLab's is plain PDF, as it cannot make tagged ones.
- **PDF only**: the same without annex and mail.

All come to the same number of sessions and the same total before anything is timed.

### From a CSV file

{csv}

### From a workbook (XLSX)

{xlsx}
"""


def main() -> None:
    """Measure, print, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--contenders", required=True, help="the Python of the other programs")
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--write", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kara-tui-bench-") as name:
        folder = Path(name)
        os.environ["KARA_TUI_HOME"] = str(folder / "home")
        rows = payments(SESSIONS)
        write_csv(rows, folder / "payments.csv")
        write_workbook(rows, folder / "payments.xlsx")
        start = measure(_start(), chosen.runs * 2, folder)
        months = {}
        for suffix in ("csv", "xlsx"):
            contenders = _month(folder, folder / f"payments.{suffix}", chosen.contenders)
            _agree(contenders, folder)
            months[suffix] = measure(contenders, chosen.runs, folder)
    page = PAGE.format(
        runs=chosen.runs,
        python=platform.python_version(),
        system=f"{platform.system()} on {platform.machine()}",
        cores=os.cpu_count(),
        sessions=SESSIONS,
        rows=len(rows),
        bare=BARE,
        pandas=PANDAS,
        openpyxl=OPENPYXL,
        start=table(start, 'python -c "import argparse"', ours_first=False),
        csv=table(months["csv"], OURS, ours_first=True),
        xlsx=table(months["xlsx"], OURS, ours_first=True),
    )
    print(page)
    if chosen.write:
        chosen.write.write_text(page, "utf-8")


def _start() -> dict[str, Sequence[str]]:
    return {
        'python -c "import argparse"': [sys.executable, "-c", "import argparse"],
        "kara-tui --version": [_command(), "--version"],
        "kara-tui --help": [_command(), "--help"],
    }


def _month(folder: Path, export: Path, python: str) -> dict[str, Sequence[str]]:
    month_end = [
        "--no-tui", "--dry-run", "--json", "--profile", "demo", "--paid", str(export), "--month",
        MONTH, "--today", "2026-11-02", "--out", str(folder / "out"),
    ]  # fmt: skip
    job = folder / f"job-{export.suffix[1:]}"
    recorder = [sys.executable, "-m", "tests.benchmarks.job", str(job), *month_end]
    recorded = subprocess.run(recorder, cwd=CHECKOUT, capture_output=True, text=True)
    if recorded.returncode:
        raise RuntimeError(recorded.stderr)
    scripts = HERE / "contenders"

    def pdf(name: str) -> str:
        return str(folder / f"{name}.pdf")

    others = [str(export), MONTH, str(FONTS)]
    pandas = [python, str(scripts / "pandas_weasyprint.py"), *others, pdf("pandas")]
    openpyxl = [python, str(scripts / "openpyxl_reportlab.py"), *others, pdf("openpyxl")]
    return {
        OURS: [_command(), *month_end],
        BARE: [sys.executable, str(scripts / "bare.py"), str(export), str(job), pdf("bare")],
        PANDAS: pandas,
        PANDAS + PDF_ONLY: [*pandas, "--pdf-only"],
        OPENPYXL: openpyxl,
        OPENPYXL + PDF_ONLY: [*openpyxl, "--pdf-only"],
    }


def _command() -> str:
    return str(Path(sys.executable).with_name("kara-tui"))


def _agree(contenders: Mapping[str, Sequence[str]], folder: Path) -> None:
    """Raise RuntimeError unless all come to the same result."""
    said = {
        name: subprocess.run(command, check=True, capture_output=True, text=True).stdout
        for name, command in contenders.items()
    }
    (invoice,) = json.loads(said[OURS])["invoices"]
    ours = {"sessions": invoice["sessions"], "total": invoice["total"]}
    for name in (PANDAS, PANDAS + PDF_ONLY, OPENPYXL, OPENPYXL + PDF_ONLY):
        if json.loads(said[name]) != ours:
            raise RuntimeError(f"{name} comes to {said[name].strip()}, kara-tui to {ours}")
    if ours["sessions"] != SESSIONS:
        raise RuntimeError(f"{ours['sessions']} sessions were billed and not {SESSIONS}")
    if (folder / "bare.pdf").read_bytes() != Path(invoice["pdf"]).read_bytes():
        raise RuntimeError("the bare script did not make the same PDF")


if __name__ == "__main__":
    main()
