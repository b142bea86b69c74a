"""The look at the terminal, the field, the signs, the keeper, pasted files: each by itself."""

from __future__ import annotations

import stat
import threading
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from kara_tui.text import inert
from kara_tui.tui.drawing import cut, padded
from kara_tui.tui.encodable import in_ascii
from kara_tui.tui.field import Field
from kara_tui.tui.keeping import Keeper, Kept
from kara_tui.tui.pasting import forget_pasted, is_pasted, keep_pasted
from kara_tui.tui.preflight import look
from tests.tui.stage import demo


def seen(term: str, *, size: tuple[int, int] = (80, 24), encoding: str = "utf-8",
         **environ: str) -> object:  # fmt: skip
    return look({"TERM": term, **environ}, is_terminal=True, encoding=encoding, size=size)


def test_each_terminal_gets_what_it_can_show() -> None:
    assert look({}, is_terminal=False, encoding="utf-8", size=(0, 0)).face == "none"
    assert seen("dumb").face == "plain"  # type: ignore[attr-defined]  # a Terminal
    assert seen("").face == "plain"  # type: ignore[attr-defined]  # as above
    wide = seen("xterm-256color")
    assert (wide.face, wide.theme, wide.ascii) == ("wizard", "fjord", False)  # type: ignore[attr-defined]  # as above
    assert seen("linux").theme == "terminal"  # type: ignore[attr-defined]  # as above
    assert seen("vt100").colourless  # type: ignore[attr-defined]  # as above
    assert seen("xterm-256color", NO_COLOR="").colourless  # type: ignore[attr-defined]  # as above
    assert seen("xterm-256color", SSH_CONNECTION="1 2 3 4").theme == "terminal"  # type: ignore[attr-defined]  # as above
    assert seen("xterm-256color", encoding="iso-8859-1").ascii  # type: ignore[attr-defined]  # as above


@pytest.mark.parametrize("size", [(39, 24), (80, 9)])
def test_a_window_too_small_is_told_its_size(size: tuple[int, int]) -> None:
    found = seen("xterm", size=size)
    assert found.face == "none"  # type: ignore[attr-defined]  # a Terminal
    assert f"{size[0]} columns and {size[1]} rows" in found.sentence  # type: ignore[attr-defined]  # as above


def test_a_field_is_edited_as_everywhere() -> None:
    field = Field()
    field.put("one two")
    for key in ("home", "delete", "end", "backspace", "left", "left"):
        assert field.press(key, None)
    assert (field.text, field.at) == ("ne tw", 3)
    field.press("x", "x")
    assert field.text == "ne xtw"
    field.press("end", None)
    field.press("ctrl+w", None)
    assert field.text == "ne "
    field.press("ctrl+u", None)
    assert field.text == ""
    assert not field.press("enter", "\r")
    assert not field.press("escape", None)


@given(st.text(max_size=60), st.integers(2, 40))
def test_a_field_shows_its_cursor_whatever_was_typed(text: str, width: int) -> None:
    field = Field()
    field.insert(text)
    shown, at = field.shown(width)
    assert 0 <= at < width
    assert field.text.endswith(shown)


@given(st.text(max_size=60))
def test_nothing_that_steers_a_terminal_is_drawn(text: str) -> None:
    assert inert(text).isprintable()


@given(st.text(max_size=60), st.integers(1, 40))
def test_a_cell_of_a_table_is_as_wide_as_its_column(text: str, width: int) -> None:
    assert cell_len(padded(text, width)) == width
    assert cell_len(cut(inert(text), width)) <= width


@example("！")  # a full-width sign is two cells wide, its plain one only one
@example("🇮🇸")
@given(st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=40))
def test_signs_in_ascii_are_as_wide_as_they_were(text: str) -> None:
    plain = inert(text)
    assert in_ascii(plain).isascii()
    assert cell_len(in_ascii(plain)) == cell_len(plain)


def test_icelandic_names_stay_readable_in_ascii() -> None:
    assert in_ascii("Þóra Ægisdóttir → ⋮ …") == "Tora Agisdottir > : ."


def test_the_keeper_writes_the_newest_and_says_once_what_went_wrong() -> None:
    written: list[str] = []
    told: list[str] = []
    may_write = threading.Event()

    def write(kept: Kept) -> None:
        may_write.wait(5)
        if kept.step == "bad":
            raise OSError("the disk is full")
        written.append(kept.step)

    keeper = Keeper(write, told.append)
    for step in ("payments", "paid", "credit"):
        keeper.keep(Kept(step, demo(), None))
    may_write.set()
    keeper.finish(5)
    assert written[-1] == "credit"
    for _ in range(2):
        keeper.keep(Kept("bad", demo(), None))
        keeper.finish(5)
    assert told == ["the disk is full"]


def test_a_pasted_export_is_the_users_alone_and_goes() -> None:
    path = keep_pasted("a,b\r\n1,2\r\n", "pasted.csv")
    again = keep_pasted("c", "pasted.csv")
    assert path != again
    assert path.read_text() == "a,b\n1,2\n"
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert is_pasted(path)
    assert not is_pasted(Path("pasted.csv"))
    forget_pasted()
    assert not path.exists()
    assert not is_pasted(path)


def test_the_keeper_tries_a_place_again_that_it_could_not_write() -> None:
    is_held = True
    written: list[str] = []
    tried = threading.Semaphore(0)

    def write(kept: Kept) -> None:
        if is_held:
            tried.release()
            raise OSError("another program holds it")
        written.append(kept.step)

    keeper = Keeper(write, lambda _: None)
    keeper.keep(Kept("paid", demo(), None))
    assert tried.acquire(timeout=5)
    is_held = False
    keeper.finish(5)
    assert written == ["paid"]


def test_the_keeper_tries_again_by_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kara_tui.tui.keeping.AGAIN_SECONDS", 0.01)
    written: list[str] = []
    done = threading.Event()
    tries = iter((False, True))

    def write(kept: Kept) -> None:
        if not next(tries):
            raise OSError("another program holds it")
        written.append(kept.step)
        done.set()

    keeper = Keeper(write, lambda _: None)
    keeper.keep(Kept("credit", demo(), None))
    assert done.wait(5)
    assert written == ["credit"]
