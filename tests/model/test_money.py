"""Money is exact: minor units, one function for totals, no float anywhere."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kara_tui.model import CurrencyMismatch, Money, UnknownCurrency, minor_units, total
from kara_tui.model.money import MINOR_UNITS

currencies = st.sampled_from(sorted(MINOR_UNITS))
amounts = st.integers(-(10**14), 10**14)


def test_a_thousand_prices_of_ten_cents_make_a_hundred() -> None:
    assert total([Money.parse("0.10", "EUR")] * 1000, "EUR").text == "100.00"


def test_icelandic_kronur_have_no_decimals() -> None:
    assert Money.parse("12500", "ISK").text == "12500"
    assert Money.parse("12500.00", "ISK") == Money(12500, "ISK")


@pytest.mark.parametrize("text", ["1e3", "1,5", "12.500.00", "", " 1", "1.", ".5", "１２", "+1"])
def test_what_is_not_a_plain_decimal_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="plain decimal"):
        Money.parse(text, "EUR")


@pytest.mark.parametrize(("text", "currency"), [("0.001", "EUR"), ("12.5", "ISK")])
def test_a_fraction_of_the_smallest_unit_is_refused_and_never_rounded(
    text: str, currency: str
) -> None:
    with pytest.raises(ValueError, match="smallest unit"):
        Money.parse(text, currency)


def test_a_float_cannot_become_money() -> None:
    with pytest.raises(TypeError, match="whole number"):
        Money(1.5, "EUR")  # type: ignore[arg-type]  # the mistake that must be loud


def test_an_unknown_currency_is_not_given_two_decimals_by_guess() -> None:
    with pytest.raises(UnknownCurrency, match="XYZ"):
        minor_units("XYZ")


def test_currencies_do_not_mix() -> None:
    with pytest.raises(CurrencyMismatch):
        Money(1, "EUR") + Money(1, "ISK")
    with pytest.raises(CurrencyMismatch):
        total([Money(1, "EUR"), Money(1, "SEK")], "EUR")


@given(amounts, currencies)
def test_the_text_of_an_amount_reads_back_as_the_same_amount(minor: int, currency: str) -> None:
    money = Money(minor, currency)
    assert Money.parse(money.text, currency) == money


@given(st.lists(amounts), currencies)
def test_a_total_is_the_sum_that_decimals_give(minors: list[int], currency: str) -> None:
    moneys = [Money(minor, currency) for minor in minors]
    expected = sum((Decimal(money.text) for money in moneys), Decimal(0))
    assert Decimal(total(moneys, currency).text) == expected


def test_no_sessions_come_to_nothing() -> None:
    assert total([], "GBP") == Money(0, "GBP")


def test_zero_has_no_sign_and_an_amount_taken_back_has() -> None:
    assert Money(0, "EUR").text == "0.00"
    assert Money(0, "ISK").text == "0"
    assert (-Money(6550, "EUR")).text == "-65.50"
    assert -Money(-1, "ISK") == Money(1, "ISK")


def test_every_currency_has_the_decimals_of_iso_4217() -> None:
    # ISO 4217 gives these three none, and every other one that is known here two.
    none = {"ISK", "JPY", "KRW"}
    assert {code: 0 if code in none else 2 for code in MINOR_UNITS} == MINOR_UNITS
