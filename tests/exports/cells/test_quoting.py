"""No message quotes what may be a person's: ids, telephone numbers, birth dates, names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kara_tui.exports.cells.quoting import described
from tests.exports.samples import blockers, read_bytes, read_rows, row, table, workbook


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("010130-2989", "10 digits with a hyphen (not shown)"),
        ("0101302989", "10 digits (not shown)"),
        ("850314-1234", "10 digits with a hyphen (not shown)"),
        ("19850314-1234", "12 digits with a hyphen (not shown)"),
        ("131052-308T", "a text of 11 characters with a digit (not shown)"),
        ("5812345", "7 digits (not shown)"),
        ("581 2345", "7 digits with a blank (not shown)"),
        ("581.2345", "7 digits with a point (not shown)"),
        ("+3545812345", "10 digits with a plus sign (not shown)"),
        ("+354 581 2345", "10 digits with other signs (not shown)"),
        ("14.03.1985", "8 digits with a point (not shown)"),
        ("14.3.85", "5 digits with a point (not shown)"),
        ("1985-03-14", "8 digits with a hyphen (not shown)"),
        ("12.05.2012", "8 digits with a point (not shown)"),
        ("14.03.1985 00:00", "12 digits with other signs (not shown)"),
        ("14 March 1985", "a text of 13 characters with a digit (not shown)"),
        ("140385", "6 digits (not shown)"),
        ("\x01101302989", "a number of 9 digits (not shown)"),
        ("Bo 3", "a text of 4 characters with a digit (not shown)"),
    ],
)
def test_what_may_be_a_person_s_is_told_by_its_shape(cell: str, said: str) -> None:
    assert described(cell) == said


@pytest.mark.parametrize(
    "cell",
    [
        "65.00", "1.200", "1.234.567,50 kr", "12 50", "1.2.3", "12500", "-65,00 €", "1e3",
        "65.0055", "2026-02-30", "31.10.26", "31/10/2026 25:99", "14 mar 26",
        "2026-10-25 02:30 CEST",
        "2000-01-01T00:30:00+12:00", "10:00 - 10:50", "30:15.5",
    ],
)  # fmt: skip
def test_what_is_written_as_an_amount_or_a_moment_is_quoted(cell: str) -> None:
    assert described(cell) == f"“{cell}”"


IDS = [
    "010130-2989",
    "0101302989",
    "581 2345",
    "+354 581 2345",
    "14.03.1985",
    "1985-03-14",
    "Anna 7",
]


@pytest.mark.parametrize("field", ["date", "price", "currency", "type"])
@pytest.mark.parametrize("cell", IDS)
@pytest.mark.parametrize("others", [{}, {"price": "12.500"}, {"date": "03.04.2026"}])
def test_no_finding_about_a_column_quotes_an_id(
    field: str, cell: str, others: dict[str, str]
) -> None:
    export = read_rows(row(**others), row(**{field: cell}), row(price="1,5"))
    assert cell not in repr(export.findings)
    assert cell.replace("-", "").replace(" ", "") not in repr(export.findings)


def test_an_id_that_was_typed_into_a_workbook_as_a_number_is_not_told() -> None:
    page = table(row(), row())
    page[2][0] = 101302989
    export = read_bytes(workbook(page), name="payments.xlsx")
    assert "date-unreadable" in blockers(export)
    assert "101302989" not in repr(export.findings)


@given(st.from_regex(r"[0-9]{6}[- ]?[0-9]{4}|\+?[0-9]{7,12}|[0-9]{6}", fullmatch=True))
def test_no_number_of_a_person_is_ever_quoted(cell: str) -> None:
    assert "not shown" in described(cell)
    assert cell not in described(cell)
