"""The conversation itself: what reaches the terminal, what is asked again, how a defect is said."""

from __future__ import annotations

import io
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kara_tui import plain
from kara_tui.arguments import parse
from kara_tui.plain.prompt import Back, Leave, Talk, Undo
from kara_tui.text import inert

STEERING = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def talk(typed: str = "") -> tuple[Talk, io.BytesIO]:
    sink = io.BytesIO()
    return Talk(io.BytesIO(typed.encode()), sink), sink


def written(sink: io.BytesIO) -> str:
    return sink.getvalue().decode()


@given(st.text())
def test_nothing_that_steers_a_terminal_is_ever_written(text: str) -> None:
    one, sink = talk("x\n")
    one.say(text)
    one.show(text)
    one.ask(text, str, text)

    assert not {unicodedata.category(char) for char in written(sink).replace("\n", "")} & STEERING


@given(st.text())
def test_inert_text_keeps_every_letter_and_stays_as_it_is(text: str) -> None:
    assert inert(inert(text)) == inert(text)
    assert [c for c in text if c.isprintable() and c != " "] == [c for c in inert(text) if c != " "]


def test_invisible_characters_leave_no_gap_and_blanks_of_all_kinds_become_spaces() -> None:
    assert inert("zero\u200bwidth\x1b[31m a\u00a0b\tc") == "zerowidth[31m a b c"


@given(st.text(st.sampled_from("abc \t\n\u00a0"), max_size=400))
def test_a_paragraph_is_folded_at_blanks_and_loses_no_word(text: str) -> None:
    one, sink = talk()
    one.say(text)

    assert written(sink).split() == inert(text).split()
    assert all(len(line) <= 78 or " " not in line for line in written(sink).splitlines())


def test_a_path_is_shown_on_one_line_however_long() -> None:
    one, sink = talk()
    one.show("/very long/" * 30)

    assert written(sink).count("\n") == 1


@pytest.mark.parametrize("length", range(60, 80))
def test_what_enter_takes_is_never_torn_apart(length: int) -> None:
    one, sink = talk("\n")
    question = "x" * length
    assert one.ask(question, str, "go on") == "go on"

    assert "[go on]: " in written(sink)


@pytest.mark.parametrize("word", ["b", "B", "back", " b "])
def test_back_is_understood_at_every_question(word: str) -> None:
    one, _ = talk(f"{word}\n")
    with pytest.raises(Back):
        one.choose("Which?", ["a", "b"])


def test_q_leaves_with_0_and_the_end_of_input_with_130() -> None:
    one, _ = talk("q\n")
    with pytest.raises(Leave) as left:
        one.text("Why?")
    assert left.value.code == 0
    with pytest.raises(Leave) as ended:
        one.text("Why?")
    assert ended.value.code == 130


def test_a_question_mark_gives_the_help_and_asks_again() -> None:
    one, sink = talk("?\n2\n")
    one.help = ("Help is here.",)

    assert one.choose("Which?", ["a", "b"]) == 1
    assert written(sink).count("Which?") == 2
    assert "Help is here." in written(sink)


@pytest.mark.parametrize("typed", ["0", "3", "-1", "x", "1.0", "²", "١"])
def test_only_a_number_of_the_list_is_a_choice(typed: str) -> None:
    one, sink = talk(f"{typed}\n1\n")

    assert one.choose("Which?", ["a", "b"]) == 0
    assert "Please type a number from 1 to 2." in written(sink)


def test_pasted_lines_are_taken_raw_up_to_the_dot() -> None:
    one, sink = talk("?\nb\nq\n..\n . \nrest\n")

    assert one.lines_until_dot("Paste now.") == b"?\nb\nq\n..\n"
    assert written(sink) == "Paste now.\n"


def test_u_is_an_answer_like_any_other_until_there_is_something_to_take_back() -> None:
    one, _ = talk("U\nU\n")
    assert one.text("What do your numbers begin with?") == "U"
    one.can_undo = True
    with pytest.raises(Undo):
        one.text("Why?")


def test_a_defect_is_said_without_the_data_it_met(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(_: object) -> object:
        raise ValueError("Greta Weber")

    sink = io.BytesIO()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\n\n")))
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(sink, "utf-8"))
    monkeypatch.setattr("kara_tui.ending.signal.signal", lambda *_: None)
    monkeypatch.setattr("kara_tui.plain.sitting.prepare", broken)
    monkeypatch.setenv("KARA_TUI_HOME", str(tmp_path))
    monkeypatch.delenv("KARA_TUI_DEBUG", raising=False)
    given = parse(["--plain", "--demo"])
    assert not isinstance(given, int)

    assert plain.run(given) == 1
    text = " ".join(written(sink).split())
    assert "This is a defect of kara-tui: ValueError in plain/sitting.py line" in text
    assert "Weber" not in text
