"""The same month in other windows: what is said stays whole, what there is room for comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kara_tui.month_end.portal import StepId, step
from kara_tui.tui.actions import BY_ID
from kara_tui.tui.acts import Acts
from kara_tui.tui.columns import layout
from kara_tui.tui.preflight import Terminal
from kara_tui.tui.screens.wizard import WizardScreen
from kara_tui.tui.widgets.choices import Choices
from tests.end_to_end.payments import Payment
from tests.month_end.a_month import session
from tests.tui.piloting import own_month, pilot_of

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


async def test_a_window_that_grows_or_shrinks_shows_at_once_what_it_has_room_for() -> None:
    async with pilot_of() as stage:
        top = stage.text.split("\n")
        assert top[0].endswith("send by Tue 3 Nov · 2 working days left")

        for step, beside in ((StepId.CREDIT, "By sponsor"), (StepId.PAID, "Mo Tu We Th Fr Sa Su")):
            await stage.go(step)
            assert beside not in stage.text
            await stage.pilot.resize_terminal(120, 40)
            await stage.settle()
            assert beside in stage.text
            if step is StepId.CREDIT:
                assert "2,730.00" in stage.text[stage.text.index(beside) :]
            await stage.pilot.resize_terminal(80, 24)
            await stage.settle()

        await stage.pilot.resize_terminal(60, 20)
        await stage.settle()
        steps = stage.text.split("\n")[1]
        assert "✓ Payments ● Paid" in steps
        assert steps.endswith("Done")

        await stage.pilot.resize_terminal(40, 12)
        await stage.settle()
        top = stage.text.split("\n")
        assert top[0].endswith("send by Tue 3 Nov")
        assert " ✓1 ● Paid" in top[1]
        assert top[1].endswith("7")
        assert "2,730.00 EUR · the last full" in stage.text
        for step, whole in ((StepId.UNPAID, "you collect it"), (StepId.INVOICE, "Amount due")):
            assert whole in await stage.go(step)
        assert "Change" not in await stage.go(StepId.SEND), "its room is the names'"
        asked = await stage.press("enter")
        assert "[ Not yet ]" in asked
        assert "[ Issue KC-0011 ]" in asked


async def test_many_files_never_push_what_is_said_of_them_out_of_a_small_window(
    tmp_path: Path,
) -> None:
    request = own_month(tmp_path, [Payment()])
    for at in range(8):
        (tmp_path / f"notes-{at}.csv").write_text("a,b\n1,2\n", "utf-8")
    acts = Acts(downloads=lambda: tmp_path)
    async with pilot_of(request, size=(60, 20), acts=acts) as stage:
        assert "notes-" in stage.text
        assert "✓ 1 Credit session of October 2026" in stage.text
        assert stage.text.count("╰") == 2, "both boxes are whole"


async def test_without_colours_the_line_under_the_cursor_is_turned_round(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    terminal = Terminal("wizard", theme="terminal", colourless=True)
    async with pilot_of(terminal=terminal) as stage:
        await stage.go(StepId.PAID)
        screen = stage.app.screen
        assert isinstance(screen, WizardScreen)
        months = screen.page.query_one("#months", Choices)
        turned = [
            any(segment.style and segment.style.reverse for segment in months.render_line(line))
            for line in range(3)
        ]
        assert turned == [at == months.highlighted for at in range(3)]


async def test_at_60_by_20_nothing_is_hidden_without_a_sign_and_the_portals_clicks_are_whole(
    tmp_path: Path,
) -> None:
    forgotten = (
        Payment(date="2026-10-28 16:00", price="35.00", sponsor="Acme ehf."),
        Payment(date="2026-10-07 09:30", price="65.00", sponsor=""),
    )
    month = own_month(tmp_path, (Payment(),), forgotten)
    async with pilot_of(month, size=(60, 20)) as stage:
        shown = await stage.press("h")
        for click in step(StepId.PAYMENTS).portal:
            assert all(word in shown for word in click.split())
        await stage.press("escape", "down", "space", "space")
        assert "is not used yet: Space on it uses it as Unpaid. [ Paid" in stage.words
        await stage.press("space")

        text = await stage.go(StepId.UNPAID)
        for whole in ("Acme ehf.   to decide", "no sponsor  you collect it"):
            assert whole in text
        for answer in range(1, 6):
            assert f"{BY_ID[f'answer-{answer}'].help.rstrip('.').lower()} " in text.lower()
        assert "…" not in text
        assert "Confirm" in await stage.press("h")
        await stage.press("escape", "2")
        text = await stage.go(StepId.SEND)
        assert "Mail to" in text or "▅" in text, "a scrollbar says that there is more"
        assert "Mail to" in await stage.press("end")


def test_in_a_wide_window_columns_are_as_wide_as_what_they_hold() -> None:
    sessions = [session(row, service="Individual session 50 min") for row in range(2, 6)]
    fits = layout(100, sessions)
    assert layout(200, sessions) == fits
    assert {one.title: one.cells for one in fits.columns}["Service"] == 25
    # Where there is less room the longest name gives way, and the price stays whole.
    narrow = {one.title: one.cells for one in layout(58, sessions).columns}
    assert narrow["EUR"] == len("60.00")
    assert narrow["Service"] < 25
