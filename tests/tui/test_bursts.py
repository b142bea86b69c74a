"""What comes faster than fingers: told from keys by how much of it comes at once, and what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kara_tui.tui.bursts import Bursts, Piece, looks_pasted

EXPORT = "Transaction date,Service Name,Service Price\r2026-10-05,Talk,65.00\r"


def bursts(*, typing: bool = False, awaited: bool = False) -> Bursts:
    return Bursts(lambda text: looks_pasted(text, typing=typing, awaited=awaited), lambda: awaited)


@pytest.mark.parametrize(
    ("text", "on_a_page", "in_a_field", "when_awaited"),
    [
        (EXPORT, True, True, True),
        (EXPORT.replace("\r", "\n").replace(",", "\t"), True, True, True),
        ("Dagsetning;Þjónusta;Verð;Gjaldmiðill", True, False, True),
        ("Dear Anna,\rplease find the export attached.\r", True, False, True),
        ("/home/anna/Downloads/payments of October.csv", False, False, True),
        ("t/home/anna/Downloads/payments.csv\r", False, False, True),
        ("issue\r", False, False, True),
        ("Anna Example\rStreet 1; 101 Reykjavík\rIS\r", True, False, True),
        ("jjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjj", False, False, True),
        ("t", False, False, False),
        ("\r", False, False, False),
    ],
)
def test_a_paste_is_told_from_keys(
    text: str, *, on_a_page: bool, in_a_field: bool, when_awaited: bool
) -> None:
    assert looks_pasted(text, typing=False, awaited=False) is on_a_page
    assert looks_pasted(text, typing=True, awaited=False) is in_a_field
    assert looks_pasted(text, typing=False, awaited=True) is when_awaited


def test_a_key_is_held_back_for_some_milliseconds_only() -> None:
    one = bursts()
    assert one.take("t", 5.0, undecided=False) == []
    due = one.due(5.0)
    assert due is not None
    assert due <= 0.01
    assert one.due(5.02) == 0
    assert one.settled() == [Piece("t")]
    assert one.due(5.02) is None


@pytest.mark.parametrize("keys", ["\r", "\t", "\x11", "\x1b[A", "\x1bOP", "\x1b", "\x1b[<35;10;5M"])
def test_keys_that_type_nothing_are_not_held_back(keys: str) -> None:
    one = bursts()
    assert one.take(keys, 0.0, undecided=False) == [Piece(keys)]
    assert one.due(0.0) is None


@given(st.lists(st.integers(1, 9), min_size=1, max_size=30))
def test_an_export_that_comes_in_small_parts_is_one_paste(sizes: list[int]) -> None:
    one, now, at = bursts(), 0.0, 0
    for size in [*sizes, len(EXPORT)]:
        assert one.take(EXPORT[at : at + size], now, undecided=False) == []
        at, now = at + size, now + 0.005
    assert one.settled() == [Piece(EXPORT, pasted=True)]


def test_a_paste_that_the_terminal_marks_is_left_alone() -> None:
    one = bursts()
    sent = ["\x1b[200", "~" + EXPORT[:40], EXPORT[40:], "\x1b[20", "1~"]
    came = [piece for part in sent for piece in one.take(part, 0.0, undecided=False)]
    assert "".join(piece.text for piece in came) == "".join(sent)
    assert not any(piece.pasted for piece in came)
    assert one.take("t", 1.0, undecided=False) == []  # a key again, held back as usual


def test_a_report_of_the_focus_before_a_paste_does_not_hide_it() -> None:
    one = bursts()
    assert one.take("\x1b[I" + EXPORT, 0.0, undecided=False) == [Piece("\x1b[I")]
    assert one.settled() == [Piece(EXPORT, pasted=True)]


@given(st.lists(st.text(st.sampled_from("ab,\r\x1b[A~20\x11"), max_size=6), max_size=8))
def test_nothing_is_lost_or_turned_round(parts: list[str]) -> None:
    one = bursts()
    came = [piece for part in parts for piece in one.take(part, 0.0, undecided=False)]
    assert "".join(piece.text for piece in [*came, *one.settled()]) == "".join(parts)
