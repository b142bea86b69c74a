"""From the export to the issued invoice, with few keys, and with nothing taken by mistake."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf

from tests.tui.stage import Play, demo


def test_the_sample_month_is_issued_with_seven_keys_besides_the_typed_word(home: Path) -> None:
    play = Play(demo())
    keys = ["enter"] * 6
    play.press(*keys)
    assert play.at == "prompt"
    play.type("issue").press("enter")

    assert play.at == "send"
    assert len(keys) + 1 <= 9
    outcome = play.desk.standing.outcome
    assert outcome is not None
    assert [one.invoice.number for one in outcome.invoices] == ["KC-0011"]
    pdf = outcome.invoices[0].pdf
    assert pdf is not None
    with pikepdf.open(pdf) as document:
        assert document.pages
    assert "2730.00 EUR" in play.screen()


def test_the_draft_is_handed_over_with_how_it_becomes_a_mail() -> None:
    play = Play(demo()).press(*["enter"] * 6).type("issue").press("enter")
    assert play.at == "send"
    assert "Message → Send Again" in " ".join(play.screen().split())
    play.press("enter")
    assert play.at == "done"
    assert "Message → Send Again" in " ".join(play.screen().split())


def test_enter_alone_never_takes_a_number(home: Path) -> None:
    play = Play(demo()).press(*["enter"] * 12)

    assert play.at == "prompt"
    assert play.desk.standing.outcome is None
    assert "Type the word issue" in play.screen()
    assert not list(home.rglob("*.pdf"))


def test_escape_leads_back_over_every_step_and_keeps_what_was_said() -> None:
    play = Play(demo()).press("enter", "enter", "x", "enter")
    marked = set(play.desk.step_page(play.desk.step.CREDIT).marked)  # type: ignore[attr-defined]  # the Credit page's marks
    assert play.at == "unpaid"
    play.press("escape", "escape", "escape")
    assert play.at == "payments"
    play.press("enter", "enter")
    assert play.at == "credit"
    assert play.desk.page.marked == marked != set()  # type: ignore[attr-defined]  # as above


def test_what_was_issued_is_never_issued_again() -> None:
    play = Play(demo()).press(*["enter"] * 6).type("issue").press("enter")
    first = play.desk.standing.outcome
    play.desk.issue()
    assert play.desk.standing.outcome is first
    play.press("escape", "escape", "u")
    assert "is issued" in play.screen()


def test_the_totals_are_always_in_sight() -> None:
    play = Play(demo())
    for _ in range(6):
        assert re.search(r"42 sessions · 2730\.00 EUR", play.screen())
        play.press("enter")


def test_enter_while_the_export_is_read_goes_on_by_itself() -> None:
    play = Play(demo())
    play.stage.hold()
    play.desk.read()
    play.press("enter")
    assert play.at == "payments"
    play.stage.let_go()
    assert play.at == "paid"


def test_escape_stops_waiting_and_what_comes_late_is_not_taken() -> None:
    play = Play(demo())
    play.stage.hold()
    play.desk.read()
    before = play.desk.standing
    play.press("escape")
    assert "Stopped" in play.screen()
    play.stage.let_go()
    assert play.desk.standing is before


def test_mark_as_sent_is_noted_once() -> None:
    play = Play(demo()).press("m")
    assert "does nothing here" in play.screen()
    play.press(*["enter"] * 6).type("issue").press("enter", "m")
    assert "Marked as sent" in play.screen()
    play.press("m")
    assert "already" in play.screen()
    play.press("enter")
    assert play.at == "done"
    assert "10 November 2026" in play.screen()
    assert "to be sent" not in play.screen()
    play.press("enter")
    assert play.stage.left == 0
