"""What is said of findings: in the words of one who is asked, and no option of a command."""

from __future__ import annotations

from kara_tui.model import Finding, Severity
from kara_tui.plain.saying import findings_said
from tests.month_end.options import codes_with_options


def test_what_the_command_line_settles_by_an_option_is_said_by_the_step_that_asks() -> None:
    for code in set(codes_with_options()):
        finding = Finding(code, Severity.BLOCKER, "It is so.", "Say --so or --otherwise.")
        _, said = findings_said([finding])
        assert said.startswith("1. To be solved first: It is so. ")
        assert len(said.split("It is so. ")[1]) > 10, code
        assert "--" not in said


def test_a_whole_command_stays_and_a_sentence_about_an_option_goes() -> None:
    hint = "Look at it. Say it with --so. Restore it: kara-tui restore FILE --older."
    _, said = findings_said([Finding("ledger", Severity.WARNING, "It is so.", hint)])
    assert said.endswith("It is so. Look at it. Restore it: kara-tui restore FILE --older.")
