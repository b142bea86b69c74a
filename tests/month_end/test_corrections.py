"""What the user puts right stands on the invoice, and the session is known again all the same."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest

from kara_tui.model import SessionKind
from kara_tui.month_end.corrections import Correction
from kara_tui.month_end.decisions import Answer, BadAnswers, read_answers
from tests.month_end.a_month import candidate, export, found, month_end, session

ONE = session(4, time=None)
OTHER = session(5)
PRINT = candidate(ONE).fingerprint


def test_a_corrected_time_and_kind_stand_on_the_line_and_the_fingerprint_stays() -> None:
    right = Correction(time(14, 30), SessionKind.LATE_CANCELLATION)
    result = month_end(export(ONE, OTHER), corrections={PRINT: right})

    line = next(line for line in result.invoices[0].lines if line.time == time(14, 30))
    assert line.kind is SessionKind.LATE_CANCELLATION
    assert line.price == ONE.price
    assert PRINT in {one.fingerprint for one in result.billed}
    assert found(result, "corrected").rows == (4,)


def test_what_is_not_said_stays_as_the_export_has_it() -> None:
    result = month_end(export(OTHER), corrections={candidate(OTHER).fingerprint: Correction()})

    (line,) = result.invoices[0].lines
    assert (line.time, line.kind) == (OTHER.time, OTHER.kind)


def test_a_file_corrects_and_leaves_out_as_the_wizard_does(tmp_path: Path) -> None:
    file = tmp_path / "answers.toml"
    file.write_text(
        "[[session]]\nrow = 4\nset_time = 14:30:00\nset_kind = 'no-show'\n"
        "[[session]]\nrow = 5\nleave_out = 'Invoiced by hand.'\n"
    )
    result = month_end(export(ONE, OTHER), answers=read_answers(file))

    (line,) = result.invoices[0].lines
    assert (line.time, line.kind) == (time(14, 30), SessionKind.NO_SHOW)
    assert [one.reason for one in result.left_out] == ["Invoiced by hand."]


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("row = 4", "either a decision"),
        ("row = 4\ndecision = 'void'\nleave_out = 'x'", "either a decision"),
        ("leave_out = 'x'", "about which session"),
        ("row = 4\nset_kind = 'holiday'", "set_kind must be one of session, late-cancellation"),
        ("row = 4\nset_time = '14:30'", "set_time is written as set_time = 10:00:00"),
    ],
)
def test_an_entry_that_says_nothing_or_two_things_is_refused(
    tmp_path: Path, entry: str, said: str
) -> None:
    file = tmp_path / "answers.toml"
    file.write_text(f"[[session]]\n{entry}\n")

    with pytest.raises(BadAnswers, match=said):
        read_answers(file)


def test_an_answer_about_a_paid_session_that_is_not_there_is_told() -> None:
    result = month_end(export(ONE), answers=(Answer(row=99, leave_out="x"),))

    assert "No paid session" in found(result, "decision-unmatched").message
