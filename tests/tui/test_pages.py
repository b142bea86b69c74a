"""The seven steps' pages: what shows, what a key does, and that nothing is decided by the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from textual.events import AppFocus

from kara_tui import month_end
from kara_tui.model import Decision, Month
from kara_tui.model.routing import Routing
from kara_tui.month_end.portal import StepId
from kara_tui.month_end.steps import State
from kara_tui.tui import acts
from kara_tui.tui.dialogs.confirm import Confirm
from kara_tui.tui.farewell import farewell
from kara_tui.tui.widgets.one_of import OneOf
from tests.end_to_end.payments import Payment, csv_text
from tests.tui.piloting import Stage, own_month, pilot_of, sample

LONG = "Samband íslenskra sveitarfélaga og stofnana þeirra, starfsmannasvið og fræðsla"
TWO = (Payment(), Payment(date="2026-10-15 11:00", sponsor="Acme ehf."))
FORGOTTEN = (
    Payment(date="2026-10-28 16:00", price="35.00", sponsor="Acme ehf."),
    Payment(date="2026-10-07 09:30", price="65.00", sponsor=""),
)


def line_with(text: str, words: str) -> str:
    return next(line for line in text.split("\n") if words in line)


# -- Payments and Paid


async def test_the_files_stand_in_columns_and_what_they_hold_is_whole(tmp_path: Path) -> None:
    async with pilot_of(own_month(tmp_path, TWO, FORGOTTEN)) as stage:
        assert "Paid    payments_export.csv  2 of Oct" in stage.text
        assert "Unpaid  unpaid_export.csv    2 of Oct" in stage.text
        assert "✓ 2 Credit sessions of October 2026, 120.00 EUR" in stage.text


async def test_an_export_that_comes_while_the_page_is_open_is_offered(
    tmp_path: Path,
) -> None:
    month = own_month(tmp_path, TWO, FORGOTTEN)
    folder = tmp_path / "downloads"
    folder.mkdir()
    month.unpaid[0].rename(folder / "unpaid.csv")
    nothing = replace(month, paid=(), unpaid=())
    async with pilot_of(nothing, acts=acts.Acts(downloads=lambda: folder)) as stage:
        assert "Use this file" in stage.text
        await stage.press("enter")
        assert stage.app.flow.request.unpaid
        # Enter has nothing to use there any more, and says what it does instead.
        assert "[ Look in another folder" in stage.text
        month.paid[0].rename(folder / "payments.csv")
        stage.app.post_message(AppFocus())
        await stage.settle()
        assert "–       payments.csv" in stage.text
        (folder / "more-payments.csv").write_text(csv_text(TWO))
        assert "more-payments.csv" in await stage.press("r")


async def test_a_blocker_is_shown_at_its_own_step_with_what_to_do(tmp_path: Path) -> None:
    month = own_month(tmp_path, TWO)
    again = tmp_path / "again.csv"
    again.write_text(csv_text((*TWO, Payment(date="2026-10-20 10:00"))))

    async with pilot_of(replace(month, paid=(*month.paid, again))) as stage:
        assert "! Payments" in stage.text
        assert "so sessions would be billed twice" in stage.words
        assert "Space on one of the two files takes it out" in stage.words
        assert stage.app.flow.state_of(StepId.PAYMENTS) is State.BLOCKED


async def test_dates_that_can_be_read_in_two_ways_count_nothing_until_they_are_answered(
    tmp_path: Path,
) -> None:
    days = [Payment(date=f"0{day}/10/2026 10:00", price="60.50") for day in range(1, 5)]
    async with pilot_of(own_month(tmp_path, days)) as stage:
        assert "0 Credit sessions" not in stage.text
        assert "i answers it" in stage.text
        assert "cannot be understood yet" in await stage.go(StepId.PAID)
        await stage.go(StepId.PAYMENTS)
        await stage.press("i")
        assert "Day first" in await stage.press("enter"), "Enter alone answers nothing"
        await stage.press("down", "enter")
        assert "✓ 4 Credit sessions of October 2026" in stage.text
        await stage.press("u")
        assert "i answers it" in stage.text
        assert stage.app.flow.request.reading.date_order == ""


async def test_the_list_of_months_begins_on_the_month_that_is_billed() -> None:
    async with pilot_of() as stage:
        text = await stage.go(StepId.PAID)
        assert "(•) October 2026    42 sessions  2,730.00 EUR · the last full month" in text
        assert stage.app.screen.query_one("#months", OneOf).highlighted == 1


async def test_choosing_a_month_says_it_is_to_be_billed_and_is_taken_back_by_name() -> None:
    async with pilot_of() as stage:
        await stage.go(StepId.PAID)
        assert "September 2026 is to be billed" in await stage.heard("down", "space")
        assert "Taken back: September 2026 is the month to bill" in await stage.heard("u")


# -- Credit


async def test_a_session_left_out_stands_below_the_same_heads_as_its_neighbours(
    tmp_path: Path,
) -> None:
    async with pilot_of(own_month(tmp_path, TWO)) as stage:
        before = line_with(await stage.go(StepId.CREDIT), "Wed 14 Oct")
        await stage.press("space", "down", "enter")
        after = line_with(stage.text, "Wed 14 Oct")
        assert after == before.replace("✓", "–", 1)
        assert "1 billed, 1 left out · 60.00 EUR" in stage.text
        assert "It belongs on another month's invoice" in stage.text
        text = await stage.go(StepId.PAYMENTS)
        assert "✓ 2 Credit sessions of October 2026; 1 billed, 60.00 EUR" in text


async def test_a_name_that_is_whole_has_no_ellipsis(tmp_path: Path) -> None:
    async with pilot_of(own_month(tmp_path, TWO, FORGOTTEN)) as stage:
        assert "Acme ehf. " in line_with(await stage.go(StepId.CREDIT), "Thu 15 Oct")
        text = await stage.go(StepId.UNPAID)
        assert "you collect it" in line_with(text, "Wed  7 Oct")
        assert "…" not in line_with(text, "Wed  7 Oct").partition("Individual")[0]


async def test_a_name_that_is_cut_in_its_column_is_whole_in_another_line(tmp_path: Path) -> None:
    paid = (Payment(sponsor=LONG), Payment(date="2026-10-15 11:00", sponsor=LONG))
    for size in ((80, 24), (120, 40)):
        async with pilot_of(own_month(tmp_path, paid), size=size) as stage:
            await stage.go(StepId.CREDIT)
            assert all(word in stage.words for word in LONG.split())


async def test_answers_leave_the_list_its_lines() -> None:
    async with pilot_of() as stage:
        before = (await stage.go(StepId.CREDIT)).count("✓  ")
        await stage.press("w", "down", "enter", "down", "e")
        await stage.type("")
        await stage.press("escape")
        shown = sum(line.startswith(("│ ✓  ", "│ –  ")) for line in stage.text.split("\n"))
        assert shown >= before - 2


async def test_another_time_of_day_never_changes_what_the_session_was(tmp_path: Path) -> None:
    async with pilot_of(own_month(tmp_path, TWO)) as stage:
        await stage.go(StepId.CREDIT)
        await stage.press("e", "end", *["backspace"] * 5)
        await stage.type("16:45")
        await stage.press("tab", "down", "down", "up", "shift+tab", "enter")
        assert "16:45" in stage.text
        assert "no-show" not in stage.text
        assert "late cancellation" not in stage.text


async def test_a_sponsors_answer_is_taken_back_by_name_and_kept_only_when_issued(
    tmp_path: Path,
) -> None:
    month = own_month(tmp_path, TWO)
    profile = (tmp_path / "home" / "profiles" / "default.toml").read_bytes()
    async with pilot_of(month) as stage:
        await stage.go(StepId.CREDIT)
        await stage.press("space")
        await stage.type("Later")
        await stage.press("enter", "down", "w", "down", "enter")
        assert stage.app.flow.request.routes == {"Acme ehf.": Routing.ELSEWHERE}
        assert "0 billed, 2 left out" in stage.text
        assert "Taken back: Acme ehf. is invoiced directly." in await stage.heard("u")
        assert stage.app.flow.request.routes == {}
        assert "1 billed, 1 left out" in stage.text
    assert (tmp_path / "home" / "profiles" / "default.toml").read_bytes() == profile


async def test_undo_never_takes_a_file_back(tmp_path: Path) -> None:
    month = own_month(tmp_path, TWO)
    async with pilot_of(month) as stage:
        await stage.go(StepId.CREDIT)
        assert "u Undo" not in stage.text
        await stage.press("u")
        assert stage.app.flow.request.paid == month.paid
        assert "2 billed · 120.00 EUR" in stage.text


async def test_undo_from_another_step_says_which_step_it_shows(tmp_path: Path) -> None:
    async with pilot_of(own_month(tmp_path, TWO)) as stage:
        await stage.go(StepId.CREDIT)
        await stage.press("space", "down", "enter")
        await stage.go(StepId.INVOICE)
        assert "This is the step Credit." in await stage.heard("u")
        assert stage.is_at(StepId.CREDIT)


async def test_finding_says_how_many_show_and_their_sum_and_moves_no_line() -> None:
    async with pilot_of() as stage:
        first = line_with(await stage.go(StepId.CREDIT), "Date")
        at = stage.text.split("\n").index(first)
        await stage.press("slash")
        await stage.type("couples blue")
        assert "4 of 42 show, 380.00 EUR" in stage.text
        assert stage.text.split("\n").index(first) == at
        assert "Enter keeps these lines · Esc shows all" in stage.text
        await stage.press("enter")
        assert "4 of 42 show" in stage.text
        assert stage.is_at(StepId.CREDIT)
        assert "of 42 show" not in await stage.press("escape")


async def test_the_head_says_how_the_list_is_sorted() -> None:
    async with pilot_of() as stage:
        await stage.go(StepId.CREDIT)
        assert "Date ▴" in await stage.press("s")
        assert "Date ▾" in await stage.press("s")


async def test_all_sessions_that_show_are_left_out_and_taken_in_together() -> None:
    async with pilot_of() as stage:
        await stage.go(StepId.CREDIT)
        await stage.press("slash")
        await stage.type("couples blue")
        await stage.press("enter", "asterisk")
        assert "4 sessions will not be billed now" in stage.text
        await stage.press("down", "enter")
        assert "38 billed, 4 left out" in stage.text
        assert "42 billed ·" in await stage.press("asterisk")


# -- Unpaid


async def test_enter_at_every_step_decides_no_unpaid_session(tmp_path: Path) -> None:
    async with pilot_of(own_month(tmp_path, TWO, FORGOTTEN)) as stage:
        await stage.press("enter", "enter", "enter", "enter", "enter")
        assert stage.is_at(StepId.SEND)
        assert stage.app.flow.request.decisions == {}
        assert stage.app.flow.state_of(StepId.UNPAID) is State.BLOCKED
        assert "Solve what is open" in stage.text
        await stage.press("enter")
        assert stage.is_at(StepId.UNPAID)
        assert "! 1 session to decide: 1 to 5." in stage.text
        assert "35.00 EUR would be missing on the invoice" in stage.text


async def test_confirmed_is_believed_only_when_the_exports_show_it(tmp_path: Path) -> None:
    month = own_month(tmp_path, TWO, FORGOTTEN)
    async with pilot_of(month) as stage:
        await stage.go(StepId.UNPAID)
        assert "1 session still unpaid in this export" in await stage.heard("1")
        assert stage.app.flow.request.decisions == {}
        assert "to decide" in stage.text
        # In the portal it was confirmed: both exports are saved over the old ones.
        own_month(tmp_path, (*TWO, FORGOTTEN[0]), FORGOTTEN[1:])
        assert "1 session no longer unpaid" in await stage.heard("1")
        assert stage.app.flow.state_of(StepId.UNPAID) is State.DONE
        assert "3 billed" in await stage.go(StepId.CREDIT)


@pytest.mark.parametrize(
    ("key", "said", "decision"),
    [
        ("2", "next month", Decision.LATER),
        ("3", "cancelled", Decision.VOID),
        ("4", "elsewhere", Decision.ELSEWHERE),
        ("5", "you collect it", Decision.COLLECT),
    ],
)
async def test_each_number_gives_its_answer(
    tmp_path: Path, key: str, said: str, decision: Decision
) -> None:
    async with pilot_of(own_month(tmp_path, TWO, FORGOTTEN)) as stage:
        await stage.go(StepId.UNPAID)
        assert said in line_with(await stage.press(key), "Wed 28 Oct")
        assert list(stage.app.flow.request.decisions.values()) == [decision]
        assert "to decide" in line_with(await stage.press("u"), "Wed 28 Oct")


async def test_several_are_marked_and_answered_at_once(tmp_path: Path) -> None:
    async with pilot_of(own_month(tmp_path, TWO, FORGOTTEN)) as stage:
        await stage.go(StepId.UNPAID)
        assert "2 marked" in await stage.press("asterisk")
        await stage.press("4")
        assert stage.text.count("elsewhere") == 2


# -- Invoice, Send and Done


async def test_the_page_in_letters_is_the_paper_whole(tmp_path: Path) -> None:
    async with pilot_of(own_month(tmp_path, TWO)) as stage:
        text = await stage.go(StepId.INVOICE)
        assert "Draft           2 November 2026  October 2026  10 November 2026  2" in text
        assert "EUR 120.00" in text
        assert "the number is taken only when you issue it" in text


async def test_send_shows_each_line_whole_with_the_way_to_change_it(tmp_path: Path) -> None:
    month = own_month(tmp_path, TWO, FORGOTTEN, customer={"name": LONG})
    async with pilot_of(month) as stage:
        text = await stage.go(StepId.SEND)
        assert text.count("Change") == 11 + 1
        assert LONG.rpartition(" ")[2] in text
        assert "2 sessions, 120.00 EUR" in text
        await stage.press("down", "down", "e")
        assert stage.is_at(StepId.CREDIT)
        assert "[ Send › ]" in stage.text
        await stage.press("enter")
        assert stage.is_at(StepId.SEND)
        # Where a wrong number is put right, not where it is only shown.
        assert "▌10" in await stage.press("down", "down", "down", "e")


async def test_enter_at_the_question_before_issuing_issues_nothing() -> None:
    async with pilot_of() as stage:
        await stage.go(StepId.SEND)
        await stage.press("enter")
        assert isinstance(stage.app.screen, Confirm)
        await stage.press("enter")
        assert not stage.app.flow.standing.is_issued
        assert stage.is_at(StepId.SEND)


async def test_the_question_before_issuing_says_what_is_not_on_the_invoice(tmp_path: Path) -> None:
    async with pilot_of(own_month(tmp_path, TWO, FORGOTTEN)) as stage:
        await stage.go(StepId.UNPAID)
        await stage.press("2")
        await stage.go(StepId.SEND)
        assert "35.00 EUR is not on it" in await stage.press("enter")


async def test_the_question_before_issuing_says_that_the_month_is_not_over(tmp_path: Path) -> None:
    month = replace(own_month(tmp_path, TWO), today=date(2026, 10, 29))
    async with pilot_of(replace(month, month=Month(2026, 10))) as stage:
        await stage.go(StepId.SEND)
        await stage.press("enter")
        assert "October 2026 is not over on Thu 29 Oct" in stage.words


async def test_answers_whose_reading_was_stopped_are_read_before_anything_is_issued(
    tmp_path: Path,
) -> None:
    async with pilot_of(own_month(tmp_path, TWO)) as stage:
        flow = stage.app.flow
        assert flow.month_end is not None
        first = flow.month_end.paid[0].candidates[0]
        flow.change(replace(flow.request, left_out={first.fingerprint: "later"}), "one is left out")
        flow.ask()
        assert "Stopped" in await stage.heard("escape")
        await stage.go(StepId.SEND)
        assert "Reading the exports again" in await stage.heard("enter")
        await stage.go(StepId.SEND)
        await stage.press("enter")
        assert "1 session of October 2026, 60.00 EUR" in stage.words


async def issue(stage: Stage) -> None:
    await stage.go(StepId.SEND)
    await stage.press("enter", "tab", "enter")
    assert stage.is_at(StepId.DONE)


async def test_what_is_not_sent_is_never_called_done(tmp_path: Path) -> None:
    async with pilot_of(own_month(tmp_path, TWO)) as stage:
        await issue(stage)
        assert "KC-0011 issued · not sent yet" in stage.text
        assert "still to be sent" in stage.text
        assert "Finish" not in stage.text
        assert "u Undo" not in stage.text
        await stage.press("5")
        assert "KC-0011 sent · money by Tue 10 Nov" in stage.text
        assert "sent, in time" in stage.text
        assert "[ Finish › ]" in stage.text


async def test_sent_is_taken_back_in_the_ledger_too(tmp_path: Path) -> None:
    month = own_month(tmp_path, TWO)
    async with pilot_of(month) as stage:
        await issue(stage)
        await stage.press("m", "m")
        assert "still to be sent" in stage.text
    from kara_tui import issued

    (document,) = issued.documents("default", None)
    assert document.sent_on is None


async def test_the_last_words_name_no_day_that_is_over_and_ask_for_nothing_that_is_done(
    tmp_path: Path,
) -> None:
    async with pilot_of(replace(own_month(tmp_path, TWO), today=date(2026, 11, 27))) as stage:
        await issue(stage)
        assert "Send it today." in farewell(stage.app.flow.standing)
        await stage.press("m")
        said = farewell(stage.app.flow.standing)
        assert "KC-0011: 2 sessions, 120.00 EUR" in said
        assert "Send it" not in said


async def test_after_issuing_nothing_can_be_changed_and_the_review_says_so(tmp_path: Path) -> None:
    async with pilot_of(own_month(tmp_path, TWO)) as stage:
        await issue(stage)
        assert "What was issued" in await stage.press("escape")
        assert "Change" not in stage.text
        assert "taken when you issue it" not in stage.text
        await stage.go(StepId.INVOICE)
        assert "KC-0011         2 November 2026" in stage.text
        assert "Draft" not in stage.text
        assert "taken only when you issue it" not in stage.text
        await stage.go(StepId.CREDIT)
        assert "The invoice is issued" in await stage.heard("space", "down", "enter")


async def test_the_sample_months_seven_steps_are_nine_keys() -> None:
    async with pilot_of(sample()) as stage:
        await stage.press(*["enter"] * 6, "tab", "enter")
        assert stage.app.flow.standing.is_issued


async def test_a_wider_terminal_shows_the_side_and_a_narrow_one_the_lines_below(
    tmp_path: Path,
) -> None:
    async with pilot_of(own_month(tmp_path, TWO, FORGOTTEN)) as stage:
        narrow = await stage.go(StepId.CREDIT)
        for _ in range(2):
            await stage.pilot.resize_terminal(120, 40)
            await stage.settle()
            assert "By sponsor" in stage.text
            assert "Acme ehf." in line_with(stage.text, "Thu 15 Oct")
            side = [line[80:] for line in stage.text.split("\n")]
            assert any("Acme ehf." in line and "60.00" in line for line in side)
            await stage.pilot.resize_terminal(80, 24)
            await stage.settle()
            assert stage.text == narrow


@pytest.mark.parametrize("size", [(40, 10), (60, 20), (200, 50)], ids=["40x10", "60x20", "200x50"])
async def test_every_page_is_drawn_in_small_and_large_terminals(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with pilot_of(own_month(tmp_path, TWO, FORGOTTEN), size=size) as stage:
        for step in list(StepId)[:6]:
            text = await stage.go(step)
            columns, rows = size
            lines = text.split("\n")
            assert len(lines) == rows
            assert all(len(line) <= columns for line in lines)
            assert "›" in text


def test_the_mail_that_send_shows_is_the_mail_that_is_written(tmp_path: Path) -> None:
    prepared = month_end.prepare(own_month(tmp_path, TWO))
    shown = acts.mail_to_be(prepared)
    _, written = acts.issue(prepared)
    assert written is not None
    assert (shown.to, shown.cc, shown.subject) == (written.to, written.cc, written.subject)
    assert shown.body.split() == written.body.split()
    assert "KC-0011" in shown.subject
