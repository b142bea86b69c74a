"""Prices far out of the month's own range: a decimal point was lost, or a cell is of another kind.

The amounts themselves are not quoted: what stands there by mistake may be somebody's number.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from statistics import median_low

from kara_tui.model import Finding, Money, Session
from kara_tui.month_end.billing_history import Candidate
from kara_tui.month_end.findings import finding
from kara_tui.month_end.twice import Doubt
from kara_tui.month_end.wording import counted, listed, rows_of, rows_said, verb

CODE = "price-far"
BILLED_REASON = "The price is right."
ANSWERS = ("Leave these sessions out for now", "Bill each: the prices are right")
# So many times the usual price, or such a part of it, is far. A lost decimal point makes 100.
_FAR = 10
# What some 1,000 euros are in a currency's whole units. Only the order of size matters here.
_A_THOUSAND_EUROS = {
    "AUD": 1_700, "BGN": 2_000, "CAD": 1_600, "CHF": 950, "CZK": 25_000, "DKK": 7_500,
    "EUR": 1_000, "GBP": 850, "HUF": 400_000, "ILS": 4_000, "INR": 95_000, "ISK": 145_000,
    "JPY": 165_000, "KRW": 1_550_000, "MXN": 21_000, "NOK": 11_700, "NZD": 1_900, "PLN": 4_300,
    "RON": 5_000, "SEK": 11_200, "SGD": 1_450, "TRY": 45_000, "UAH": 47_000, "USD": 1_100,
    "ZAR": 20_000,
}  # fmt: skip
# Whatever is usual, more than 2,500 euros and less than 2 are odd.
_MOST, _LEAST = 2_500, 2
# Of one session alone none can be told to be usual; of two that differ so much one is odd.
_FEWEST = 2


def far_prices(billed: Sequence[Candidate], bill: Collection[str]) -> Iterator[Doubt]:
    """One question for each currency with prices far above all others.

    ``bill`` are the fingerprints of sessions whose price was said to be right.
    """
    for of_it, usual in _by_currency(billed):
        most = _of_euros(usual.currency, _MOST)
        if len(of_it) >= _FEWEST:
            most = min(most, usual.minor * _FAR - 1)
        far = [candidate for candidate in of_it if candidate.session.price.minor > most]
        if any(candidate.fingerprint not in bill for candidate in far):
            yield _asked(far, usual, alone=len(of_it) < _FEWEST or usual.minor > most)


def low_prices(billed: Sequence[Candidate]) -> Iterator[Finding]:
    """A warning for each currency with prices far below all others: too little would be billed.

    Prices of nothing and below it have findings of their own.
    """
    for of_it, usual in _by_currency(billed):
        least = _of_euros(usual.currency, _LEAST)
        if len(of_it) >= _FEWEST:
            least = max(least, usual.minor // _FAR)
        low = [candidate.session for candidate in of_it if candidate.session.price.minor <= least]
        if low:
            yield finding(
                "price-low",
                f"{counted(len(low), 'session')} in {usual.currency} "
                f"{verb(len(low), 'has', 'have')} a price far below what a session usually costs "
                f"({_where(low)}).",
                "Look whether a decimal sign stands where it should not. If the price is right, "
                "nothing is to be done.",
                rows=rows_of(low),
            )


def _by_currency(billed: Sequence[Candidate]) -> Iterator[tuple[list[Candidate], Money]]:
    """The sessions of each currency that cost something, and what is usual among them."""
    priced = [candidate for candidate in billed if candidate.session.price.minor > 0]
    for currency in sorted({candidate.session.price.currency for candidate in priced}):
        of_it = [candidate for candidate in priced if candidate.session.price.currency == currency]
        prices = [candidate.session.price.minor for candidate in of_it]
        least, most = _of_euros(currency, _LEAST), _of_euros(currency, _MOST)
        # Of a price that is odd by itself nothing is told about the others.
        likely = [price for price in prices if least < price <= most]
        yield of_it, Money(median_low(likely or prices), currency)


def _of_euros(currency: str, euros: int) -> int:
    """What so many euros are in a currency's smallest units, roughly."""
    return Money.parse(str(_A_THOUSAND_EUROS[currency]), currency).minor * euros // 1_000


def _where(sessions: Sequence[Session]) -> str:
    sources = sorted({session.source for session in sessions})
    return f"{rows_said(sessions)} of {listed(sources)}"


def _asked(far: Sequence[Candidate], usual: Money, *, alone: bool) -> Doubt:
    sessions = [candidate.session for candidate in far]
    sources = sorted({session.source for session in sessions})
    what = "no price that a session usually has"
    if not alone:
        what = f"a price far from the month's usual one, {usual}"
    prints = tuple(candidate.fingerprint for candidate in far)
    return Doubt(
        finding(
            CODE,
            f"{counted(len(far), 'session')} in {usual.currency} "
            f"{verb(len(far), 'has', 'have')} {what} ({_where(sessions)}). Was a decimal "
            f"sign lost there, or is {verb(len(far), 'the price', 'each price')} right?",
            "If it is wrong, correct it in the portal and export again. If it is right, say that "
            "it is billed: on the step Credit, or in a file for --decisions with bill.",
            rows=rows_of(sessions),
            source=sources[0] if len(sources) == 1 else "",
        ),
        prints,
        prints,
        "Its price is to be looked at.",
        ANSWERS,
        BILLED_REASON,
    )
