"""What one does on the steps: choose files, months and answers, leave out, look for, undo."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from kara_tui import month_end, settings
from kara_tui.model import Decision, Month, Routing
from kara_tui.month_end import Late, Request
from kara_tui.month_end.downloads import LikelyExport
from kara_tui.month_end.steps import StepId
from tests.tui.stage import Play, demo

HEADERS = ["Transaction date", "Service Name", "Service Price", "Service Currency",
           "Professional Name", "Professional Email", "Type", "Sponsor"]  # fmt: skip


def export(path: Path, *rows: tuple[str, str, str, str]) -> Path:
    """An export of Credit sessions: date, service, price, sponsor."""
    with path.open("w", encoding="utf-8", newline="") as file:
        written = csv.writer(file)
        written.writerow(HEADERS)
        for date, service, price, sponsor in rows:
            written.writerow([date, service, price, "EUR", "Þóra Ægisdóttir", "thora@example.is",
                              "Credit", sponsor])  # fmt: skip
    return path


def request(*paid: Path, unpaid: tuple[Path, ...] = ()) -> Request:
    asked = month_end.demo_request(
        Request("demo", month_end.DEMO_TODAY, paid=paid, unpaid=unpaid, month=Month(2026, 10))
    )
    return replace(asked, paid=paid, unpaid=unpaid)


OCTOBER = ("2026-10-05 10:00", "Session", "60.00", "ACME")


# -- Payments


def test_the_newest_likely_file_is_offered_and_enter_takes_it(tmp_path: Path) -> None:
    export(tmp_path / "payments.csv", OCTOBER)
    offered = [LikelyExport("payments.csv", "2 minutes ago", is_unpaid=False)]
    play = Play(request(), downloads=lambda: tmp_path, listing=lambda _: offered)
    assert "payments.csv  2 minutes ago  1 payment, October 2026" in play.screen()
    play.press("enter")
    assert "[x] Paid   payments.csv" in play.screen()
    assert "1 session · 60.00 EUR" in play.screen()
    play.press("enter")
    assert play.at == "paid"


def test_without_any_file_enter_says_what_to_do() -> None:
    play = Play(request()).press("enter")
    assert "Choose the Paid export first" in play.screen()
    assert play.at == "payments"


@pytest.mark.parametrize("written", ["{}", "'{}'", "file://{}", " {} "])
def test_a_path_can_be_typed_as_it_is_copied(tmp_path: Path, written: str) -> None:
    path = export(tmp_path / "october payments.csv", OCTOBER)
    play = Play(request()).press("t").type(written.format(path)).press("enter")
    assert play.at == "payments"
    assert play.desk.request.paid == (path,)


def test_a_path_that_is_none_is_said_while_it_is_typed(tmp_path: Path) -> None:
    play = Play(request()).press("t").type(str(tmp_path / "nothing.csv"))
    assert "no such file" in play.screen()
    play.press("enter")
    assert play.at == "prompt"


def test_an_exports_text_can_be_pasted(tmp_path: Path) -> None:
    text = export(tmp_path / "x.csv", OCTOBER).read_text("utf-8")
    play = Play(request())
    play.desk.paste(text)
    assert "2 lines pasted" in play.screen()
    play.press("enter")
    assert "1 session · 60.00 EUR" in play.screen()


def test_what_was_understood_and_what_was_not_read_is_shown() -> None:
    screen = Play(demo()).screen(100, 40)
    assert "What was understood" in screen
    assert "Transaction date, Service Name" in screen
    assert "“Client Name”" in screen


def test_a_file_that_cannot_be_read_says_why_and_what_to_do(tmp_path: Path) -> None:
    bad = tmp_path / "empty.csv"
    bad.write_bytes(b"")
    play = Play(request(bad))
    assert "[!]" in play.screen()
    play.press("enter")
    assert play.at == "payments"
    assert play.desk.month_end is None


def test_dates_that_can_be_read_two_ways_are_settled_by_one_answer(tmp_path: Path) -> None:
    path = export(tmp_path / "two.csv", ("05/10/2026", "Session", "60.00", "ACME"),
                  ("06/10/2026", "Session", "60.00", "ACME"))  # fmt: skip
    play = Play(request(path))
    assert "[!]" in play.screen()
    play.press("i")
    assert "Day first" in play.screen()
    play.press("enter")
    assert play.desk.request.reading.date_order == "dmy"
    assert "2 sessions · 120.00 EUR" in play.screen()
    play.press("u")
    assert play.desk.request.reading.date_order == ""


# -- Paid


def test_another_month_is_chosen_with_an_arrow_and_taken_back_with_u() -> None:
    play = Play(demo()).press("enter", "up", "enter")
    assert play.desk.request.month == Month(2026, 11)
    assert "2 sessions" in play.screen()
    play.press("u")
    assert play.desk.request.month == Month(2026, 10)
    assert "42 sessions" in play.screen()


# -- Credit


def at_credit(play: Play) -> Play:
    play.press("enter", "enter")
    assert play.at == "credit"
    play.lines()
    return play


def test_a_session_is_left_out_with_a_reason_and_taken_in_again() -> None:
    play = at_credit(Play(demo())).press("o")
    assert "Why?" in play.screen()
    play.press("enter")
    assert "A few words are needed" in play.screen()
    play.type("cancelled twice").press("enter")
    assert "41 sessions · 2670.00 EUR" in play.screen()
    assert "Left out: cancelled twice" in play.screen()
    play.press("o")
    assert "42 sessions · 2730.00 EUR" in play.screen()


def test_marked_sessions_are_left_out_together_and_undone_together() -> None:
    play = at_credit(Play(demo())).press("space", "space", "o").type("later").press("enter")
    assert "40 sessions" in play.screen()
    play.press("u")
    assert "42 sessions" in play.screen()


def test_the_filter_shows_only_lines_that_hold_every_word() -> None:
    play = at_credit(Play(demo())).press("/").type("couples norð").press("enter")
    page = play.desk.step_page(StepId.CREDIT)
    shown = [page.all[at].session for at in page.shown]  # type: ignore[attr-defined]  # the Credit page's rows
    assert shown
    assert all("Couples" in one.service and one.sponsor.startswith("Norð") for one in shown)
    play.press("escape")
    assert play.at == "credit"
    assert len(page.shown) == 42  # type: ignore[attr-defined]  # as above


def test_sorting_goes_through_the_columns_and_back_to_the_files_order() -> None:
    play = at_credit(Play(demo()))
    page = play.desk.step_page(StepId.CREDIT)
    as_filed = list(page.shown)  # type: ignore[attr-defined]  # the Credit page's rows
    play.press("s")
    dates = [page.all[at].session.date for at in page.shown]  # type: ignore[attr-defined]  # as above
    assert dates == sorted(dates)
    for _ in range(14):
        play.press("s")
    assert page.shown == as_filed  # type: ignore[attr-defined]  # as above


def test_a_hundred_thousand_sessions_draw_only_what_shows() -> None:
    play = at_credit(Play(demo()))
    page = play.desk.step_page(StepId.CREDIT)
    page.put(tuple(page.all) * 2400)  # type: ignore[attr-defined]  # the Credit page's rows
    drawn: list[int] = []
    row = page._row  # type: ignore[attr-defined]  # counted below

    def counted(item: int, text: object) -> object:
        drawn.append(item)
        return row(item, text)

    page._row = counted  # type: ignore[attr-defined]  # as above
    play.press("end")
    assert "100,800" in play.screen()
    assert len(drawn) < 24


# -- Unpaid


@pytest.fixture
def two_unpaid(tmp_path: Path) -> Play:
    paid = export(tmp_path / "payments.csv", OCTOBER)
    unpaid = export(tmp_path / "unpaid.csv", ("2026-10-06 10:00", "Session", "60.00", "ACME"),
                    ("2026-10-07 10:00", "Session", "60.00", ""))  # fmt: skip
    play = Play(request(paid, unpaid=(unpaid,)))
    play.press("enter", "enter", "enter")
    assert play.at == "unpaid"
    return play


def answers(play: Play) -> list[Decision | None]:
    assert play.desk.month_end is not None
    return [one.decision for one in play.desk.month_end.unpaid]


def test_enter_takes_the_proposal_of_a_sponsored_session_and_then_goes_on(two_unpaid: Play) -> None:
    assert "[!]" in two_unpaid.screen()
    two_unpaid.press("enter")
    assert answers(two_unpaid) == [Decision.CONFIRMED, None]
    two_unpaid.press("enter")
    assert two_unpaid.at == "invoice"


@pytest.mark.parametrize(
    ("key", "decision"),
    [("c", "confirmed"), ("2", "collect"), ("v", "void"), ("4", "elsewhere"), ("l", "later")],
)
def test_one_key_is_one_decision(two_unpaid: Play, key: str, decision: str) -> None:
    two_unpaid.press(key)
    assert answers(two_unpaid) == [Decision(decision), None]
    two_unpaid.press("u")
    assert answers(two_unpaid) == [None, None]


def test_all_proposals_are_taken_at_once(two_unpaid: Play) -> None:
    two_unpaid.press("a")
    assert answers(two_unpaid) == [Decision.CONFIRMED, Decision.COLLECT]


def test_many_are_decided_at_once(two_unpaid: Play) -> None:
    two_unpaid.press("*", "e")
    assert answers(two_unpaid) == [Decision.ELSEWHERE, Decision.ELSEWHERE]


def test_what_has_become_paid_is_ticked_off_when_read_again(
    two_unpaid: Play, tmp_path: Path
) -> None:
    export(tmp_path / "payments.csv", OCTOBER, ("2026-10-06 10:00", "Session", "60.00", "ACME"))
    export(tmp_path / "unpaid.csv", ("2026-10-07 10:00", "Session", "60.00", ""))
    two_unpaid.press("r")
    assert "1 session no longer unpaid; 1 of them billed now." in two_unpaid.screen()
    assert "2 sessions · 120.00 EUR" in two_unpaid.screen()


def test_a_blockers_line_leads_to_its_step_and_row(two_unpaid: Play) -> None:
    two_unpaid.press("escape", "escape", "p")
    assert "Problems" in two_unpaid.screen()
    two_unpaid.press("enter")
    assert two_unpaid.at == "unpaid"
    assert two_unpaid.desk.page.list.cursor == 0


def test_send_refuses_while_a_blocker_stands_and_shows_the_way(two_unpaid: Play) -> None:
    two_unpaid.desk.go(StepId.SEND)
    assert "Nothing can be issued before" in two_unpaid.screen()
    two_unpaid.press("enter")
    assert two_unpaid.at == "problems"


# -- Invoice and Send


def test_every_line_of_the_review_has_its_change_which_comes_back() -> None:
    play = Play(demo())
    play.press(*["enter"] * 5)
    assert play.at == "send"
    play.press("down", "down", "c")
    assert play.at == "credit"
    play.press("enter")
    assert play.at == "send"
    play.press("c", "escape")
    assert play.at == "send"


def test_the_page_is_drawn_in_half_blocks() -> None:
    play = Play(demo()).press(*["enter"] * 4)
    assert play.at == "invoice"
    play.press("v")
    screen = play.screen(100, 40)
    assert "▀" in screen or "▄" in screen
    play.press("v")
    assert play.at == "invoice"


def test_a_step_whose_needs_are_missing_says_so() -> None:
    play = Play(request())
    play.desk.go(StepId.INVOICE)
    assert play.at == "payments"
    assert play.desk.said[0]


@pytest.mark.parametrize(("keys", "late"), [([], Late.INCLUDE), (["down"], Late.LEAVE)])
def test_sessions_that_came_late_are_settled_by_an_answer(
    tmp_path: Path, keys: list[str], late: Late
) -> None:
    september = ("2026-09-10 10:00", "Session", "50.00", "ACME")
    path = export(tmp_path / "payments.csv", september)
    first = Play(replace(request(path), month=Month(2026, 9)))
    first.press(*["enter"] * 6).type("issue").press("enter")
    assert first.desk.standing.is_issued
    export(path, september, ("2026-09-11 10:00", "Session", "50.00", "ACME"), OCTOBER)

    play = Play(request(path)).press("p", "enter")
    assert play.at == "choice"
    play.press(*keys, "enter")
    assert play.desk.request.late is late
    assert ("110.00 EUR" if late is Late.INCLUDE else "60.00 EUR") in play.screen()
    assert play.desk.month_end is not None
    assert not play.desk.month_end.is_blocked


def test_a_sponsor_to_be_asked_about_is_settled_where_it_is_found(home: Path) -> None:
    play = at_credit(Play(demo())).press("w")
    assert "The sample's profile stays as it is" in play.screen()
    (home / "profiles").mkdir(parents=True)
    sample = (settings.demo_folder() / "profile.toml").read_text("utf-8")
    asking = sample.replace('default = "kara"', 'default = "ask"')
    (home / "profiles" / "default.toml").write_text(asking, "utf-8")
    mine = replace(demo(), profile="default", demo=False)
    play = at_credit(Play(mine))
    assert "[!]" in play.screen()
    for _ in range(4):  # the sample month has four sponsors
        play.press("p", "enter", "w", "home", "enter")
    assert set(settings.load("default").routing.values()) == {Routing.KARA}
    assert "42 sessions" in play.screen()


@pytest.mark.parametrize(("keys", "total"), [((), "120.00 EUR"), (("down",), "240.00 EUR")])
def test_a_file_whose_rows_are_there_twice_is_settled_by_one_answer(
    tmp_path: Path, keys: tuple[str, ...], total: str
) -> None:
    rows = [(f"2026-10-{day:02} 09:00", "Session", "60.00", "ACME") for day in (5, 6)]
    play = at_credit(Play(request(export(tmp_path / "twice.csv", *rows, *rows))))
    assert "of one professional at the same date and time" in play.screen(80, 40)
    play.press("i")
    assert "Bill each: all are sessions of their own" in play.screen(80, 40)
    play.press(*keys, "enter")
    assert play.desk.month_end is not None
    assert not play.desk.month_end.is_blocked
    assert str(play.desk.month_end.totals[0]) == total
    play.press("u")
    assert play.desk.month_end.is_blocked


def test_a_sponsor_that_is_nearly_a_known_one_is_settled_where_it_is_found(
    home: Path, tmp_path: Path
) -> None:
    (home / "profiles").mkdir(parents=True)
    sample = (settings.demo_folder() / "profile.toml").read_text("utf-8")
    said = sample.replace(
        'default = "kara"', 'default = "kara"\n[sponsors.names]\n"Blue Héron" = "elsewhere"'
    )
    (home / "profiles" / "default.toml").write_text(said, "utf-8")
    rows = [(f"2026-10-0{day} 09:00", "Session", "60.00", name)
            for day, name in ((5, "Blue Heron"), (6, "ACME"))]  # fmt: skip
    mine = replace(request(export(tmp_path / "near.csv", *rows)), profile="default", demo=False)
    play = at_credit(Play(mine))
    assert "is nearly “Blue Héron”" in play.screen(80, 40)
    play.press("i", "down", "enter")
    assert settings.load("default").routing["Blue Heron"] is Routing.ELSEWHERE
    assert play.desk.month_end is not None
    assert str(play.desk.month_end.totals[0]) == "60.00 EUR"


# -- everywhere


def test_a_key_that_does_nothing_says_why() -> None:
    play = Play(demo()).press("a")
    assert "a does nothing here: “Accept all” belongs to another page." in play.screen(100)


def test_help_lists_every_key_of_the_page_below() -> None:
    play = Play(demo()).press("?")
    text = play.screen(80, 60)
    assert "Accept all" not in text
    assert "Mark the line" in text
    play.press("?")
    assert play.at == "payments"


def test_the_command_page_finds_a_theme_and_shows_it_at_once() -> None:
    play = Play(demo()).press("ctrl+p").type("paper")
    play.screen()
    assert play.stage.theme_name == "paper"
    play.press("escape")
    assert play.stage.theme_name == "fjord"
    play.press("ctrl+p").type("go to credit").press("enter")
    assert play.at == "credit"
