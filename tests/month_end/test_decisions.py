"""Answers about unpaid sessions: which sessions they are about, and what a slip is told."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kara_tui.model import Decision
from kara_tui.month_end.billing_history import BillingHistory
from kara_tui.month_end.decisions import (
    Answer,
    BadAnswers,
    answers_for,
    read_answers,
    unmatched,
)
from kara_tui.month_end.unpaid import propose
from tests.month_end.a_month import candidate, export, found, month_end, session, unpaid

ONE = session(3, date=date(2026, 10, 14), time=time(10), sponsor="Norðurljós", service="Viðtal")


@pytest.mark.parametrize(
    ("about", "fits"),
    [
        ({"row": 3}, True),
        ({"row": 4}, False),
        ({"date": date(2026, 10, 14)}, True),
        ({"date": date(2026, 10, 15)}, False),
        ({"time": time(10)}, True),
        ({"time": time(10, 1)}, False),
        ({"sponsor": "Norðurljós"}, True),
        ({"sponsor": "Nordurljos"}, False),
        ({"service": "Viðtal", "date": date(2026, 10, 14)}, True),
        ({"service": "Viðtal", "date": date(2026, 10, 13)}, False),
        ({"professional": "Þóra Ægisdóttir"}, True),
        ({"professional": "Ann Ek"}, False),
    ],
)
def test_an_answer_is_about_the_sessions_that_have_all_its_values(
    about: dict[str, Any], *, fits: bool
) -> None:
    assert Answer(Decision.VOID, **about).is_about(ONE) is fits


def test_the_last_of_several_answers_holds() -> None:
    one = candidate(ONE)
    answers = [Answer(Decision.LATER, row=3), Answer(Decision.VOID, date=ONE.date)]
    assert answers_for([one], answers) == {one.fingerprint: Decision.VOID}


def test_an_answer_of_this_run_is_stronger_than_a_kept_one_and_the_wizards_than_a_files() -> None:
    waiting = unpaid(ONE)
    (one,) = waiting.candidates
    known = BillingHistory(decisions={one.fingerprint: Decision.LATER})
    file = (Answer(Decision.VOID, row=3),)
    screen = {one.fingerprint: Decision.COLLECT}

    def decision(**asked: Any) -> Decision | None:
        result = month_end(export(session()), open_ones=[waiting], known=known, **asked)
        return result.unpaid[0].decision

    assert decision() is Decision.LATER
    assert decision(answers=file) is Decision.VOID
    assert decision(answers=file, decisions=screen) is Decision.COLLECT


def test_the_portals_data_proposes_confirm_with_a_sponsor_and_collect_without() -> None:
    with_sponsor, without = candidate(ONE), candidate(session(4, sponsor=""))
    proposed = propose([with_sponsor, without], {})
    assert [one.proposal for one in proposed] == [Decision.CONFIRMED, Decision.COLLECT]
    assert [one.decision for one in proposed] == [None, None]


def test_a_proposal_is_no_decision() -> None:
    result = month_end(export(session()), open_ones=[unpaid(ONE)])
    assert found(result, "unpaid-with-sponsor").is_blocker


@settings(deadline=None)
@given(st.sampled_from(Decision))
def test_no_decision_ever_bills_a_session_of_the_unpaid_list(decision: Decision) -> None:
    waiting = unpaid(ONE)
    (one,) = waiting.candidates
    result = month_end(
        export(session()), open_ones=[waiting], decisions={one.fingerprint: decision}
    )
    assert [billed.session.row for billed in result.billed] == [2]


def test_answers_are_read_from_toml(tmp_path: Path) -> None:
    path = tmp_path / "answers.toml"
    path.write_text(
        '[[session]]\ndate = 2026-10-14\ntime = 10:00:00\nsponsor = "Norðurljós"\n'
        'decision = "confirmed"\nnote = "on 2 November"\n\n'
        '[[session]]\nrow = 7\ndecision = "void"\n',
        "utf-8",
    )
    assert read_answers(path) == (
        Answer(
            Decision.CONFIRMED, date=date(2026, 10, 14), time=time(10), sponsor="Norðurljós",
            note="on 2 November",
        ),
        Answer(Decision.VOID, row=7),
    )  # fmt: skip


def test_an_empty_file_holds_no_answer(tmp_path: Path) -> None:
    path = tmp_path / "answers.toml"
    path.write_bytes(b"\xef\xbb\xbf")
    assert read_answers(path) == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[session]]\nrow = true\ndecision = "void"', "row is written as row = 4"),
        ('[[session]]\ndate = 2026-10-14T10:00:00\ndecision = "void"', "date is written as"),
        ('session = [1]', "is not a [[session]] entry"),
        ('[[session]]\nrow = 1\ndecision = 1', "decision is written as"),
    ],
)  # fmt: skip
def test_a_value_of_another_kind_is_named_with_its_entry(
    tmp_path: Path, text: str, said: str
) -> None:
    path = tmp_path / "answers.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(BadAnswers, match=r"answers\.toml, entry 1") as caught:
        read_answers(path)
    assert said in str(caught.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadAnswers, match=r"no-such-file\.toml cannot be opened"):
        read_answers(tmp_path / "no-such-file.toml")


def test_an_answer_that_fits_nothing_is_told_with_what_it_was_about() -> None:
    (finding,) = unmatched([candidate(ONE)], [], [Answer(Decision.VOID, row=9, sponsor="X")])
    assert "row 9, sponsor X" in finding.message
