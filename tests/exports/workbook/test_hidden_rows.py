"""Rows that a spreadsheet does not show are read, and that is said."""

from __future__ import annotations

import io

import openpyxl
import pytest

from kara_tui.exports.workbook.child.xlsx_marks import XlsxMarks
from tests.exports.samples import (
    blockers,
    codes,
    prices,
    read_bytes,
    repacked,
    row,
    table,
    the,
    workbook,
)


def edited(data: bytes, *hidden: int, column: str = "", freeze: bool = False) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["Payments"]
    for number in hidden:
        sheet.row_dimensions[number].hidden = True
    if column:
        sheet.column_dimensions[column].hidden = True
    if freeze:
        sheet.freeze_panes = "B2"
        sheet.auto_filter.ref = "A1:J4"
        sheet.auto_filter.add_filter_column(6, ["Credit"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


DATA = workbook(table(row(price="1"), row(price="2"), row(price="3")))


def test_payments_in_hidden_rows_are_read_and_said() -> None:
    export = read_bytes(edited(DATA, 2, 4))
    assert prices(export) == [100, 200, 300]
    found = the(export, "rows-hidden")
    assert found.rows == (2, 4)
    assert not blockers(export)


def test_filters_and_frozen_panes_alone_say_nothing() -> None:
    export = read_bytes(edited(DATA, freeze=True))
    assert prices(export) == [100, 200, 300]
    assert "rows-hidden" not in codes(export)


@pytest.mark.parametrize("rows", [(1,), (9,)])
def test_hidden_rows_without_payments_say_nothing(rows: tuple[int, ...]) -> None:
    assert "rows-hidden" not in codes(read_bytes(edited(DATA, *rows)))


def test_a_hidden_column_is_read_and_not_taken_for_rows() -> None:
    export = read_bytes(edited(DATA, column="E"))
    assert prices(export) == [100, 200, 300]
    assert "rows-hidden" not in codes(export)


def test_hidden_rows_of_a_large_sheet_are_said() -> None:
    rows = [row(service=f"Session {number}") for number in range(4_000)]
    data = repacked(
        workbook(table(*rows)),
        {"xl/worksheets/sheet1.xml": (b'<row r="3999"', b'<row hidden="1" r="3999"')},
    )
    export = read_bytes(data)
    assert export.rows == 4_000
    assert the(export, "rows-hidden").rows == (3999,)


@pytest.mark.parametrize("mark", [b"<f>A1</f>", b"<x:f>A1</x:f>", b'<c r="A1" t="e"><v>#N/A'])
@pytest.mark.parametrize("cut", range(0, 30, 3))
def test_what_a_sheet_is_marked_by_is_seen_where_pieces_of_it_meet(mark: bytes, cut: int) -> None:
    marks = XlsxMarks()
    text = b'<row r="2" ' + mark + b'<row r="3" hidden="1"/>' + bytes(100)
    for piece in (text[:cut], text[cut : cut + 25], text[cut + 25 :]):
        marks.take(piece)
    assert marks.formulas_or_errors
    assert marks.hidden
    assert marks.last_row == 3


def test_a_sheet_with_nothing_of_it_is_not_marked() -> None:
    marks = XlsxMarks()
    marks.take(
        b'<sheetFormatPr/><row r="7"><c r="A7" t="s"><v>1</v></c></row><mergeCell ref="A1"/>'
    )
    assert not marks.formulas_or_errors
    assert not marks.hidden
    assert marks.last_row == 7


def test_a_hidden_row_on_another_sheet_says_nothing() -> None:
    data = workbook(table(row()), others={"Notes": [["x"]]})
    book = openpyxl.load_workbook(io.BytesIO(data))
    book["Notes"].row_dimensions[2].hidden = True
    book["Notes"]["A2"] = "y"
    out = io.BytesIO()
    book.save(out)
    assert "rows-hidden" not in codes(read_bytes(out.getvalue()))
