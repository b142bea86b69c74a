"""What keys cost in bytes, in a terminal of 80 columns and 24 rows: a slow line has few to give.

Times are for the benchmark; bytes are the same on every machine, so a part that is painted twice,
or a widget that is left behind, is seen here.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tui.terminal import Terminal, kara_tui

KB = 1024
QUIET = 0.4  # seconds without a byte after which a key is answered for good


@pytest.fixture
def terminal(home: Path) -> Iterator[Terminal]:
    """The sample month, read, its pages made, on the step Payments."""
    with Terminal(kara_tui("--demo"), home) as terminal:
        terminal.until("42 ")
        terminal.settle(1.0)
        yield terminal


def cost(terminal: Terminal, *keys: str, quiet: float = QUIET) -> list[int]:
    """The bytes that each key brings."""
    found = []
    for key in keys:
        before = len(terminal.sent)
        terminal.press(key)
        terminal.settle(quiet)
        found.append(len(terminal.sent) - before)
    return found


def test_a_cursor_key_in_the_sessions_is_two_lines(terminal: Terminal) -> None:
    cost(terminal, "enter", "enter")
    assert "● Credit" in terminal.text

    # What came later than that is among the bytes of the next key.
    keys = cost(terminal, *["down"] * 25, quiet=0.1)

    assert 0 < statistics.median(keys) <= 500
    assert statistics.mean(keys) <= 700
    assert max(keys) <= 3 * KB


def test_a_step_is_painted_once(terminal: Terminal) -> None:
    first = cost(terminal, "enter", "enter", "enter", "enter")
    assert "● Invoice" in terminal.text
    seen = cost(terminal, "escape", "escape", "escape", "enter", "enter", "enter")

    assert max(first) <= 6.5 * KB
    assert max(seen) <= 5.1 * KB  # the invoice, which fills the page with letters


def test_a_dialog_is_painted_once(terminal: Terminal) -> None:
    cost(terminal, "enter", "enter")

    for question in ("w", "?"):
        opens, closes = cost(terminal, question, "escape")

        assert 0 < opens <= 6 * KB
        assert 0 < closes <= 5 * KB


def test_home_opens_and_closes_painted_once(terminal: Terminal) -> None:
    opens, closes = cost(terminal, "\x07", "escape")

    assert 0 < opens <= 5 * KB
    assert 0 < closes <= 5 * KB


def test_the_palette_opens_in_few_frames_and_closes_in_one(terminal: Terminal) -> None:
    opens, letter, closes = cost(terminal, "ctrl+p", "i", "escape")

    assert 0 < opens <= 10 * KB
    assert 0 < letter <= 5 * KB
    assert 0 < closes <= 5 * KB


def test_nothing_is_sent_while_nothing_happens(terminal: Terminal) -> None:
    assert terminal.settle(2.0) == 0
