"""A day as people type it: today, yesterday, 10 Nov, 10.11., 2026-11-10."""

from __future__ import annotations

import re
from datetime import date, timedelta

from kara_tui.text import MONTH_NAMES

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})\Z")
# Day first, as all of Europe writes it: this is typed here and now, and said back in words.
_DOTTED = re.compile(r"(\d{1,2})[./](\d{1,2})[./]?(\d{4})?\Z")
_NAMED = re.compile(r"(\d{1,2})\.?\s+([a-z]{3,9})\.?\s*(\d{4})?\Z")


def day_meant(text: str, today: date) -> date | None:
    """The day that was typed, None when it is none. Without a year it is the newest one that is
    not still to come.
    """
    typed = text.strip().casefold()
    if typed in ("today", "yesterday"):
        return today - timedelta(days=typed == "yesterday")
    if found := _ISO.match(typed):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _DOTTED.match(typed):
        day, month, year = int(found[1]), int(found[2]), found[3]
    elif found := _NAMED.match(typed):
        names = [
            at for at, name in enumerate(MONTH_NAMES, 1) if name.casefold().startswith(found[2])
        ]
        if len(names) != 1:
            return None
        day, month, year = int(found[1]), names[0], found[3]
    else:
        return None
    if year:
        return _day(int(year), month, day)
    this_year = _day(today.year, month, day)
    return this_year if this_year and this_year <= today else _day(today.year - 1, month, day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
