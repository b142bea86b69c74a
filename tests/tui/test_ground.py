"""The terminal's own ground chooses light or dark, and its answer is never a key."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from kara_tui.tui.ground import theme_for
from tests.tui.terminal import Terminal, kara_tui

READ = "2,730.00 EUR"
QUESTION = b"\x1b]11;?\x1b\\"
TRUECOLOUR = {"COLORTERM": "truecolor"}


@pytest.mark.parametrize(
    ("answer", "theme"),
    [
        (b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[?62;22c", "paper"),
        (b"\x1b]11;rgb:fdfd/f6f6/e3e3\x07\x1b[?62;22c", "paper"),
        (b"\x1b]11;rgb:0000/2b2b/3636\x1b\\\x1b[?62;22c", "fjord"),
        (b"\x1b]11;rgb:f/f/f\x1b\\", "paper"),
        (b"\x1b]11;rgba:1e1e/1e1e/1e1e/ffff\x1b\\", "fjord"),
        (b"\x1b[?62;22c", ""),
        (b"", ""),
    ],
)
def test_the_ground_chooses_the_theme(answer: bytes, theme: str) -> None:
    assert theme_for(answer) == theme


class Answering(Terminal):
    """A terminal that tells its ground."""

    def __init__(self, home: Path, answer: bytes, environ: Mapping[str, str]) -> None:
        self._answer = answer
        # The terminal has as long to answer as loading takes.
        super().__init__(kara_tui("--demo"), home, environ=environ, forked=False)

    def _read(self, wait: float) -> int:
        count = super()._read(wait)
        if self._answer and QUESTION in self.sent:
            os.write(self.fd, self._answer)
            self._answer = b""
        return count


def ground_of(terminal: Terminal) -> str:
    """The colour that pyte has behind the page's first cells."""
    return str(terminal.screen.buffer[12][5].bg)


@pytest.mark.parametrize(
    ("told", "ground"), [(b"ffff/ffff/ffff", "paper"), (b"0000/0000/0000", "fjord")]
)
def test_a_light_terminal_begins_light_and_no_key_comes_of_the_answer(
    home: Path, told: bytes, ground: str
) -> None:
    from kara_tui.tui.themes import palette

    answer = b"\x1b]11;rgb:" + told + b"\x1b\\\x1b[?62;22c"
    with Answering(home, answer, TRUECOLOUR) as terminal:
        terminal.until(READ)
        terminal.settle(0.3)
        assert ground_of(terminal) == palette(ground).colours["background"].lstrip("#").lower()
        assert "does nothing" not in terminal.text
        terminal.press("enter")
        terminal.until("● Paid")
        terminal.press("ctrl+q")
        assert terminal.wait() == 0


@pytest.mark.parametrize("environ", [{"SSH_CONNECTION": "1 2 3 4"}, {"TERM": "linux"}])
def test_nothing_is_asked_where_the_answer_would_be_late_or_of_no_use(
    home: Path, environ: dict[str, str]
) -> None:
    with Terminal(kara_tui("--demo"), home, environ=environ) as terminal:
        terminal.until(READ)
        assert QUESTION not in terminal.sent


def test_nothing_is_asked_once_a_theme_was_chosen(home: Path) -> None:
    home.mkdir()
    (home / "wizard.toml").write_text('theme = "aurora"\n', "utf-8")
    with Terminal(kara_tui("--demo"), home) as terminal:
        terminal.until(READ)
        assert QUESTION not in terminal.sent
