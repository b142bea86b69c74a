"""A price far out of the month's own range is asked about once, and can be said to be right."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kara_tui.model import Money, Session
from kara_tui.month_end.assess import MonthEnd
from kara_tui.month_end.decisions import Answer
from kara_tui.month_end.twice import answered
from tests.month_end.a_month import export, found, month_end, session


def priced(*prices: int, currency: str = "EUR") -> list[Session]:
    return [session(row, price=Money(minor, currency)) for row, minor in enumerate(prices, 2)]


def blockers(result: MonthEnd) -> list[str]:
    return [finding.code for finding in result.findings if finding.is_blocker]


@pytest.mark.parametrize(
    ("prices", "currency", "rows"),
    [
        ((6500, 6500, 650_000), "EUR", (4,)),  # a decimal point lost
        ((6500, 8000, 80_000), "EUR", (4,)),
        ((6500, 6500, 6500, 650_000, 650_000), "EUR", (5, 6)),
        ((650_000, 650_000, 650_000, 6500), "EUR", (2, 3, 4)),
        ((650_000,), "EUR", (2,)),
        ((6500, 65_000), "EUR", (3,)),
        ((65_000, 6500), "EUR", (2,)),
        ((18_500, 1_850_000, 16_000), "ISK", (3,)),
        ((1_850_000,), "ISK", (2,)),
        ((65_000, 7_000_000), "SEK", (3,)),
        ((150_385_00, 9_000), "GBP", (2,)),  # a birth date
    ],
)
def test_a_price_far_from_the_usual_one_is_asked_about(
    prices: tuple[int, ...], currency: str, rows: tuple[int, ...]
) -> None:
    result = month_end(export(*priced(*prices, currency=currency)))
    asked = found(result, "price-far")
    assert (asked.rows, asked.is_blocker, asked.source) == (rows, True, "paid.csv")
    for odd in rows:
        assert Money(prices[odd - 2], currency).text not in asked.message


@pytest.mark.parametrize(
    ("prices", "currency"),
    [
        ((6500, 6500, 64_999), "EUR"),
        ((6500, 651, 12_000), "EUR"),
        ((250_000,), "EUR"),
        ((6500, 64_999), "EUR"),
        ((18_500, 24_000, 165_000), "ISK"),
        ((0, 6500), "EUR"),
        ((95_000,), "SEK"),
    ],
)
def test_prices_within_the_usual_range_are_not(prices: tuple[int, ...], currency: str) -> None:
    result = month_end(export(*priced(*prices, currency=currency)))
    assert not {"price-far", "price-low"} & {one.code for one in result.findings}


@pytest.mark.parametrize(
    ("prices", "currency", "rows"),
    [
        ((6500, 8000, 650), "EUR", (4,)),
        ((6500, 8000, 7000, 7000, 80), "EUR", (6,)),
        ((65,), "EUR", (2,)),
        ((185, 18_500), "ISK", (2,)),
        ((65_000, 95, 70_000), "SEK", (3,)),
    ],
)
def test_a_price_far_below_the_usual_one_is_a_warning(
    prices: tuple[int, ...], currency: str, rows: tuple[int, ...]
) -> None:
    result = month_end(export(*priced(*prices, currency=currency)))
    low = found(result, "price-low")
    assert (low.rows, low.is_blocker, blockers(result)) == (rows, False, [])


def test_each_currency_has_its_own_range() -> None:
    mixed = [*priced(6500, 7000), replace(session(9), price=Money(18_500, "ISK"))]
    assert "price-far" not in {one.code for one in month_end(export(*mixed)).findings}


@pytest.mark.parametrize(("chosen", "billed"), [(0, [2, 3]), (1, [2, 3, 4])])
def test_one_answer_settles_it(chosen: int, billed: list[int]) -> None:
    file = export(*priced(6500, 6500, 650_000))
    result = month_end(file)
    [doubt] = result.doubts
    request = answered(result.request, doubt, chosen)
    settled = month_end(file, bill=request.bill, left_out=request.left_out)
    assert (settled.doubts, settled.is_blocked) == ((), False)
    assert [one.session.row for one in settled.billed] == billed
    if chosen:
        said = found(settled, "billed-as-said")
        assert (said.rows, said.is_blocker) == ((4,), False)
        assert "the price is far from the usual one" in said.message


def test_an_answer_of_a_file_settles_it() -> None:
    file = export(*priced(6500, 6500, 650_000))
    result = month_end(file, answers=(Answer(row=4, bill="A day's workshop."),))
    assert blockers(result) == []
    assert "A day's workshop." in found(result, "billed-as-said").message


def test_that_a_price_is_right_does_not_say_that_a_session_is_there_once() -> None:
    one, two, far = priced(6500, 6500, 650_000)
    file = export(one, two, far, replace(far, row=5))
    asked = ["price-far", "same-minute"]
    result = month_end(file)
    assert blockers(result) == asked
    for first in (0, 1):
        price_or_twice, other = result.doubts[first], result.doubts[1 - first]
        request = answered(result.request, price_or_twice, 1)
        half = month_end(file, bill=request.bill)
        assert blockers(half) == [asked[1 - first]]
        request = answered(request, other, 1)
        assert blockers(month_end(file, bill=request.bill)) == []
