"""The Textual side, driven by its pilot: keys in, lines out, nothing repainted without need."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kara_tui.tui.acts import Acts
from kara_tui.tui.app import Whole, Wizard
from kara_tui.tui.drawing import plain
from kara_tui.tui.preflight import Terminal
from tests.tui.stage import demo

if TYPE_CHECKING:
    from textual.pilot import Pilot

HERE = Terminal("wizard")


def wizard(**changed: object) -> Wizard:
    acts = replace(Acts(downloads=lambda: Path("/nowhere")), **changed)  # type: ignore[arg-type]  # the fields of Acts by name
    return Wizard(demo(), HERE, "fjord", acts)


def play(app: Wizard, story: Callable[[Pilot[int]], Awaitable[None]]) -> None:
    async def run() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await story(pilot)

    asyncio.run(run())


async def read(pilot: Pilot[int]) -> Wizard:
    """Wait until nothing is being read."""
    app = pilot.app
    assert isinstance(app, Wizard)
    await pilot.pause()
    while app.desk.month_end is None or app.desk.busy:
        await pilot.pause()
    return app


def screen(app: Wizard) -> str:
    return "\n".join(plain(line) for line in app.surface.lines)


def test_the_sample_month_is_walked_with_the_pilot() -> None:
    async def story(pilot: Pilot[int]) -> None:
        app = await read(pilot)
        await pilot.press(*["enter"] * 6, *"issue", "enter")
        while not app.desk.standing.is_issued:
            await pilot.pause()
        assert "KC-0011 is issued" in screen(app)

    play(wizard(), story)


def test_a_click_moves_the_cursor_and_a_click_on_the_bar_is_its_key() -> None:
    async def story(pilot: Pilot[int]) -> None:
        app = await read(pilot)
        await pilot.press("enter", "enter")
        line = next(y for y, words in enumerate(screen(app).splitlines()) if "2026-10-27" in words)
        await pilot.click(offset=(30, line))
        assert app.desk.page.list.cursor == 5
        await pilot.click(offset=(2, 23))
        assert app.desk.page.id == "unpaid"

    play(wizard(), story)


def test_only_the_lines_that_changed_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    async def story(pilot: Pilot[int]) -> None:
        app = await read(pilot)
        await pilot.press("enter", "enter")
        asked: list[int] = []
        refresh = app.surface.refresh

        def counted(*regions: object, **how: object) -> object:
            asked.append(len(regions) or 24)
            return refresh(*regions, **how)  # type: ignore[arg-type]  # passed on as they came

        monkeypatch.setattr(app.surface, "refresh", counted)
        await pilot.press("down")
        assert asked == [3]  # the line left, the line reached, and what it says in full

    play(wizard(), story)


def test_a_change_of_focus_repaints_nothing() -> None:
    assert Whole.focused is not None
    assert Whole.__dict__["focused"]._repaint is False


def test_a_defect_ends_the_wizard_and_names_no_value() -> None:
    def fails(_: object) -> object:
        client = "Jón Sentinel"
        raise ZeroDivisionError(client)

    app = wizard(prepare=fails)

    async def story(pilot: Pilot[int]) -> None:
        for _ in range(200):
            await pilot.pause()
            if app.crashed:
                return

    with pytest.raises(ZeroDivisionError):
        play(app, story)
    assert app.crashed[-1] == "ZeroDivisionError"
    assert any("kara_tui/tui/app.py" in line for line in app.crashed)
    assert "Sentinel" not in "".join(app.crashed)


def test_a_theme_is_changed_while_it_runs() -> None:
    async def story(pilot: Pilot[int]) -> None:
        app = await read(pilot)
        before = app.surface.render_line(2)
        assert app.recolour("paper") == ""
        await pilot.pause()
        assert app.surface.render_line(2) != before
        assert "no terminal theme" in app.recolour("nowhere")

    play(wizard(), story)
