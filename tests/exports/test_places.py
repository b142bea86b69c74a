"""A row is a spreadsheet's row, whatever goes over several lines; the line is said beside it."""

from __future__ import annotations

import io
from collections.abc import Sequence

import openpyxl
import pytest

from kara_tui.exports import Unreadable
from tests.exports.samples import HEADER, as_csv, read_bytes, read_text, refused, row, sessions, the

TWO_LINES = row(client="Klara\nSentinel")


def spreadsheet_rows(lines: Sequence[str]) -> list[int]:
    """The rows of the payments as a workbook of the same cells has them."""
    import csv

    book = openpyxl.Workbook()
    for cells in csv.reader(io.StringIO("".join(lines), newline="")):
        book.active.append(cells or [""])  # type: ignore[union-attr]  # a new book has a sheet
    out = io.BytesIO()
    book.save(out)
    return [one.row for one in sessions(read_bytes(out.getvalue(), name="same.xlsx"))]


@pytest.mark.parametrize(
    "text",
    [
        as_csv([row(), row()]),
        as_csv([TWO_LINES, row(), TWO_LINES, row()]),
        as_csv([TWO_LINES, row()], line_end="\r\n"),
        "A title\n\n" + as_csv([row(), TWO_LINES, row()]),
        '"A title\nin two lines"\n' + as_csv([row(), row()]),
        as_csv([row()]) + "\n\n" + as_csv([row(), row()]).partition("\n")[2],
    ],
)
def test_a_text_file_s_rows_are_those_of_a_spreadsheet(text: str) -> None:
    lines = text.splitlines(keepends=True)
    assert [one.row for one in sessions(read_text(text))] == spreadsheet_rows(lines)


def test_the_line_is_said_where_it_is_another_and_only_there() -> None:
    export = read_text(as_csv([row(), TWO_LINES, row(), row()]))
    assert [one.place for one in sessions(export)] == ["2", "3", "4 (line 5)", "5 (line 6)"]


def test_blank_rows_count_and_lines_stay_the_same() -> None:
    text = as_csv([row(), row()]).replace("\n2026", "\n\n2026")
    assert [one.place for one in sessions(read_text(text))] == ["3", "5"]


def test_a_finding_says_the_line_beside_its_row() -> None:
    found = the(read_text(as_csv([TWO_LINES, row(price="x")])), "price-unreadable")
    assert found.rows == (3,)
    assert "Row 3 (line 4)" in found.message


def test_a_refusal_says_the_line_beside_its_row() -> None:
    [found] = refused((as_csv([TWO_LINES]) + "2026-10-15,a,b\n").encode()).findings
    assert found.rows == (3,)
    assert "row 3 (line 4)" in found.message


def test_a_header_that_speaks_of_a_row_is_left_alone() -> None:
    header = ["Row 3 price" if name == "Service Price" else name for name in HEADER]
    rows = [one | {"Row 3 price": one["Service Price"]} for one in (TWO_LINES, row(price="x"))]
    from kara_tui.model import HowToRead

    how = HowToRead(columns={"Row 3 price": "price"})
    found = the(read_text(as_csv(rows, header), how), "price-unreadable")
    assert "“Row 3 price”" in found.message
    assert "Row 3 (line 4)" in found.message


def test_damage_below_a_cell_of_two_lines_names_the_row() -> None:
    with pytest.raises(Unreadable) as error:
        read_text(as_csv([TWO_LINES, row()]) + "a\0b\n")
    assert error.value.findings[0].rows == (4,)
    assert "Line 5" in error.value.findings[0].message
