"""Workbooks (XLSX, XLSM, XLSB, XLS, ODS): parsed in a child process, taken over as records."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import polars as pl

from kara_tui.exports.cells.cleaning import JOIN, clean, clean_unless_marked
from kara_tui.exports.columns.layout import ColumnLayout, layout
from kara_tui.exports.export import ExportKind, Unreadable
from kara_tui.exports.files.limits import Limits
from kara_tui.exports.files.source import Source
from kara_tui.exports.payments.changed_words import typed_rows
from kara_tui.exports.payments.payment_table import PaymentTable
from kara_tui.exports.rows.below_table import Footer, footer_of, is_note
from kara_tui.exports.workbook.cell_errors import CellErrors
from kara_tui.exports.workbook.errors import (
    failure,
    hidden_rows,
    not_checked,
    rows_differing,
    sheets_left_out,
)
from kara_tui.exports.workbook.merged_cells import Merges
from kara_tui.model import Finding, HowToRead

# How far up from a sheet's end totals are looked for.
_LATEST = 100
# So many payments are looked at to see what the others will be like.
_SAMPLE = 2_000
# So many bytes of payments become a frame at a time.
_PIECE = 4 << 20


class Sheet(NamedTuple):
    """The payments of a workbook: texts as the child wrote them, typed cells behind their marks.

    ``typed`` are the rows that hold something else than a text where texts stand.
    """

    table: PaymentTable
    layout: ColumnLayout
    above: int
    epoch: date
    footers: tuple[Footer, ...]
    frame: pl.DataFrame
    findings: tuple[Finding, ...] = ()
    typed: Mapping[str, Mapping[str, frozenset[int]]] = {}

    @property
    def sample(self) -> list[dict[str, str]]:
        """The kept cells of the first payments."""
        return self.frame.head(_SAMPLE).drop("row").to_dicts()

    def is_whole(self, rows: int) -> bool:
        """Whether so many payments are all of them."""
        return rows == self.frame.height

    def payments_at(self, rows: Sequence[int]) -> pl.DataFrame:
        """The payments in these rows of the sheet, in its order: ``row`` and their texts."""
        return self.frame.filter(pl.col("row").is_in(rows))


def read_workbook(
    child: subprocess.Popen[bytes], source: Source, kind: ExportKind, how: HowToRead, limits: Limits
) -> Sheet:
    """The payments of the sheet whose header names most of the export's columns.

    Raises Unreadable when the child refused the workbook, or died of it.
    """
    # A watch on the clock too: processor time does not pass while a disk hangs.
    watch = threading.Timer(limits.seconds_for(source.size) * 2, child.kill)
    watch.daemon = True
    watch.start()
    with child:
        try:
            return _taken_over(child, source.name, kind, how, limits)
        finally:
            watch.cancel()
            child.kill()


def _taken_over(
    child: subprocess.Popen[bytes], name: str, kind: ExportKind, how: HowToRead, limits: Limits
) -> Sheet:
    assert child.stdout is not None  # noqa: S101 - it was asked for as a pipe
    head = _said(child.stdout.readline())
    if "header" not in head:
        raise Unreadable(failure(_said(child.stdout.read()), name))
    columns = layout([clean(cell) for cell in head["header"]], kind, how, name)
    frames = [_frame(b"", columns)]
    rest = b""
    # The payments are taken over while the child still writes, and never lie here as a whole.
    while piece := child.stdout.read(_PIECE):
        lines, line_end, rest = (rest + piece).rpartition(b"\n")
        if lines:
            frames.append(_frame(lines + line_end, columns))
    tail = _said(rest)
    if not tail.get("done"):
        raise Unreadable(failure(tail, name))
    frame = pl.concat(frames)
    if tail["rows"] != frame.height:
        raise AssertionError("the workbook's parser counted other rows than came over")
    troubles = CellErrors.told(tail["troubles"])
    frame = troubles.marked(frame)
    merges = Merges.told(tail, frame)
    # A row with a formula or a merged cell beside its one text is no note.
    others = (*troubles.cells.values(), *merges.texts.values())
    notes = frozenset(tail["notes"]).difference(*others)
    footers, frame = _footers(merges.filled(frame), notes, dict(tail["beside"]))
    findings = (
        *sheets_left_out(head["others"], head["visible"], name),
        *rows_differing(tail["differing"], name),
        *hidden_rows(frame.filter(pl.col("row").is_in(tail["hidden"]))["row"].to_list(), name),
        *troubles.of_texts(frame, columns, kind, name),
        *merges.findings(frame, columns, name),
        *([] if tail["checked"] else [not_checked(name)]),
    )
    epoch = date.fromisoformat(head["epoch"])
    of_sheet = PaymentTable(frame.lazy(), name, limits, typed=True)
    typed = typed_rows(tail["typed"])
    return Sheet(of_sheet, columns, tail["above"], epoch, footers, frame, findings, typed)


def _said(line: bytes) -> dict[str, Any]:
    """A line of JSON; nothing when it was cut off, because the child died."""
    try:
        value = json.loads(line)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _frame(lines: bytes, columns: ColumnLayout) -> pl.DataFrame:
    fields = [column.field for column in columns.columns]
    schema = {"row": pl.Int64(), **dict.fromkeys(fields, pl.String())}
    if not lines:
        return pl.DataFrame(schema=schema)
    # One line is one payment and no cell holds a separator: the child wrote it so.
    return pl.read_csv(
        lines,
        has_header=False,
        separator=JOIN,
        quote_char=None,
        schema=schema,
        empty_string_is_null=False,
        glob=False,
    )


def _footers(
    frame: pl.DataFrame, notes: frozenset[int], beside: Mapping[int, str]
) -> tuple[tuple[Footer, ...], pl.DataFrame]:
    """The lines at the end that are totals or notes, and the payments above them.

    ``beside`` tells by row what kind of cell stands in columns that are not read.
    """
    footers: list[Footer] = []
    for cells in frame.tail(_LATEST).reverse().iter_rows(named=True):
        row = cells.pop("row")
        kept = {field: clean_unless_marked(text) for field, text in cells.items()}
        others = [beside[row]] if row in beside else []
        # The child tells of lone texts, and here it is known under which header they stand.
        lone = row in notes and all(is_note(text, field) for field, text in kept.items() if text)
        footer = footer_of(row, kept, others, lone=lone)
        if footer is None:
            break
        footers.insert(0, footer)
    return tuple(footers), frame.head(frame.height - len(footers))
