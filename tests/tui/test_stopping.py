"""Stopped and continued, written over, pasted into without marks: the page stays whole."""

from __future__ import annotations

import os
import signal
import termios
from pathlib import Path

import pytest

from tests.tui.terminal import Terminal, kara_tui

# The sample is read when this stands in the window.
READ = "2,730.00 EUR"

EXPORT = "\r".join(
    [
        "Transaction date,Service Name,Service Price,Service Currency,Type,Sponsor,"
        "Professional Name,Professional Email",
        *(f"2026-10-{day:02} 10:00,Talk of {day},60.00,EUR,Credit,Jotunn,Ada,ada@example.is"
          for day in (5, 6, 7, 8)),
        "",
    ]
)  # fmt: skip


def wait_until_stopped(terminal: Terminal) -> None:
    """Read what it still writes, so that it is not held up by a terminal that does not read."""
    for _ in range(400):
        terminal.settle(0.02)
        if terminal.is_stopped():
            return
    raise AssertionError("it never stopped")


def be_a_shell(terminal: Terminal) -> None:
    """What a shell does meanwhile: line mode with an echo, and words of its own on the screen."""
    attributes = termios.tcgetattr(terminal.fd)
    attributes[3] |= termios.ICANON | termios.ECHO | termios.ISIG
    attributes[0] |= termios.ICRNL
    termios.tcsetattr(terminal.fd, termios.TCSANOW, attributes)
    terminal.screen.reset()
    terminal.screen.draw("anna@server:~$ fg")
    terminal.sent = b""


@pytest.mark.parametrize("stop", [signal.SIGTSTP, signal.SIGSTOP], ids=["TSTP", "STOP"])
@pytest.mark.parametrize("page", ["a step", "a prompt", "the palette"])
def test_stopped_and_continued_the_page_is_whole_and_the_keys_work(
    tmp_path: Path, stop: signal.Signals, page: str
) -> None:
    with Terminal(kara_tui("--demo"), tmp_path) as terminal:
        terminal.until(READ)
        if page == "a prompt":
            terminal.press("t", *"here")
        elif page == "the palette":
            terminal.press("ctrl+p")
            terminal.until("Step 1: Payments")
        terminal.settle(0.3)
        before = terminal.text
        os.kill(terminal.pid, stop)
        wait_until_stopped(terminal)
        if stop == signal.SIGTSTP:
            assert b"\x1b[?1049l" in terminal.sent
            assert termios.tcgetattr(terminal.fd)[3] & termios.ICANON
        be_a_shell(terminal)
        os.kill(terminal.pid, signal.SIGCONT)
        terminal.until(before)
        assert b"\x1b[?1049h" in terminal.sent
        assert b"\x1b[?2004h" in terminal.sent
        assert not termios.tcgetattr(terminal.fd)[3] & (termios.ICANON | termios.ECHO)
        if page != "a step":
            terminal.press("escape")
            terminal.settle(0.3)  # without Kitty's keys only time tells Esc from a sequence
        terminal.press("enter")
        terminal.until("● Paid")
        terminal.press("ctrl+q")
        assert terminal.wait() == 0


@pytest.mark.parametrize("stop", [signal.SIGTSTP, signal.SIGSTOP], ids=["TSTP", "STOP"])
def test_a_window_that_was_resized_while_it_was_stopped_is_filled(
    tmp_path: Path, stop: signal.Signals
) -> None:
    with Terminal(kara_tui("--demo"), tmp_path) as terminal:
        terminal.until(READ)
        os.kill(terminal.pid, stop)
        wait_until_stopped(terminal)
        terminal.resize(120, 40)
        be_a_shell(terminal)
        os.kill(terminal.pid, signal.SIGCONT)
        terminal.until(READ)
        terminal.settle(0.3)
        assert "Ctrl+Q Leave" in terminal.screen.display[39]
        assert "fg" not in terminal.text.split()
        assert len(terminal.screen.display[2].rstrip()) == 120


def test_it_is_stopped_and_continued_again_and_again(tmp_path: Path) -> None:
    with Terminal(kara_tui("--demo"), tmp_path) as terminal:
        terminal.until(READ)
        for stop in (signal.SIGTSTP, signal.SIGSTOP, signal.SIGTSTP):
            os.kill(terminal.pid, stop)
            wait_until_stopped(terminal)
            be_a_shell(terminal)
            os.kill(terminal.pid, signal.SIGCONT)
            terminal.until(READ)
        terminal.press("enter")
        terminal.until("● Paid")
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.wait() == 143


@pytest.mark.parametrize("way", ["", "t", "ctrl+p", "?", "!"], ids=lambda way: way or "the step")
def test_ctrl_l_draws_the_whole_page_whatever_was_written_over_it(tmp_path: Path, way: str) -> None:
    with Terminal(kara_tui("--demo"), tmp_path) as terminal:
        terminal.until(READ)
        if way:
            terminal.press(way)
        terminal.settle(0.3)
        before = terminal.text
        # A broadcast scrolls; a binary file changes the character set, the margins and the colours.
        terminal.screen.set_margins(5, 9)
        terminal.screen.erase_in_display(0)
        terminal.screen.draw("Broadcast message from root: the system goes down at 22:00!")
        terminal.press("\x0c")
        terminal.until(before)


def test_a_paste_without_marks_is_read_after_v(tmp_path: Path) -> None:
    with Terminal(kara_tui("--demo"), tmp_path) as terminal:
        terminal.until(READ)
        terminal.press("space", "space", "v")
        terminal.until("Paste now")
        os.write(terminal.fd, EXPORT.encode())
        terminal.until("5 lines pasted")
        assert "does not mark what is pasted" in terminal.text
        terminal.press("down", "enter")
        terminal.until("4 Credit sessions")


def test_what_a_slow_line_brings_later_belongs_to_the_same_paste(tmp_path: Path) -> None:
    with Terminal(kara_tui("--demo"), tmp_path) as terminal:
        terminal.until(READ)
        terminal.press("space", "space", "v")
        terminal.until("Paste now")
        middle = EXPORT.index("2026-10-07")
        os.write(terminal.fd, EXPORT[:middle].encode())
        terminal.until("3 lines pasted")
        os.write(terminal.fd, EXPORT[middle:].encode())
        terminal.until("5 lines pasted")
        terminal.press("down", "enter")
        terminal.until("4 Credit sessions")


@pytest.mark.parametrize("bits", [1, 7, 64])
def test_on_another_page_such_a_paste_does_nothing_but_say_so(tmp_path: Path, bits: int) -> None:
    with Terminal(kara_tui("--demo"), tmp_path) as terminal:
        terminal.until(READ)
        terminal.press("enter", "enter")
        terminal.until("● Credit")
        terminal.settle(0.3)
        before = [line[:36] for line in terminal.text.splitlines()[:16]]
        data = EXPORT.encode()
        # The first few come together: three letters alone, on a machine that is busy, are keys.
        os.write(terminal.fd, data[:8])
        for at in range(8, len(data), bits):
            os.write(terminal.fd, data[at : at + bits])
        terminal.until("Nothing was taken")
        terminal.settle(0.3)
        # What is said lies over the right half.
        assert [line[:36] for line in terminal.text.splitlines()[:16]] == before


def test_one_key_after_v_is_still_a_key(tmp_path: Path) -> None:
    with Terminal(kara_tui("--demo"), tmp_path) as terminal:
        terminal.until(READ)
        terminal.press("v", "t")
        terminal.until("Where is the export?")


def test_words_that_come_with_the_key_that_opens_a_question_are_the_answer(tmp_path: Path) -> None:
    with Terminal(kara_tui("--demo"), tmp_path) as terminal:
        terminal.until(READ)
        os.write(terminal.fd, b"t/nowhere/at/all")
        terminal.until("/nowhere/at/all")
        assert "Where is the export?" in terminal.text
