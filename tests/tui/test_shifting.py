"""A list that scrolls is moved by the terminal itself, and what is left to draw is all there is."""

from __future__ import annotations

import pyte
from hypothesis import given
from hypothesis import strategies as st

from kara_tui.tui.shifting import Shift, shift_between

HEAD, FOOT = ["head", "rule"], ["found", "totals", "keys"]


def listed(top: int, cursor: int, rows: int = 15) -> list[str]:
    body = [f"{'>' if n == cursor else ' '} row {n}" for n in range(top, top + rows)]
    return [*HEAD, *body, *FOOT]


def test_a_list_scrolled_down_by_one_is_one_move_and_two_lines() -> None:
    before, now = listed(0, 14), listed(1, 15)
    shift = shift_between(before, now)
    assert shift is not None
    assert shift.up
    left = [y for y, line in enumerate(shift.applied(before, "")) if line != now[y]]
    assert len(left) <= 2


def test_a_list_scrolled_up_by_one_is_a_move_the_other_way() -> None:
    before, now = listed(5, 5), listed(4, 4)
    shift = shift_between(before, now)
    assert shift is not None
    assert not shift.up
    left = [y for y, line in enumerate(shift.applied(before, "")) if line != now[y]]
    assert len(left) <= 2


def test_small_changes_and_other_pages_are_not_moved() -> None:
    assert shift_between(listed(0, 3), listed(0, 4)) is None
    assert shift_between(listed(0, 0), [f"other {n}" for n in range(20)]) is None


lines = st.lists(st.sampled_from("abcdefgh"), min_size=2, max_size=24)


@given(before=lines, data=st.data())
def test_a_terminal_moves_just_what_is_said_to_be_moved(
    before: list[str], data: st.DataObject
) -> None:
    top = data.draw(st.integers(0, len(before) - 2))
    bottom = data.draw(st.integers(top + 1, len(before) - 1))
    shift = Shift(top, bottom, up=data.draw(st.booleans()))
    screen = pyte.Screen(4, len(before))
    stream = pyte.Stream(screen)
    for y, line in enumerate(before):
        stream.feed(f"\x1b[{y + 1};1H{line}")
    stream.feed(shift.sequence)
    assert [line.rstrip() for line in screen.display] == shift.applied(before, "")
    assert screen.margins is None or (screen.margins.top, screen.margins.bottom) == (
        0, len(before) - 1,
    )  # fmt: skip


def test_lines_that_stood_right_count_against_a_move() -> None:
    before, now = list("aabaaaaaaaabaababa"), list("abaaaaaaaaaababaaa")
    shift = shift_between(before, now)
    if shift is not None:
        left = sum(one != other for one, other in zip(shift.applied(before, ""), now, strict=True))
        assert left <= sum(one != other for one, other in zip(before, now, strict=True))


@given(before=lines, data=st.data())
def test_a_move_is_only_proposed_when_it_saves_lines(
    before: list[str], data: st.DataObject
) -> None:
    now = data.draw(st.lists(st.sampled_from("abcdefgh"), min_size=len(before),
                             max_size=len(before)))  # fmt: skip
    shift = shift_between(before, now)
    if shift is not None:
        plain = sum(one != other for one, other in zip(before, now, strict=True))
        moved = sum(one != other for one, other in zip(shift.applied(before, ""), now, strict=True))
        assert moved <= plain
