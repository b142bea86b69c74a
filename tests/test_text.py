"""Text that is handed on: no cell is a formula to a spreadsheet, whichever room wrote the file."""

from __future__ import annotations

from itertools import islice

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kara_tui.text import FORMULA, broken, cells_of, inert, no_formula

FORMULAS = [
    "=1+1", "+1", "-1+2", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠x", "﹦1", "﹢1", "﹣1", "﹫x",
    " =1", "\u00a0=1", "\u3000＝1", "\ufeff=1", "\u200b-1", "\t1", "\r1", "\n1", "\x0b=1", " \t=1",
]  # fmt: skip
TEXTS = ["", " ", "Viðtal", "Coaching - 50 min", "1-2", "'=1", "– 50 min", "·", "a=b", "\u3000Ada"]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_a_spreadsheet_would_reckon_with_gets_an_apostrophe(text: str) -> None:
    assert no_formula(text) == f"'{text}"


@pytest.mark.parametrize("text", TEXTS)
def test_every_other_text_stays_as_it_is(text: str) -> None:
    assert no_formula(text) == text


@given(
    st.text(
        st.sampled_from("=+-@＝＋－＠﹦﹢﹣﹫ \t\r\n\x0b\x1f\x85\xa0\u2003\u200b\u3000\ufeffa1'"),
        max_size=6,
    )
)
def test_the_pattern_means_the_same_to_polars(text: str) -> None:
    (found,) = pl.Series([text]).str.contains(FORMULA)
    assert found == (no_formula(text) != text)


def test_inert_text_steers_no_terminal_and_turns_no_line() -> None:
    assert inert("a\x1b[31mb\u202ec\u0085d\ne\u3000f") == "a[31mbc d e f"


@pytest.mark.parametrize("width", [-3, -1, 0, 1, 2, 3])
def test_a_text_is_broken_to_an_end_in_however_little_room(width: int) -> None:
    lines = list(islice(broken("ab 漢字 c", width), 100))
    assert "".join(lines).replace(" ", "") == "ab漢字c"
    assert all(len(line) == 1 or cells_of(line) <= width for line in lines)
