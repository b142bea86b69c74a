"""Exact money: whole minor units and an ISO 4217 code, and the one function that makes totals."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

# Minor units as ISO 4217 lists them ("E" column). Only currencies named here are read: an unknown
# code is asked about, because a wrong number of decimals would make an invoice wrong by a hundred.
MINOR_UNITS: dict[str, int] = {
    "AUD": 2, "BGN": 2, "CAD": 2, "CHF": 2, "CZK": 2, "DKK": 2, "EUR": 2, "GBP": 2, "HUF": 2,
    "ILS": 2, "INR": 2, "ISK": 0, "JPY": 0, "KRW": 0, "MXN": 2, "NOK": 2, "NZD": 2, "PLN": 2,
    "RON": 2, "SEK": 2, "SGD": 2, "TRY": 2, "UAH": 2, "USD": 2, "ZAR": 2,
}  # fmt: skip

_DECIMAL = re.compile(r"(-?)([0-9]+)(?:\.([0-9]+))?\Z")


class UnknownCurrency(ValueError):
    """A currency code whose minor units are not known here."""


class CurrencyMismatch(ValueError):
    """Amounts of two currencies were to be added."""


def minor_units(currency: str) -> int:
    """The number of decimals of a currency, by ISO 4217.

    Raises UnknownCurrency for a code that is not in MINOR_UNITS.
    """
    try:
        return MINOR_UNITS[currency]
    except KeyError:
        raise UnknownCurrency(f"{currency!r} is not a currency code known here") from None


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in whole minor units (cents, or krónur) of one ISO 4217 currency."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.minor) is not int:
            raise TypeError(f"minor units are a whole number, not {type(self.minor).__name__}")
        minor_units(self.currency)

    @classmethod
    def parse(cls, text: str, currency: str) -> Money:
        """Read a plain decimal such as ``-12.50``: a point, no grouping, no exponent.

        Raises ValueError when the text is not such a decimal or holds a fraction of a minor unit.
        """
        match = _DECIMAL.match(text)
        if match is None:
            raise ValueError(f"{text!r} is not a plain decimal number")
        sign, whole, fraction = match.groups()
        units = minor_units(currency)
        kept, lost = (fraction or "")[:units], (fraction or "")[units:]
        if lost.strip("0"):
            raise ValueError(f"{text} has a fraction of the smallest unit of {currency}")
        minor = int(whole + kept.ljust(units, "0"))
        return cls(-minor if sign else minor, currency)

    @property
    def text(self) -> str:
        """The amount as a plain decimal string: ``2730.00``, or ``12500`` for ISK."""
        units = minor_units(self.currency)
        sign = "-" if self.minor < 0 else ""
        digits = str(abs(self.minor)).rjust(units + 1, "0")
        return f"{sign}{digits[:-units]}.{digits[-units:]}" if units else f"{sign}{digits}"

    def __add__(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise CurrencyMismatch(f"{self.currency} and {other.currency} cannot be added")
        return Money(self.minor + other.minor, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        return self + -other

    def __str__(self) -> str:
        return f"{self.text} {self.currency}"


def total(amounts: Iterable[Money], currency: str) -> Money:
    """The exact sum of amounts that are all of one currency; zero of it when there are none.

    Every total that is shown, printed or sent anywhere is made by this function.
    Raises CurrencyMismatch when an amount is of another currency.
    """
    minor = 0
    for amount in amounts:
        if amount.currency != currency:
            raise CurrencyMismatch(f"an amount in {amount.currency} among {currency}")
        minor += amount.minor
    return Money(minor, currency)
