"""Leaving and coming back: at once, wherever one was, and whatever the files are called."""

from __future__ import annotations

import fcntl
import os
import signal
import sqlite3
from contextlib import closing
from shutil import copy

from kara_tui.settings import demo_folder
from tests.plain.conversation import Home

GIVEN = ("--today", "2026-11-02")
LATIN_1 = os.fsdecode(b"grei\xf0slur-paid.csv")


def downloaded(home: Home, name: str = "payments-paid.csv") -> None:
    copy(demo_folder() / "payments-paid.csv", home.downloads / name)


def test_ctrl_c_is_heard_at_once_when_files_have_been_read(home: Home) -> None:
    downloaded(home)
    with home.terminal(*GIVEN) as terminal:
        terminal.wait_for("Paid export: type")
        terminal.type("1")
        terminal.wait_for("Unpaid export")
        terminal.type("n")
        terminal.wait_for("Which month is billed?")
        terminal.press(b"\x03")
        assert terminal.ended() == 130
    assert "step 2, Paid" in home.talk_here("n", "q", given=GIVEN).text


def test_a_hang_up_right_after_a_step_does_not_go_a_step_back(home: Home) -> None:
    downloaded(home)
    with home.terminal(*GIVEN) as terminal:
        terminal.wait_for("Paid export: type")
        terminal.type("1")
        terminal.wait_for("Unpaid export")
        terminal.type("n")
        terminal.wait_for("Step 2 of 7")
        terminal.signal(signal.SIGHUP)
        assert terminal.ended() == 129
    assert "step 2, Paid" in home.talk_here("n", "q", given=GIVEN).text


def test_a_file_whose_name_is_not_utf_8_is_chosen_kept_and_billed(home: Home) -> None:
    downloaded(home, LATIN_1)
    first = home.talk("1", "n", "", "q", given=GIVEN)
    assert first.code == 0
    assert r"grei\xf0slur-paid.csv" in first.text
    assert "Your answers are kept" in first.text

    again = home.talk("y", "", "", "", "", "issue", "n", given=GIVEN)
    assert r"grei\xf0slur-paid.csv" in again.text
    assert again.code == 0
    assert len(again.issued()) >= 1


def test_the_path_of_such_a_file_can_be_typed(home: Home) -> None:
    copy(demo_folder() / "payments-paid.csv", home.folder / LATIN_1)
    typed = os.fsencode(f"{home.folder / LATIN_1}") + b"\nn\nq\n"
    talked = home.talk_bytes(typed, given=GIVEN)
    assert talked.code == 0
    assert "Which month is billed?" in talked.text


def test_answers_that_could_not_be_kept_are_kept_at_the_next_answer_or_at_leaving(
    home: Home,
) -> None:
    downloaded(home)
    home.talk_here("q", given=GIVEN)
    home.data.mkdir(exist_ok=True)
    with home.terminal(*GIVEN) as terminal:
        terminal.wait_for("Paid export: type")
        with (home.data / "ledger.sqlite3.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            terminal.type("1")
            terminal.wait_for("Unpaid export")
            terminal.type("n")
            terminal.wait_for("Your answers cannot be kept")
            terminal.wait_for("Which month is billed?")
        terminal.type("q")
        assert terminal.ended() == 0
        assert "Your answers are kept" in " ".join(terminal.text.split())
    assert "step 2, Paid" in home.talk_here("n", "q", given=GIVEN).text


def test_a_broken_place_is_forgotten_with_a_sentence_and_the_start_goes_on(home: Home) -> None:
    downloaded(home)
    home.talk_here("1", "n", "q", given=GIVEN)
    with closing(sqlite3.connect(home.data / "ledger.sqlite3")) as ledger, ledger:
        ledger.execute("UPDATE places SET answers = '{\"version\":1'")
    started = home.talk_here("1", "n", "", "q", given=GIVEN)
    assert started.code == 0
    assert "cannot be read" in " ".join(started.text.split())
    assert "Which month is billed?" in started.text
    assert "cannot be read" not in " ".join(home.talk_here("n", "q", given=GIVEN).text.split())
