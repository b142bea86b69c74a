"""A workbook's rows as its child writes them: by columns and in blocks, as if cell by cell."""

from __future__ import annotations

from datetime import datetime, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kara_tui.exports import Limits
from kara_tui.exports.cells.cleaning import clean
from kara_tui.exports.workbook.child.row_texts import BLOCK
from tests.exports.samples import (
    as_csv,
    codes,
    prices,
    read_bytes,
    read_text,
    refused,
    row,
    sessions,
    table,
    the,
    workbook,
)


def plain(cell: object) -> str:
    """The text that a cell of a column of texts comes to, with nothing done for speed."""
    match cell:
        case None:
            return ""
        case str():
            return clean(cell)
        case bool():
            return str(cell).upper()
        case float():
            # A text may be an id, and keeps all its digits; zero is never minus zero.
            text = f"{Decimal(repr(cell)) or Decimal(0):f}"
            return text.rstrip("0").rstrip(".") if "." in text else text
        case datetime():
            return cell.isoformat(" ")
        case time():
            return cell.isoformat("seconds")
    return str(cell)


# What openpyxl does not write as it is, is no part of this: signs that XML forbids, formulas.
TEXTS = st.one_of(
    st.sampled_from(["", " ", "Total", "a b", "a  b", " a", "b ", "x\ny", "\u00a0é", "Žž"]),
    st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=6).filter(
        lambda text: not text.startswith(("=", "#")) and "_x" not in text
    ),
)
# openpyxl writes 16 digits of a number.
NUMBERS = st.floats(-1e25, 1e25).map(lambda number: float(f"{number:.15g}"))
CENTS = st.integers(1, 10**7).map(lambda cents: cents / 100)
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 30)).map(
    lambda moment: moment.replace(microsecond=0)
)
KINDS: list[st.SearchStrategy[Any]] = [
    TEXTS, st.sampled_from(["Credit", "Cash", "EUR"]), CENTS, NUMBERS, MOMENTS,
    st.one_of(TEXTS, CENTS, NUMBERS, MOMENTS, st.booleans(), st.none()),
]  # fmt: skip


@settings(deadline=None, max_examples=15)
@given(st.lists(st.sampled_from(KINDS), min_size=2, max_size=2), st.data())
def test_rows_in_blocks_are_the_rows_cell_by_cell(
    kinds: list[st.SearchStrategy[Any]], data: st.DataObject
) -> None:
    # Some odd cells stand among many of one kind, in two blocks or in one of them.
    rows = table(*(row() for _ in range(BLOCK + 40)))
    for at in data.draw(st.lists(st.integers(1, BLOCK + 39), max_size=12, unique=True)):
        rows[at][3], rows[at][7] = (data.draw(kind) for kind in kinds)
        rows[at][4] = data.draw(CENTS)
    frame = read_bytes(workbook(rows)).frame.collect()
    assert frame.select("row", "service", "sponsor", "minor").rows() == [
        (number, plain(cells[3]), plain(cells[7]), round(float(str(cells[4])) * 100))
        for number, cells in enumerate(rows[1:], 2)
    ]


def test_a_sheet_of_several_blocks_gives_the_same_sessions_as_the_csv() -> None:
    # What is odd stands at the edges of blocks: the header is row 1 and in no block.
    rows = [
        row(price=str(number), sponsor="" if number % 3 else "Þórr") for number in range(1, 1300)
    ]
    edges = {BLOCK - 1: " 2026-10-31 17:00", BLOCK: "2026-10-01 09:30", 2 * BLOCK: "2026-10-02"}
    for index, text in edges.items():
        rows[index]["Transaction date"] = text
    cells = table(*(one | {"Transaction date": "2026-10-14 14:30"} for one in rows))
    for index, text in edges.items():
        cells[index + 1][0] = text
    assert sessions(read_bytes(workbook(cells))) == sessions(read_text(as_csv(rows)))


def test_blank_rows_at_the_edges_of_blocks_take_no_row_from_the_others() -> None:
    rows = table(*(row() for _ in range(BLOCK + 3)))
    for index in (BLOCK, BLOCK + 1):  # the last of the first block and the first of the second
        rows[index] = []
    rows.append(["Generated on 2 November"])
    export = read_bytes(workbook(rows))
    numbers = [session.row for session in sessions(export)]
    assert numbers == [n for n in range(2, BLOCK + 5) if n not in (BLOCK + 1, BLOCK + 2)]
    assert the(export, "note-left-out").rows == (BLOCK + 5,)


def test_an_empty_price_in_any_block_is_named_by_its_row() -> None:
    rows = table(*(row() for _ in range(BLOCK + 10)))
    rows[7][4] = rows[BLOCK + 7][4] = None
    export = read_bytes(workbook(rows))
    assert the(export, "price-unreadable").rows == (8, BLOCK + 8)
    assert len(prices(export)) == BLOCK + 8


@pytest.mark.parametrize("rows", [2, BLOCK, BLOCK + 1])
def test_too_many_rows_and_too_long_cells_are_refused_in_every_block(rows: int) -> None:
    cells = table(*(row(service="abcd" * 20) for _ in range(rows)))
    data = workbook(cells)
    assert read_bytes(data, limits=Limits(rows=rows, cell_characters=80)).rows == rows
    for limits in (Limits(rows=rows - 1), Limits(cell_characters=79)):
        assert codes(refused(data, limits)) == {"workbook-too-large"}
