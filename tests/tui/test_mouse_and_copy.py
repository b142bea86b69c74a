"""Everything by mouse, and text that is selected and copied."""

from __future__ import annotations

from pathlib import Path

from textual import events

from kara_tui.model import Decision
from kara_tui.month_end import portal
from kara_tui.month_end.portal import StepId
from kara_tui.month_end.request import Request
from kara_tui.tui.widgets.bars import KeyBar, Steps
from kara_tui.tui.widgets.session_table import SessionTable
from tests.end_to_end.payments import Payment
from tests.tui.piloting import own_month, pilot_of

TWO = (Payment(), Payment(date="2026-10-15 11:00", sponsor="Acme ehf."))
FORGOTTEN = (Payment(date="2026-10-28 16:00", price="35.00", sponsor="Acme ehf."),)
MANY = tuple(Payment(date=f"2026-10-{day:02} 10:00") for day in range(1, 31))


async def test_a_month_is_issued_by_mouse_alone(tmp_path: Path) -> None:
    async with pilot_of(own_month(tmp_path, TWO, FORGOTTEN)) as stage:
        await stage.click("[ Paid › ]")
        await stage.click("[ Credit › ]")
        await stage.click("✓  Thu 15 Oct", first=True)
        assert "Why?" in stage.words
        await stage.click("It was invoiced before")
        assert "1 billed, 1 left out" in stage.text
        await stage.click("u Undo")
        assert "2 billed" in stage.text
        await stage.click("! Unpaid")
        await stage.click("2  Not now")
        assert list(stage.app.flow.request.decisions.values()) == [Decision.LATER]
        await stage.click("[ Invoice › ]")
        await stage.click("[ Send › ]")
        await stage.click("Sessions  2 sessions")
        assert stage.is_at(StepId.CREDIT)
        await stage.click("[ Send › ]")
        await stage.click("[ Issue … › ]")
        await stage.click("[ Issue KC-0011 ]")
        assert stage.is_at(StepId.DONE)
        await stage.click("5  I have sent it")
        assert "KC-0011 sent" in stage.text


async def test_a_click_on_a_head_sorts_and_on_it_again_turns_round() -> None:
    async with pilot_of() as stage:
        await stage.go(StepId.CREDIT)
        assert "EUR ▴" in await stage.click(" EUR")
        assert "EUR ▾" in await stage.click("EUR ▴")
        # What is under the mouse says what it does.
        for bar, words, tip in ((KeyBar, "Sponsor", "Say who is invoiced"), (Steps, "Send", "")):
            x, y = stage.place_of(words) if bar is Steps else stage.place_of(f"w {words}")
            await stage.pilot.hover(offset=(x + 1, y))
            said = str(stage.app.screen.query_one(bar).tooltip)
            assert said.startswith(tip or portal.step(StepId.SEND).purpose)


async def test_a_step_that_cannot_be_shown_yet_says_what_it_needs(tmp_path: Path) -> None:
    own_month(tmp_path, TWO)
    from tests.tui.piloting import TODAY

    async with pilot_of(Request("default", TODAY)) as stage:
        await stage.click("Invoice")
        assert stage.is_at(StepId.PAYMENTS)
        assert "come first" in " ".join(stage.app.heard)


async def test_the_wheel_scrolls_the_sessions_and_leaves_the_cursor(tmp_path: Path) -> None:
    async with pilot_of(own_month(tmp_path, MANY)) as stage:
        await stage.go(StepId.CREDIT)
        table = stage.app.screen.query_one(SessionTable)
        before = stage.text
        table.post_message(events.MouseScrollDown(table, 5, 5, 0, 1, 0, False, False, False))
        await stage.settle()
        assert stage.text != before
        assert table.cursor == 0


async def test_the_thing_under_the_cursor_is_copied(tmp_path: Path) -> None:
    month = own_month(tmp_path, TWO, FORGOTTEN)
    async with pilot_of(month) as stage:
        await stage.press("y")
        assert stage.app.clipboard == str(month.paid[0])
        await stage.go(StepId.CREDIT)
        await stage.press("down", "y")
        assert stage.app.clipboard == "Thu 15 Oct 2026 11:00"
        await stage.go(StepId.INVOICE)
        await stage.press("y")
        assert "Norðurljós Software ehf." in stage.app.clipboard


async def test_text_is_selected_with_the_mouse_and_copied_with_ctrl_c(tmp_path: Path) -> None:
    async with pilot_of(own_month(tmp_path, TWO)) as stage:
        x, y = stage.place_of("2 Credit sessions")
        await stage.pilot.mouse_down(offset=(x, y))
        await stage.pilot.hover(offset=(x + len("2 Credit sessions"), y))
        await stage.pilot.mouse_up(offset=(x + len("2 Credit sessions"), y))
        await stage.press("ctrl+c")
        assert stage.app.clipboard.startswith("2 Credit session")


async def test_ctrl_c_with_nothing_selected_says_how_to_leave(tmp_path: Path) -> None:
    async with pilot_of(own_month(tmp_path, TWO)) as stage:
        assert "Ctrl+Q leaves" in await stage.heard("ctrl+c")
