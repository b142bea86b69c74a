"""Home: what is to be done first, each line whole, and nothing given away by a key."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from kara_tui import issued, month_end
from kara_tui.issued.overview import DocumentState, overview_of
from kara_tui.model import Month
from kara_tui.month_end.place import found_place, save_place
from kara_tui.month_end.portal import StepId
from kara_tui.month_end.request import Request
from kara_tui.settings import demo_folder, load
from kara_tui.tui.days import day_meant
from kara_tui.tui.screens.home import HomeScreen
from kara_tui.tui.screens.wizard import WizardScreen
from tests.tui.piloting import Stage, pilot_of

OCTOBER = Month(2026, 10)
LATER = Request("default", date(2026, 12, 1))
PAID = demo_folder() / "payments-paid.csv"


@pytest.fixture(autouse=True)
def profile(home: Path) -> None:
    path = home / "profiles" / "default.toml"
    path.parent.mkdir(parents=True)
    shutil.copy(demo_folder() / "profile.toml", path)


def issue_october(on: date = date(2026, 11, 2)) -> str:
    """October, issued and sent on a day."""
    request = Request("default", on, paid=(PAID,), month=OCTOBER)
    (one,) = month_end.issue(month_end.prepare(request)).invoices
    number = one.invoice.number or ""
    issued.mark_sent(number, "default", on)
    return number


def state_of(number: str) -> DocumentState:
    (found,) = [one for one in overview_of(load("default"), LATER.today).standings
                if one.document.number == number]  # fmt: skip
    return found.state


def shows(stage: Stage) -> type:
    return type(stage.app.screen)


def kept_place() -> None:
    request = Request("default", LATER.today, paid=(PAID,), month=OCTOBER)
    save_place("credit", request, month_end.prepare(request))


async def test_what_is_to_be_done_stands_first_and_no_line_loses_its_end() -> None:
    first = issue_october()
    issued.cancel(Request("default", date(2026, 11, 3)), first, "A wrong date")
    issue_october(date(2026, 11, 3))
    for size in ((80, 24), (60, 20), (120, 40)):
        async with pilot_of(LATER, first="home", size=size) as stage:
            text = stage.text
            assert text.index("Invoice November 2026") < text.index("Ask about KC-0013")
            assert "2,730.00 EUR, due Tue 10 Nov, 21 days late" in text
            assert "! late, due Tue 10 Nov" in text
            assert "−2,730.00 EUR" in text
            assert "Send KC-0012" in text, "the credit note of an invoice that went out"
            assert "credits KC-0011, not marked as sent" in text
            text = await stage.press("tab", "end")
            assert "cancelled by KC-0012" in text
            assert "…" not in text.replace("Paid …", "").replace("Cancel …", "")


async def test_the_document_under_the_cursor_stands_at_the_side() -> None:
    number = issue_october()
    async with pilot_of(LATER, first="home", size=(120, 30)) as stage:
        assert f"╭─ {number} ─" in await stage.press("tab")
        assert "issued Mon 2 Nov" in stage.text


async def test_paid_asks_for_the_day_and_is_taken_back() -> None:
    number = issue_october()
    async with pilot_of(LATER, first="home", toasts=True) as stage:
        await stage.press("tab", "p", *["backspace"] * 5)
        await stage.type("3 dec")
        assert "still to come" in await stage.press("enter") or "issued" in stage.text
        await stage.press(*["backspace"] * 5)
        await stage.type("10 nov")
        assert "paid Tue 10 Nov" in await stage.press("enter")
        assert state_of(number) is DocumentState.PAID
        await stage.press("p", "enter")
        assert state_of(number) is DocumentState.PAID, "the safe button has the focus"
        await stage.press("p", "tab", "enter")
    assert state_of(number) is DocumentState.OVERDUE
    verdict, _ = issued.verify("")
    assert verdict.problems == ()


async def test_sent_is_taken_back_and_noted_again() -> None:
    number = issue_october()
    async with pilot_of(LATER, first="home") as stage:
        await stage.press("tab", "m", "tab", "enter")
        assert state_of(number) is DocumentState.DRAFTED
        assert "not marked as sent" in stage.text
        await stage.press("m", "enter")
    assert state_of(number) is DocumentState.SENT


async def test_cancelling_asks_for_a_reason_and_then_whether_it_is_meant() -> None:
    number = issue_october()
    async with pilot_of(LATER, first="home") as stage:
        await stage.press("tab", "delete")
        await stage.type("A wrong date")
        assert "for good" in await stage.press("enter")
        await stage.press("enter")
        assert state_of(number) is DocumentState.OVERDUE, "the safe button has the focus"
        await stage.press("delete")
        await stage.type("A wrong date")
        await stage.press("enter", "tab", "enter")
    assert state_of(number) is DocumentState.CANCELLED


async def test_invoices_are_found_by_words() -> None:
    first = issue_october()
    issued.cancel(Request("default", date(2026, 11, 3)), first, "A wrong date")
    async with pilot_of(LATER, first="home") as stage:
        await stage.press("slash")
        await stage.type("credits")
        assert "1 of 2" in stage.text
        assert "KC-0012" in stage.text
        assert "1 of 2" not in await stage.press("escape")

        def order() -> list[str]:
            return re.findall(r"│ (KC-00\d\d) ", stage.text.partition("Invoices")[2])

        assert order() == ["KC-0012", "KC-0011"], "the newest first"
        assert "Number ▾" in stage.text
        await stage.click("Number ▾")
        assert order() == ["KC-0011", "KC-0012"]
        await stage.click("Total")
        assert "Total ▾" in stage.text
        assert order() == ["KC-0011", "KC-0012"], "a credit note is less than nothing"
        assert "State ▴" in await stage.press("s")


async def test_beginning_anew_over_a_kept_place_asks_first() -> None:
    kept_place()
    async with pilot_of(LATER, first="home") as stage:
        assert "you were at Credit, with payments-paid.csv" in stage.text
        home_screen = stage.app.screen
        while "[ Begin a month anew" not in stage.text:
            await stage.press("down")
        assert "Begin anew?" in await stage.press("enter")
        await stage.press("enter")
        assert stage.app.screen is home_screen
        assert stage.app.wizard is None
    place, _ = found_place(LATER)
    assert place is not None
    assert place.request.paid == (PAID,)


async def test_home_leaves_the_month_as_it_is_and_leads_back_to_it() -> None:
    request = Request("default", date(2026, 11, 2), paid=(PAID,), month=OCTOBER)
    async with pilot_of(request) as stage:
        await stage.press("enter")
        step = stage.app.flow.step
        assert "Go on with October 2026" in await stage.press("ctrl+g")
        assert shows(stage) is HomeScreen
        await stage.press("enter")
        assert shows(stage) is WizardScreen
        assert (stage.app.flow.step, stage.app.flow.request.paid) == (step, (PAID,))
        await stage.press("ctrl+g", "escape")
        assert shows(stage) is WizardScreen


async def test_after_issuing_home_shows_the_invoice() -> None:
    request = Request("default", date(2026, 11, 2), paid=(PAID,), month=OCTOBER)
    async with pilot_of(request) as stage:
        stage.app.issue()
        await stage.settle()
        assert "Send KC-0011" in await stage.press("ctrl+g")


async def test_a_ledger_that_cannot_be_used_is_said_and_the_details_stay_in_reach(
    home: Path,
) -> None:
    issue_october()
    (home / "ledger.sqlite3").write_bytes(b"no ledger at all")
    async with pilot_of(LATER, first="home") as stage:
        assert "! " in stage.text
        assert "[ My details › ]" in stage.text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("today", date(2026, 12, 1)), ("yesterday", date(2026, 11, 30)),
     ("10 nov", date(2026, 11, 10)),
     ("10. november", date(2026, 11, 10)), ("10.11.", date(2026, 11, 10)),
     ("10/11/2026", date(2026, 11, 10)), ("2026-11-10", date(2026, 11, 10)),
     ("24 dec", date(2025, 12, 24)), ("31 feb", None), ("soon", None), ("", None),
     ("3 ju", None), ("2026-13-01", None)],
)  # fmt: skip
def test_a_day_is_understood_as_people_type_it(typed: str, meant: date | None) -> None:
    assert day_meant(typed, date(2026, 12, 1)) == meant


@pytest.mark.parametrize("goes_on", [True, False])
async def test_a_file_named_at_the_start_does_not_drop_the_month_that_was_begun(
    tmp_path: Path, *, goes_on: bool
) -> None:
    kept_place()
    other = tmp_path / "other.csv"
    shutil.copy(PAID, other)
    async with pilot_of(Request("default", LATER.today, paid=(other,), month=OCTOBER)) as stage:
        assert "was begun" in stage.text, stage.text
        await stage.press("enter", "escape")
        assert "Go on with October 2026" in stage.text, "neither Enter nor Esc is an answer"
        stage.app.keeper.finish()
        place, _ = found_place(LATER)
        assert place is not None
        assert place.request.paid == (PAID,)
        await stage.press("down", *(() if goes_on else ("down",)), "enter")
        assert stage.app.flow.step is (StepId.CREDIT if goes_on else StepId.PAYMENTS)
    place, _ = found_place(LATER)
    assert place is not None
    assert place.request.paid == ((PAID,) if goes_on else (other,))


async def test_what_is_to_be_sent_and_what_is_late_lead_to_what_is_done_about_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    number = issue_october()
    issued.mark_unsent(number, "default")
    monkeypatch.setenv("SSH_CONNECTION", "10.0.0.1 50000 10.0.0.2 22")
    monkeypatch.setenv("USER", "thora")
    async with pilot_of(LATER, first="home") as stage:
        assert f"[ Send {number} › ]" in await stage.press("down")
        assert "Say where to find the mail" in await stage.press("enter")
        assert f"╭─ Send {number} ─" in await stage.press("enter"), "Enter alone does nothing"
        # Over SSH each file is a line to be pasted at home.
        await stage.press("down", "enter")
        assert "scp thora@10.0.0.2:" in stage.words
        assert ".eml" in stage.app.clipboard
        await stage.press("escape", "enter", "down", "down", "enter")
        assert ".pdf" in stage.app.clipboard
        await stage.press("escape", "c")
        assert "kara-dates.ics" in stage.app.clipboard
        await stage.press("escape", "enter", "end", "enter", *["backspace"] * 5)
        await stage.type("2 nov")
        assert f"Ask about {number}" in await stage.press("enter")
        assert "Write a friendly mail" in await stage.press("enter")
        text = await stage.press("down", "down", "enter")
        assert "1 draft to open and send" in text
        assert ".eml" in text
        assert state_of(number) is DocumentState.OVERDUE
