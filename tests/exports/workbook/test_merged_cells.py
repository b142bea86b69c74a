"""Merged cells: what stands in one holds for every row it covers, but for amounts."""

from __future__ import annotations

import pytest

from kara_tui.exports import Export
from tests.exports.samples import blockers, codes, prices, read_bytes, row, sessions, the
from tests.exports.workbook.raw_workbook import cells_of, header_row, raw_workbook, row_of
from tests.exports.workbook.test_open_document import edited

ROWS = [row(price=price, date=f"2026-10-1{price} 10:00") for price in "123"]
LETTERS = {"date": "A", "service": "D", "price": "E", "currency": "F", "type": "G", "sponsor": "H",
           "professional": "I", "email": "J"}  # fmt: skip
INDEX = {name: ord(letter) - 65 for name, letter in LETTERS.items()}


def merged(*ranges: str, under: str = "<c/>", empty: str = "") -> Export:
    """Three payments, the cells of one column under the first one's, and these cells merged."""
    rows = [cells_of(one) for one in ROWS]
    if empty:
        for cells in rows[1:]:
            cells[INDEX[empty]] = under
    merges = "".join(f'<mergeCell ref="{one}"/>' for one in ranges)
    behind = f'<mergeCells count="{len(ranges)}">{merges}</mergeCells>'
    return read_bytes(raw_workbook(header_row() + "".join(map(row_of, rows)), behind=behind))


@pytest.mark.parametrize(
    "name", ["service", "currency", "type", "sponsor", "professional", "email"]
)
def test_a_merged_cell_holds_for_all_rows_that_it_covers(name: str) -> None:
    letter = LETTERS[name]
    export = merged(f"{letter}2:{letter}4", empty=name)
    assert not blockers(export)
    assert the(export, "cells-merged").rows == (3, 4)
    values = {
        (one.service, one.sponsor, one.professional, one.professional_email, one.price.currency)
        for one in sessions(export)
    }
    assert len(values) == 1
    assert "" not in values.pop()
    assert prices(export) == [100, 200, 300]


def test_a_merged_date_is_each_payment_s_own() -> None:
    export = merged("A2:A3", "A4:A4", empty="date")
    assert [str(one.date) for one in sessions(export)] == ["2026-10-11", "2026-10-11"]
    assert the(export, "date-unreadable").rows == (4,)


@pytest.mark.parametrize("column", ["H2:H4", "h2:h4"])
def test_merged_cells_are_found_however_they_are_written(column: str) -> None:
    assert the(merged(column, empty="sponsor"), "cells-merged").rows == (3, 4)


def test_an_amount_over_several_rows_is_asked_about() -> None:
    found = the(merged("E2:E4", empty="price"), "merged-unclear")
    assert found.rows == (2, 3, 4)
    assert found.is_blocker
    assert "over 3 rows, from row 2 on" in found.message


def test_another_text_under_a_merged_cell_is_asked_about() -> None:
    other = '<c t="inlineStr"><is><t>Quiet Lake</t></is></c>'
    found = the(merged("H2:H4", empty="sponsor", under=other), "merged-unclear")
    assert (found.rows, found.column) == ((3, 4), "Sponsor")
    same = other.replace("Quiet Lake", "Blue Heron Insurance")
    assert not blockers(merged("H2:H4", empty="sponsor", under=same))


def test_a_cell_merged_away_by_one_on_its_left_is_asked_about() -> None:
    # A client's cell may reach over the service: its name is never taken for one.
    export = merged("C2:D3")
    found = the(export, "merged-unclear")
    assert (found.rows, found.column) == ((2, 3), "Service Name")


def test_titles_headers_and_notes_may_be_merged() -> None:
    rows = row_of(['<c t="inlineStr"><is><t>Payments of October</t></is></c>']) + header_row()
    rows += "".join(row_of(cells_of(one)) for one in ROWS)
    rows += row_of(['<c t="inlineStr"><is><t>Made on Monday</t></is></c>'])
    merges = "".join(f'<mergeCell ref="{one}"/>' for one in ("A1:J1", "A6:J6"))
    export = read_bytes(raw_workbook(rows, behind=f"<mergeCells>{merges}</mergeCells>"))
    assert not blockers(export)
    assert "cells-merged" not in codes(export)
    assert the(export, "note-left-out").rows == (6,)


def test_a_merged_cell_that_is_empty_gives_nothing_to_the_rows_under_it() -> None:
    first, second, third = map(cells_of, ROWS)
    third[INDEX["sponsor"]] = "<c/>"
    rows = "".join(map(row_of, (first, [], second, third)))
    behind = '<mergeCells count="1"><mergeCell ref="H3:H5"/></mergeCells>'
    export = read_bytes(raw_workbook(header_row() + rows, behind=behind))
    assert [one.sponsor for one in sessions(export)] == ["Blue Heron Insurance"] * 2 + [""]
    assert "cells-merged" not in codes(export)


def test_a_header_merged_into_the_payments_is_asked_about() -> None:
    assert the(merged("C1:D2"), "merged-unclear").rows == (2,)
    assert "Sponsor" not in {one.sponsor for one in sessions(merged("H1:H3", empty="sponsor"))}


def test_merged_cells_of_a_large_sheet_are_found_too() -> None:
    rows = [cells_of(row(service=f"Session {number}")) for number in range(3_000)]
    rows[2_000][INDEX["sponsor"]] = "<c/>"
    data = raw_workbook(
        header_row() + "".join(map(row_of, rows)),
        behind='<mergeCells count="1"><mergeCell ref="H2001:H2002"/></mergeCells>',
    )
    export = read_bytes(data)
    assert the(export, "cells-merged").rows == (2002,)
    assert not blockers(export)


def test_a_merge_over_a_million_rows_is_one_over_the_payments() -> None:
    assert the(merged("H2:H1048576", empty="sponsor"), "cells-merged").rows == (3, 4)


def test_spans_of_an_open_document_are_merged_cells() -> None:
    texts = 'office:value-type="string"><text:p>Blue Heron Insurance</text:p></table:table-cell>'

    def change(text: str) -> str:
        spanned = f'<table:table-cell table:number-rows-spanned="3" {texts}'
        covered = "<table:covered-table-cell/>"
        cell = f"<table:table-cell {texts}"
        return text.replace(cell, "\0", 1).replace(cell, covered).replace("\0", spanned)

    export = read_bytes(edited(change))
    assert the(export, "cells-merged").rows == (3, 4)
    assert {one.sponsor for one in sessions(export)} == {"Blue Heron Insurance"}
