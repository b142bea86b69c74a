"""A workbook's rows as its child writes them: by columns and in blocks, as if cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Context, Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kara_tui.exports.workbook.child.package import Refused
from kara_tui.exports.workbook.child.row_texts import BLOCK, Kept, write_rows
from tests.exports.samples import (
    as_csv,
    prices,
    read_bytes,
    read_text,
    row,
    sessions,
    table,
    the,
    workbook,
)

Row = list[Any]
Written = tuple[list[str], list[int], bool, int]


def in_blocks(
    rows: Sequence[Row], kept: Sequence[Kept], *, at: int = 1, left: int = 0, block: int = BLOCK,
    most: int = 10**6, longest: int = 10**4,
) -> Written:  # fmt: skip
    out: list[bytes] = []
    seen = write_rows(
        iter(rows), at, kept, left, out.append, most=most, longest=longest, block=block
    )
    lines = b"".join(out).decode().split("\n")
    assert lines.pop() == ""
    assert seen.rows == len(lines)
    return lines, seen.notes, seen.gaps, seen.last


def cell_by_cell(rows: Sequence[Row], kept: Sequence[Kept], *, at: int, left: int) -> Written:
    """What the child is to write, with nothing done for speed."""
    lines, notes, gaps = [], [], False
    for number, cells in enumerate(rows, at):
        texts = [plain(cells[column.place], marked=column.values) for column in kept]
        whole = [plain(cell, marked=False) for cell in cells]
        gaps = gaps or "" in texts
        if not any(whole):
            continue
        lines.append("\x1f".join([str(number), *texts]))
        filled = [place for place, text in enumerate(whole) if text]
        alone = len(filled) == 1 and filled[0] <= left and "" in texts
        if alone and any(map(str.isalpha, whole[filled[0]])):
            notes.append(number)
    return lines, notes, gaps, at + len(rows) - 1


def plain(cell: object, *, marked: bool) -> str:
    mark = "\x01" if marked else ""
    match cell:
        case str():
            return "".join(" " if ord(c) < 32 or ord(c) == 127 else c for c in cell).strip()
        case bool():
            return str(cell).upper()
        case int():
            return f"{mark}{cell}"
        case float():
            # A text may be an id, and keeps all its digits.
            digits = SHOWN.plus(Decimal(cell)) if marked else Decimal(repr(cell))
            digits = digits or Decimal(0)  # never minus zero
            text = f"{digits:f}"
            return mark + (text.rstrip("0").rstrip(".") if "." in text else text)
        case datetime():
            whole = cell.replace(microsecond=0)
            if cell.microsecond >= 999_500:
                whole += timedelta(seconds=1)
            return whole.isoformat(" ")
        case time():
            return cell.isoformat("seconds")
    return str(cell)


TEXTS = st.one_of(
    st.sampled_from(
        ["", " ", "Total", "a b", "a  b", " a", "b ", "x\ny", "\u00a0é", "\x01", "Ž\x1fŽ"]
    ),
    st.text(max_size=6),
)
SHOWN = Context(prec=15)
NUMBERS = st.floats(-1e25, 1e25)
CENTS = st.integers(-(10**9), 10**9).map(lambda cents: cents / 100)
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 30))
KINDS: list[st.SearchStrategy[Any]] = [
    TEXTS,
    st.sampled_from(["Credit", "Cash", "EUR"]),
    CENTS,
    NUMBERS,
    MOMENTS,
    MOMENTS.map(lambda moment: moment.replace(microsecond=0)),
    st.one_of(
        TEXTS, CENTS, NUMBERS, MOMENTS, st.booleans(), st.integers(-(10**15), 10**15),
        st.dates(date(2000, 1, 1)), st.times(), st.timedeltas(timedelta(0), timedelta(9)),
    ),
]  # fmt: skip


@st.composite
def sheets(draw: st.DrawFn) -> tuple[list[Row], list[Kept], int]:
    columns = [draw(st.sampled_from(KINDS)) for _ in range(draw(st.integers(1, 5)))]
    rows: list[Row] = []
    for _ in range(draw(st.integers(0, 14))):
        cells = [draw(kind) for kind in columns]
        bare = draw(st.sampled_from(["no", "no", "no", "blank", "note", "gap"]))
        if bare != "no":
            stays = range(1) if bare == "note" else range(1, len(columns) * (bare == "gap"))
            cells = [cell if place in stays else "" for place, cell in enumerate(cells)]
        rows.append(cells)
    places = draw(st.lists(st.integers(0, len(columns) - 1), min_size=1, unique=True))
    kept = [Kept(place, draw(st.booleans())) for place in sorted(places)]
    return rows, kept, draw(st.integers(0, 2))


@settings(deadline=None, max_examples=400)
@given(sheets(), st.integers(1, 6), st.integers(1, 40))
def test_rows_in_blocks_are_the_rows_cell_by_cell(
    sheet: tuple[list[Row], list[Kept], int], block: int, at: int
) -> None:
    rows, kept, left = sheet
    expected = cell_by_cell(rows, kept, at=at, left=left)
    assert in_blocks(rows, kept, at=at, left=left, block=block) == expected
    assert in_blocks(rows, kept, at=at, left=left) == expected


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


@pytest.mark.parametrize("block", [1, 2, 100])
def test_too_many_rows_and_too_long_cells_are_refused_in_every_block(block: int) -> None:
    kept = [Kept(0, values=False), Kept(1, values=False)]
    rows = [["abc", "abcd"] for _ in range(5)]
    assert len(in_blocks(rows, kept, block=block, most=5, longest=4)[0]) == 5
    with pytest.raises(Refused, match="too-many-rows"):
        in_blocks(rows, kept, block=block, most=4)
    with pytest.raises(Refused, match="too-long"):
        in_blocks(rows, kept, block=block, longest=3)
