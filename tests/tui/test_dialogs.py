"""Questions over a page: each says all of what it asks, Esc gives no answer, and none is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kara_tui import month_end
from kara_tui.model.routing import Routing
from kara_tui.month_end.portal import StepId
from kara_tui.month_end.request import Late
from tests.end_to_end.payments import Payment
from tests.tui.piloting import own_month, pilot_of

LONG = "Samband íslenskra sveitarfélaga og stofnana þeirra, starfsmannasvið og fræðsla"
ONE = Payment(sponsor=LONG)
TWICE = (ONE, ONE, Payment(date="2026-10-15 11:00"))
FORGOTTEN = (Payment(date="2026-10-28 16:00", price="35.00", sponsor="Acme ehf."),)
SIZES = [(60, 20), (80, 24), (120, 40)]


@pytest.mark.parametrize("size", SIZES, ids=["60x20", "80x24", "120x40"])
async def test_no_dialog_cuts_what_it_says(tmp_path: Path, size: tuple[int, int]) -> None:
    async with pilot_of(own_month(tmp_path, TWICE, FORGOTTEN), size=size) as stage:
        await stage.go(StepId.CREDIT)
        await stage.press("w")
        assert "The company is invoiced directly; its" in stage.words
        assert "left out here." in stage.words
        assert all(word in stage.words for word in LONG.split())
        await stage.press("escape", "d")
        assert all(word in stage.words for word in LONG.split())
        await stage.press("escape", "i")
        assert "Leave out what is there twice" in stage.words
        await stage.press("escape", "space")
        assert "To be cleared up with Kara Connect first." in stage.words


async def test_escape_closes_each_without_an_answer(tmp_path: Path) -> None:
    async with pilot_of(own_month(tmp_path, TWICE, FORGOTTEN)) as stage:
        await stage.go(StepId.CREDIT)
        before = stage.app.flow.request
        for key in ("e", "w", "space", "i", "d", "h", "exclamation_mark", "question_mark"):
            await stage.press(key)
            assert len(stage.app.screen_stack) == 3, key
            await stage.press("escape")
            assert len(stage.app.screen_stack) == 2, key
        assert stage.app.flow.request == before
        assert stage.is_at(StepId.CREDIT)


async def test_a_session_is_left_out_only_with_a_reason(tmp_path: Path) -> None:
    async with pilot_of(own_month(tmp_path, TWICE)) as stage:
        await stage.go(StepId.CREDIT)
        assert "A few words are needed." in await stage.press("space", "enter")
        await stage.type("Cleared up later")
        await stage.press("enter")
        assert list(stage.app.flow.request.left_out.values()) == ["Cleared up later"]


async def test_a_wrong_time_is_refused_below_its_field_with_how_to_write_it(tmp_path: Path) -> None:
    async with pilot_of(own_month(tmp_path, TWICE)) as stage:
        await stage.go(StepId.CREDIT)
        await stage.press("e", "end", *["backspace"] * 5)
        await stage.type("25:99")
        await stage.press("enter")
        assert "9:00 or 14:30" in stage.words
        assert len(stage.app.screen_stack) == 3
        await stage.press("escape")
        assert stage.app.flow.request.corrections == {}


async def test_what_is_there_twice_is_settled_by_one_answer_and_taken_back(tmp_path: Path) -> None:
    async with pilot_of(own_month(tmp_path, TWICE)) as stage:
        await stage.go(StepId.CREDIT)
        assert "i answers it" in stage.text
        assert "Nothing is chosen yet" in await stage.heard("i", "enter")
        assert len(stage.app.screen_stack) == 3, "Enter alone answers nothing"
        await stage.press("down", "enter")
        assert "2 billed, 1 left out" in stage.text
        assert "i Answer" not in stage.text
        await stage.press("u")
        assert "3 billed" in stage.text
        assert "i answers it" in stage.text


async def test_a_sponsor_that_is_nearly_another_is_asked_about_beside_its_session(
    tmp_path: Path,
) -> None:
    paid = (Payment(), Payment(sponsor="Nordurljos Software ehf", date="2026-10-16 10:00"))
    month = own_month(tmp_path, paid, sponsors={"names": {"Norðurljós Software ehf.": "elsewhere"}})
    async with pilot_of(month) as stage:
        await stage.go(StepId.CREDIT)
        assert "i answers it" in stage.text
        await stage.press("i", "enter")
        assert "Who is invoiced?" in stage.text
        assert "Nordurljos Software ehf" in stage.words
        assert stage.app.flow.request.routes == {}, "Enter alone answers nothing"
        await stage.press("down", "enter")
        assert stage.app.flow.request.routes == {"Nordurljos Software ehf": Routing.KARA}


async def test_sessions_that_came_late_are_named_and_asked_about_as_they_are(
    tmp_path: Path,
) -> None:
    month = own_month(tmp_path, (Payment(),))
    month_end.issue(month_end.prepare(month))
    late = Payment(date="2026-10-21 09:30", sponsor="Acme ehf.")
    own_month(tmp_path, (Payment(), late, Payment(date="2026-11-05 10:00")))
    async with pilot_of(replace(month, today=date(2026, 12, 1))) as stage:
        assert "! Credit" in stage.text
        await stage.go(StepId.CREDIT)
        said = "1 Credit session of October 2026 came after that month was invoiced"
        assert f"{said} (Wed 21 Oct 09:30). i answers it." in stage.words
        assert "1 billed · 60.00 EUR" in stage.text
        await stage.press("i")
        assert "On this invoice, each with its own date" in stage.text
        assert "them" not in stage.words
        assert stage.app.flow.request.late is Late.ASK
        await stage.press("enter")
        assert stage.app.flow.request.late is Late.ASK, "Enter alone answers nothing"
        await stage.press("down", "enter")
        assert "✓  Wed 21 Oct  09:30" in stage.text
        assert "2 billed · 120.00 EUR" in stage.text
        assert "It stands on this invoice with its own date." in stage.words
        assert "Taken back: late sessions are included" in await stage.heard("u")
        assert "1 billed · 60.00 EUR" in stage.text


async def test_problems_leads_to_the_session_and_back(tmp_path: Path) -> None:
    async with pilot_of(own_month(tmp_path, TWICE, FORGOTTEN)) as stage:
        text = await stage.press("exclamation_mark")
        assert "All that was found" in text
        assert "→ Credit" in text
        await stage.press("enter")
        assert stage.app.flow.step in (StepId.CREDIT, StepId.UNPAID)
        assert len(stage.app.screen_stack) == 2


@pytest.mark.parametrize("step", list(StepId)[:6])
async def test_help_says_the_portals_clicks_and_every_key_of_the_step(step: StepId) -> None:
    async with pilot_of(size=(120, 60)) as stage:
        await stage.go(step)
        text = await stage.press("question_mark")
        assert "Keys" in text
        assert ("In the portal" in text) == (step not in (StepId.INVOICE, StepId.SEND))
        assert "Take the last answer back." in text
