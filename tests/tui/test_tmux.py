"""The sample month in tmux, from the first key to an invoice whose paper is read back."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.reading_back import on_paper
from tests.tui.terminal import kara_tui

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed here")


class Tmux:
    """A tmux server of its own with one window of 80 columns and 24 rows."""

    def __init__(self, folder: Path, command: str) -> None:
        self._socket = str(folder / "tmux")
        self._run("-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24", command)

    def _run(self, *arguments: str) -> str:
        done = subprocess.run(
            ["tmux", "-S", self._socket, *arguments], capture_output=True, text=True, check=False
        )
        return done.stdout

    def press(self, *keys: str) -> None:
        self._run("send-keys", *keys)

    def until(self, text: str) -> str:
        """What stands in the window, once the text does."""
        end = time.monotonic() + 20
        while text not in (shown := self._run("capture-pane", "-p")):
            assert time.monotonic() < end, f"{text!r} never came:\n{shown}"
        return shown

    def end(self) -> None:
        self._run("kill-server")


@pytest.fixture
def tmux(tmp_path: Path, home: Path) -> Iterator[Tmux]:
    command = f"KARA_TUI_HOME={shlex.quote(str(home))} {shlex.join(kara_tui('--demo'))}; sleep 60"
    started = Tmux(tmp_path, command)
    yield started
    started.end()


def test_a_month_is_issued_in_tmux(tmux: Tmux, home: Path) -> None:
    tmux.until("2730.00 EUR")
    for step in ("Paid", "Credit", "Unpaid", "Invoice", "Send"):
        tmux.press("Enter")
        tmux.until(f"[>] {step}")
    tmux.press("Enter")
    tmux.until("Type issue")
    tmux.press("i", "s", "s", "u", "e", "Enter")
    tmux.until("KC-0011 is issued")
    tmux.press("Enter")
    tmux.until("[>] Done")
    tmux.press("Enter")
    shown = tmux.until("kara-tui --no-tui --demo --month 2026-10")
    assert "KC-0011: 42 sessions, 2730.00 EUR" in shown

    (pdf,) = home.rglob("*KC-0011.pdf")
    paper = on_paper(pdf)
    assert "KC-0011" in paper
    assert "2,730.00" in paper or "2730.00" in paper
