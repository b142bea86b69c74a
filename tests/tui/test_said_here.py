"""Findings in the wizard's words: no option of the command line, sessions by their day and time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kara_tui import month_end
from kara_tui.model import Finding, Month, Severity
from kara_tui.settings import Problem
from kara_tui.tui.said_here import hint_here, message_here
from tests.end_to_end.payments import Payment
from tests.month_end.options import codes_with_options
from tests.tui.piloting import own_month, sample


def test_what_the_command_line_settles_by_an_option_the_wizard_settles_by_a_key() -> None:
    codes = set(codes_with_options())
    assert len(codes) >= 8
    for code in codes:
        said = hint_here(Finding(code, Severity.BLOCKER, "It is so.", "Say --so or --otherwise."))
        assert said, code
        assert "--" not in said


def test_a_hint_without_options_and_a_whole_command_stay_as_they_are() -> None:
    for hint in ("Put it right in the portal.", "Restore it: kara-tui restore FILE --older."):
        assert hint_here(Finding("ledger", Severity.BLOCKER, "It is so.", hint)) == hint
    mixed = Finding("document", Severity.BLOCKER, "It is so.", "Look at it. Say it with --so.")
    assert hint_here(mixed) == "Look at it."


def test_rows_are_said_as_the_sessions_they_are() -> None:
    month = month_end.prepare(sample())
    session = month.billed[0].session
    said = f"({session.date:%a} {session.date.day} {session.date:%b} {session.time:%H:%M})"
    message = f"One session (row {session.row} of {session.source}) is odd."
    odd = Finding("zero-price", Severity.WARNING, message, "", (session.row,), 1, session.source)
    assert message_here(odd, month) == f"One session {said} is odd."
    # A row that is no session of the month keeps its number, and so does every other with it.
    rows = (session.row, 9_999)
    message = f"Two sessions (rows {session.row} and 9999 of {session.source}) are odd."
    unknown = Finding("zero-price", Severity.WARNING, message, "", rows, 2, session.source)
    assert message_here(unknown, month) == message
    assert message_here(odd, None) == odd.message


def test_a_session_that_came_late_is_said_as_itself(tmp_path: Path) -> None:
    september = Payment(date="2026-09-29 14:30")
    first = own_month(tmp_path, [september])
    month_end.issue(month_end.prepare(replace(first, month=Month(2026, 9))))
    late = Payment(date="2026-09-30 11:00")
    month = month_end.prepare(own_month(tmp_path / "next", [september, late, Payment()]))
    (asked,) = [one for one in month.findings if one.code == "late-sessions"]
    assert "(Wed 30 Sep 11:00)" in message_here(asked, month)
    assert "row" not in message_here(asked, month)


def test_days_and_settings_are_said_as_everywhere_in_the_wizard() -> None:
    message = "It was issued on 2026-12-01 from export_2026-12-01.csv."
    found = Finding("month-issued", Severity.BLOCKER, message)
    said = "It was issued on Tue 1 Dec 2026 from export_2026-12-01.csv."
    assert message_here(found, None) == said
    problem = Problem("vat.text", "Exempt", "It is another's.", 'Write text = "Undanþegið".')
    assert message_here(problem.finding(), None) == (
        "The words about VAT on the invoice, “Exempt”: It is another's."
    )
    assert hint_here(problem.finding()) == "Write “Undanþegið”."
