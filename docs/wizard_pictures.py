"""Pictures of the wizard, made by pressing its keys: the real command in a terminal of 80 × 24."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from terminal_picture import svg

from kara_tui.settings import demo_folder
from tests.tui.terminal import Terminal

COMMAND = str(Path(sys.executable).with_name("kara-tui"))
SHOWN_HOME = "~/kara-tui"


@dataclass(frozen=True, slots=True)
class Shot:
    """Press the keys, wait for the words, and take a picture if it has a name.

    ``title`` is what the picture shows, for those who do not see it.
    """

    keys: Sequence[str]
    words: str
    name: str = ""
    title: str = ""


SAMPLE_MONTH = (
    Shot(
        (), "Credit sessions of October", "payments",
        "The step Payments: two exports chosen and understood.",
    ),
    Shot(("enter",), "Which month?", "paid", "The step Paid: the month to be billed."),
    Shot(("enter",), "42 billed", "credit", "The step Credit: the month's sessions in a list."),
    Shot(("space",), "Leave out", "question", "A question: why a session is left out."),
    Shot(("escape",), "42 billed"),
    Shot(("enter",), "Never confirmed", "unpaid", "The step Unpaid and its answers."),
    Shot(("enter",), "taken only when you issue", "invoice", "The step Invoice, in letters."),
    Shot(("enter",), "Check once more", "review", "The step Send: everything once more."),
    Shot(("enter",), "The number is taken for good", "issue", "One question before it is issued."),
    Shot(("tab", "enter"), "still to be sent", "done", "The step Done: the mail as things to do."),
)  # fmt: skip
FIRST_START = (
    Shot((), "Set up my details", "welcome", "The first start: three ways to begin."),
    Shot(("enter",), "every letter is kept", "details", "My details: the first of five pages."),
)
LATER_START = (
    Shot((), "KC-0012", "home", "Home: what is to be done, and where each invoice stands."),
)


def draw(folder: Path) -> None:
    """Write every picture of the wizard into the folder."""
    # A short path, so that no line with one is longer than the one that is shown in its place.
    with tempfile.TemporaryDirectory(prefix="k", dir="/tmp") as name:
        home = Path(name)
        _play(folder, home, ("--demo",), SAMPLE_MONTH)
        _play(folder, home, ("--today", "2026-11-02"), FIRST_START)
        _have_history(home)
        _play(folder, home, ("--today", "2026-11-13"), LATER_START)


def _play(folder: Path, home: Path, arguments: Sequence[str], shots: Sequence[Shot]) -> None:
    def told(line: str) -> str:
        return line.replace(str(home), SHOWN_HOME).ljust(len(line))

    with Terminal([COMMAND, *arguments], home, environ={"COLORTERM": "truecolor"}) as terminal:
        for shot in shots:
            for key in shot.keys:
                terminal.press(key)
            terminal.until(shot.words)
            terminal.settle()
            if shot.name:
                picture = svg(terminal.screen, shot.title, told)
                (folder / f"wizard-{shot.name}.svg").write_text(picture, "utf-8")


def _have_history(home: Path) -> None:
    """Two sample months as if they were one's own: one paid, one not paid in time."""
    profile = home / "profiles" / "default.toml"
    profile.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(demo_folder() / "profile.toml", profile)
    paid = str(demo_folder() / "payments-paid.csv")
    for arguments in (
        ("--no-tui", "--paid", paid, "--month", "2026-09", "--today", "2026-10-01"),
        ("sent", "KC-0011", "--on", "2026-10-01"),
        ("paid", "KC-0011", "--on", "2026-10-09"),
        ("--no-tui", "--paid", paid, "--month", "2026-10", "--today", "2026-11-02"),
        ("sent", "KC-0012", "--on", "2026-11-02"),
    ):
        subprocess.run(
            [COMMAND, *arguments],
            check=True,
            capture_output=True,
            env={**os.environ, "KARA_TUI_HOME": str(home)},
        )
