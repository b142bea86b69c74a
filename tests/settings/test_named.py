"""Countries and currencies are answered by name, in English or in their own language."""

from __future__ import annotations

import pytest

from kara_tui.model.money import MINOR_UNITS
from kara_tui.settings import Refused, fields, named
from kara_tui.settings.interview import QUESTIONS, offered


def test_every_country_and_currency_has_a_name_of_its_own() -> None:
    assert {one.word for one in named.countries()} == fields.COUNTRIES
    assert {one.word for one in named.currencies()} == set(MINOR_UNITS)
    for choices in (named.countries(), named.currencies()):
        assert len({one.title for one in choices}) == len(choices)


@pytest.mark.parametrize(
    ("typed", "code"),
    [("Iceland", "IS"), ("ísland", "IS"), ("IS", "IS"), (" is ", "IS"), ("Svizzera", "CH"),
     ("united kingdom", "GB"), ("Deutschland", "DE"), ("Côte d'Ivoire", "CI"), ("日本", "JP")],
)  # fmt: skip
def test_a_country_is_understood_by_its_name(typed: str, code: str) -> None:
    assert named.country(typed) == code


def test_the_english_names_are_those_of_cldr() -> None:
    from babel import Locale

    english = Locale("en").territories
    for one in named.countries():
        if one.word not in ("CD", "CG", "HK", "MO"):
            assert one.title.split(" · ")[0].replace("'", "’") == english[one.word]


@pytest.mark.parametrize("typed", ["Atlantis", "", "UK", "??", "Ice"])
def test_a_country_that_is_none_is_refused_in_words(typed: str) -> None:
    with pytest.raises(Refused) as caught:
        named.country(typed)
    assert caught.value.mend.endswith(".")


def test_a_currency_is_understood_by_its_name() -> None:
    assert named.currency("Icelandic króna") == named.currency("isk") == "ISK"
    with pytest.raises(Refused):
        named.currency("Doubloon")


def test_neither_vat_nor_language_is_proposed_to_anyone() -> None:
    for key in ("invoice.language", "vat.preset"):
        question = next(one for one in QUESTIONS if one.key == key)
        for country in ("IS", "SE", "GB", "DE", ""):
            assert offered(question, {"supplier.country": country}) == ""
