"""XLSB and XLS: errors, formulas, percentages, hidden rows, merged cells, record by record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.exports.samples import (
    Cell,
    blockers,
    codes,
    prices,
    read_bytes,
    repacked,
    row,
    table,
    the,
)
from tests.exports.workbook.xls import xls
from tests.exports.workbook.xlsb import Error, Formula, Percent, xlsb

Typed = Cell | Error | Formula | Percent
Writer = Callable[..., bytes]
NOT_AVAILABLE, REFERENCE = Error(0x2A), Error(0x17)
DATE, SERVICE, PRICE, CURRENCY, TYPE, SPONSOR, PROFESSIONAL = 0, 3, 4, 5, 6, 7, 8
each_form = pytest.mark.parametrize("form", [xlsb, xls])


def payments(*changes: tuple[int, int, Typed]) -> list[list[Typed]]:
    """Three payments of 1, 2 and 3, with some cells changed: by row in the sheet, and column."""
    rows: list[list[Typed]] = [
        list(cells) for cells in table(row(price="1"), row(price="2"), row(price="3"))
    ]
    for at, column, value in changes:
        rows[at - 1][column] = value
    return rows


@each_form
def test_what_is_right_says_nothing(form: Writer) -> None:
    export = read_bytes(form(payments()))
    assert prices(export) == [100, 200, 300]
    assert codes(export) == {"date-serial"}


@each_form
def test_hidden_rows_are_read_and_said(form: Writer) -> None:
    export = read_bytes(form(payments(), hidden=[1, 3]))
    assert the(export, "rows-hidden").rows == (3,)
    assert prices(export) == [100, 200, 300]


@each_form
@pytest.mark.parametrize("error", [NOT_AVAILABLE, Formula(NOT_AVAILABLE)])
@pytest.mark.parametrize(
    ("column", "code"),
    [
        (DATE, "date-unreadable"),
        (SERVICE, "text-unreadable"),
        (PRICE, "price-unreadable"),
        (CURRENCY, "currency-unknown"),
        (TYPE, "type-unreadable"),
        (SPONSOR, "text-unreadable"),
        (PROFESSIONAL, "text-unreadable"),
        (9, "detail-unreadable"),
    ],
)
def test_an_error_in_any_column_is_named(
    form: Writer, error: Typed, column: int, code: str
) -> None:
    found = the(read_bytes(form(payments((3, column, error)))), code)
    assert found.rows == (3,)
    assert ("an error" if column == TYPE else "the error #N/A") in found.message


@each_form
def test_a_row_of_errors_does_not_vanish(form: Writer) -> None:
    changes = [(4, column, REFERENCE) for column in range(10)]
    export = read_bytes(form(payments(*changes)))
    assert the(export, "date-unreadable").rows == (4,)
    assert "#REF!" in the(export, "date-unreadable").message


@each_form
@pytest.mark.parametrize(
    ("column", "code"),
    [
        (DATE, "date-unreadable"),
        (PRICE, "price-unreadable"),
        (CURRENCY, "currency-unknown"),
        (SPONSOR, "text-unreadable"),
    ],
)
def test_a_formula_that_nothing_has_calculated_is_named(
    form: Writer, column: int, code: str
) -> None:
    found = the(read_bytes(form(payments((4, column, Formula(0.0))))), code)
    assert found.rows == (4,)
    assert "a formula without a stored value" in found.message


@each_form
def test_a_formula_that_was_calculated_is_its_value(form: Writer) -> None:
    assert prices(read_bytes(form(payments((4, PRICE, Formula(7.5)))))) == [100, 200, 750]


@each_form
def test_a_percentage_is_no_price(form: Writer) -> None:
    export = read_bytes(form(payments((3, PRICE, Percent(0.6)), (2, 1, Percent(0.5)))))
    assert "“60%”" in the(export, "price-unreadable").message
    assert blockers(export) == {"price-unreadable"}


@each_form
def test_merged_cells_hold_for_all_rows_that_they_cover(form: Writer) -> None:
    changes = [(3, SPONSOR, None), (4, SPONSOR, None)]
    export = read_bytes(form(payments(*changes), merged=[(1, 3, SPONSOR, SPONSOR)]))
    assert the(export, "cells-merged").rows == (3, 4)
    assert export.frame.collect()["sponsor"].to_list() == ["Blue Heron Insurance"] * 3


@each_form
def test_a_truth_value_in_place_of_a_name_is_no_name(form: Writer) -> None:
    export = read_bytes(form(payments((3, SPONSOR, True))))
    assert export.typed["sponsor"] == {"truth value": frozenset({3})}


def test_a_row_that_is_there_twice_is_asked_about() -> None:
    twice = xlsb([*payments(), *payments()[1:2]])
    assert "rows-not-whole" not in codes(read_bytes(twice))
    # The row's number is the first of its record, and the parser takes the last of two.
    rows = (b"\0\x11\4\0\0\0", b"\0\x11\1\0\0\0")
    again = repacked(twice, {"xl/worksheets/sheet1.bin": rows})
    assert the(read_bytes(again), "rows-not-whole").rows == (2,)


@each_form
def test_a_whole_number_is_an_amount_a_day_and_the_text_of_an_id(form: Writer) -> None:
    # Spreadsheets keep whole numbers in a form of their own, and the parser tells them apart.
    cells = [(2, SPONSOR, 4711), (3, PRICE, -7), (4, DATE, 46299), (4, SERVICE, 0)]
    export = read_bytes(form(payments(*cells)))
    read = export.frame.collect()
    assert read["minor"].to_list() == [100, -700, 300]
    assert read["sponsor"].to_list()[:2] == ["4711", "Blue Heron Insurance"]
    assert read["service"].to_list()[2] == "0"
    assert read["date"].to_list()[2] == date(2026, 10, 4)
    assert export.typed["sponsor"] == {"number": frozenset({2})}
