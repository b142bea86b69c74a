"""Words that a spreadsheet made times, dates, numbers, truth values or errors of are named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kara_tui.exports import Export, select
from kara_tui.exports.changed_words import looks_like
from kara_tui.model import Finding, Severity

from .files import (
    OCTOBER,
    Cell,
    as_csv,
    read_bytes,
    read_large,
    read_text,
    row,
    sessions,
    table,
    workbook,
)
from .raw_workbook import (
    DAY,
    DURATION,
    PERCENT,
    TIME,
    cells_of,
    header_row,
    number,
    raw_workbook,
    row_of,
)


def said(export: Export) -> tuple[Finding, ...]:
    return select(export, OCTOBER).findings


def of_cell(cell: str, field: str = "sponsor") -> Export:
    """A usual payment, and one whose sponsor is this cell."""
    changed = row_of(cells_of(row(), **{field: cell}))
    return read_bytes(raw_workbook(header_row() + row_of(cells_of(row())) + changed))


@pytest.mark.parametrize(
    ("cell", "what"),
    [
        (number(0.0423611111111111, TIME), "a time (“01:01:00”)"),
        (number(1.5, DURATION), "a time"),
        (number(46024, DAY), "a date (2 January)"),
        (number(46024.5, DAY), "a date (2 January)"),
        ('<c t="d"><v>2026-01-02</v></c>', "a date (2 January)"),
        ('<c t="b"><v>1</v></c>', "a truth value (“TRUE”)"),
        (number(1.00012e15), "a number (one of 16 digits)"),
        (number(7.5), "a number (“7.5”)"),
    ],
)
def test_a_cell_that_is_no_text_is_asked_about(cell: str, what: str) -> None:
    [found] = said(of_cell(cell))
    assert (found.code, found.severity) == ("word-changed", Severity.BLOCKER)
    assert (found.rows, found.column) == ((3,), "Sponsor")
    assert what in found.message
    assert found.message.startswith("Row 3, column “Sponsor” of payments.csv")


def test_each_column_that_is_printed_is_looked_at() -> None:
    rows = table(row(), row(), row())
    values: list[Cell] = [date(2026, 1, 2), True, 0.25]
    for index, value in enumerate(values):
        for place in (3, 7, 8):
            rows[index + 1][place] = value
    found = said(read_bytes(workbook(rows)))
    assert {one.code for one in found} == {"word-changed"}
    assert sorted((one.column, one.rows) for one in found) == sorted(
        (column, (at,))
        for column in ("Service Name", "Sponsor", "Professional Name")
        for at in (2, 3, 4)
    )


def test_a_usual_number_may_be_what_the_portal_calls_it() -> None:
    [found] = said(of_cell(number(7)))
    assert (found.code, found.severity) == ("word-doubtful", Severity.WARNING)
    assert "“7” is a number" in found.message


def test_a_percentage_is_told_as_it_is_shown() -> None:
    export = of_cell(number(0.5, PERCENT))
    [found] = [one for one in export.findings if one.is_blocker]
    assert found.code == "text-unreadable"
    assert "“50%”" in found.message


def test_only_the_month_s_sessions_matter() -> None:
    rows = table(row(), row(type="Cash"), row(date="2026-09-14 10:00"))
    rows[2][7] = rows[3][7] = True
    assert said(read_bytes(workbook(rows))) == ()


def test_dates_and_numbers_in_their_own_columns_are_at_home() -> None:
    assert said(read_bytes(workbook(table(row(), row())))) == ()


def test_a_total_with_a_number_where_services_stand_is_not_said() -> None:
    rows: list[list[Cell]] = [*table(row(), row()), ["Total", None, None, 2.0, 130.0]]
    export = read_bytes(workbook(rows))
    assert len(sessions(export)) == 2
    assert said(export) == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("02-Jan", "date"), ("1-jan", "date"), ("2. jan", "date"), ("Jan-26", "date"),
        ("02.jan", "date"), ("jan. 26", "date"), ("5-okt", "date"), ("3-maí", "date"),
        ("2026-01-02", "date"), ("2026-01-02 00:00:00", "date"), ("02/01/2026", "date"),
        ("2.1.2026", "date"), ("2 January 2026", "date"),
        ("01:01", "time"), ("01:01:00", "time"), ("1:01 AM", "time"), ("25:01:00", "time"),
        ("1.00E+05", "number"), ("1,00012E+15", "number"), ("1E5", "number"),
        ("TRUE", "truth value"), ("FALSCH", "truth value"),
        ("#NAME?", "error"), ("#REF!", "error"), ("#N/A", "error"), ("#DIV/0!", "error"),
        ("#BEZUG!", "error"), ("#VÄRDEFEL!", "error"), ("#¡VALOR!", "error"), ("#NV", "error"),
        ("Err:502", "error"), ("#####", "error"),
    ],
)  # fmt: skip
def test_what_is_left_in_a_text_file_is_seen(text: str, kind: str) -> None:
    assert looks_like(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "1:1", "1-2", "3/4", "007", "50%", "Individual session 50 min", "Session 2", "24/7",
        "True", "Jan", "May", "Jan Berg", "4U", "3M", "A1", "# 1", "#1", "##", "#metoo", "E5",
        "46300", "1 mars till", "Room 12-14", "10-12 years", "Mars 2", "2 hours", "1.5", "",
    ],
)  # fmt: skip
def test_words_that_no_spreadsheet_made_are_left_in_peace(text: str) -> None:
    assert looks_like(text) == ""


@given(st.text(alphabet=st.characters(categories=["L"]), max_size=30))
def test_letters_alone_are_words(text: str) -> None:
    assert looks_like(text.lower()) == ""


def test_a_text_file_is_warned_of_since_the_portal_may_call_it_so(tmp_path: Path) -> None:
    text = as_csv([row(), row(service="01:01"), row(service="02-Jan"), row(service="01:01")])
    for export in (read_text(text), read_large(tmp_path, text.encode())):
        found = said(export)
        assert [(one.code, one.rows, one.column) for one in found] == [
            ("word-doubtful", (3, 5), "Service Name"),
            ("word-doubtful", (4,), "Service Name"),
        ]
        assert "Rows 3 and 5" in found[0].message
        assert "“02-Jan”" in found[1].message


@pytest.mark.parametrize("cell", ["#NAME?", "#####"])
@pytest.mark.parametrize("name", ["sponsor", "service", "professional"])
def test_an_error_that_would_be_printed_blocks_in_a_text_file_too(cell: str, name: str) -> None:
    [found] = said(read_text(as_csv([row(), row(**{name: cell})])))
    assert (found.code, found.severity, found.rows) == ("text-unreadable", Severity.BLOCKER, (3,))


def test_an_e_mail_is_not_printed_and_only_warned_of() -> None:
    [found] = said(read_text(as_csv([row(email="#N/A")])))
    assert (found.code, found.severity) == ("detail-unreadable", Severity.WARNING)


def test_years_and_long_numbers_are_not_quoted() -> None:
    for cell in ("1980-05-17", "17.05.1980", "170580-2939"):
        assert not any("80" in one.message for one in said(read_text(as_csv([row(sponsor=cell)]))))
    assert "1005" not in said(of_cell(number(1005803289)))[0].message
