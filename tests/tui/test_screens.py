"""Every step's page of the sample month, letter by letter, as text beside this file in screens/.

``KARA_TUI_RENEW=1 python -m pytest tests/tui/test_screens.py`` writes the texts anew; look at the
difference before you keep it. Colours change no letter: so the sixteen colours and no colours at
all are held to the same texts, and ASCII has its own.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from kara_tui.month_end.portal import StepId
from kara_tui.tui.preflight import Terminal
from tests.tui.piloting import Stage, pilot_of

SCREENS = Path(__file__).with_name("screens")
SIZES = [(80, 24), (120, 40)]
FACES = {
    "truecolor": (Terminal("wizard"), ""),
    "sixteen": (Terminal("wizard", theme="terminal"), "terminal"),
    "none": (Terminal("wizard", theme="terminal", colourless=True), "terminal"),
    "ascii": (Terminal("wizard", ascii=True), ""),
}
COLOUR = re.compile(r"#[0-9a-f]{6}")


@pytest.fixture(autouse=True)
def far_away(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer that is reached over SSH, so that no program of this one changes a word."""
    monkeypatch.setenv("HOME", str(home.parent))
    monkeypatch.setenv("SSH_CONNECTION", "192.0.2.1 50000 192.0.2.2 22")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "XDG_DOWNLOAD_DIR", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)


def hold(name: str, text: str) -> None:
    """Compare a screen with its text, or write it."""
    file = SCREENS / f"{name}.txt"
    if os.environ.get("KARA_TUI_RENEW"):
        SCREENS.mkdir(exist_ok=True)
        file.write_text(f"{text}\n", "utf-8")
    assert text == file.read_text("utf-8").rstrip("\n"), name


async def pages(stage: Stage) -> list[tuple[str, str]]:
    """Each page's name and text, then the question before issuing, and Done."""
    seen = [(step.value, await stage.go(step)) for step in list(StepId)[:-1]]
    seen.append(("question", await stage.press("enter")))
    seen.append(("done", await stage.press("tab", "enter")))
    return seen


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
async def test_every_page_is_drawn_as_it_was(size: tuple[int, int], face: str) -> None:
    terminal, theme = FACES[face]
    columns, rows = size
    async with pilot_of(size=size, terminal=terminal, theme=theme) as stage:
        for name, text in await pages(stage):
            suffix = "-ascii" if face == "ascii" else ""
            hold(f"{name}-{columns}x{rows}{suffix}", text)
            assert text.isascii() == (face == "ascii")
            assert all(len(line) <= columns for line in text.split("\n"))
