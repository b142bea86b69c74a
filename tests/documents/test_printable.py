"""Text made fit for print."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kara_tui.documents.printable import (
    ELLIPSIS,
    MARKS_IN_A_ROW,
    PIECE,
    ZERO_WIDTH_SPACE,
    breakable,
    printable,
)

ANY = st.text(st.characters(exclude_categories=()), max_size=200)
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@settings(deadline=None)
@given(ANY)
@example("e\u200d\u0301")  # a hidden character between a letter and its accent
@example("\u1100\u115f\u1161")
@example("a" + "\u0301" * 50)
def test_what_is_printed_is_clean_whatever_comes_in(text: str) -> None:
    printed = printable(text, 80)

    assert len(printed) <= 80
    assert unicodedata.is_normalized("NFC", printed)
    assert not {unicodedata.category(char) for char in printed} & {"Cc", "Cf", "Zl", "Zp"}
    assert printed == printed.strip()
    assert "  " not in printed
    assert printable(printed, 80) == printed


@settings(deadline=None)
@given(ANY)
@example("a" + "\u0301" * 50)
@example("Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324\u031e\u0349")
def test_no_letter_carries_a_tower_of_marks(text: str) -> None:
    marks = 0
    for char in printable(text, 1000):
        marks = marks + 1 if unicodedata.category(char) in ("Mn", "Me") else 0
        # NFC can part a letter that came composed from one mark more.
        assert marks <= MARKS_IN_A_ROW + 1


@settings(deadline=None)
@given(st.text(st.characters(categories=["L", "N", "P", "S"]), max_size=60))
def test_text_that_prints_is_kept_letter_for_letter(text: str) -> None:
    assert printable(text, 1000) == unicodedata.normalize("NFC", text).replace(
        "\u3164", ""
    ).replace("\uffa0", "").replace("\u115f", "").replace("\u1160", "")


@pytest.mark.parametrize("hidden", [*BIDI, "\u200b", "\u200d", "\ufeff", "\u00ad", "\ufe0f"])
def test_hidden_characters_leave_nothing_behind(hidden: str) -> None:
    assert printable(f"6{hidden}5,00") == "65,00"


@pytest.mark.parametrize("blank", ["\t", "\r\n", "\u00a0", "\u2028", "\x1b", "\x00", "\u3000"])
def test_controls_and_blanks_become_one_blank(blank: str) -> None:
    assert printable(f"Þóra {blank} Ægisdóttir") == "Þóra Ægisdóttir"


def test_a_decomposed_letter_becomes_the_one_the_fonts_have() -> None:
    assert printable("Þo\u0301ra") == "Þóra"


def test_text_beyond_the_limit_ends_in_an_ellipsis() -> None:
    assert printable("x" * 121) == "x" * 119 + ELLIPSIS
    assert printable("x" * 120) == "x" * 120


def test_text_is_not_cut_between_a_letter_and_its_mark() -> None:
    assert printable("abg\u0303def", 4) == f"ab{ELLIPSIS}"


@settings(deadline=None)
@given(ANY.map(printable), st.floats(5, 40))
def test_break_opportunities_are_all_that_is_added(text: str, room: float) -> None:
    assert breakable(text, room).replace(ZERO_WIDTH_SPACE, "") == text


@settings(deadline=None)
@given(ANY.map(printable))
def test_no_mark_is_parted_from_its_letter(text: str) -> None:
    pieces = breakable(text, PIECE).split(ZERO_WIDTH_SPACE)
    assert not any(unicodedata.category(piece[:1] or "x") in ("Mn", "Me") for piece in pieces[1:])


@pytest.mark.parametrize(
    "common",
    ["Sálfræðiviðtal", "Sjúkratryggingar Íslands", "0159-26-007654", "Mjólkursamsalan hf."],
)
def test_common_words_are_left_whole(common: str) -> None:
    assert breakable(common, 12.5) == common


def test_an_address_may_break_where_a_person_would_break_it() -> None:
    pieces = breakable("reikningar.stofunnar@birta.example", 10).split(ZERO_WIDTH_SPACE)
    assert any(piece.endswith("@") for piece in pieces)
    assert len(pieces) > 2
