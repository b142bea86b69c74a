"""Putting right on Credit when a session was, and what its credit paid for."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from kara_tui import settings
from kara_tui.model import SessionKind
from kara_tui.month_end import Request
from kara_tui.month_end.corrections import Correction
from kara_tui.month_end.place import load_place
from kara_tui.month_end.steps import StepId
from kara_tui.tui.keeping import write_place
from tests.tui.stage import Play, demo


def at_credit(play: Play) -> Play:
    play.press("enter", "enter")
    assert play.at == "credit"
    play.lines()
    return play


def first(play: Play) -> tuple[time | None, SessionKind]:
    """The first session of the month as it is to be billed."""
    assert play.desk.month_end is not None
    session = play.desk.month_end.billed[0].session
    return session.time, session.kind


def given(play: Play) -> list[Correction]:
    return list(play.desk.request.corrections.values())


def test_a_no_show_is_said_with_two_keys_shown_in_words_and_undone() -> None:
    play = at_credit(Play(demo()))
    at, _ = first(play)
    play.press("e")
    assert "(*) A session that took place" in play.screen()
    play.press("down", "down")
    assert "(*) A no-show" in play.screen()
    play.press("enter")
    assert play.at == "credit"
    assert first(play) == (at, SessionKind.NO_SHOW)
    assert "1 session put right. u undoes it." in play.screen()
    row, detail = (line for line in play.lines(100, 40) if "no-show: " in line)
    assert "> [ ]" in row
    assert "no-show: " in detail
    play.press("u")
    assert "no-show" not in play.screen()
    assert not given(play)


def test_the_time_is_typed_below_the_kind_and_the_cursor_stands_in_it() -> None:
    play = at_credit(Play(demo())).press("t", "down", "down", "down")
    assert "(*) A no-show" in play.screen()
    play.press("ctrl+u").type("9:5")
    assert "Please type a time of day" in play.screen()
    play.press("enter")
    assert play.at == "correct"
    play.type("0")
    assert "Please type a time of day" not in play.screen()
    body = play.desk.page.body(80, 20)
    assert body.cursor is not None
    line = "".join(text for text, _ in body.lines[body.cursor[1]])
    assert line.startswith("> Time: 9:50 ")
    assert body.cursor[0] == len("> Time: 9:50")
    play.press("enter")
    assert first(play) == (time(9, 50), SessionKind.NO_SHOW)
    assert "09:50" in play.screen()


@pytest.mark.parametrize("typed", ["24:00", "9:60", "noon", "9", "10:00:00", "１0:00", "-1:00"])
def test_what_is_no_time_of_day_is_not_taken(typed: str) -> None:
    play = at_credit(Play(demo())).press("e", "end", "ctrl+u").type(typed).press("enter")
    assert play.at == "correct"
    assert "such as 9:00 or 14:30" in play.screen()
    assert not given(play)


def test_a_wrong_time_is_said_even_from_the_kinds() -> None:
    play = at_credit(Play(demo())).press("e", "end", "ctrl+u").type("x").press("up", "enter")
    assert play.at == "correct"
    assert play.desk.page.field is not None
    assert "such as 9:00 or 14:30" in play.desk.said[0]


def test_an_empty_time_is_the_exports_again_and_the_kind_stays() -> None:
    play = at_credit(Play(demo()))
    at, _ = first(play)
    play.press("e", "down", "end", "ctrl+u").type("23:59").press("enter")
    assert first(play) == (time(23, 59), SessionKind.LATE_CANCELLATION)
    play.press("e")
    assert "(*) A late cancellation" in play.screen()
    play.press("end", "ctrl+u", "enter")
    assert first(play) == (at, SessionKind.LATE_CANCELLATION)


def test_several_marked_sessions_get_a_kind_and_keep_their_times() -> None:
    play = at_credit(Play(demo()))
    assert play.desk.month_end is not None
    before = [one.session.time for one in play.desk.month_end.billed]
    play.press("e", "end", "ctrl+u").type("23:59").press("enter")
    play.press("space", "space", "e")
    assert "all 2 marked sessions" in play.screen()
    assert "Time:" not in play.screen()
    play.press("down", "enter")
    billed = play.desk.month_end.billed
    assert [one.session.kind for one in billed].count(SessionKind.LATE_CANCELLATION) == 2
    assert [one.session.time for one in billed] == [time(23, 59), *before[1:]]
    assert not play.desk.page.marked  # type: ignore[attr-defined]  # the Credit page's marks
    play.press("u")
    assert given(play) == [Correction(time(23, 59), SessionKind.HELD)]


def test_one_session_after_another_is_put_right() -> None:
    play = at_credit(Play(demo())).press("e", "down", "enter", "down", "e", "end", "up", "enter")
    assert [one.kind for one in given(play)] == [
        SessionKind.LATE_CANCELLATION,
        SessionKind.NO_SHOW,
    ]


def test_on_the_kinds_nothing_is_typed() -> None:
    play = at_credit(Play(demo()))
    at, _ = first(play)
    play.press("e", "end", "up", "7", "enter")
    assert first(play) == (at, SessionKind.NO_SHOW)


def test_going_back_changes_nothing_and_keeps_the_marks() -> None:
    play = at_credit(Play(demo())).press("space", "e", "down", "escape")
    assert play.at == "credit"
    assert not given(play)
    assert "[x]" in "\n".join(play.lines()[3:])


def test_taking_what_is_there_already_changes_nothing() -> None:
    play = at_credit(Play(demo())).press("e", "enter")
    assert "Nothing was changed." in play.screen()
    assert not given(play)


def test_a_kind_can_be_filtered_for() -> None:
    play = at_credit(Play(demo())).press("e", "down", "enter", "/").type("late canc").press("enter")
    assert len(play.desk.step_page(StepId.CREDIT).shown) == 1  # type: ignore[attr-defined]  # the Credit page's rows


def test_a_click_on_a_kind_chooses_it() -> None:
    play = at_credit(Play(demo())).press("e")
    play.desk.page.clicked(1)
    assert "(*) A late cancellation" in play.screen()
    play.desk.page.clicked(3)
    assert "(*) A late cancellation" in play.screen()
    assert play.desk.page.field is not None


def test_a_session_left_out_by_hand_can_be_put_right_one_billed_before_cannot(home: Path) -> None:
    play = at_credit(Play(demo())).press("o").type("later").press("enter", "e")
    assert play.at == "correct"
    play.press("down", "enter")
    assert [one.kind for one in given(play)] == [SessionKind.LATE_CANCELLATION]

    own_profile(home)
    play = Play(Request("default", date(2026, 11, 2), paid=demo().paid))
    play.press(*["enter"] * 6).type("issue").press("enter")
    assert play.desk.standing.is_issued
    play = Play(Request("default", date(2026, 11, 2), paid=demo().paid))
    play.desk.go(StepId.CREDIT)
    play.press("e")
    assert play.at == "credit"
    assert "is not billed here" in play.screen()


def test_a_name_that_the_font_cannot_print_is_typed_below_the_time(home: Path) -> None:
    own_profile(home)
    text = demo().paid[0].read_text("utf-8")
    first_row = next(line for line in text.splitlines() if line.startswith("2026-10"))
    service = next(cell for cell in first_row.split(",") if "session" in cell.casefold())
    paid = home / "paid.csv"
    paid.write_text(text.replace(first_row, first_row.replace(service, "心理 50"), 1), "utf-8")

    play = Play(Request("default", date(2026, 11, 2), paid=(paid,)))
    assert [one.code for one in play.desk.standing.findings if one.is_blocker] == [
        "letter-unprintable"
    ]
    play.desk.go(StepId.CREDIT)
    play.press("e", "end")
    assert "> Service: 心理 50" in play.screen()
    play.press("ctrl+u").type("Counselling").press("enter")
    assert [one.service for one in given(play)] == ["Counselling"]
    assert not [one.code for one in play.desk.standing.findings if one.is_blocker]

    play.press("e", "down", "enter")
    assert [(one.service, one.kind) for one in given(play)] == [
        ("Counselling", SessionKind.LATE_CANCELLATION)
    ]
    write_place(play.kept[-1])
    place = load_place(replace(play.desk.request, paid=()))
    assert place is not None
    assert [one.service for one in place.request.corrections.values()] == ["Counselling"]


def test_what_was_put_right_is_there_again_at_the_next_start(home: Path) -> None:
    own_profile(home)
    asked = Request("default", date(2026, 11, 2), paid=demo().paid)
    play = at_credit(Play(asked)).press("e", "down", "down", "end", "ctrl+u")
    play.type("23:59").press("enter")
    write_place(play.kept[-1])
    place = load_place(replace(asked, paid=()))
    assert place is not None
    again = Play(replace(asked, paid=()))
    again.desk.take_up(place)
    assert again.at == "credit"
    assert first(again) == (time(23, 59), SessionKind.NO_SHOW)
    assert "no-show: " in again.screen()


@pytest.mark.parametrize(("width", "height"), [(40, 10), (60, 20), (80, 24), (120, 40)])
def test_the_time_shows_at_every_size_while_it_is_typed(width: int, height: int) -> None:
    play = at_credit(Play(demo())).press("e", "end")
    assert "> Time: " in play.screen(width, height)


def own_profile(home: Path) -> None:
    (home / "profiles").mkdir(parents=True, exist_ok=True)
    shutil.copy(settings.demo_folder() / "profile.toml", home / "profiles" / "default.toml")
