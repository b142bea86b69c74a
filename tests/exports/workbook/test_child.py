"""A workbook's child process: what it says is taken over in pieces, and it may end at any time."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kara_tui.exports import ExportKind, Limits, Unreadable
from kara_tui.exports.files.source import open_source
from kara_tui.exports.workbook import sheet as door
from kara_tui.exports.workbook import start_child as starting
from kara_tui.model import HowToRead, Severity
from tests.exports.samples import (
    HEADER,
    as_csv,
    read_bytes,
    read_text,
    refused,
    row,
    sessions,
    table,
    workbook,
)


@pytest.mark.parametrize("piece", [1, 70, 4096])
def test_payments_are_the_same_however_they_are_cut_into_pieces(
    monkeypatch: pytest.MonkeyPatch, piece: int
) -> None:
    monkeypatch.setattr(door, "_PIECE", piece)
    rows = [row(price=str(number), service="Þerapía") for number in range(1, 40)]
    assert sessions(read_bytes(workbook(table(*rows)))) == sessions(read_text(as_csv(rows)))


def said_by_a_child(answer: bytes) -> door.Sheet:
    """What is made of a child's answer."""
    program = "import sys; sys.stdout.buffer.write(sys.stdin.buffer.read())"
    source = open_source(io.BytesIO(b"-"), "payments.xlsx", Limits())
    asked = io.BytesIO(answer)
    spoken = open_source(asked, None, Limits())
    with source.file, spoken.file:
        spoken.file.seek(0)
        child = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", program],
            stdin=spoken.file.fileno(), stdout=subprocess.PIPE,
        )  # fmt: skip
        return door.read_workbook(child, source, ExportKind.PAID, HowToRead(), Limits())


SAID = {"header": HEADER, "epoch": "1899-12-30", "others": [], "visible": 1}
HEAD = json.dumps(SAID).encode() + b"\n"
LINE = "\x1f".join(
    ["2", "2026-10-14 14:30:00", "Þ", "\x0165", "EUR", "Credit", "Hub", "Þóra", "a@b.is"]
).encode()
COUNTED: dict[str, Any] = {"done": True, "rows": 1, "above": 0, "typed": {}, "checked": True}
COUNTED |= {
    key: [] for key in ("notes", "troubles", "hidden", "differing", "down", "across", "beside")
}
TAIL = json.dumps(COUNTED).encode()


def test_a_whole_answer_is_taken_over() -> None:
    sheet = said_by_a_child(HEAD + LINE + b"\n" + TAIL)
    assert sheet.frame.rows() == [(2, *LINE.decode().split("\x1f")[1:])]


def test_a_sheet_that_could_not_be_looked_at_is_said_to_be_so() -> None:
    tail = json.dumps(COUNTED | {"checked": False}).encode()
    [found] = said_by_a_child(HEAD + LINE + b"\n" + tail).findings
    assert (found.code, found.severity) == ("sheet-not-checked", Severity.WARNING)
    assert not said_by_a_child(HEAD + LINE + b"\n" + TAIL).findings


@pytest.mark.parametrize(
    "answer",
    [b"\n", HEAD[:40], HEAD]
    + [HEAD + said for said in (LINE[:20], LINE, LINE + b"\n", LINE + b"\n{")],
)
def test_what_a_child_said_before_it_died_is_not_taken_for_the_sheet(answer: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        said_by_a_child(answer)
    assert [finding.code for finding in caught.value.findings] == ["workbook-too-large"]


@pytest.mark.parametrize("before", [b"", HEAD, HEAD + LINE + b"\n"])
def test_the_reason_that_a_child_gives_is_told_wherever_it_stopped(before: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        said_by_a_child(before + b'\n{"failed": "encrypted"}')
    assert [finding.code for finding in caught.value.findings] == ["workbook-encrypted"]


def test_payments_that_were_lost_on_the_way_are_a_defect() -> None:
    with pytest.raises(AssertionError, match="other rows"):
        said_by_a_child(HEAD + LINE + b"\n" + TAIL.replace(b'"rows": 1', b'"rows": 2'))


def test_a_column_that_is_missing_is_named_while_the_child_still_writes() -> None:
    rows = [cells[:4] + cells[5:] for cells in table(*(row() for _ in range(3000)))]
    error = refused(workbook(rows))
    assert [finding.code for finding in error.findings] == ["column-missing"]


def test_the_child_imports_nothing_of_the_room_but_what_is_made_for_it() -> None:
    program = Path(door.__file__).parent / "child" / "main.py"
    orders = json.dumps(starting.orders(0, HowToRead(), Limits()))
    with open_source(io.BytesIO(workbook(table(row()))), None, Limits()).file as file:
        file.seek(0)
        said = subprocess.run(
            [sys.executable, "-I", "-X", "importtime", str(program), orders],
            stdin=file.fileno(), capture_output=True, check=True,
        )  # fmt: skip
    assert b'"done": true' in said.stdout
    imported = {line.rpartition("|")[2].strip() for line in said.stderr.decode().splitlines()}
    assert {name for name in imported if name.startswith("kara_tui")} == {
        "kara_tui.exports.columns",
        "kara_tui.exports.columns.headers",
        "kara_tui.exports.rows",
        "kara_tui.exports.rows.header_search",
        "kara_tui.exports.workbook",
        "kara_tui.exports.workbook.child",
        "kara_tui.exports.workbook.child.epoch",
        "kara_tui.exports.workbook.child.number_formats",
        "kara_tui.exports.workbook.child.inspection",
        "kara_tui.exports.workbook.child.xlsx_inspection",
        "kara_tui.exports.workbook.child.xlsx_marks",
        "kara_tui.exports.workbook.child.package",
        "kara_tui.exports.workbook.child.row_texts",
        "kara_tui.exports.workbook.child.sheets",
        "kara_tui.text",
    }
    assert imported.isdisjoint({"polars", "dataclasses", "decimal", "xml.parsers.expat"})
