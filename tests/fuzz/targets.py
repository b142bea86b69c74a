"""What is fuzzed: bytes become a file, the file is read, and what comes of it has to hold.

A text's first byte chooses a header, so that the rest reaches what is behind a header at once; a
workbook's bytes are changes to a good one, so that they reach what is behind a ZIP's checksum.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
from functools import cache
from pathlib import Path

from kara_tui.exports import Export, ExportKind, Limits, Unreadable, months, read, select
from kara_tui.exports.cells.cleaning import clean
from tests.exports.samples import HEADER, row, table, workbook
from tests.exports.workbook.test_workbooks import open_document

# Some damaged workbooks keep the parser busy until it is stopped.
_USUAL, _LARGE = Limits(child_seconds=5), Limits(careful_bytes=0)
# What a large file is searched for in the month that is asked for only; here none is.
_OF_A_MONTH = {"control-characters"}
_XLS = Path(__file__).parents[1] / "exports" / "workbook" / "payments.xls"
_LONGEST_FINDING = 1_200


def text(data: bytes) -> None:
    """A text file: the careful way and the way of large files must come to the same."""
    content = _with_header(data)
    careful = _outcome(io.BytesIO(content))
    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        file.write(content)
        file.flush()
        large = _outcome(Path(file.name), _LARGE)
        assert _told(large) == _told(careful)


def changed_workbook(data: bytes) -> None:
    """A workbook with changes in one of its parts, or in its bytes."""
    _told(_outcome(io.BytesIO(_changed(data))))


def _with_header(data: bytes) -> bytes:
    if not data:
        return data
    separator = {0: ",", 1: ";", 2: "\t"}.get(data[0] % 4)
    if separator is None:
        return data[1:]
    return separator.join(HEADER).encode() + b"\n" + data[1:]


def _outcome(source: Path | io.BytesIO, limits: Limits = _USUAL) -> Export | Unreadable:
    try:
        return read(source, ExportKind.PAID, limits=limits, name="payments.csv")
    except Unreadable as error:
        return error


def _told(outcome: Export | Unreadable) -> object:
    """All that a file came to; that it can be told at all is the first thing to hold."""
    for each in outcome.findings:
        told = each.message + each.hint + each.column
        assert all(clean(char) == char or char == " " for char in told), told
        assert len(told) < _LONGEST_FINDING, told
    findings = [
        (each.code, each.rows, each.count)
        for each in outcome.findings
        if each.code not in _OF_A_MONTH
    ]
    if isinstance(outcome, Unreadable):
        return findings
    counted = sum(tally.payments for tally in outcome.tallies)
    assert counted <= outcome.rows
    if counted < outcome.rows:  # what is in no month has to be said
        assert any(finding.is_blocker for finding in outcome.findings)
    chosen = [select(outcome, each.month) for each in months(outcome)]
    return outcome.rows, outcome.dropped, findings, outcome.tallies, chosen


@cache
def _bases() -> tuple[bytes, ...]:
    rows = table(row(), row(price="80", date="2026-10-31 23:59:59"), row(type="Cash"))
    edits = {"E2": "=1+1", "A3": "#N/A"}
    return workbook(rows), open_document(rows), _XLS.read_bytes(), workbook(rows, edit=edits)


def _changed(data: bytes) -> bytes:
    if len(data) < 2:
        return data
    base = _bases()[data[0] % 4]
    if data[0] & 4 or not base.startswith(b"PK"):
        return _edited(base, data[1:])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(base)) as old, zipfile.ZipFile(out, "w") as new:
        members = old.infolist()
        chosen = members[data[1] % len(members)].filename
        for member in members:
            content = old.read(member)
            new.writestr(
                member, _edited(content, data[2:]) if member.filename == chosen else content
            )
    return out.getvalue()


def _edited(content: bytes, orders: bytes) -> bytes:
    """The content after orders of five bytes each: what to do, where (three bytes), with what."""
    edited = bytearray(content)
    for at in range(0, len(orders) - 4, 5):
        what, place, value = orders[at] % 4, orders[at + 1 : at + 4], orders[at + 4]
        start = int.from_bytes(place, "big") % (len(edited) + 1)
        if what == 0:
            edited[start : start + 1] = bytes([value])
        elif what == 1:
            del edited[start : start + value]
        elif what == 2:
            edited[start:start] = edited[start : start + value]
        else:
            edited[start:start] = bytes([value])
    return bytes(edited)


TARGETS = {"text": text, "workbook": changed_workbook}
SEEDS = {name: Path(__file__).parent / "corpus" / name for name in TARGETS}
