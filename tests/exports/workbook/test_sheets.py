"""Which sheet of a workbook is read, and what is said of the others."""

from __future__ import annotations

import io
from typing import Literal

import openpyxl
import pytest

from tests.exports.samples import (
    HEADER,
    Cell,
    codes,
    prices,
    read_bytes,
    refused,
    row,
    table,
    the,
    workbook,
)


def several(**sheets: list[list[Cell]]) -> bytes:
    """A workbook with these sheets, in this order."""
    return workbook([], sheet="Last", others=sheets)


State = Literal["hidden", "veryHidden"]


def with_state(data: bytes, sheet: str, state: State) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    book[sheet].sheet_state = state
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_several_sheets_that_fit_as_well_are_asked_about() -> None:
    data = several(Klara=table(row()), Notes=[["x"]], Anna=table(row(), row()))
    [found] = refused(data).findings
    assert found.code == "sheets-alike"
    assert "2 of the 4 sheets" in found.message
    assert "sheets 1 and 3, counted from the left" in found.message
    assert "Klara" not in found.message


def test_a_hidden_sheet_is_not_counted_among_those_that_fit() -> None:
    data = with_state(several(Old=table(row()), New=table(row(price="80"))), "Old", "hidden")
    assert prices(read_bytes(data)) == [8000]


@pytest.mark.parametrize("below", [[], [["", "", "", "Total", 0]], [[None], [" "]]])
def test_a_sheet_without_payments_never_wins(below: list[list[Cell]]) -> None:
    template: list[list[Cell]] = [[*HEADER, "Session Date"], *below]
    assert prices(read_bytes(several(Template=template, October=table(row())))) == [6500]


def test_of_sheets_without_payments_the_first_is_read() -> None:
    assert read_bytes(several(A=table(), B=table())).rows == 0


def test_a_summary_does_not_win_over_an_export_without_payments() -> None:
    summary: list[list[Cell]] = [["Sponsor", "Type"], ["Blue Heron Insurance", "Credit"]]
    export = read_bytes(several(Summary=summary, October=table()))
    assert export.rows == 0


def test_a_payment_that_lost_its_date_makes_a_sheet_one_with_payments() -> None:
    rows = table(row())
    rows[1][0] = None
    assert refused(several(A=rows, B=table(row()))).findings[0].code == "sheets-alike"


def test_a_sheet_with_payments_under_fewer_columns_is_said() -> None:
    fewer = [cells[:7] for cells in table(row(price="1"), row(price="2"))]
    export = read_bytes(several(Old=fewer, October=table(row())))
    assert prices(export) == [6500]
    found = the(export, "sheet-left-out")
    assert "1 of the 3 sheets" in found.message
    assert "sheet 1," in found.message
    assert "Old" not in found.message


def test_a_sheet_that_only_sums_up_is_not_said() -> None:
    pivot: list[list[Cell]] = [["Sponsor", "Service Price"], ["Blue Heron Insurance", 65]]
    assert "sheet-left-out" not in codes(read_bytes(several(Pivot=pivot, A=table(row()))))


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_payments_that_are_only_on_a_hidden_sheet_are_said_to_be_hidden(state: State) -> None:
    data = with_state(several(Note=[["nothing here"]], October=table(row())), "October", state)
    [found] = refused(data).findings
    assert found.code == "sheet-hidden"
    assert "Unhide" in found.hint


def test_a_workbook_whose_hidden_sheets_are_no_exports_has_no_header() -> None:
    data = with_state(several(Note=[["nothing"]], Other=[["Type", "Sponsor"], [1, 2]]), "Other",
                      "hidden")  # fmt: skip
    assert refused(data).findings[0].code == "header-missing"
