"""Start-up stays light: what a short command and a room's door must not import, seen from outside.

A fresh interpreter reports every module it sets out to import. An audit hook does the reporting and
not a look at `sys.modules` afterwards, because a command may end by `os._exit`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import kara_tui

HEAVY = frozenset({
    "babel", "email", "holidays", "icalendar", "platformdirs", "polars", "python_calamine", "rich",
    "sqlite3", "stdnum", "textual", "typst", "xlsxwriter",
})  # fmt: skip

PACKAGE = Path(kara_tui.__file__).parent
ROOMS = sorted(door.parent.name for door in PACKAGE.glob("*/__init__.py"))

WATCH = """
import os, sys
report = int(sys.argv.pop(1))
def note(event, arguments):
    if event == "import":
        os.write(report, arguments[0].encode() + b"\\n")
sys.addaudithook(note)
"""
COMMAND = WATCH + "from kara_tui.cli import main\nsys.argv[0] = 'kara-tui'\nsys.exit(main())\n"


def imported_by(code: str, *arguments: str) -> tuple[set[str], str]:
    """The top-level names that a fresh interpreter imports for this code, and what it printed."""
    read_end, write_end = os.pipe()
    with (
        os.fdopen(read_end) as names,
        subprocess.Popen(
            [sys.executable, "-c", code, str(write_end), *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            pass_fds=[write_end],
        ) as process,
    ):
        os.close(write_end)
        seen = {name.strip().partition(".")[0] for name in names}
        printed, _ = process.communicate()
    assert process.returncode == 0, printed
    return seen, printed


def test_the_watch_sees_an_import() -> None:
    seen, _ = imported_by(WATCH + "import sqlite3\n")

    assert "sqlite3" in seen & HEAVY


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_a_short_command_imports_nothing_heavy(option: str) -> None:
    seen, printed = imported_by(COMMAND, option)

    assert printed.strip()
    assert "kara_tui" in seen
    assert not seen & HEAVY


@pytest.mark.parametrize("room", ROOMS)
def test_a_door_imports_nothing_heavy(room: str) -> None:
    seen, _ = imported_by(WATCH + f"import kara_tui.{room}\n")

    assert "kara_tui" in seen
    assert not seen & HEAVY


FIRST_FRAME = """
import sys
from kara_tui.arguments import parse
from kara_tui.month_end.cli_request import request_from
from kara_tui.tui import start
from kara_tui.tui.app import KaraApp
from kara_tui.tui.preflight import Terminal

class UntilSeen(KaraApp):
    CSS_PATH = sys.modules[KaraApp.__module__].__file__.replace("app.py", "kara.tcss")
    def _begin(self):
        print(*sorted(sys.modules))
        self.exit(0)

UntilSeen(request_from(parse(["--demo"])), Terminal("wizard")).run(headless=True)
"""


def test_the_wizards_first_frame_is_drawn_before_the_rooms_it_needs_later_are_loaded(
    tmp_path: Path,
) -> None:
    printed = subprocess.run(
        [sys.executable, "-c", FIRST_FRAME],
        env={**os.environ, "KARA_TUI_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    loaded = set(printed.split())

    assert "kara_tui.tui.pages.payments" in loaded
    later = {"polars", "typst", "sqlite3", "holidays", "stdnum", "xlsxwriter", "icalendar", "PIL"}
    rooms = {"exports", "ledger", "documents", "mail", "month_end.acts", "month_end.assess"}
    assert not loaded & (later | {f"kara_tui.{room}" for room in rooms})
