"""Words, days, times and amounts in six languages, held against CLDR through babel."""

from __future__ import annotations

import tomllib
from datetime import date, time
from decimal import Decimal
from pathlib import Path

import babel.dates
import babel.numbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kara_tui.documents
from kara_tui.documents import DocumentError, languages
from kara_tui.documents.language import language
from kara_tui.model import BankScheme, Money, Month, SessionKind, TaxScheme

LOCALES = {"en": "en_GB", "is": "is", "sv": "sv", "da": "da", "nb": "nb", "de": "de"}
LABELS = Path(kara_tui.documents.__file__).parent / "labels"
CODES = st.sampled_from(sorted(LOCALES))


def test_the_languages_are_those_of_the_countries_served() -> None:
    assert set(languages()) == set(LOCALES)


@settings(deadline=None)
@given(CODES, st.integers(-(10**15), 10**15))
def test_numbers_are_grouped_and_signed_as_cldr_says(code: str, minor: int) -> None:
    euros = Money(minor, "EUR")
    expected = babel.numbers.format_decimal(
        Decimal(euros.text), format="#,##0.00", locale=LOCALES[code]
    )
    # babel leaves the sign of its pattern as it is; CLDR has one of its own for each language.
    sign = babel.numbers.get_minus_sign_symbol(LOCALES[code])
    assert language(code).number(euros.text) == expected.replace("-", sign)


@settings(deadline=None)
@given(CODES, st.integers(0, 10**15), st.sampled_from(["EUR", "ISK", "SEK", "GBP"]))
def test_amounts_carry_their_code_on_the_side_cldr_says(
    code: str, minor: int, currency: str
) -> None:
    money = Money(minor, currency)
    pattern = babel.Locale.parse(LOCALES[code]).currency_formats["standard"].pattern
    pattern = pattern.split(";")[0].replace("¤#", "¤¤\u00a0#").replace("\u00a0¤", "\u00a0¤¤")
    expected = babel.numbers.format_currency(
        Decimal(money.text), currency, format=pattern, locale=LOCALES[code]
    )
    assert language(code).amount(money) == expected


def test_kronur_have_no_decimals() -> None:
    assert language("is").amount(Money(2730000, "ISK")) == "2.730.000\u00a0ISK"


@settings(deadline=None)
@given(CODES, st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_days_and_months_are_named_as_cldr_names_them(code: str, day: date) -> None:
    locale = LOCALES[code]
    lang = language(code)
    short = {"de": "d. MMM y"}.get(code, "medium")  # CLDR's German medium day is all figures
    assert lang.day(day) == babel.dates.format_date(day, "long", locale=locale)
    assert lang.short_day(day) == babel.dates.format_date(day, short, locale=locale)
    month = babel.dates.format_date(day, "LLLL y", locale=locale)
    assert lang.month(Month.of(day)) == month[0].upper() + month[1:]


@settings(deadline=None)
@given(CODES, st.times())
def test_times_are_written_as_cldr_writes_them(code: str, at: time) -> None:
    expected = babel.dates.format_time(at, "short", locale=LOCALES[code])
    assert language(code).time(at) == expected


@settings(deadline=None)
@given(CODES, st.decimals(0, 99, places=2))
def test_rates_are_written_as_cldr_writes_percentages(code: str, rate: Decimal) -> None:
    pattern = babel.Locale.parse(LOCALES[code]).percent_formats[None].pattern
    expected = babel.numbers.format_percent(
        rate / 100, format=pattern.replace("0", "0.##"), locale=LOCALES[code]
    )
    assert language(code).percent(rate) == expected


@pytest.mark.parametrize("code", sorted(LOCALES))
def test_countries_are_named_as_cldr_names_them(code: str) -> None:
    territories = babel.Locale.parse(LOCALES[code]).territories
    for country, name in language(code).countries.items():
        assert name == territories[country]


@pytest.mark.parametrize("code", sorted(LOCALES))
def test_every_language_says_everything_the_others_say(code: str) -> None:
    english = tomllib.loads((LABELS / "en.toml").read_text(encoding="utf-8"))
    other = tomllib.loads((LABELS / f"{code}.toml").read_text(encoding="utf-8"))
    assert {name: list(table) for name, table in other.items()} == {
        name: list(table) for name, table in english.items()
    }
    for table in ("words", "kinds", "tax_ids", "bank"):
        for key, words in other[table].items():
            assert words.strip() == words != "", f"{table}.{key}"
            for gap in ("{number}", "{reason}", "{count}", "{day}", "{page}", "{pages}"):
                assert (gap in words) == (gap in english[table][key]), f"{table}.{key}"
    for width in ("months", "short_months"):
        assert len(other["format"][width]) == 12


def test_every_kind_and_number_of_the_model_has_its_label() -> None:
    english = language("en")
    assert set(english.kinds) == set(SessionKind) - {SessionKind.HELD}
    assert set(english.tax_ids) == set(TaxScheme)
    assert set(english.bank) == set(BankScheme)


def test_a_language_without_labels_is_refused_with_those_that_have_them() -> None:
    with pytest.raises(DocumentError, match=r"language 'fr'.*one of da, de, en, is, nb, sv"):
        language("fr")


def test_one_session_is_not_sessions() -> None:
    assert language("en").sessions(1) == "1 session"
    assert language("is").sessions(1042) == "1.042 tímar"
    assert language("is").sessions(21) == "21 tími"


@given(CODES, st.integers(0, 10**6))
def test_plurals_are_formed_by_the_rules_of_cldr(code: str, count: int) -> None:
    words = language(code).words
    form = babel.Locale.parse(LOCALES[code]).plural_form(count)
    expected = words[{"one": "one_session", "other": "many_sessions"}[form]]
    assert language(code).sessions(count).split("\xa0")[-1].split()[-1] == expected.split()[-1]
