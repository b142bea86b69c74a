"""Spellings that are one name, spellings that nearly are, and names that are others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kara_tui.model.names import (
    are_near,
    are_same,
    has_entities,
    may_be_one_person,
    same,
    unescaped,
)

NAMES = st.text(
    st.characters(codec="utf-8") | st.sampled_from("aAéß&;#39'.- "),
    max_size=12,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Birch &amp; Fox", "Birch & Fox"),
        ("Birch &amp;amp;amp; Fox", "Birch & Fox"),
        ("O&#039;Dea", "O'Dea"),
        ("O&#x27;Dea", "O’Dea"),
        ("O&#39Dea", "O‘Dea"),
        ("O&rsquo;Dea", "OʼDea"),
        ("Caf&eacute; Nord", "Café Nord"),
        ("CAF&EACUTE; NORD", "Café Nord"),
        ("BIRCH &AMP; FOX", "Birch & Fox"),
        ("O&APOS;DEA", "O'Dea"),
        ("O\\'Dea", "O'Dea"),
        ("GREY OWL LTD", "Grey Owl Ltd."),
        ("STRASSENBAU", "Straßenbau"),
        ("İZMİR SAĞLIK", "izmir sağlık"),
        ("ISPARTA", "ısparta"),
        ("ΔΡΟΜΟΣ", "δρόμος".replace("ό", "ο")),
        ("Se\u0301amus", "Séamus"),
        ("Ｇｒｅｙ\u3000Ｏｗｌ", "Grey Owl"),
        ("Grey\u00a0 Owl\u200b", "Grey Owl"),
        ("Grey\u00adOwl", "GreyOwl"),
        ("Grey–Owl", "Grey - Owl"),
        ("Grey‑Owl", "Grey−Owl"),
        ("„Grey Owl“", "Grey Owl"),
        ("«Grey Owl»", '"Grey Owl"'),
        ("Grey Owl, Inc.", "Grey Owl Inc"),
        ("Grey Owl ehf.", "Grey Owl ehf"),
        ("Birch&Fox", "Birch & Fox"),
    ],
)
def test_spellings_that_a_person_reads_as_one_name_are_the_same(one: str, other: str) -> None:
    assert are_same(one, other)
    assert are_near(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Norðurá", "Nordura"),
        ("Séamus Hub", "Seamus Hub"),
        ("Grey Owl", "Grey Owl ehf."),
        ("Grey Owl Limited", "Grey Owl Ltd"),
        ("Grey Owl S.A.", "Grey Owl"),
        ("Birch & Fox", "Birch and Fox"),
        ("Birch og Fox", "Fox Birch"),
        ("GreyOwl", "Grey Owl"),
        ("Grey Owl", "Grey Owls"),
        ("Grey Owl", "Gery Owl"),
        ("Grey Owl", "Gray Owl"),
        ("Grey Оwl", "Grey Owl"),
        ("O'Dea", "ODea"),
        ("Grey Owl Clin", "Grey Owl Clinics ehf."),
        ("Grey Owl Clinics", "Grey Owl Clinics Dublin"),
    ],
)
def test_spellings_that_a_person_would_hesitate_over_are_near_and_not_the_same(
    one: str, other: str
) -> None:
    assert not are_same(one, other)
    assert are_near(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hub 1", "Hub 2"),
        ("Grey Owl", "Brown Owl"),
        ("Fox", "Fog"),
        ("Grey Owl Ltd", "Birch Ltd"),
        ("Ltd", "ehf."),
        ("", "Fox"),
        ("Team 12", "Team 21"),
        ("Grey Owl Clinics", "Grey Owl Clinics 2"),
        ("Owl", "Owl Clinics"),
    ],
)
def test_other_names_are_neither(one: str, other: str) -> None:
    assert not are_same(one, other)
    assert not are_near(one, other)


def test_names_of_nothing_but_signs_are_not_all_one() -> None:
    assert not are_same("+++", "---")
    assert not are_same("...", "")


@given(NAMES, NAMES)
def test_being_the_same_and_being_near_go_both_ways(one: str, other: str) -> None:
    assert are_near(one, other) is are_near(other, one)
    assert are_same(one, one.upper()) or one.upper().casefold() != one.casefold()


@given(NAMES)
def test_what_a_name_is_compared_by_is_compared_by_itself(name: str) -> None:
    assert same(same(name)) == same(name)


@given(st.text(max_size=20))
def test_a_text_without_entities_stays_as_it_is(text: str) -> None:
    assert unescaped(text.replace("&", "")) == text.replace("&", "")
    assert unescaped("R&D, Q&A and 7 & 8") == "R&D, Q&A and 7 & 8"
    assert not has_entities("R&D; Q&A")


@pytest.mark.parametrize(
    ("one", "other", "may_be"),
    [
        ("Ann Ek", "", True),
        ("Ann Ek", "A. Ann-Marie Ek", True),
        ("Þóra Ægisdóttir", "Thora Aegisdottir", True),
        ("Ann Ek", "Bo Lind", False),
    ],
)
def test_a_professional_may_be_spelled_in_many_ways(one: str, other: str, *, may_be: bool) -> None:
    assert may_be_one_person(one, other) is may_be
