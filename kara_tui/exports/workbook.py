"""Workbooks (XLSX, XLSM, XLSB, XLS, ODS): parsed in a child process, taken over as records."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, Any

from kara_tui.exports.cells import ERROR, JOIN, NO_VALUE, NUMBER, clean
from kara_tui.exports.columns import header_keys, layout, own_keys
from kara_tui.exports.dates import EPOCH_1900, EPOCH_1904
from kara_tui.exports.delimited import no_header
from kara_tui.exports.export import ExportKind, HowToRead, Unreadable
from kara_tui.exports.findings import finding
from kara_tui.exports.limits import Limits
from kara_tui.exports.records import Records
from kara_tui.exports.source import Source
from kara_tui.model import Finding


def start_child(source: Source, how: HowToRead, limits: Limits) -> subprocess.Popen[str]:
    """Start parsing. Called before Polars is imported, so that the two go on side by side."""
    orders = {
        "keys": header_keys(),
        "own": own_keys(how),
        "memory": limits.child_memory,
        "seconds": limits.child_seconds,
        "members": limits.members,
        "unpacked": limits.unpacked_bytes,
        "ratio": limits.unpacked_ratio,
        "rows": limits.rows,
        "columns": limits.columns,
        "characters": limits.cell_characters,
    }
    source.file.seek(0)
    program = str(Path(__file__).with_name("workbook_child.py"))
    return subprocess.Popen(
        [sys.executable, "-I", program, json.dumps(orders)],
        stdin=source.file.fileno(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        errors="replace",
    )


def read_workbook(
    child: subprocess.Popen[str], source: Source, kind: ExportKind, how: HowToRead, limits: Limits
) -> Records:
    """The payments of the sheet whose header names most of the export's columns.

    Raises Unreadable when the child refused the workbook, or died of it.
    """
    # A watch on the clock too: processor time does not pass while a disk hangs.
    watch = threading.Timer(limits.child_seconds * 2, child.kill)
    watch.daemon = True
    watch.start()
    try:
        with child:
            assert child.stdout is not None  # noqa: S101 - it was asked for as a pipe
            records, tail = _take(child.stdout, source, kind, how)
    finally:
        watch.cancel()
        if child.poll() is None:
            child.kill()
            child.wait()
    if records is None or not tail.get("done"):
        raise Unreadable(_failure(str(tail.get("failed", "died")), source.name))
    if tail["rows"] != len(records.rows):
        raise AssertionError("the workbook's parser counted other rows than came over")
    records.above, records.blank = tail["above"], tail["blank"]
    _mark_troubles(records, tail["troubles"])
    records.take_footers()
    return records


def _take(
    answer: IO[str], source: Source, kind: ExportKind, how: HowToRead
) -> tuple[Records | None, dict[str, Any]]:
    """The records and the last line; no records when the child had nothing to say about a sheet."""
    first = answer.readline()
    if not first.startswith("{") or not first.endswith("\n"):
        return None, _tail(answer.readline() if first == "\n" else first)
    head = json.loads(first)
    header = [clean(cell) for cell in head["header"]]
    records = Records(layout(header, kind, how, source.name))
    records.epoch = EPOCH_1904 if head["epoch_1904"] else EPOCH_1900
    last = ""
    for line in answer:
        if line.startswith("{") or not line.endswith("\n"):
            last = line
            break
        if line == "\n":
            continue
        row, *cells = line[:-1].split(JOIN)
        records.add(int(row), [c if c.startswith(NUMBER) else clean(c) for c in cells])
    return records, _tail(last)


def _tail(line: str) -> dict[str, Any]:
    try:
        tail = json.loads(line)
    except ValueError:  # cut off: the child died
        return {}
    return tail if isinstance(tail, dict) else {}


def _mark_troubles(records: Records, troubles: list[list[Any]]) -> None:
    """Put errors and formulas without a value where the parser saw nothing."""
    if not troubles:
        return
    index = {row: place for place, row in enumerate(records.rows)}
    fields = {place: field for field, place in records.layout.positions.items()}
    for row, column, error in troubles:
        texts = records.columns[fields[column]]
        texts[index[row]] = ERROR + clean(error) if error else NO_VALUE


def _failure(reason: str, name: str) -> Finding:
    if reason == "no-header":
        return no_header(name)
    code, message, hint = {
        "encrypted": (
            "workbook-encrypted",
            f"{name} is protected with a password.",
            "Open it in a spreadsheet and save it without the password, or export again.",
        ),
        "torn": (
            "workbook-torn",
            f"{name} is damaged or is no workbook: it cannot be opened.",
            "Export the payments again, or open the file in a spreadsheet and save it anew.",
        ),
    }.get(
        reason,
        (
            "workbook-too-large",
            f"{name} asks for more memory, time or room than a payments export needs.",
            "A cell far away from the payments can be enough. Save the sheet as CSV UTF-8 and use "
            "that, or export fewer months at a time.",
        ),
    )
    return finding(code, message, hint, source=name)
