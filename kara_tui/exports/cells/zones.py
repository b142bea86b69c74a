"""What a time zone beside a time of day means: an abbreviation, or the name of a place.

All of it is what the IANA time zone database says of that moment. An abbreviation is first the
user's own zone's: IST is Irish time in Dublin. Else it is taken where it can mean one thing only,
and clocks in Europe show it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

# Europe's clocks, one place for each: looked at before all others, which takes longer.
_EUROPEAN = (
    "Europe/London", "Europe/Dublin", "Europe/Lisbon", "Europe/Brussels", "Europe/Helsinki",
    "Europe/Moscow", "Atlantic/Reykjavik",
)  # fmt: skip
# A winter's day and a summer's, which together show all the names that a place's clocks have.
_DAYS = (datetime(2026, 1, 15), datetime(2026, 7, 15))  # noqa: DTZ001 - local everywhere


def zone_of(name: str) -> ZoneInfo | None:
    """The zone of an IANA name; None when this system knows none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def is_zone(word: str) -> bool:
    """Whether a word, in small letters, names a zone: an abbreviation on clocks, or a place."""
    if "/" in word:
        return word in _places()
    return any(word in _names_in(place) for place in _EUROPEAN) or bool(_all_that_show(word))


def offset_then(word: str, local: datetime, own: str) -> timedelta | None:
    """What a word beside a local time means then; ``own`` is the user's zone. None when nothing.

    Many write CET the whole year, and mean the clock on the wall: in summer it is not taken.
    """
    if "/" in word:
        place = zone_of(_places().get(word, ""))
        return None if place is None else local.replace(tzinfo=place).utcoffset()
    if word in _names_in(own):
        return _shown_then(own, word, local)
    offsets = {_shown_then(place, word, local) for place in _EUROPEAN} - {None}
    return offsets.pop() if len(offsets) == 1 else None


def is_ambiguous(word: str, own: str) -> bool:
    """Whether an abbreviation can be told by the user's zone alone: it is not that one's, and more
    than one zone has it, or it is no European one.
    """
    if "/" in word or word in _names_in(own):
        return False
    if not any(word in _names_in(place) for place in _EUROPEAN):
        return True
    offsets = {_shown_then(place, word, day) for place in _all_that_show(word) for day in _DAYS}
    return len(offsets - {None}) > 1


def _shown_then(name: str, word: str, local: datetime) -> timedelta | None:
    zone = zone_of(name)
    for fold in (0, 1):
        moment = local.replace(tzinfo=zone, fold=fold)
        if zone is not None and (moment.tzname() or "").casefold() == word:
            return moment.utcoffset()
    return None


@cache
def _names_in(name: str) -> frozenset[str]:
    zone = zone_of(name)
    if zone is None:
        return frozenset()
    return frozenset((day.replace(tzinfo=zone).tzname() or "").casefold() for day in _DAYS)


@cache
def _places() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones() if "/" in name}


@cache
def _all_that_show(word: str) -> tuple[str, ...]:
    """Every place whose clocks show an abbreviation."""
    if not word.isalpha():
        return ()
    return tuple(name for name in sorted(_places().values()) if word in _names_in(name))
