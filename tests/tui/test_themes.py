"""Every shipped theme can be read, and by law of contrast."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path

import pytest
from textual.worker import WorkerCancelled

from kara_tui import month_end, settings
from kara_tui.month_end import Request
from kara_tui.tui.app import KaraApp
from kara_tui.tui.colours import own_file
from kara_tui.tui.kept import kept
from kara_tui.tui.preflight import Terminal
from kara_tui.tui.themes import (
    BORDER_PAIRS,
    CLEAR,
    COLOURS,
    SIXTEEN,
    TEXT_PAIRS,
    BadTheme,
    contrast,
    palette,
    read_palette,
    textual_theme,
)

SHIPPED = sorted(file.stem for file in (settings.shipped_themes() / "terminal").glob("*.toml"))
COLOURED = [name for name in SHIPPED if not palette(name).ansi]


def test_there_are_dark_light_high_contrast_and_the_terminals_own() -> None:
    dark = [palette(name).dark for name in COLOURED]
    assert dark.count(True) >= 3
    assert dark.count(False) >= 3
    assert {"contrast-dark", "contrast-light", "terminal"} <= set(SHIPPED)


@pytest.mark.parametrize("name", COLOURED)
def test_what_is_read_has_the_contrast_of_wcag_aa(name: str) -> None:
    colours = palette(name).colours
    found = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in TEXT_PAIRS}
    assert {pair: ratio for pair, ratio in found.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("name", COLOURED)
def test_borders_and_the_cursor_stand_out_from_the_background(name: str) -> None:
    colours = palette(name).colours
    found = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in BORDER_PAIRS}
    assert {pair: ratio for pair, ratio in found.items() if ratio < 3} == {}


@pytest.mark.parametrize("name", SHIPPED)
def test_all_that_a_line_shows_is_read_under_the_cursor_too(name: str) -> None:
    chosen = palette(name)
    variables = textual_theme(chosen).variables
    if variables["row-style"] == "reverse":
        # Turned round it has the contrast that it has on the background.
        assert variables["row-background"] == chosen.colours["background"]
        return
    shown = [text for text, ground in TEXT_PAIRS if ground == "background"]
    found = {text: contrast(chosen.colours[text], variables["row-background"]) for text in shown}
    assert {text: ratio for text, ratio in found.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("name", ["contrast-dark", "contrast-light"])
def test_high_contrast_reaches_aaa(name: str) -> None:
    colours = palette(name).colours
    assert all(contrast(colours[one], colours[other]) >= 7 for one, other in TEXT_PAIRS)


def test_every_colour_of_a_theme_is_drawn_in_a_pair_that_is_checked() -> None:
    assert {name for pair in (*TEXT_PAIRS, *BORDER_PAIRS) for name in pair} == set(COLOURS)


@pytest.mark.parametrize("name", COLOURED)
def test_each_theme_has_a_variant_on_the_terminals_own_ground(name: str) -> None:
    clear = palette(f"{name}{CLEAR}")
    assert clear.clear
    assert clear.title.startswith(palette(name).title)
    made = textual_theme(clear)
    assert made.background == "ansi_default"
    assert made.name != textual_theme(palette(name)).name


def test_the_terminals_own_colours_are_the_sixteen() -> None:
    own = palette("terminal")
    assert set(own.colours.values()) <= SIXTEEN
    assert own.colours["text"] == own.colours["background"] == "ansi_default"


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48)]
)
def test_contrast_is_that_of_the_published_formula(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert contrast(other, one) == contrast(one, other)


def test_a_users_own_theme_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KARA_TUI_HOME", str(tmp_path))
    own = tmp_path / "themes" / "terminal" / "fjord.toml"
    own.parent.mkdir(parents=True)
    shipped = (settings.shipped_themes() / "terminal" / "fjord.toml").read_text("utf-8")
    own.write_text(shipped.replace("Fjord, dark", "My own"), "utf-8")

    assert palette("fjord").title == "My own"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title = 'x'", "no [colours]"),
        ("[colours]\nbackground = '#000000'", "no colour for text"),
        ("[colours", "cannot be read"),
        ("[colours]\n" + "".join(f"{name} = 'red'\n" for name in COLOURS), "#rrggbb"),
    ],
)
def test_a_theme_that_cannot_be_used_says_why(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(BadTheme, match=r"mine\.toml") as raised:
        read_palette(file)
    assert said in str(raised.value)


def sample_app() -> KaraApp:
    request = month_end.demo_request(Request("default", month_end.DEMO_TODAY))
    return KaraApp(request, Terminal("wizard", theme="fjord"))


async def at_rest(app: KaraApp) -> None:
    """Wait for what is read and made, though one that reads may be stopped for a newer one."""
    with suppress(WorkerCancelled):
        await app.workers.wait_for_complete()


async def becomes(app: KaraApp, theme: str) -> None:
    for _ in range(200):
        if app.theme == theme:
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"it stayed {app.theme}")


def test_a_theme_shows_while_the_cursor_is_on_it_and_is_taken_back_on_escape() -> None:
    app = sample_app()

    async def run() -> None:
        async with app.run_test() as pilot:
            await pilot.press("ctrl+p", *"paper")
            await becomes(app, "kara-paper")
            await pilot.pause()
            paper = palette("paper").colours["background"]
            assert app.screen.styles.background.hex6.lower() == paper, "the list shows it, too"
            await pilot.press("escape")
            await becomes(app, "kara-fjord")

    asyncio.run(run())


def test_a_theme_that_is_taken_stays_and_is_kept() -> None:
    app = sample_app()

    async def run() -> None:
        async with app.run_test() as pilot:
            await pilot.press("ctrl+p", *"paper")
            await becomes(app, "kara-paper")
            await pilot.press("enter")
            while not kept("theme"):
                await asyncio.sleep(0.02)
            assert app.theme == "kara-paper"

    asyncio.run(run())
    assert kept("theme") == "paper"


def test_a_theme_file_that_changes_is_shown_at_once(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kara_tui.tui.colours.LOOK_SECONDS", 0.02)
    file = home / "themes" / "terminal" / "mine.toml"
    file.parent.mkdir(parents=True)
    text = (settings.shipped_themes() / "terminal" / "fjord.toml").read_text("utf-8")
    file.write_text(text, "utf-8")
    app = sample_app()
    accent = palette("fjord").colours["accent"]

    async def run() -> None:
        async with app.run_test():
            await at_rest(app)
            assert app.colours.use("mine") == ""
            assert app.get_css_variables()["accent"].lower() == accent.lower()
            file.write_text(text.replace(accent, "#123456"), "utf-8")
            for _ in range(200):
                if app.get_css_variables()["accent"].lower() == "#123456":
                    break
                await asyncio.sleep(0.02)
            assert app.get_css_variables()["accent"].lower() == "#123456"
            file.write_text("broken", "utf-8")
            await asyncio.sleep(0.1)
            assert app.colours.now.colours["accent"] == "#123456"
            await at_rest(app)

    asyncio.run(run())


def test_the_shipped_themes_are_not_watched() -> None:
    assert own_file(palette("fjord")) is None
    assert own_file(palette(f"fjord{CLEAR}")) is None
