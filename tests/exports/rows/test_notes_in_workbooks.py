"""Lone texts below a sheet's payments: notes are left out, payments in one cell never are."""

from __future__ import annotations

from datetime import date

import pytest

from kara_tui.exports import Export
from tests.exports.samples import (
    HEADER,
    Cell,
    blockers,
    codes,
    prices,
    read_bytes,
    row,
    table,
    the,
    workbook,
)

PASTED = "2026-10-20 09:00,Ylva Prov,ylva@client.example,Session,65.00,EUR,Credit,Heron,Jon,j@x.is"


@pytest.mark.parametrize(
    "note", ["Generated on 31.10.2026 at 14:30", "Prices include no VAT, as agreed", "Page 1 of 1"]
)
def test_a_note_below_a_sheet_is_left_out_and_said(note: str) -> None:
    export = read_bytes(workbook([*table(row(), row(price="80.00")), [note]]))
    assert prices(export) == [6500, 8000]
    assert the(export, "note-left-out").rows == (4,)


@pytest.mark.parametrize(
    "text",
    [PASTED, PASTED.replace(",", ";"), PASTED.replace(",", "\t"), "20.10.2026 14:00 Session 60"],
)
@pytest.mark.parametrize("first", ["Transaction date", "Client Name"])
def test_a_payment_pasted_into_one_cell_is_no_note(first: str, text: str) -> None:
    # The lines of a CSV file pasted into column A, whatever that column is.
    place = HEADER.index(first)
    rows: list[list[Cell]] = [
        [cells[place], *cells[:place], *cells[place + 1 :]] for cells in table(row(), row())
    ]
    export = read_bytes(workbook([*rows, [text]]))
    assert "note-left-out" not in codes(export)
    assert "date-unreadable" in blockers(export)
    assert the(export, "date-unreadable").rows == (4,)


def test_an_amount_alone_below_a_single_payment_is_asked_about() -> None:
    # It may be the sum, or a second payment that lost all its other cells.
    rows = table(row())
    rows.append([None, None, None, None, 65])
    assert blockers(read_bytes(workbook(rows))) == {"footer-unclear"}


def ended_by(client: Cell, note: Cell = None) -> Export:
    """Two payments, and a row with an amount alone but for columns that are not read."""
    last: list[Cell] = [None, client, note, None, 130.0]
    return read_bytes(workbook([*table(row(), row()), last]))


@pytest.mark.parametrize("cell", ["Klara Sentinel", "klara@example.com", date(2026, 10, 3), True])
def test_a_row_that_lost_its_date_is_no_total_though_it_is_the_sum(cell: Cell) -> None:
    export = ended_by(cell)
    assert the(export, "date-unreadable").rows == (4,)
    assert "footer-left-out" not in codes(export)
    assert "Klara" not in str(export.findings)


@pytest.mark.parametrize("cell", [12.0, 7])
def test_a_number_in_a_column_that_is_not_read_speaks_against_a_total_too(cell: Cell) -> None:
    assert the(ended_by(cell), "date-unreadable").rows == (4,)


@pytest.mark.parametrize(("client", "note"), [(None, None), ("Total", None), ("Total", 2.0)])
def test_a_total_is_one_though_its_label_stands_in_a_column_that_is_not_read(
    client: Cell, note: Cell
) -> None:
    export = ended_by(client, note=note)
    assert the(export, "footer-left-out").rows == (4,)
    assert not blockers(export)
