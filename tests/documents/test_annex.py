"""The annex: a workbook with real values, and CSV that no spreadsheet reckons with."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kara_tui.documents import annex_csv, annex_xlsx
from kara_tui.model import Money, SessionKind, VatPreset, VatTreatment
from tests.documents.samples import invoice, line, month_of

COLUMNS = [
    "No.", "Date", "Time", "Service", "Professional", "Professional email", "Sponsor", "Kind",
    "Price", "Currency",
]  # fmt: skip


def records(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


@contextmanager
def sheet(data: bytes) -> Iterator[Any]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    yield book["Sessions"]
    book.close()


def test_the_csv_is_rfc_4180_with_a_mark_that_excel_needs() -> None:
    data = annex_csv(invoice([line(1, service='Viðtal, "langt"'), line(2, time=None)]))

    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n") == 3
    assert records(data) == [
        COLUMNS,
        ["1", "2026-10-01", "10:30", 'Viðtal, "langt"', "Þóra Ægisdóttir", "thora@birta.example",
         "Norðurljós hf.", "Session", "65.00", "EUR"],
        ["2", "2026-10-02", "", "Sálfræðiviðtal", "Þóra Ægisdóttir", "thora@birta.example",
         "Norðurljós hf.", "Session", "65.00", "EUR"],
    ]  # fmt: skip


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t=", " @"])
def test_a_cell_that_begins_like_a_formula_is_text(sign: str) -> None:
    bill = invoice([line(service=f"{sign}cmd|' /C calc'!A0")])

    (cell,) = [row[3] for row in records(annex_csv(bill))[1:]]
    assert cell.startswith("'")
    with sheet(annex_xlsx(bill)) as found:
        assert found["D2"].data_type == "s"
        assert found["D2"].value == f"{sign.strip()}cmd|' /C calc'!A0"


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_no_text_makes_a_formula_or_another_row(text: str) -> None:
    found = records(annex_csv(invoice([line(service=text, sponsor=text, professional=text)])))

    assert [len(row) for row in found] == [len(COLUMNS)] * 2
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in found[1])


def test_a_negative_price_stays_a_number() -> None:
    bill = invoice([line(1), line(2, price=Money(-6500, "EUR"))])

    assert [row[8] for row in records(annex_csv(bill))] == ["Price", "65.00", "-65.00"]
    with sheet(annex_xlsx(bill)) as found:
        assert found["I3"].value == -65


def test_the_workbook_holds_real_dates_times_and_numbers() -> None:
    late = line(2, time=None, kind=SessionKind.LATE_CANCELLATION)
    with sheet(annex_xlsx(invoice([line(1), late]))) as found:
        rows = [[cell.value for cell in row] for row in found.iter_rows(max_row=3)]
        assert rows[0] == COLUMNS
        assert rows[1][1:3] == [datetime(2026, 10, 1), time(10, 30)]
        assert rows[2][2] is None
        assert rows[2][7] == "Late cancellation"
        assert (rows[1][0], rows[1][8], rows[1][9]) == (1, 65, "EUR")
        assert found["I2"].number_format == "#,##0.00"
        assert found.freeze_panes == "A2"
        assert found.auto_filter.ref == "A1:J3"


def test_the_last_row_adds_up_the_prices_even_where_nothing_reckons() -> None:
    bill = invoice([line(n, price=Money(10, "EUR")) for n in range(1, 1001)])
    data = annex_xlsx(bill)

    with sheet(data) as found:
        assert found["B1002"].value == "Sum of prices"
        assert found["I1002"].value == "=SUM(I2:I1001)"
    shown = openpyxl.load_workbook(io.BytesIO(data), data_only=True)["Sessions"]
    assert Decimal(str(shown["I1002"].value)) == Decimal(100)


def test_the_way_from_prices_to_the_invoices_total_is_shown_when_vat_is_charged() -> None:
    taxed = VatTreatment(VatPreset.TAXED, "VAT 24%", Decimal(24))
    bill = invoice([line(price=Money(10000, "ISK"))], vat_treatment=taxed)
    with sheet(annex_xlsx(bill)) as found:
        sums = {found.cell(row, 2).value: found.cell(row, 9).value for row in range(4, 7)}
        assert sums == {"Net": 10000, "VAT": 2400, "Invoice total": 12400}
        assert found["I2"].number_format == "#,##0"


def test_the_same_invoice_gives_the_same_bytes() -> None:
    bill = invoice(month_of(30))
    assert annex_xlsx(bill) == annex_xlsx(bill)
    assert annex_csv(bill) == annex_csv(bill)


def test_the_workbook_names_no_user_and_no_clock() -> None:
    book = openpyxl.load_workbook(io.BytesIO(annex_xlsx(invoice())))
    assert not book.properties.creator
    assert not book.properties.lastModifiedBy
    assert book.properties.created == datetime(2026, 11, 2)
