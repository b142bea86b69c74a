"""What comes faster than fingers: told from keys by how much of it comes at once, and what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kara_tui.tui.bursts import Burst, looks_pasted

EXPORT = "Transaction date,Service Name,Service Price\r2026-10-05,Talk,65.00\r"


def typed(text: str, burst: Burst[str], now: float = 0.0) -> list[str]:
    """The characters that were not held back."""
    return [char for char in text if not burst.takes(char, char, now)]


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
    burst: Burst[str] = Burst()
    assert typed("t", burst, 5.0) == []
    due = burst.due(5.0)
    assert due is not None
    assert due <= 0.01
    assert burst.due(5.02) == 0
    assert burst.settled(typing=False) == (["t"], "")
    assert burst.due(5.02) is None


@pytest.mark.parametrize("key", ["\r", "\t", "\x11", "\x1b", None])
def test_keys_that_type_nothing_are_not_held_back(key: str | None) -> None:
    burst: Burst[str] = Burst()
    assert not burst.takes("key", key, 0.0)
    assert burst.due(0.0) is None


@given(st.lists(st.integers(1, 9), min_size=1, max_size=30))
def test_an_export_that_comes_in_small_parts_is_one_paste(sizes: list[int]) -> None:
    burst: Burst[str] = Burst()
    now, at = 0.0, 0
    for size in [*sizes, len(EXPORT)]:
        assert typed(EXPORT[at : at + size], burst, now) == []
        at, now = at + size, now + 0.005
    assert burst.settled(typing=False) == (list(EXPORT), EXPORT)


def test_a_mebibyte_that_no_terminal_marks_is_one_paste_and_whole() -> None:
    text = EXPORT + "2026-10-06,Talk,65.00\r" * 50_000
    assert len(text) > 1_048_576
    burst: Burst[str] = Burst()
    assert typed(text, burst) == []
    assert burst.settled(typing=False) == (list(text), text)


def test_after_paste_now_a_few_characters_are_a_paste_and_the_next_ones_are_keys() -> None:
    burst: Burst[str] = Burst()
    burst.is_awaited = True
    typed("~/a.csv", burst)
    assert burst.due(0.1) == pytest.approx(0.2)
    assert burst.settled(typing=False) == (list("~/a.csv"), "~/a.csv")
    typed("jjjj", burst, 1.0)
    assert burst.settled(typing=False) == (list("jjjj"), "")


@pytest.mark.parametrize("typing", [False, True])
@pytest.mark.parametrize("rest", ["\r", "6", "6.00\r", "jjjj", "\t"])
def test_what_follows_a_paste_at_once_is_its_rest_and_no_key(rest: str, *, typing: bool) -> None:
    burst: Burst[str] = Burst()
    typed(EXPORT, burst)
    assert burst.settled(typing=typing)[1] == EXPORT
    for now in (0.2, 0.4):  # each piece is followed by the next
        assert typed(rest, burst, now) == []
        assert burst.is_a_rest
        assert burst.settled(typing=typing) == (list(rest), rest)
    typed("t", burst, 1.0)
    assert burst.settled(typing=typing) == (["t"], "")


@pytest.mark.parametrize("key", ["\x1b", "\x11", None])
def test_a_key_that_types_nothing_ends_a_paste(key: str | None) -> None:
    burst: Burst[str] = Burst()
    typed(EXPORT, burst)
    burst.settled(typing=False)
    assert not burst.takes("key", key, 0.1)
    assert not burst.takes("enter", "\r", 0.1)


@given(st.lists(st.text(st.sampled_from("ab,\r\t\x11"), max_size=6), max_size=8))
def test_nothing_is_lost_or_turned_round(parts: list[str]) -> None:
    burst: Burst[str] = Burst()
    came: list[str] = []
    for char in "".join(parts):
        if not burst.takes(char, char, 0.0):
            came += [*burst.settled(typing=False)[0], char]
    assert "".join([*came, *burst.settled(typing=False)[0]]) == "".join(parts)
