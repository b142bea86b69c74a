"""Every step's page of the sample month, letter by letter, as text beside this file in screens/.

``KARA_TUI_RENEW=1 python -m pytest tests/tui/test_screens.py`` writes the texts anew; look at the
difference before you keep it. Colours change no letter: so the sixteen colours and no colours at
all are held to the same texts, and ASCII has its own. How the pages are painted at 80 by 24 stands
in styles-*.txt, a line for each run of cells: page, line, columns, style. ASCII has the styles of
truecolor.
"""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from kara_tui.month_end.portal import StepId
from kara_tui.tui.colours import palette_or_default
from kara_tui.tui.preflight import Terminal
from kara_tui.tui.themes import BORDER_PAIRS, TEXT_PAIRS
from tests.tui.painted import GROUND, painted
from tests.tui.piloting import Stage, pilot_of

SCREENS = Path(__file__).with_name("screens")
SIZES = [(80, 24), (120, 40)]
FACES = {
    "truecolor": (Terminal("wizard"), ""),
    "sixteen": (Terminal("wizard", theme="terminal"), "terminal"),
    "none": (Terminal("wizard", theme="terminal", colourless=True), "terminal"),
    "ascii": (Terminal("wizard", ascii=True), ""),
}


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


async def pages(stage: Stage) -> AsyncIterator[str]:
    """Show each step's page, the question before issuing, Done and the palette; gives names."""
    for step in list(StepId)[:-1]:
        await stage.go(step)
        yield step.value
    await stage.press("enter")
    yield "question"
    await stage.press("tab", "enter")
    yield "done"
    await stage.press("ctrl+p", "s", "t", "e", "p")
    yield "palette"


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
async def test_every_page_is_drawn_as_it_was(size: tuple[int, int], face: str) -> None:
    terminal, theme = FACES[face]
    columns, rows = size
    styles: list[str] = []
    async with pilot_of(size=size, terminal=terminal, theme=theme) as stage:
        async for name in pages(stage):
            text = stage.text
            hold(f"{name}-{columns}x{rows}{'-ascii' if face == 'ascii' else ''}", text)
            assert text.isascii() == (face == "ascii")
            assert all(len(line) <= columns for line in text.split("\n"))
            palette = palette_or_default(theme, terminal)
            styles += [f"{name} {run}" for run in painted(stage.app, palette)]
    if size == (80, 24):
        hold(f"styles-{'truecolor' if face == 'ascii' else face}", "\n".join(styles))


def test_every_pair_of_colours_that_is_painted_is_one_whose_contrast_is_checked() -> None:
    # The line under the cursor has the bar's ground where all is read on that; the end of a
    # scrollbar's thumb is the other way round.
    checked = {*TEXT_PAIRS, *BORDER_PAIRS, ("background", "line")}
    checked |= {(ink, "bar_background") for ink, ground in TEXT_PAIRS if ground == "background"}
    runs = re.findall(
        r"[:,] [\d-]+ ([a-z]\w+)(?: bold)?(?: underline)?(?: on ([a-z]\w+))?(?=,|$)",
        (SCREENS / "styles-truecolor.txt").read_text("utf-8"), re.MULTILINE,
    )  # fmt: skip
    assert len(runs) > 300
    assert {(ink, ground or GROUND) for ink, ground in runs} - checked == set()
