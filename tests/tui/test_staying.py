"""What stays: the place after a kill, the profile's questions, what was issued, one writer only."""

from __future__ import annotations

import os
import re
import shutil
import signal
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kara_tui import settings
from kara_tui.month_end import Request
from kara_tui.tui.pages.home import HomePage
from kara_tui.tui.pages.profile import ProfilePage
from kara_tui.tui.pages.welcome import welcome
from tests.tui.stage import Play
from tests.tui.terminal import Terminal, kara_tui

EXPORT = settings.demo_folder() / "payments-paid.csv"
TODAY = "2026-11-02"


def with_profile(home: Path) -> None:
    """The sample's profile as the user's own."""
    (home / "profiles").mkdir(parents=True)
    shutil.copy(settings.demo_folder() / "profile.toml", home / "profiles" / "default.toml")


def own(**changed: object) -> Request:
    return Request("default", date(2026, 11, 2), **changed)  # type: ignore[arg-type]  # the fields of Request by name


def opened(page: type, play: Play) -> Play:
    play.desk.open(page(play.desk))
    return play


# -- resuming


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGHUP])
def test_after_a_kill_the_next_start_offers_the_same_step_with_the_same_answers(
    home: Path, number: signal.Signals
) -> None:
    with_profile(home)
    command = kara_tui("--paid", str(EXPORT), "--today", TODAY)
    with Terminal(command, home) as terminal:
        terminal.until("2730.00 EUR")
        terminal.press("enter", "enter", "o")
        terminal.press(*"later", "enter")
        terminal.until("41 sessions")
        terminal.settle(0.3)
        os.kill(terminal.pid, number)
        terminal.wait(1)
    with Terminal(kara_tui("--today", TODAY), home) as terminal:
        terminal.until("Go on with October 2026 at Credit")
        terminal.press("enter")
        terminal.until("41 sessions")
        assert "[>] Credit" in terminal.text
        assert "Left out: later" in terminal.text
        terminal.press("ctrl+q")
        assert terminal.wait() == 0


def test_a_second_wizard_reads_only_and_says_so(home: Path) -> None:
    with_profile(home)
    command = kara_tui("--paid", str(EXPORT), "--today", TODAY)
    with Terminal(command, home) as first:
        first.until("2730.00 EUR")
        with Terminal(command, home) as second:
            second.until("only looks")
            second.until("2730.00 EUR")
            second.press(*["enter"] * 6)
            second.until("Type issue")
            second.press(*"issue", "enter")
            second.until("only looks")
            assert not list(home.rglob("*.pdf"))


def test_each_answer_is_kept_as_it_is_given(home: Path) -> None:
    with_profile(home)
    play = Play(own(paid=(EXPORT,))).press("enter", "enter", "enter")
    assert [one.step for one in play.kept] == ["paid", "credit", "unpaid"]
    assert play.kept[-1].request.paid == (EXPORT,)


# -- the first start


def test_without_a_profile_the_first_start_asks(home: Path) -> None:
    play = Play(own())
    play.desk.open(welcome(play.desk))
    assert "There is no profile named default yet" in play.screen().replace("\n", " ")
    play.press("enter")
    assert play.at == "profile"


def test_the_sample_month_can_be_looked_at_first(home: Path) -> None:
    play = Play(own())
    play.desk.open(welcome(play.desk))
    play.press("down", "enter")
    assert play.desk.request.demo
    assert "42 sessions" in play.screen()


ANSWERS = {
    "supplier.name": "Anna Example",
    "supplier.address": "Street 1; 101 Reykjavík",
    "supplier.country": "IE",
    "supplier.email": "anna@example.is",
    "customer.name": "Example buyer",
    "customer.address": "Street 2; 105 Reykjavík",
    "customer.country": "IE",
    "bank.iban": "IE29 AIBK 9311 5212 3456 78",
}


def test_a_profile_is_made_by_questions(home: Path) -> None:
    play = opened(ProfilePage, Play(own()))
    page = play.desk.page
    for _ in range(60):
        question = page._question  # type: ignore[attr-defined]  # which one is asked now
        if question is None:
            break
        if question.key in ANSWERS and page.field is not None:
            page.field.put("")
            play.type(ANSWERS[question.key])
        if question.key == "vat.preset":
            play.press("enter", "enter")
            assert page._question is question  # type: ignore[attr-defined]  # Enter chose nothing
            assert "(*)" not in play.screen()
            assert "Nothing is chosen yet" in play.screen()
            play.press("down")
        play.press("enter")
    assert "Write the profile" in play.screen(80, 50)
    play.press("enter")
    written = settings.load("default")
    assert written.supplier.name == "Anna Example"
    assert written.banks[0].numbers[0][1] == "IE29 AIBK 9311 5212 3456 78"
    assert play.at == "payments"


def test_a_wrong_answer_is_explained_as_it_is_typed_and_not_taken(home: Path) -> None:
    play = opened(ProfilePage, Play(own())).press("enter")
    assert "This is needed" in play.screen()
    play.press("down", "down", "down").type("not an address")
    assert "[?]" in play.screen()
    at = play.screen()
    play.press("enter")
    assert play.screen().splitlines()[2] == at.splitlines()[2]


def test_back_never_checks_and_a_draft_outlives_the_wizard(home: Path) -> None:
    play = opened(ProfilePage, Play(own())).press("enter").type("Anna").press("enter")
    play.type("half an addr").press("escape")
    assert "Anna" in play.screen()
    again = opened(ProfilePage, Play(own())).press("enter")
    assert "Anna" in again.screen()


def test_the_review_changes_the_profile_and_keeps_what_no_question_is_about(home: Path) -> None:
    with_profile(home)
    file = home / "profiles" / "default.toml"
    more = '\n[[bank]]\nholder = "Second"\ncurrency = "SEK"\nbankgiro = "5050-1055"\n'
    file.write_text(
        file.read_text("utf-8").replace("\n[vat]", more + "\n[vat]")
        + '\n[sponsors.names]\n"ACME" = "ask"\n',
        "utf-8",
    )
    before = settings.load("default")
    play = Play(own(paid=(EXPORT,))).press(*["enter"] * 5)
    while "> To " not in play.screen():
        play.press("down")
    play.press("c")
    assert "> The customer's legal name" in play.screen()
    play.press("enter")
    assert play.desk.page.field is not None
    play.desk.page.field.put("")
    play.type("Kara Connect ehf.").press("enter", "end", "enter")
    assert play.at == "send"
    assert "Kara Connect ehf." in play.screen()
    assert settings.load("default") == replace(
        before, customer=replace(before.customer, name="Kara Connect ehf.")
    )


# -- home


def issued(home: Path) -> Play:
    with_profile(home)
    play = Play(own(paid=(EXPORT,))).press(*["enter"] * 6).type("issue").press("enter")
    assert play.desk.standing.is_issued
    return play


def test_home_shows_what_was_issued_and_marks_it(home: Path) -> None:
    issued(home)
    play = opened(HomePage, Play(own()))
    assert re.search(r"KC-0011 +October 2026 +2730\.00 EUR +drafted", play.screen())
    play.press("down", "enter", "down", "enter")
    assert "KC-0011 is marked as sent today" in play.screen()
    assert re.search(r"KC-0011 .* sent, money expected on 2026-11-10", play.screen())


def test_home_cancels_an_invoice_with_a_credit_note_and_a_reason(home: Path) -> None:
    issued(home)
    play = opened(HomePage, Play(own())).press("down", "enter", "end", "enter")
    assert play.at == "prompt"
    play.press("enter")
    assert "A few words are needed" in play.screen()
    play.type("wrong month").press("enter")
    assert "cancelled by credit note KC-0012" in play.screen()
    play.press("enter")
    assert "cancelled" in play.screen()


def test_home_without_any_history_steps_aside(home: Path) -> None:
    with_profile(home)
    play = opened(HomePage, Play(own()))
    assert play.at == "payments"
