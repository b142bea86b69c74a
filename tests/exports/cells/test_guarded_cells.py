"""Values that a program guards from spreadsheets mean what they hold; no formula is worked out."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kara_tui.exports.cells.cleaning import clean
from tests.exports.samples import (
    HEADER,
    as_csv,
    blockers,
    prices,
    read_bytes,
    read_large,
    read_rows,
    row,
    sessions,
    the,
)

PLAIN = [row(price="80.00"), row(date="2026-10-20 09:00", type="Cash"), row(service='Say "hi"')]


def test_a_file_of_text_formulas_is_the_file_of_their_texts(tmp_path: Path) -> None:
    guard = {name: '="{}"'.format(name.replace('"', '""')) for name in HEADER}
    rows = [
        {guard[name]: '="{}"'.format(cell.replace('"', '""')) for name, cell in one.items()}
        for one in PLAIN
    ]
    data = as_csv(rows, list(guard.values())).encode()
    expected = read_rows(*PLAIN)
    for export in (read_bytes(data), read_large(tmp_path, data)):
        assert not blockers(export)
        assert sessions(export) == sessions(expected)
        assert next(column.header for column in export.columns) == "Transaction date"


def test_text_formulas_that_are_written_bare_are_read_too(tmp_path: Path) -> None:
    lines = [HEADER, *([one[name] for name in HEADER] for one in PLAIN[:2])]
    data = "\n".join(";".join(f'="{cell}"' for cell in line) for line in lines).encode() + b"\n"
    for export in (read_bytes(data), read_large(tmp_path, data)):
        assert prices(export) == [8000]


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ('="65.00"', "65.00"),
        ('=""65.00""', "65.00"),
        ("='65.00'", "65.00"),
        ("'65.00", "65.00"),
        ("'-65,00 €", "-65,00 €"),
        ("'2026-10-14 14:30", "2026-10-14 14:30"),
        ("'EUR", "EUR"),
        ("'Credit", "Credit"),
        ('\t="Credit" ', "Credit"),
        ('=" Credit "', "Credit"),
        ('="Say ""hi"""', 'Say "hi"'),
        ('=""', ""),
        # What is no guard stays.
        ("'t Hooft", "'t Hooft"),
        ("'90s group", "'90s group"),
        ("'=1+1", "'=1+1"),
        ('="a"&"b"', '="a"&"b"'),
        ("='Sheet 1'!A1", "='Sheet 1'!A1"),
        ("=65+5", "=65+5"),
        ('=T("x")', '=T("x")'),
    ],
)
def test_a_guard_is_taken_away_and_nothing_else(written: str, means: str) -> None:
    assert clean(written) == means


@pytest.mark.parametrize(
    "formula", ["=A1+B1", "=SUM(C2:C9)", "=65+5", '=HYPERLINK("x";"65")', "+A1"]
)
@pytest.mark.parametrize("field", ["price", "date", "currency"])
def test_a_formula_is_named_as_one_and_never_worked_out(field: str, formula: str) -> None:
    export = read_rows(row(), row(**{field: formula}))
    [found] = [one for one in export.findings if one.is_blocker]
    assert found.rows == (3,)
    assert "a formula, which is never worked out here," in found.message
    assert formula not in repr(export.findings)


@given(st.text(st.sampled_from("='\"x5 \t"), max_size=12))
def test_guards_in_guards_are_taken_away_at_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_a_guarded_cell_in_a_file_of_plain_ones_is_read(tmp_path: Path) -> None:
    data = as_csv([row(), row(price="'70.00"), row(type='="Credit"', price="9.00")]).encode()
    for export in (read_bytes(data), read_large(tmp_path, data)):
        assert prices(export) == [6500, 7000, 900]


def test_the_date_column_keeps_its_reading_when_one_date_is_guarded() -> None:
    export = read_rows(row(date="31.10.2026"), row(date="'01.10.2026"))
    assert [str(session.date) for session in sessions(export)] == ["2026-10-31", "2026-10-01"]
    assert "date-unreadable" in blockers(read_rows(row(date="=TODAY()")))
    assert the(read_rows(row(date="=TODAY()")), "date-unreadable").hint
