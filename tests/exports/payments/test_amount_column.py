"""Amounts as people and spreadsheets write them, exact to the minor unit."""

from __future__ import annotations

from pathlib import Path

import pytest

from kara_tui.exports import select
from kara_tui.model import HowToRead
from tests.exports.samples import (
    OCTOBER,
    as_csv,
    blockers,
    codes,
    prices,
    read_bytes,
    read_large,
    read_rows,
    read_text,
    row,
    sessions,
    the,
)


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("65", "EUR", 6500),
        ("65.00", "EUR", 6500),
        ("65,00", "EUR", 6500),
        ("65.5", "EUR", 6550),
        ("0.10", "EUR", 10),
        (".50", "EUR", 50),
        ("-65.00", "EUR", -6500),
        ("−65,00", "EUR", -6500),
        ("65.00-", "EUR", -6500),
        ("(65.00)", "EUR", -6500),
        ("1,234.50", "EUR", 123450),
        ("1.234,50", "EUR", 123450),
        ("1 234,50", "SEK", 123450),
        ("1\u00a0234,50", "SEK", 123450),
        ("1\u2009234,50", "SEK", 123450),
        ("1\u202f234.50", "SEK", 123450),
        ("1'234.50", "CHF", 123450),
        ("1’234’567.50", "CHF", 123456750),
        ("12.500", "ISK", 12500),
        ("12,500", "ISK", 12500),
        ("12500", "ISK", 12500),
        ("1.012.500", "ISK", 1012500),
        ("12.500 kr.", "ISK", 12500),
        ("kr 12.500", "ISK", 12500),
        ("ISK 12.500", "ISK", 12500),
        ("12.500,-", "ISK", 12500),
        ("12500.00", "ISK", 12500),
        ("€65.00", "EUR", 6500),
        ("65,00 €", "EUR", 6500),
        ("-€65.00", "EUR", -6500),
        ("£65.00", "GBP", 6500),
        ("US$65.00", "USD", 6500),
        ("500 kr", "SEK", 50000),
        ("500:-", "SEK", 50000),
        # Decimals left out by a dash say which sign is the decimal one.
        ("1.250,- kr", "NOK", 125000),
        ("1.250 ,–", "EUR", 125000),
        ("1.250,--", "EUR", 125000),
        ("60.-", "CHF", 6000),
        ("1,250.-", "CHF", 125000),
        ("60.–", "CHF", 6000),
        ("€(60.00)", "EUR", -6000),
        ("€ (60.00)", "EUR", -6000),
        ("(60,00) €", "EUR", -6000),
        ("(€60.00)", "EUR", -6000),
        # A spreadsheet's accounting format writes nothing so.
        ("€ -", "EUR", 0),
        ("- €", "EUR", 0),
        ("kr –", "SEK", 0),
        ("0", "EUR", 0),
        ("65.000000", "EUR", 6500),
        ("65.00", "€", 6500),
        ("65.00", "eur", 6500),
    ],
)
def test_an_amount_that_can_be_read_in_one_way_is_read(
    text: str, currency: str, minor: int
) -> None:
    export = read_rows(row(price=text, currency=currency))
    assert not blockers(export), export.findings
    assert prices(export) == [minor]


@pytest.mark.parametrize(
    ("text", "currency", "code"),
    [
        ("", "EUR", "price-unreadable"),
        ("free", "EUR", "price-unreadable"),
        ("1e3", "EUR", "price-unreadable"),  # a decimal parser took it for a thousand
        ("１２", "EUR", "price-unreadable"),  # and full-width digits for digits
        ("1.2.3", "EUR", "price-unreadable"),
        ("12 50", "EUR", "price-unreadable"),
        ("--5", "EUR", "price-unreadable"),
        ("5.", "EUR", "price-unreadable"),
        ("-", "EUR", "price-unreadable"),
        ("€", "EUR", "price-unreadable"),
        ("-,-", "EUR", "price-unreadable"),
        ("(€)", "EUR", "price-unreadable"),
        ("(-5)", "EUR", "price-unreadable"),
        ("1,250,-", "EUR", "price-unreadable"),
        ("60.50.-", "CHF", "price-unreadable"),
        ("€ -", "ISK", "currency-disagrees"),
        ("1,23,456.00", "EUR", "price-unreadable"),
        ("0x10", "EUR", "price-unreadable"),
        ("inf", "EUR", "price-unreadable"),
        ("NaN", "EUR", "price-unreadable"),
        ("65.005", "EUR", "price-style"),  # 65 005 euros, or 65 and half a cent
        ("65.0055", "EUR", "price-fraction"),
        ("12.5", "ISK", "price-fraction"),
        ("12,50", "ISK", "price-fraction"),
        ("99999999999999", "EUR", "price-too-large"),
        ("10000000000.01", "EUR", "price-too-large"),
        ("65.00", "", "currency-unknown"),
        ("65.00", "XXX", "currency-unknown"),
        ("65.00", "kr", "currency-unknown"),
        ("€65.00", "ISK", "currency-disagrees"),
        ("65.00 kr", "EUR", "currency-disagrees"),
    ],
)
def test_what_is_no_amount_blocks_with_its_row(text: str, currency: str, code: str) -> None:
    found = the(read_rows(row(price=text, currency=currency)), code)
    assert found.is_blocker
    assert found.rows == (2,)


def test_an_amount_that_can_be_read_two_ways_is_asked_about_with_both_readings() -> None:
    export = read_rows(row(price="50"), row(price="12.500"))
    found = the(export, "price-style")
    assert "row 3, “12.500”, is 12.50 EUR with a decimal point or 12500.00 EUR" in found.message
    assert "--decimal ." in found.hint
    assert found.rows == (3,)
    assert prices(export) == [5000]


def test_the_user_s_answer_settles_the_style() -> None:
    assert prices(read_rows(row(price="12.500"), how=HowToRead(decimal="."))) == [1250]
    assert prices(read_rows(row(price="12.500"), how=HowToRead(decimal=","))) == [1250000]


def test_one_column_has_one_style_settled_by_any_of_its_cells() -> None:
    assert prices(read_rows(row(price="12.500"), row(price="12,50"))) == [1250000, 1250]
    assert prices(read_rows(row(price="1,250"), row(price="12.50"))) == [125000, 1250]


@pytest.mark.parametrize(
    ("cells", "asked", "settled"),
    [
        (["65.00 EUR", "1.200 EUR"], [3], [6500, 120]),
        (["12.500 EUR", "12.50 EUR"], [2], [1250, 1250]),
        (["950.00 SEK", "1.250 SEK"], [3], [95000, 125]),
        (["65,00 EUR", "1,200 EUR"], [3], [6500, 120]),
        (["1,234.50 EUR", "1.200 EUR"], [3], [123450, 120]),
        (["1 234,50 SEK", "1.200 SEK"], [3], [123450, 120000]),
        (["12.500 ISK", "65.000 EUR"], [3], [12500, 6500]),
        (["12,500 ISK", "65,000 EUR"], [3], [12500, 6500]),
    ],
)
def test_an_amount_that_is_not_written_as_the_others_is_asked_about(
    tmp_path: Path, cells: list[str], asked: list[int], settled: list[int]
) -> None:
    parted = [cell.rpartition(" ") for cell in cells]
    rows = [row(price=price, currency=currency) for price, _, currency in parted]
    data = as_csv(rows).encode()
    for export in (read_bytes(data), read_large(tmp_path, data)):
        found = the(export, "price-style")
        assert found.is_blocker
        assert list(found.rows) == asked
        assert "with a decimal point" in found.message
        assert "with a decimal comma" in found.message
        assert len(prices(export)) == len(cells) - 1
    decimal = "," if "," in cells[0] and "." not in cells[0] else "."
    export = read_bytes(data, how=HowToRead(decimal=decimal))
    assert not blockers(export)
    assert prices(export) == settled


@pytest.mark.parametrize(
    ("cells", "minor"),
    [
        (["65,00", "1.200"], [6500, 120000]),
        (["65.00", "1,200"], [6500, 120000]),
        (["1.234.567", "65.000"], [123456700, 6500000]),
        (["1250.000", "65.000"], [125000, 6500]),
        (["0.500", "65.000"], [50, 6500]),
        (["1'200.50", "65.00"], [120050, 6500]),
        (["1.234,50", "1.200"], [123450, 120000]),
    ],
)
def test_an_amount_that_is_written_as_the_others_is_read(
    cells: list[str], minor: list[int]
) -> None:
    export = read_rows(*(row(price=cell) for cell in cells))
    assert not blockers(export)
    assert prices(export) == minor


@pytest.mark.parametrize("cell", ["0101302989", "2405841239", "5812345", "+3545812345", "14031985"])
def test_a_number_of_a_person_is_no_price_and_not_quoted(tmp_path: Path, cell: str) -> None:
    data = as_csv([row(), row(price=cell), row(price="1250000.00")]).encode()
    for export in (read_bytes(data), read_large(tmp_path, data)):
        found = the(export, "price-is-an-id")
        assert found.is_blocker
        assert found.rows == (3,)
        assert cell.lstrip("+0") not in repr(export.findings)
        assert prices(export) == [6500, 125000000]


def test_a_dash_for_decimals_settles_the_other_cells_too() -> None:
    assert prices(read_rows(row(price="12.500"), row(price="1.250,-"))) == [1250000, 125000]
    assert "price-mixed" in blockers(read_rows(row(price="12.50"), row(price="1.250,-")))
    assert prices(read_rows(row(price="12.50"), row(price="500,-"))) == [1250, 50000]


def test_two_styles_in_one_column_are_named_and_not_mended() -> None:
    found = the(read_rows(row(price="12,50"), row(price="12.50")), "price-mixed")
    assert found.is_blocker
    assert "row 2, “12,50”, and row 3, “12.50”" in found.message


def test_a_thousand_rows_of_ten_cents_make_a_hundred() -> None:
    export = read_rows(*(row(price="0.10") for _ in range(1000)))
    assert sum(prices(export)) == 10000


def test_the_largest_amounts_sum_without_wrapping_around() -> None:
    export = read_rows(*(row(price="10000000000.00") for _ in range(300)))
    assert sum(prices(export)) == 300 * 10**12


def test_a_price_of_another_type_that_is_unreadable_is_a_warning_only() -> None:
    export = read_rows(row(), row(type="Cash", price="ask me"), row(type="POS", currency=""))
    assert not blockers(export)
    assert prices(export) == [6500]
    found = [f for f in export.findings if f.code == "other-price-unreadable"]
    assert sorted(f.rows for f in found) == [(3,), (4,)]


def test_a_price_of_an_unknown_type_blocks_because_the_type_may_mean_credit() -> None:
    assert "price-unreadable" in blockers(read_rows(row(type="Inneign", price="x")))


def test_a_payment_without_a_type_blocks() -> None:
    found = the(read_rows(row(), row(type=" ")), "type-empty")
    assert found.is_blocker
    assert found.rows == (3,)


def test_unknown_types_are_named_and_counted_and_not_billed() -> None:
    export = read_rows(row(), row(type="Voucher"), row(type="Voucher"), row(type="cash"))
    found = the(export, "type-unknown")
    assert not found.is_blocker
    assert "“Voucher” (2)" in found.message
    assert dict(select(export, OCTOBER).other_types) == {"Voucher": 2, "cash": 1}


def test_a_file_without_credit_says_so() -> None:
    assert "type-not-credit" in codes(read_rows(row(type="Cash")))


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("########", "a row of number signs, which a spreadsheet shows where a column is too"),
        ("TRUE", "the truth value TRUE is no amount"),
    ],
)
def test_what_a_spreadsheet_shows_in_place_of_an_amount_is_said(cell: str, said: str) -> None:
    assert said in the(read_rows(row(price=cell)), "price-unreadable").message


def test_many_currencies_stay_apart() -> None:
    export = read_rows(row(), row(price="12500", currency="ISK"))
    assert [str(session.price) for session in sessions(export)] == ["65.00 EUR", "12500 ISK"]


def test_every_row_of_a_bad_price_is_listed_and_counted() -> None:
    export = read_rows(row(), *(row(price="x") for _ in range(30)))
    found = the(export, "price-unreadable")
    assert (found.count, found.rows) == (30, tuple(range(3, 23)))


def test_a_header_alone_is_an_export_without_payments() -> None:
    export = read_text(as_csv([]))
    assert (export.rows, sessions(export), blockers(export)) == (0, (), set())


def test_three_capitals_that_are_no_currency_may_be_a_name_and_are_not_quoted() -> None:
    export = read_rows(row(), row(currency="EVA"))
    found = the(export, "currency-unknown")
    assert found.rows == (3,)
    assert "EVA" not in found.message + found.hint
