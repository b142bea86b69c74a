"""Times as people and spreadsheets write them: clocks, ranges, parts of a second and of a day."""

from __future__ import annotations

import io
from datetime import datetime, time, timedelta
from decimal import Decimal

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from kara_tui.exports.cells.dates import parse_date, parse_time
from tests.exports.payments.test_date_column import when
from tests.exports.samples import (
    HEADER,
    Cell,
    as_csv,
    blockers,
    read_bytes,
    read_rows,
    row,
    sessions,
    table,
    the,
    workbook,
)


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("2:30 fm.", "02:30:00"),
        ("2:30 e.h.", "14:30:00"),
        ("2.30 em", "14:30:00"),
        ("2 PM", "14:00:00"),
        ("9 Uhr", "09:00:00"),
        ("kl. 9.05", "09:05:00"),
        ("klockan 9:05", "09:05:00"),
        # A range is a session's start and end.
        ("10:00 - 10:50", "10:00:00"),
        ("10:00–10:50", "10:00:00"),
        ("10:00-10:50", "10:00:00"),
        ("10.00 till 10.50", "10:00:00"),
        ("10:00 bis 10:50 Uhr", "10:00:00"),
        ("2:30 PM - 3:20 PM", "14:30:00"),
        ("23:30 - 00:20", "23:30:00"),
    ],
)
def test_a_time_is_read_beside_a_date_and_in_a_column_of_its_own(text: str, clock: str) -> None:
    assert when(f"2026-10-14 {text}") == [f"2026-10-14 {clock}"]
    assert str(parse_time(text)) == clock


@pytest.mark.parametrize(
    "text",
    [
        "10:00 - 25:00",  # the end is no time, so the cell is not understood
        "10:00 - later",
        "2:30 - 3:20 PM",  # nobody says which half of the day the start is in
        "11:30 AM - 12:20",
        "9",
        "14:30 PM",
        "10:00 - 10:50 - 11:40",
    ],
)
def test_a_time_that_is_not_wholly_understood_is_not_read(text: str) -> None:
    export = read_rows(row(date=f"2026-10-14 {text}"))
    assert the(export, "date-unreadable").rows == (2,)
    assert parse_time(text) is None


@pytest.mark.parametrize(
    "text", ["2026-10-14 10:00-03:00", "2026-10-14T10:00-11:00", "2026-10-14 10:00:00-11:00"]
)
def test_an_offset_behind_a_minus_is_not_taken_for_the_end_of_a_range(text: str) -> None:
    assert "time-zone-needed" in blockers(read_rows(row(date=text)))


@pytest.mark.parametrize(
    ("number", "means"),
    [
        # Excel shows eleven digits of a number without a format, so a CSV file has five behind the
        # point: half a second either way, and 9:10 is within it.
        ("46326.38194", "2026-10-31 09:10:00"),
        ("46326.99999653", "2026-10-31 23:59:59"),  # 23:59:59.7 stays in its month
        ("46326.999999999", "2026-11-01"),  # a binary's way to say the next day
        ("46326,375", "2026-10-31 09:00:00"),
    ],
)
def test_a_day_s_number_is_as_exact_as_its_digits(number: str, means: str) -> None:
    assert when(number) == [means]


def in_a_workbook(moments: list[datetime], number_format: str) -> bytes:
    """The payments of a month with typed moments, as a spreadsheet stores them: in doubles."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet()
        moment_format = book.add_format({"num_format": number_format})
        page.write_row(0, 0, HEADER)
        for number, moment in enumerate(moments, 1):
            [_, cells] = table(row())
            page.write_row(number, 1, cells[1:])
            serial = (moment - datetime(1899, 12, 30)) / timedelta(days=1)
            page.write_number(number, 0, serial, moment_format)
    return out.getvalue()


# Spreadsheets keep a thousandth of a second.
MOMENTS = st.datetimes(datetime(2026, 10, 1), datetime(2026, 11, 1)).map(
    lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000)
)
EDGE = datetime(2026, 10, 31, 23, 59, 59, 700_000)


@settings(deadline=None, max_examples=25)
@given(st.lists(MOMENTS, min_size=1, max_size=8).map(lambda some: [EDGE, *some]))
def test_a_moment_is_the_same_in_a_workbook_and_in_a_csv_file(moments: list[datetime]) -> None:
    # A typed midnight cannot be told from a date; tested elsewhere.
    moments = [m if m.time() >= time(0, 0, 1) else m + timedelta(seconds=1) for m in moments]
    text = as_csv(row(date=moment.isoformat(" ")) for moment in moments)
    expected = [moment.replace(microsecond=0) for moment in moments if moment.month == 10]
    for data in (
        text.encode(),
        in_a_workbook(moments, "yyyy-mm-dd hh:mm:ss"),
        in_a_workbook(moments, "General"),
        in_a_workbook(moments, "[hh]:mm"),
    ):
        found = sessions(read_bytes(data))
        assert [datetime.combine(s.date, s.time or time.min) for s in found] == expected


@given(st.integers(0, 86_399), st.integers(5, 12))
def test_a_whole_second_is_found_in_as_many_digits_as_can_tell_it(second: int, digits: int) -> None:
    number = 46326 + (Decimal(second) / 86_400).quantize(Decimal(1).scaleb(-digits))
    cell = parse_date(f"{number:f}")
    assert cell is not None
    found = datetime.combine(cell.day or datetime.min, cell.time or time.min)
    assert found == datetime(2026, 10, 31) + timedelta(seconds=second)


@pytest.mark.parametrize(
    ("cell", "clock"),
    [
        ("PT09H30M00S", "09:30:00"),  # how ODS stores a time
        ("PT09H29M59.999999838S", "09:30:00"),
        ("PT24H00M00S", "None"),
        ("1 day, 9:30:00", "None"),
    ],
)
def test_a_length_of_time_below_a_day_is_a_time_of_day(cell: str, clock: str) -> None:
    assert str(parse_time(cell)) == clock


@pytest.mark.parametrize("cell", ["PT1111833H30M00.000000838S", "46326 days, 9:30:00"])
def test_a_length_of_time_since_day_0_is_a_date_with_its_time(cell: str) -> None:
    assert when(cell) == ["2026-10-31 09:30:00"]


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("########", "a column is too narrow"),
        ("30:00.0", "whose hour it does not show"),
        ("TRUE", "a truth value"),
        ("", "the cell is empty"),
    ],
)
def test_what_spreadsheets_make_of_dates_is_called_by_its_name(cell: str, words: str) -> None:
    found = the(read_rows(row(), row(date=cell)), "date-unreadable")
    assert words in found.message
    assert found.message.startswith("Row 3, column “Transaction date”: ")
    assert found.hint


def test_a_typed_truth_value_is_called_one() -> None:
    cells: list[list[Cell]] = table(row(), row())
    cells[2][0] = True
    assert "a truth value" in the(read_bytes(workbook(cells)), "date-unreadable").message
