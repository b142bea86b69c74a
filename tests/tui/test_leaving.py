"""Leaving: whatever happens to the terminal, at once, with the place kept and nothing left on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.tui.terminal import Terminal, kara_tui

READ = "2,730.00 EUR"


def processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@pytest.mark.parametrize("wait", [0.0, 0.05, 0.1, 0.15])
def test_who_leaves_while_pages_are_made_sees_no_defect(tmp_path: Path, wait: float) -> None:
    with Terminal(kara_tui("--demo"), tmp_path) as terminal:
        terminal.until("● Payments")
        terminal.settle(wait)
        os.write(terminal.fd, b"\x11")
        assert terminal.wait() == 0
        assert "defect" not in terminal.text


@pytest.mark.parametrize(
    ("number", "keys", "code"),
    # A signal is heard though the app itself waits for its screen; a key must still be read.
    [
        (signal.SIGTERM, b"\x0c" * 60, 143),
        (signal.SIGHUP, b"\x0c" * 60, 129),
        (None, b"\r\x7f" * 8, 0),
    ],
    ids=["term", "hup", "ctrl+q"],
)
def test_a_terminal_that_no_longer_reads_does_not_hold_it_up(
    tmp_path: Path, number: signal.Signals | None, keys: bytes, code: int
) -> None:
    with Terminal(kara_tui("--demo"), tmp_path) as terminal:
        terminal.until(READ)
        # Nobody reads any more: what is drawn from now on fills the pty until a write blocks.
        for at in range(len(keys)):
            os.write(terminal.fd, keys[at : at + 1])
            time.sleep(1.2 / len(keys))
        if number is None:
            os.write(terminal.fd, b"\x11")
        else:
            os.kill(terminal.pid, number)
        end = time.monotonic() + 5
        while not terminal.ended() and time.monotonic() < end:
            time.sleep(0.01)
        assert terminal.ended()
        assert terminal.status is not None
        assert os.waitstatus_to_exitcode(terminal.status) == code


def test_it_leaves_at_once_while_a_large_file_is_read(tmp_path: Path) -> None:
    header = ("Transaction date,Service Name,Service Price,Service Currency,Type,Sponsor,"
              "Professional Name,Professional Email")  # fmt: skip
    export = tmp_path / "payments.csv"
    with export.open("w", encoding="utf-8") as file:
        file.write(header + "\n")
        for n in range(200_000):
            file.write(f"2026-10-{n % 28 + 1:02} 10:00,Talk {n},60.00,EUR,Credit,A,A,a@b.is\n")
    command = kara_tui("--demo", "--paid", str(export), "--month", "2026-10")
    with Terminal(command, tmp_path) as terminal:
        terminal.until("Reading the exports")
        terminal.press("ctrl+q")
        assert terminal.wait(patience=3) == 0
        assert "Traceback" not in terminal.text


def test_it_sleeps_while_nothing_happens(tmp_path: Path) -> None:
    with Terminal(kara_tui("--demo"), tmp_path) as terminal:
        terminal.until(READ)
        terminal.settle(2)
        before, sent = processor_seconds(terminal.pid), len(terminal.sent)
        terminal.settle(2)
        assert len(terminal.sent) == sent
        assert processor_seconds(terminal.pid) - before <= 0.05


def test_a_list_that_is_longer_than_its_dialog_is_drawn_once(tmp_path: Path) -> None:
    with Terminal(kara_tui("--demo"), tmp_path) as terminal:
        terminal.until(READ)
        os.write(terminal.fd, b"!")
        terminal.until("All that was found")
        for _ in range(50):  # read in portions: one that never ends must not hold the test up
            time.sleep(0.05)
            os.set_blocking(terminal.fd, False)
            try:
                drawn = os.read(terminal.fd, 65536)
            except BlockingIOError:
                return
            finally:
                os.set_blocking(terminal.fd, True)
            terminal.sent += drawn
        raise AssertionError("it is drawn again and again")


TOLD_TWICE = """
import threading
from kara_tui.tui import pasting
from kara_tui.tui.leaving import Leaving

begun, second = threading.Event(), threading.Event()

class Slow:
    def __init__(self, folder):
        self.folder = folder
    def cleanup(self):
        begun.set()
        second.wait(5)
        self.folder.cleanup()

print(pasting.keep_pasted("what was pasted", "paid.csv"), flush=True)
pasting._folder[0] = Slow(pasting._folder[0])
leaving = Leaving()
threading.Thread(target=leaving.now, args=(129,)).start()
begun.wait(5)
threading.Timer(0.2, second.set).start()
leaving.now(129)
"""


def test_a_hang_up_that_is_told_twice_ends_it_when_what_was_pasted_is_gone() -> None:
    done = subprocess.run(
        [sys.executable, "-c", TOLD_TWICE], capture_output=True, text=True, timeout=20, check=False
    )
    assert done.returncode == 129
    assert not Path(done.stdout.strip()).exists()
