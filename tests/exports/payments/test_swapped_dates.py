"""Dates in which a spreadsheet took the day for the month: found by what it leaves behind."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kara_tui.exports import months
from kara_tui.model import HowToRead
from tests.exports.samples import (
    Cell,
    as_csv,
    blockers,
    codes,
    read_bytes,
    read_large,
    read_rows,
    row,
    sessions,
    table,
    the,
    workbook,
)

DAYS = [datetime(2026, 10, day, 9) for day in range(1, 32)]


def opened_in_excel(moments: list[datetime], theirs: str, ours: str) -> list[Cell]:
    """What a spreadsheet makes of dates in an order that is not its own: those that it can read,
    it reads in its own; the others stay as they were.
    """
    cells: list[Cell] = []
    for moment in moments:
        text = moment.strftime(theirs)
        try:
            cells.append(datetime.strptime(text, ours))
        except ValueError:
            cells.append(text)
    return cells


def in_a_workbook(cells: list[Cell]) -> bytes:
    rows = table(*(row() for _ in cells))
    for line, cell in zip(rows[1:], cells, strict=True):
        line[0] = cell
    return workbook(rows)


DMY, MDY = "%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M"


@pytest.mark.parametrize(("theirs", "ours"), [(DMY, MDY), (MDY, DMY)])
def test_a_workbook_opened_under_the_other_order_is_not_billed(theirs: str, ours: str) -> None:
    export = read_bytes(in_a_workbook(opened_in_excel(DAYS, theirs, ours)))
    found = the(export, "date-swapped")
    assert found.is_blocker
    # 10 October is the same either way.
    assert found.count == 11
    assert found.rows == (2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13)
    assert "row 2 is the date 10 January 2026 and may have been 1 October 2026" in found.message
    assert {(m.month.number, m.sessions) for m in months(export)} == {(10, 20)}


def test_the_order_that_the_user_named_does_not_make_swapped_dates_right() -> None:
    data = in_a_workbook(opened_in_excel(DAYS, DMY, MDY))
    assert blockers(read_bytes(data, how=HowToRead(date_order="dmy"))) == {"date-swapped"}


def test_the_damage_is_found_in_a_csv_file_too(tmp_path_factory: pytest.TempPathFactory) -> None:
    cells = opened_in_excel(DAYS, DMY, MDY)
    texts = [c.strftime("%Y-%m-%d %H:%M") if isinstance(c, datetime) else str(c) for c in cells]
    assert blockers(read_rows(*(row(date=text) for text in texts))) == {"date-swapped"}
    data = as_csv(row(date=text) for text in texts).encode()
    assert blockers(read_large(tmp_path_factory.mktemp("large"), data)) == {"date-swapped"}


def test_day_numbers_may_be_swapped_as_dates_may() -> None:
    export = read_rows(row(date="46152"), row(date="31/10/2026"))  # 10 May 2026
    assert blockers(export) == {"date-swapped"}


def test_a_date_typed_into_a_damaged_file_does_not_hide_the_damage() -> None:
    cells = [*opened_in_excel(DAYS, DMY, MDY), datetime(2026, 10, 20, 9)]
    assert blockers(read_bytes(in_a_workbook(cells))) == {"date-swapped"}


@pytest.mark.parametrize(
    "dates",
    [
        # A text that the spreadsheet could have read, and did not: it changed nothing.
        ["2026-10-05", "05/10/2026", "31/10/2026"],
        # Dates of a whole month beside texts: most could not come from swapped days.
        ["2026-10-05", "2026-10-20", "2026-10-21", "31/10/2026"],
        ["2026-10-10", "31/10/2026"],
        ["5 October 2026", "31/10/2026"],
        ["2026-10-05", "2026-10-06"],
        ["05/10/2026", "31/10/2026"],
    ],
)
def test_columns_that_no_spreadsheet_damaged_are_read(dates: list[str]) -> None:
    export = read_rows(*(row(date=date) for date in dates))
    assert not blockers(export), export.findings
    assert len(sessions(export)) == len(dates)


def test_saved_as_csv_by_the_same_spreadsheet_the_dates_are_whole_again() -> None:
    # It writes 10 May as it reads it, 5/10/2026, and that is what stood there.
    cells = opened_in_excel(DAYS, DMY, MDY)
    texts = [
        f"{c.month}/{c.day}/{c.year} {c.hour}:00" if isinstance(c, datetime) else str(c)
        for c in cells
    ]
    export = read_rows(*(row(date=text) for text in texts))
    assert "date-swapped" not in codes(export)
    assert [session.date.day for session in sessions(export)] == list(range(1, 32))


@settings(deadline=None, max_examples=30)
@given(
    st.lists(st.datetimes(datetime(2026, 10, 1), datetime(2026, 10, 31)), min_size=1, max_size=20),
    st.sampled_from([(DMY, MDY), (MDY, DMY)]),
)
def test_no_file_opened_under_the_other_order_gives_a_wrong_month_beside_its_texts(
    moments: list[datetime], orders: tuple[str, str]
) -> None:
    cells = opened_in_excel(moments, *orders)
    texts = [cell for cell in cells if isinstance(cell, str)]
    export = read_bytes(in_a_workbook(cells))
    assert not texts or {m.month.number for m in months(export)} <= {10}
    damaged = any(isinstance(c, datetime) and c.month != 10 for c in cells)
    assert blockers(export) == ({"date-swapped"} if texts and damaged else set())


def test_as_many_dates_that_cannot_be_swapped_settle_the_others() -> None:
    dates = ["31/10/2026", "2026-10-05", "2026-10-20"]
    export = read_rows(*(row(date=date) for date in dates))
    assert "date-swapped" not in {finding.code for finding in export.findings}
    assert "date-swapped" in {
        finding.code for finding in read_rows(*(row(date=date) for date in dates[:2])).findings
    }
