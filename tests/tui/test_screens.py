"""Each step as a person sees it, at two sizes: a text, and below it which part has which role.

After a change on purpose: ``KARA_TUI_RENEW=1 pytest tests/tui/test_screens.py``, and read the diff.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from rich.cells import cell_len

from kara_tui.tui.drawing import Line, cut, plain
from kara_tui.tui.frame import framed
from tests.tui.stage import Play, demo

SCREENS = Path(__file__).parent / "screens"
SIZES = [(80, 24), (120, 40)]

# The keys that lead to each screen of the sample month.
WAYS = {
    "payments": [],
    "paid": ["enter"],
    "credit": ["enter"] * 2,
    "unpaid": ["enter"] * 3,
    "invoice": ["enter"] * 4,
    "send": ["enter"] * 5,
    "confirm": ["enter"] * 6,
    "help": ["enter", "enter", "?"],
    "problems": ["p"],
    "commands": ["ctrl+p", *"colours"],
}


def as_text(lines: tuple[Line, ...], width: int) -> str:
    """The lines, and below them the cells of each line that have another role than ``text``."""
    text = "\n".join(cut(plain(line), width).rstrip() for line in lines)
    roles = []
    for y, line in enumerate(lines):
        at, runs = 0, []
        for run, role in line:
            size = min(cell_len(run), width - at)
            if role != "text" and run.strip() and size > 0:
                runs.append(f"{at}-{at + size - 1} {role}")
            at += size
        if runs:
            roles.append(f"{y:>2}: {', '.join(runs)}")
    return f"{text}\n\n--- roles\n" + "\n".join(roles) + "\n"


@pytest.mark.parametrize(("width", "height"), SIZES, ids=["80x24", "120x40"])
@pytest.mark.parametrize("name", WAYS)
def test_a_screen_looks_as_it_is_kept(name: str, width: int, height: int) -> None:
    play = Play(demo())
    for key in WAYS[name]:
        play.lines(width, height)  # a list learns from being drawn how many lines it has
        play.press(key)
    shown = as_text(framed(play.desk, width, height).lines, width)
    kept = SCREENS / f"{name}-{width}x{height}.txt"
    if os.environ.get("KARA_TUI_RENEW"):
        kept.write_text(shown, "utf-8")
    assert shown == kept.read_text("utf-8")


@pytest.mark.parametrize(("width", "height"), [(40, 10), (60, 20), (80, 24), (200, 60)])
@pytest.mark.parametrize("name", WAYS)
def test_a_screen_fits_every_size_and_keeps_its_keys(name: str, width: int, height: int) -> None:
    play = Play(demo())
    for key in WAYS[name]:
        play.lines(width, height)
        play.press(key)
    shown = framed(play.desk, width, height)
    assert len(shown.lines) == height
    assert "Enter" in plain(shown.lines[-1])
    x, y = shown.cursor
    assert 0 <= x < width
    assert 0 <= y < height


@pytest.mark.parametrize("name", ["payments", "paid", "credit", "unpaid", "send"])
def test_the_cursor_is_told_without_colour(name: str) -> None:
    play = Play(demo())
    for key in WAYS[name]:
        play.press(key)
    shown = framed(play.desk, 80, 24)
    assert plain(shown.lines[shown.cursor[1]]).startswith("> ")
    assert sum(plain(line).startswith("> ") for line in shown.lines) == 1
