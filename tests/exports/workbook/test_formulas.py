"""Formulas without a stored value, errors and percentages in a sheet: each is named by its cell."""

from __future__ import annotations

import io
from datetime import datetime

import openpyxl
import pytest
import xlsxwriter

from kara_tui.exports import ExportKind
from kara_tui.model import Severity
from tests.exports.samples import (
    Cell,
    blockers,
    codes,
    prices,
    read_bytes,
    repacked,
    row,
    sessions,
    table,
    the,
    workbook,
)

SHEET = "xl/worksheets/sheet1.xml"
WHOLE_ROW = {f"{letter}3": "=1+1" for letter in "ABCDEFGHIJ"}
TEXTS = {"Service Name": "D", "Sponsor": "H", "Professional Name": "I", "Professional Email": "J"}


def test_a_row_of_formulas_that_were_never_calculated_is_not_blank() -> None:
    export = read_bytes(workbook(table(row(), row(), row()), edit=WHOLE_ROW))
    assert export.rows == 3
    assert the(export, "date-unreadable").rows == (3,)
    assert the(export, "type-unreadable").rows == (3,)
    assert "a formula without a stored value" in the(export, "date-unreadable").message
    assert export.frame.collect()["row"].to_list() == [2, 3, 4]


def test_a_title_that_was_never_calculated_is_no_payment() -> None:
    rows: list[list[Cell]] = [[None, None, "Payments"], [], *table(row())]
    export = read_bytes(workbook(rows, edit={"A1": "=TODAY()", "E1": "=SUM(E4:E9)"}))
    assert export.rows == 1
    assert not blockers(export)


def test_rows_of_such_formulas_at_the_end_are_not_lost() -> None:
    edit = WHOLE_ROW | {place.replace("3", "4"): text for place, text in WHOLE_ROW.items()}
    export = read_bytes(workbook(table(row(), row(), row()), edit=edit))
    assert the(export, "date-unreadable").rows == (3, 4)


def test_such_a_row_of_a_large_sheet_is_found_too() -> None:
    rows = table(*(row(service=f"Session {number}") for number in range(4_000)))
    data = workbook(rows, edit=WHOLE_ROW | {"A4001": "=A4000"})
    export = read_bytes(data)
    assert export.rows == 4_000
    assert the(export, "date-unreadable").rows == (3, 4001)


@pytest.mark.parametrize("cells", [{"A4": "=A3+1"}, {"A4": "=A3+1", "G4": "=G3"}])
def test_a_last_row_whose_date_is_such_a_formula_is_no_total(cells: dict[str, Cell]) -> None:
    data = workbook([*table(row(), row()), [None, None, None, None, 65.0]], edit=cells)
    export = read_bytes(data)
    assert the(export, "date-unreadable").rows == (4,)
    assert "footer-left-out" not in codes(export)


def test_a_row_with_such_a_formula_beside_its_one_text_is_no_note() -> None:
    data = workbook([*table(row()), ["see below"]], edit={"E3": "=E2"})
    export = read_bytes(data)
    assert the(export, "date-unreadable").rows == (3,)
    assert "note-left-out" not in codes(export)


def test_a_total_that_was_never_calculated_is_still_a_total() -> None:
    data = workbook([*table(row()), [None, None, None, "Total"]], edit={"E3": "=SUM(E2:E2)"})
    export = read_bytes(data)
    assert the(export, "footer-left-out").rows == (3,)
    assert not blockers(export)


@pytest.mark.parametrize("header", TEXTS)
@pytest.mark.parametrize(
    ("cell", "what"), [("=1+1", "a formula without a stored value"), ("#N/A", "the error #N/A")]
)
def test_a_text_without_a_value_is_named_and_matters_when_it_is_billed(
    header: str, cell: str, what: str
) -> None:
    edit = {f"{TEXTS[header]}3": cell, f"{TEXTS[header]}4": cell}
    export = read_bytes(workbook(table(row(), row(), row()), edit=edit))
    code = "detail-unreadable" if "Email" in header else "text-unreadable"
    found = the(export, code)
    assert found.rows == (3, 4)
    assert found.column == header
    assert f"Row 3, column “{header}”" in found.message
    assert what in found.message
    assert found.is_blocker == (code == "text-unreadable")
    assert found.severity is not Severity.INFO
    shown = [session.service + session.sponsor for session in sessions(export)]
    assert not any("#" in text or "\x03" in text for text in shown)


def test_texts_of_payments_that_are_not_billed_do_not_matter() -> None:
    data = workbook(table(row(), row(type="Cash")), edit={"H3": "#N/A"})
    assert "text-unreadable" not in codes(read_bytes(data))
    unpaid = read_bytes(data, ExportKind.UNPAID)
    assert the(unpaid, "text-unreadable").rows == (3,)


def test_an_error_in_a_column_that_is_not_read_does_not_matter() -> None:
    assert not blockers(read_bytes(workbook(table(row()), edit={"B2": "#N/A", "C2": "=1"})))


def test_lookups_filled_down_below_the_payments_make_no_payments() -> None:
    edit: dict[str, Cell] = {f"H{number}": "#N/A" for number in range(3, 30)}
    export = read_bytes(workbook(table(row()), edit=edit))
    assert export.rows == 1
    assert not blockers(export)


def test_an_empty_text_that_a_formula_made_is_a_value() -> None:
    data = workbook(table(row()), edit={"H2": "=IF(1,T(1))", "A3": "=IF(1,T(1))"})
    for place in ("H2", "A3"):
        cell = f'<c r="{place}"', f'<c r="{place}" t="str"'
        data = repacked(data, {SHEET: (cell[0].encode(), cell[1].encode())})
    export = read_bytes(data)
    assert export.rows == 1
    assert not blockers(export)
    assert sessions(export)[0].sponsor == ""


def percentage(letter: str, number_format: str, value: float = 0.6) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(workbook(table(row(), row()))))
    cell = book["Payments"][f"{letter}2"]
    cell.value, cell.number_format = value, number_format
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("number_format", ["0%", "0.00%", "0.0 %;[Red]-0.0 %"])
def test_a_price_that_is_shown_as_a_percentage_is_no_amount(number_format: str) -> None:
    export = read_bytes(percentage("E", number_format))
    found = the(export, "price-unreadable")
    assert found.rows == (2,)
    assert "“60%”" in found.message
    assert prices(export) == [6500]


@pytest.mark.parametrize("number_format", ["0.00", '0.00 "%"', r"0.00\%", "[$€-407] 0.00"])
def test_other_formats_make_no_percentage(number_format: str) -> None:
    assert prices(read_bytes(percentage("E", number_format))) == [60, 6500]


def test_a_percentage_in_another_column_does_not_matter() -> None:
    assert not blockers(read_bytes(percentage("B", "0%")))


@pytest.mark.parametrize(
    ("letter", "code"),
    [("A", "date-unreadable"), ("E", "price-unreadable"), ("H", "text-unreadable")],
)
def test_a_zero_stored_by_a_program_that_does_not_calculate_is_no_value(
    letter: str, code: str
) -> None:
    """XlsxWriter stores 0 for every formula, and Excel shows another value when it opens it."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet, moment = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    for at, cells in enumerate(table(row(), row())):
        for place, value in enumerate(cells):
            if isinstance(value, datetime):
                sheet.write_datetime(at, place, value, moment)
            else:
                sheet.write(at, place, value)
    sheet.write_formula(f"{letter}3", f"={letter}2")
    book.close()
    found = the(read_bytes(out.getvalue()), code)
    assert found.rows == (3,)
    assert "a formula without a stored value" in found.message


def test_a_zero_that_no_formula_made_is_an_amount() -> None:
    data = workbook(table(row(price="0"), row()), edit={"B2": "=1", "C3": "=1"})
    assert prices(read_bytes(data)) == [0, 6500]
