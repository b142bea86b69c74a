"""In tmux, with a real shell: killed and taken up again, a second one beside it, stopped."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kara_tui import settings
from tests.tui.terminal import kara_tui

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed here")

EXPORT = settings.demo_folder() / "payments-paid.csv"
TODAY = ("--today", "2026-11-02")
READ = "2,730.00 EUR"


class Tmux:
    """A tmux server of its own; its windows have 80 columns and 24 rows, and a shell each."""

    def __init__(self, folder: Path, home: Path) -> None:
        self._socket = str(folder / "tmux")
        shell = shlex.join(
            ["env", f"KARA_TUI_HOME={home}", f"HOME={folder}", "PS1=$ ", "LANG=C.UTF-8",
             "TERM=screen", "bash", "--norc", "--noprofile", "-i"]
        )  # fmt: skip
        self._run("-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24", shell)
        self._shell = shell

    def _run(self, *arguments: str) -> str:
        done = subprocess.run(
            ["tmux", "-S", self._socket, *arguments], capture_output=True, text=True, check=False
        )
        return done.stdout

    def start(self, *arguments: str, window: int = 0) -> None:
        """Type the command into the shell of a window."""
        self.type(shlex.join(kara_tui(*arguments)), window=window)

    def another_window(self) -> None:
        self._run("new-window", "-d", self._shell)

    def press(self, *keys: str, window: int = 0) -> None:
        self._run("send-keys", "-t", f":{window}", *keys)

    def type(self, line: str, *, window: int = 0) -> None:
        """Type a line, as into a shell."""
        self.press("-l", line, window=window)
        self.press("Enter", window=window)

    def until(self, text: str, *, window: int = 0) -> str:
        """What stands in the window, once the text does."""
        end = time.monotonic() + 20
        while text not in (shown := self._run("capture-pane", "-p", "-t", f":{window}")):
            assert time.monotonic() < end, f"{text!r} never came:\n{shown}"
            time.sleep(0.05)  # asking starts a process each time
        return shown

    def process(self) -> int:
        """The program that the shell of the first window runs."""
        shell = self._run("display", "-p", "-t", ":0", "#{pane_pid}").strip()
        return int(Path(f"/proc/{shell}/task/{shell}/children").read_text("ascii").split()[0])

    def end(self) -> None:
        self._run("kill-server")


@pytest.fixture
def tmux(tmp_path: Path, home: Path) -> Iterator[Tmux]:
    (home / "profiles").mkdir(parents=True)
    shutil.copy(settings.demo_folder() / "profile.toml", home / "profiles" / "default.toml")
    started = Tmux(tmp_path, home)
    yield started
    started.end()


def test_after_a_kill_the_next_start_goes_on_at_the_same_step_with_the_same_answers(
    tmux: Tmux,
) -> None:
    tmux.start("--paid", str(EXPORT), *TODAY)
    tmux.until(READ)
    tmux.press("Enter", "Enter")
    tmux.until("● Credit")
    tmux.press("Space")
    tmux.until("Why?")
    tmux.type("later")
    tmux.until("left out: later")
    killed = tmux.process()
    os.kill(killed, signal.SIGKILL)
    tmux.until("Killed")
    # What one left behind that was pasted into it may be about clients.
    left = Path(f"/dev/shm/kara-tui-pasted-{killed}-x")
    left.mkdir()

    # The shell's line is as the killed one left it: what is typed there is taken all the same.
    tmux.start(*TODAY)
    tmux.until("Go on with October 2026")
    tmux.press("Enter")
    shown = tmux.until("41 billed, 1 left out")
    assert "● Credit" in shown
    assert "later" in shown
    tmux.press("C-q")
    tmux.until("Your answers are kept")
    tmux.until("$ ")
    assert not left.exists()


def test_a_second_one_beside_it_only_looks_and_says_so(tmux: Tmux, home: Path) -> None:
    tmux.start("--paid", str(EXPORT), *TODAY)
    tmux.until(READ)
    tmux.another_window()
    tmux.start("--paid", str(EXPORT), *TODAY, window=1)
    tmux.until("only looks", window=1)
    tmux.until(READ, window=1)
    tmux.press("Enter", "Enter", "Enter", "Enter", "Enter", "Enter", window=1)
    tmux.until("Issue KC-0011?", window=1)
    tmux.press("Tab", "Enter", window=1)
    tmux.until("only looks", window=1)
    assert not list(home.rglob("*.pdf"))
    # Once the first has ended, the next one may write.
    tmux.press("C-q")
    tmux.until("Without the wizard")
    tmux.press("C-q", window=1)
    tmux.until("Without the wizard", window=1)
    tmux.press("C-l", window=1)
    tmux.start(*TODAY, window=1)
    assert "only looks" not in tmux.until("Go on with October 2026", window=1)


def test_stopped_it_leaves_the_terminal_to_the_shell_also_after_bg_and_fg_brings_it_back(
    tmux: Tmux,
) -> None:
    tmux.start("--demo")
    shown = tmux.until(READ)
    process = tmux.process()
    os.kill(process, signal.SIGTSTP)
    tmux.until("Stopped")
    tmux.type("echo $((40 + 2)) keys")
    tmux.until("42 keys")
    # In the background it is stopped at once: it must not take the shell's keys, nor draw.
    tmux.type("clear; bg")
    tmux.until("--demo &")
    end = time.monotonic() + 20
    while state_of(process) != "T":
        assert time.monotonic() < end, "it goes on in the background"
        time.sleep(0.05)
    tmux.type("echo $((40 + 3)) keys")
    assert "●" not in tmux.until("43 keys")
    tmux.type("fg")
    assert tmux.until(READ) == shown
    tmux.press("Enter")
    tmux.until("● Paid")
    tmux.press("C-q")
    tmux.until("Without the wizard")
    tmux.type("echo $((40 + 4)) keys")
    tmux.until("44 keys")


def state_of(process: int) -> str:
    return Path(f"/proc/{process}/stat").read_text("ascii").rpartition(") ")[2][0]
