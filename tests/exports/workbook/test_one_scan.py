"""A sheet of plain dates is understood in one scan, to the same end as column by column."""

from __future__ import annotations

import io
from datetime import datetime
from typing import NoReturn

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kara_tui.exports import Export, ExportKind, read, select
from kara_tui.exports.not_this_way import NotThisWay
from kara_tui.exports.payments import parse_in_one_scan as iso
from kara_tui.model import Month
from tests.exports.samples import OCTOBER, Cell, codes, read_bytes, row, table, workbook

MOMENTS = st.datetimes(datetime(2026, 9, 1), datetime(2026, 12, 1)).map(
    lambda moment: moment.replace(microsecond=0)
)
PRICES: st.SearchStrategy[Cell] = st.sampled_from([65.0, 80.5, "65,00", 12.345, None, "x", 0.0])


@st.composite
def sheets(draw: st.DrawFn) -> bytes:
    rows = table(*(row() for _ in range(draw(st.integers(0, 12)))))
    midnight = draw(st.booleans())
    for cells in rows[1:]:
        moment = draw(MOMENTS)
        cells[0] = moment.replace(hour=0, minute=0, second=0) if midnight else moment
        cells[3] = draw(st.sampled_from(["A", "B  b", None]))
        cells[4] = draw(PRICES)
        cells[5] = draw(st.sampled_from(["EUR", "EUR", "ISK", "€", None]))
        cells[6] = draw(st.sampled_from(["Credit", "credit ", "Cash", "Gift", None]))
    if draw(st.booleans()):
        rows.append([None, None, None, "Total", 210])
    return workbook(rows)


def seen(export: Export) -> tuple[object, ...]:
    months = (Month(2026, 9), OCTOBER, Month(2026, 11))
    return (
        export.rows,
        export.has_times,
        export.decimal,
        export.tallies,
        sorted(map(repr, export.findings)),
        [select(export, month) for month in months],
    )


def not_in_one_scan(*_: object) -> NoReturn:
    raise NotThisWay("the test says so")


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(data=sheets(), kept=st.booleans())
def test_one_scan_finds_what_is_found_column_by_column(data: bytes, kept: bool) -> None:
    month = OCTOBER if kept else None
    in_one = read(io.BytesIO(data), ExportKind.PAID, name="a.xlsx", month=month)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(iso, "parse_in_one_scan", not_in_one_scan)
        slowly = read(io.BytesIO(data), ExportKind.PAID, name="a.xlsx", month=month)
    assert seen(in_one) == seen(slowly)


def test_a_sheet_of_plain_dates_is_read_in_one_scan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kara_tui.exports.payments.parse_columns.parse_columns", not_in_one_scan)
    export = read_bytes(workbook(table(row(), row(price="80"))))
    assert export.rows == 2
    assert "price-unreadable" not in codes(export)
