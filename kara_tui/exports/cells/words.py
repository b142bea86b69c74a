"""The words cells are written with, read once from ``words.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple


class WordLists(NamedTuple):
    """Lower-case words by what they mean; ``months`` maps a name to 1–12."""

    months: dict[str, int]
    weekdays: frozenset[str]
    before_noon: frozenset[str]
    after_noon: frozenset[str]
    before_day: frozenset[str]
    before_clock: frozenset[str]
    until: frozenset[str]
    totals: frozenset[str]
    parts_of_totals: frozenset[str]
    taxes: frozenset[str]
    beside_totals: frozenset[str]
    credit: str
    other_types: frozenset[str]
    of_payments: frozenset[str]
    currency_signs: dict[str, tuple[str, ...]]


@cache
def words() -> WordLists:
    """The table of words; the same value each time."""
    table = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
    return WordLists(
        months={name: number for number, names in enumerate(table["months"], 1) for name in names},
        weekdays=frozenset(table["weekdays"]),
        before_noon=frozenset(table["before_noon"]),
        after_noon=frozenset(table["after_noon"]),
        before_day=frozenset(table["before_day"]),
        before_clock=frozenset(table["before_clock"]),
        until=frozenset(table["until"]),
        totals=frozenset(table["totals"]),
        parts_of_totals=frozenset(table["parts_of_totals"]),
        taxes=frozenset(table["taxes"]),
        beside_totals=frozenset(table["beside_totals"]),
        credit=table["credit"],
        other_types=frozenset(table["other_types"]),
        of_payments=frozenset(table["of_payments"]),
        currency_signs={sign: tuple(codes) for sign, codes in table["currency_signs"].items()},
    )
