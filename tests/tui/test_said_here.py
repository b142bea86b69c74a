"""Findings in the wizard's words: no option of the command line, sessions by their day and time."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import kara_tui
from kara_tui import month_end
from kara_tui.exports.findings import READER_FINDINGS
from kara_tui.model import Finding, Severity
from kara_tui.month_end.findings.table import MEANINGS
from kara_tui.tui.said_here import hint_here, message_here
from tests.tui.piloting import sample

OPTION = re.compile(r"(?:^|\s|\()--[a-z]")


def codes_with_options() -> Iterator[str]:
    """The codes of findings that are made with an option of the command line in their words."""
    known = {*MEANINGS, *READER_FINDINGS}
    for file in Path(kara_tui.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and node.args):
                continue
            code = node.args[0]
            if not (isinstance(code, ast.Constant) and code.value in known):
                continue
            texts = [
                part.value
                for part in ast.walk(node)
                if isinstance(part, ast.Constant) and isinstance(part.value, str)
            ]
            if any(OPTION.search(text) for text in texts):
                yield str(code.value)


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
