"""One error that people can read: every room's derives from it and says all of itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import kara_tui
from kara_tui import documents, exit_codes, exports, ledger, mail, settings
from kara_tui.errors import UserError, WrongUsage
from kara_tui.exports.findings import finding
from kara_tui.issued import NothingThere
from kara_tui.model import Severity
from kara_tui.month_end.findings import MEANINGS

PROBLEM = settings.Problem("bank.iban", "IS1", "Its check digits are wrong.", "Compare it.")


@pytest.mark.parametrize(
    ("error", "code", "exit_code"),
    [
        (settings.NoProfile("default"), "no-profile", exit_codes.DECISION_NEEDED),
        (settings.ReadOnlyProfile("demo"), "no-profile", exit_codes.DECISION_NEEDED),
        (settings.UnknownTheme("There is none."), "unknown-name", exit_codes.WRONG_USAGE),
        (settings.BadName("That is no name."), "unknown-name", exit_codes.WRONG_USAGE),
        (settings.ProfileError([PROBLEM]), "profile-problem", exit_codes.DECISION_NEEDED),
        (settings.UnreadableProfile([PROBLEM]), "profile-problem", exit_codes.UNREADABLE),
        (ledger.LedgerError("It is locked.", "Wait."), "ledger", exit_codes.DECISION_NEEDED),
        (ledger.MonthTaken("October", ["KC-1"]), "ledger", exit_codes.DECISION_NEEDED),
        (NothingThere("Nothing was issued yet."), "ledger", exit_codes.DECISION_NEEDED),
        (documents.DocumentError("It has no shape."), "document", exit_codes.DECISION_NEEDED),
        (mail.MailError("It has no address."), "mail", exit_codes.DECISION_NEEDED),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else str(value),
)
def test_what_stops_the_work_is_a_blocker_of_the_table_and_knows_its_exit_code(
    error: UserError, code: str, exit_code: int
) -> None:
    (one,) = error.findings
    assert (one.code, one.severity, error.exit_code) == (code, Severity.BLOCKER, exit_code)
    assert code in MEANINGS
    assert one.message


def test_a_file_that_cannot_be_read_says_all_that_was_found_in_it() -> None:
    both = (finding("file-empty", "It is empty."), finding("header-missing", "There is none."))
    error = exports.Unreadable(*both)
    assert (error.findings, error.exit_code) == (both, exit_codes.UNREADABLE)


def test_an_error_reads_as_its_sentence_and_what_to_do() -> None:
    assert str(UserError("It is locked.", "Wait.")) == "It is locked. Wait."
    assert str(WrongUsage("That is no day.")) == "That is no day."


# What its own module catches, or turns into words where it knows the place.
_INSIDE = {
    "BadToml", "Refused",  # a value that is refused becomes a sentence with its field or row
    "WorkbookRefused",  # the child's last words, of which its parent makes a finding
    "UnknownCurrency", "CurrencyMismatch",
    "NotDrawn", "NotThisWay",
    "Back", "Leave", "Undo", "GoTo", "BrokenOff",  # ways to go in a conversation
}  # fmt: skip


def test_no_room_has_an_error_of_another_kind_that_leaves_it() -> None:
    assert set(_errors_beside_the_tree()) - _INSIDE == set()


def _errors_beside_the_tree() -> Iterator[str]:
    """Classes that derive from one of Python's own errors; the wizard's left out."""
    import builtins

    package = Path(kara_tui.__file__).parent
    for path in package.rglob("*.py"):
        if "tui" in path.relative_to(package).parts or path.name == "errors.py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                bases = (getattr(builtins, getattr(base, "id", ""), None) for base in node.bases)
                if any(isinstance(base, type) and issubclass(base, Exception) for base in bases):
                    yield node.name
