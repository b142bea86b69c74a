"""How an invoice's language writes its words, days, times and amounts: one TOML file each.

The files in ``labels/`` follow CLDR. The babel package, which the tests hold them against, takes
30 ms to import; a file takes two.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from functools import cache
from pathlib import Path

from kara_tui.documents.error import DocumentError
from kara_tui.model import Money, Month

_LABELS = Path(__file__).parent / "labels"


@dataclass(frozen=True, slots=True)
class Language:
    """One language of labels. The tables' keys are the same in all of them."""

    code: str
    words: dict[str, str]
    kinds: dict[str, str]
    tax_ids: dict[str, str]
    bank: dict[str, str]
    countries: dict[str, str]
    months: tuple[str, ...]
    short_months: tuple[str, ...]
    patterns: dict[str, str]

    def number(self, plain: str) -> str:
        """A plain decimal such as ``-2730.00``, grouped and signed as the language writes it."""
        whole, _, fraction = plain.removeprefix("-").partition(".")
        grouped = f"{int(whole):,}".replace(",", self.patterns["group"])
        sign = self.patterns["minus"] if plain.startswith("-") else ""
        return f"{sign}{grouped}{self.patterns['decimal'] if fraction else ''}{fraction}"

    def amount(self, money: Money) -> str:
        """An amount with its currency code, which never leaves its number's line."""
        return self.patterns["amount"].format(
            number=self.number(money.text), currency=money.currency
        )

    def percent(self, rate: Decimal) -> str:
        """A rate such as ``Decimal("25.5")`` as a percentage, without trailing zeros."""
        return self.patterns["percent"].format(number=self.number(f"{rate.normalize():f}"))

    def day(self, day: date) -> str:
        """A day with the month's full name: ``2 November 2026``."""
        return self._day(day, self.months)

    def short_day(self, day: date) -> str:
        """A day with the month's short name, for a narrow column: ``2 Nov 2026``."""
        return self._day(day, self.short_months)

    def _day(self, day: date, months: tuple[str, ...]) -> str:
        return self.patterns["day"].format(
            day=day.day, month=months[day.month - 1], year=f"{day.year:04}"
        )

    def time(self, at: time) -> str:
        return self.patterns["time"].format(hour=f"{at.hour:02}", minute=f"{at.minute:02}")

    def month(self, month: Month) -> str:
        """A month as it stands alone, with a capital: ``October 2026``."""
        name = self.months[month.number - 1]
        return f"{name[0].upper()}{name[1:]} {month.year}"

    def sessions(self, count: int) -> str:
        """``1 session``, ``42 sessions``; in Icelandic ``21 tími`` too.

        Which counts are singular is a pattern in the labels, by CLDR's rules of plurals.
        """
        form = "one_session" if re.fullmatch(self.patterns["one"], str(count)) else "many_sessions"
        return self.words[form].format(count=self.number(str(count)))


@cache
def languages() -> tuple[str, ...]:
    """The languages that invoices can be written in, as ISO 639-1 codes."""
    return tuple(sorted(path.stem for path in _LABELS.glob("*.toml")))


@cache
def language(code: str) -> Language:
    """The language of a code. Raises DocumentError when there are no labels for it."""
    if code not in languages():
        raise DocumentError(
            f"Invoices cannot be written in the language {code[:20]!r}. "
            f"Set the profile's language to one of {', '.join(languages())}."
        )
    table = tomllib.loads((_LABELS / f"{code}.toml").read_text(encoding="utf-8"))
    form = table["format"]
    return Language(
        code=code,
        words=table["words"],
        kinds=table["kinds"],
        tax_ids=table["tax_ids"],
        bank=table["bank"],
        countries=table["countries"],
        months=tuple(form.pop("months")),
        short_months=tuple(form.pop("short_months")),
        patterns=form,
    )


def labels(code: str) -> str:
    """All that the paper says by itself in a language, in one text. Raises DocumentError."""
    own = language(code)
    tables = (own.words, own.kinds, own.tax_ids, own.bank, own.patterns)
    texts = (text for table in tables for text in table.values())
    return " ".join((*texts, *own.months, *own.short_months))


def words(code: str) -> dict[str, str]:
    """The paper's labels in a language, by their keys. Raises DocumentError."""
    return language(code).words
