"""Months and weekdays by name, in every language of the portal's markets, as CLDR spells them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time

import pytest
from babel import Locale

from tests.exports.payments.test_date_column import when

# Icelandic, English, Swedish, Danish, Norwegian, German, and where these differ by country.
LANGUAGES = ("is", "en", "en_GB", "en_IE", "sv", "da", "nb", "de", "de_AT", "de_CH")


def months(language: str) -> dict[str, int]:
    """Each of a language's names and abbreviations of months, with its number."""
    table = Locale.parse(language).months
    return {
        name: number
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for number, name in table[context].get(width, {}).items()
    }


def weekdays(language: str) -> dict[str, int]:
    """Each of a language's names and abbreviations of days, Monday being 0."""
    table = Locale.parse(language).days
    return {
        name: number
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated", "short")
        for number, name in table[context].get(width, {}).items()
    }


def halves(language: str) -> Iterator[tuple[str, int]]:
    """A language's words for the halves of the day, with the hour at which 9 o'clock is then."""
    table = Locale.parse(language).day_periods
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            names = table.get(context, {}).get(width, {})
            yield from (
                (names[half], hour) for half, hour in (("am", 9), ("pm", 21)) if half in names
            )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_month_is_known_by_each_of_its_names(language: str) -> None:
    names = months(language)
    assert set(names.values()) == set(range(1, 13))
    means = [str(date(2026, number, 14)) for number in names.values()]
    # A file for each way to write a date, as files are: its dates are read one by one.
    assert when(*(f"14. {name} 2026" for name in names)) == means
    assert when(*(f"14 {name.upper()} 2026" for name in names)) == means
    assert when(*(f"{name} 14, 2026" for name in names)) == means


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_weekday_before_a_date_is_passed_over(language: str) -> None:
    names = weekdays(language)
    assert set(names.values()) == set(range(7))
    days = {name: date(2026, 10, 19 + number) for name, number in names.items()}
    means = [str(day) for day in days.values()]
    assert when(*(f"{name} {day:%d.%m.%Y}" for name, day in days.items())) == means
    assert when(*(f"{name}, {day:%d. Oct %Y}" for name, day in days.items())) == means
    assert when(*(f"{name} {day:%Y-%m-%d}" for name, day in days.items())) == means


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_halves_of_the_day_are_known_by_their_words(language: str) -> None:
    words = list(halves(language))
    means = [f"2026-10-14 {time(hour, 30)}" for _, hour in words]
    assert when(*(f"2026-10-14 9:30 {word}" for word, _ in words)) == means
    assert when(*(f"2026-10-14 9:30 {word.upper()}" for word, _ in words)) == means


@pytest.mark.parametrize(
    ("text", "means"),
    [
        # English ordinals, before and after the month's name.
        ("October 1st, 2026", "2026-10-01"),
        ("Oct 2nd 2026", "2026-10-02"),
        ("Oct. 3rd 2026", "2026-10-03"),
        ("2nd of October 2026", "2026-10-02"),
        ("the 2nd of October 2026", "2026-10-02"),
        # Excel's long dates in Swedish and Danish, and days as they are bent in a sentence.
        ("den 1 oktober 2026", "2026-10-01"),
        ("torsdag den 1. oktober 2026", "2026-10-01"),
        ("torsdag d. 1. oktober 2026 kl. 9.00", "2026-10-01 09:00:00"),
        ("torsdagen den 1 oktober 2026", "2026-10-01"),
        ("fimmtudaginn 1. október 2026 kl. 9:05", "2026-10-01 09:05:00"),
        ("Donnerstag, den 1. Oktober 2026", "2026-10-01"),
        ("am 1. Oktober 2026 um 9 Uhr", "2026-10-01 09:00:00"),
        # Two letters for a day, as phones and calendars have them.
        ("to. 1. okt. 2026", "2026-10-01"),
        ("lö 10 okt 2026", "2026-10-10"),
        ("sø. 11. okt. 2026", "2026-10-11"),
        ("þr. 13. okt. 2026", "2026-10-13"),
        # German and Austrian abbreviations that CLDR has no more.
        ("1. Mrz. 2026", "2026-03-01"),
        ("1. Jän. 2026", "2026-01-01"),
        ("1. Feber 2026", "2026-02-01"),
        ("31/Oct/2026", "2026-10-31"),
        # Dashes that a word processor or a phone puts in the place of hyphens.
        ("2026–10–14", "2026-10-14"),
        ("14‑Oct‑2026", "2026-10-14"),
    ],
)
def test_dates_are_read_as_people_write_them(text: str, means: str) -> None:
    assert when(text) == [means]
