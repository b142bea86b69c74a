"""The installed program in a real terminal: kinds of terminals, hang-up, resizing, hostile text."""

from __future__ import annotations

import csv
import os
import re
import shutil
import signal
import subprocess
from datetime import date
from pathlib import Path

import pytest

from kara_tui.month_end.place import load_place
from kara_tui.month_end.portal import StepId
from kara_tui.month_end.request import Request
from kara_tui.settings import demo_folder
from tests.tui.terminal import Terminal, kara_tui

READ = "2,730.00 EUR"


@pytest.mark.parametrize("term", ["xterm-256color", "screen", "tmux-256color", "linux", "vt100"])
def test_the_first_step_shows_in_every_kind_of_terminal(tmp_path: Path, term: str) -> None:
    with Terminal(kara_tui("--demo"), tmp_path, environ={"TERM": term}) as terminal:
        terminal.until(READ)
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
    if term == "vt100":
        assert not re.search(rb"\x1b\[[0-9;]*[34]8;", terminal.sent)


def test_no_color_sends_no_colour_at_all(tmp_path: Path) -> None:
    environ = {"NO_COLOR": "1", "COLORTERM": "truecolor"}
    with Terminal(kara_tui("--demo"), tmp_path, environ=environ) as terminal:
        terminal.until(READ)
        terminal.press("enter", "enter", "down")
        for key in ("ctrl+p", "?", "e"):
            terminal.press(key)
            terminal.settle(0.3)
            terminal.press("escape")
            terminal.settle(0.3)
        sgr = {one for found in re.findall(rb"\x1b\[([0-9;]*)m", terminal.sent)
               for one in found.split(b";")}  # fmt: skip
    colours = {str(n).encode() for n in (*range(30, 39), *range(40, 49), *range(90, 108))}
    assert sgr & colours == set()
    assert b"7" in sgr


def test_without_utf_8_everything_is_ascii(tmp_path: Path) -> None:
    environ = {"LANG": "C", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0",
               "PYTHONIOENCODING": "ascii"}  # fmt: skip
    with Terminal(kara_tui("--demo"), tmp_path, environ=environ) as terminal:
        terminal.until(READ)
        terminal.press("enter", "enter")
        terminal.until("Nordurljos")
        for key in ("ctrl+p", "?", "e"):
            terminal.press(key)
            terminal.settle(0.3)
            terminal.press("escape")
            terminal.settle(0.3)
        assert terminal.sent.isascii()
        assert "----------" in terminal.text
        assert "\\u" not in terminal.text


def test_a_dumb_terminal_gets_questions_and_answers(tmp_path: Path) -> None:
    with Terminal(kara_tui("--demo"), tmp_path, environ={"TERM": "dumb"}) as terminal:
        terminal.until("step by step")
        assert b"\x1b" not in terminal.sent


def test_no_terminal_at_all_names_no_tui(tmp_path: Path) -> None:
    ran = subprocess.run(
        kara_tui("--demo"), stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=20,
        env={**os.environ, "KARA_TUI_HOME": str(tmp_path)},
    )  # fmt: skip
    assert ran.returncode == 2
    assert "--no-tui" in ran.stderr
    assert len(ran.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)]
)
def test_a_signal_ends_it_at_once_with_a_clean_terminal(
    tmp_path: Path, number: signal.Signals, code: int
) -> None:
    with Terminal(kara_tui("--demo"), tmp_path) as terminal:
        terminal.until(READ)
        os.kill(terminal.pid, number)
        assert terminal.wait(patience=1) == code
    for off in (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1000l", b"\x1b[?2004l"):
        assert off in terminal.sent


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_step_that_was_just_taken_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    (tmp_path / "profiles").mkdir()
    shutil.copy(demo_folder() / "profile.toml", tmp_path / "profiles" / "default.toml")
    paid = str(demo_folder() / "payments-paid.csv")
    with Terminal(kara_tui("--paid", paid, "--today", "2026-11-02"), tmp_path) as terminal:
        terminal.until(READ)
        os.write(terminal.fd, b"\r")
        terminal.until("Which month?")
        os.kill(terminal.pid, number)
        assert terminal.wait(patience=3) > 128
    monkeypatch.setenv("KARA_TUI_HOME", str(tmp_path))
    place = load_place(Request("default", date(2026, 11, 2)))
    assert place is not None
    assert place.step is StepId.PAID


@pytest.mark.parametrize("hang_up", ["comes", "is ignored, as nohup does", "never comes"])
def test_a_terminal_that_goes_away_ends_it(tmp_path: Path, hang_up: str) -> None:
    def before() -> None:
        if hang_up.startswith("is ignored"):
            signal.signal(signal.SIGHUP, signal.SIG_IGN)
        elif hang_up == "never comes":
            # Then only the end of input tells that nobody is there any more.
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGHUP})

    text = f"Transaction date,Service Name,Sponsor\n2026-10-05,{tmp_path},Acme\n"
    with Terminal(kara_tui("--demo"), tmp_path, before=before) as terminal:
        terminal.until(READ)
        terminal.paste(text)
        terminal.until("2 lines pasted")
        terminal.press("down", "enter")
        terminal.until("pasted-paid.csv")
        assert text in pasted_texts()
        terminal.hang_up()
        assert terminal.wait(patience=1) == 129
    # What was pasted may be about clients, and goes with the wizard.
    assert text not in pasted_texts()


def pasted_texts() -> list[str]:
    """The texts that wizards keep in memory now, those of tests beside this one too."""
    return [file.read_text("utf-8") for file in Path("/dev/shm").glob("kara-tui-*/*")]


def test_it_survives_small_windows_and_a_storm_of_sizes_and_comes_back(tmp_path: Path) -> None:
    with Terminal(kara_tui("--demo"), tmp_path) as terminal:
        terminal.until(READ)
        terminal.resize(40, 10)
        terminal.until("● Payments")
        terminal.press("enter")
        terminal.until("● Paid")
        terminal.resize(80, 24)
        terminal.until("✓ Payments  ● Paid")
        terminal.resize(120, 40)
        terminal.until("Mo Tu We")
        terminal.settle(0.3)
        before = terminal.text
        # A window that is dragged, or a phone that is turned, again and again.
        for at in range(60):
            terminal.resize(1 + at * 37 % 150, 1 + at * 11 % 45)
            terminal.settle(0.005)
        terminal.resize(120, 40)
        terminal.until(before)
        terminal.press("ctrl+q")
        assert terminal.wait() == 0


def test_hostile_text_reaches_the_terminal_as_text(tmp_path: Path) -> None:
    hostile = "[@click=app.quit]x[/] \x1b]52;c;aGk=\x07 \x9b31m \u202egnp"
    export = tmp_path / "payments.csv"
    with export.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["Transaction date", "Service Name", "Service Price", "Service Currency",
                       "Professional Name", "Professional Email", "Type", "Sponsor"])  # fmt: skip
        rows.writerow(["2026-10-05 10:00", hostile, "60.00", "EUR", hostile, "a@example.is",
                       "Credit", hostile])  # fmt: skip
    command = kara_tui("--demo", "--paid", str(export), "--month", "2026-10")
    with Terminal(command, tmp_path, columns=120, rows=40) as terminal:
        terminal.until("60.00 EUR")
        terminal.press("enter", "enter")
        terminal.until("[@click")
        terminal.press("enter", "enter", "d")
        terminal.settle(0.3)
        terminal.press("escape")
        terminal.settle(0.3)
        terminal.press("!")
        terminal.settle(0.3)
        terminal.press("escape")
        assert not terminal.ended()
        for bad in (b"\x1b]52", b"\x9b31m", "\u202e".encode(), b"aGk=\x07"):
            assert bad not in terminal.sent
        terminal.press("ctrl+q")
        assert terminal.wait() == 0


def test_a_pasted_export_of_a_mebibyte_is_read(tmp_path: Path) -> None:
    header = ("Transaction date,Service Name,Service Price,Service Currency,Type,Sponsor,"
              "Professional Name,Professional Email")  # fmt: skip
    row = (
        "2026-10-{:02} 10:00,Individual session no. {:06},60.00,EUR,Credit,Norðurljós ehf.,A,a@b.is"
    )
    text = "\n".join([header, *(row.format(n % 28 + 1, n) for n in range(14_500))]) + "\n"
    assert len(text.encode()) > 1_048_576
    with Terminal(kara_tui("--demo"), tmp_path) as terminal:
        terminal.until(READ)
        terminal.press("space", "space")
        terminal.paste(text)
        terminal.until("14,501 lines pasted")
        terminal.press("down", "enter")
        terminal.until("14,500 Credit sessions")


def test_the_wizard_leaves_a_summary_and_the_command_that_does_the_same(tmp_path: Path) -> None:
    with Terminal(kara_tui("--demo"), tmp_path, columns=120) as terminal:
        terminal.until(READ)
        terminal.press(*["enter"] * 6)
        terminal.until("Issue KC-0011?")
        terminal.press("tab", "enter")
        terminal.until("KC-0011 issued")
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
        assert "KC-0011: 42 sessions, 2730.00 EUR" in terminal.text
        assert "kara-tui --no-tui --demo --month 2026-10" in terminal.text
