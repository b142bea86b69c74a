"""The flow of a month end, walked at random: totals agree, undo and resume lose nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kara_tui.model import Decision, Money, SessionKind, total
from kara_tui.model.routing import Routing
from kara_tui.month_end.assess import MonthEnd, assess
from kara_tui.month_end.corrections import Correction
from kara_tui.month_end.flow import Flow
from kara_tui.month_end.outcome import Outcome, Status
from kara_tui.month_end.place import load_place, save_place
from kara_tui.month_end.portal import STEPS, StepId
from kara_tui.month_end.request import Request
from kara_tui.month_end.steps import State, missing
from kara_tui.settings import load

from .a_month import DAYS, NOTHING_KNOWN, TODAY, export, session

PAID, UNPAID = Path("paid.csv"), Path("unpaid.csv")
THERE = export(*(session(row, sponsor=("Norðurljós", "Acme")[row % 2]) for row in range(2, 8)))
OPEN = export(session(9), session(10, sponsor=""), name="unpaid.csv")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KARA_TUI_HOME", str(tmp_path / "home"))
    return tmp_path


def read(flow: Flow) -> None:
    """Read the files as the app does: ask, work it out, take the answer."""
    if not flow.request.paid:
        return
    ticket = flow.ask()
    assert flow.read(ticket, worked_out(flow.request))


def worked_out(request: Request) -> MonthEnd:
    return assess(
        request, load("demo"), [THERE], [OPEN] if request.unpaid else [], NOTHING_KNOWN, DAYS,
        due_on=DAYS.pay,
    )  # fmt: skip


def begun() -> Flow:
    flow = Flow(Request("demo", TODAY))
    flow.choose_files(replace(flow.request, paid=(PAID,), unpaid=(UNPAID,)))
    read(flow)
    return flow


prints = [one.fingerprint for one in THERE.candidates]
corrections = st.builds(
    Correction,
    time=st.sampled_from([None, time(8, 30)]),
    kind=st.sampled_from([None, *SessionKind]),
    service=st.sampled_from([None, "Another talk"]),
)
answers = st.one_of(
    st.tuples(st.just("out"), st.sampled_from(prints)),
    st.tuples(st.just("in"), st.sampled_from(prints)),
    st.tuples(st.just("route"), st.sampled_from([("Acme", way) for way in Routing])),
    st.tuples(st.just("decide"), st.sampled_from(list(Decision))),
    st.tuples(st.just("correct"), st.tuples(st.sampled_from(prints), corrections)),
)
moves = st.one_of(
    st.tuples(st.sampled_from(["go", "visit"]), st.sampled_from(list(StepId))),
    st.tuples(st.sampled_from(["forward", "backward", "undo"]), st.none()),
)
files = st.tuples(st.just("files"), st.sampled_from([(), (UNPAID,)]))
deeds_of_answers = st.lists(st.one_of(answers, moves), max_size=25)
deeds_of_all = st.lists(st.one_of(answers, moves, files), max_size=25)


def do(flow: Flow, deed: tuple[str, object]) -> str:
    """One thing a user does, with the reading that follows it."""
    what, about = deed
    request = flow.request
    if what == "out":
        said = flow.change(
            replace(request, left_out={**request.left_out, str(about): "later"}), f"{about} is out"
        )
    elif what == "in":
        left = {key: why for key, why in request.left_out.items() if key != about}
        said = flow.change(replace(request, left_out=left), f"{about} is in")
    elif what == "route":
        assert isinstance(about, tuple)
        sponsor, way = about
        routes = {**request.routes, sponsor: way}
        said = flow.change(replace(request, routes=routes), f"{sponsor} {way}")
    elif what == "decide":
        key = OPEN.candidates[0].fingerprint
        assert isinstance(about, Decision)
        said = flow.change(replace(request, decisions={**request.decisions, key: about}), "decided")
    elif what == "correct":
        assert isinstance(about, tuple)
        found, correction = about
        corrected = {**request.corrections, found: correction}
        said = flow.change(replace(request, corrections=corrected), f"{found} is put right")
    elif what == "files":
        assert isinstance(about, tuple)
        said = flow.choose_files(replace(request, unpaid=about))
    elif what in ("go", "visit"):
        assert isinstance(about, StepId)
        return flow.go(about) if what == "go" else flow.visit(about)
    else:
        said = {"forward": flow.forward, "backward": flow.backward, "undo": flow.undo}[what]()
        if what != "undo":
            return said
    read(flow)
    return said


@given(deeds_of_all)
@settings(max_examples=60, deadline=None)
def test_totals_and_standing_always_agree_with_what_was_said(
    deeds: list[tuple[str, object]],
) -> None:
    flow = begun()
    for deed in deeds:
        before = flow.step
        do(flow, deed)
        if flow.step is not before and deed[0] in ("go", "visit", "forward"):
            assert not missing(flow.step, flow.standing)
        month_end = flow.month_end
        assert month_end is not None
        assert month_end == worked_out(flow.request)
        billed = [one.session.price for one in month_end.billed]
        assert month_end.totals == ((total(billed, "EUR"),) if billed else ())
        assert month_end.sessions + len(month_end.left_out) == len(prints)


@given(deeds_of_answers)
@settings(max_examples=60, deadline=None)
def test_undoing_every_change_gives_the_first_month_back(deeds: list[tuple[str, object]]) -> None:
    flow = begun()
    before = flow.month_end
    for deed in deeds:
        do(flow, deed)
    while flow.last_change is not None:
        name = flow.last_change.name
        assert do(flow, ("undo", None)) == f"Taken back: {name}."
    assert flow.month_end == before
    assert flow.undo() == "There is nothing to take back."


@given(deeds_of_all)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_place_that_was_kept_is_taken_up_with_the_same_totals(
    home: Path, deeds: list[tuple[str, object]]
) -> None:
    flow = begun()
    for deed in deeds:
        do(flow, deed)
    save_place(flow.step.value, flow.request, flow.month_end)
    place = load_place(Request("demo", TODAY))
    assert place is not None
    assert place.request == flow.request
    again = Flow(Request("demo", TODAY))
    again.take_up(place.request, place.step)
    read(again)
    again.arrive(place.step)

    assert (again.step, again.request) == (flow.step, flow.request)
    assert again.month_end == flow.month_end
    assert place.changed(again.standing.month_end or worked_out(again.request)) == ()
    assert all(again.state_of(one.id) is flow.state_of(one.id)
               for one in STEPS[: list(StepId).index(flow.step) + 1]
               if one.id in flow.seen)  # fmt: skip


@given(
    st.lists(answers, max_size=6),
    st.sampled_from(list(StepId)[:5]),
    st.lists(answers, max_size=3),
    st.sampled_from(["forward", "backward"]),
)
@settings(max_examples=60, deadline=None)
def test_from_the_review_to_any_question_and_back_in_one_key_keeps_all_other_answers(
    before: list[tuple[str, object]],
    step: StepId,
    there: list[tuple[str, object]],
    way: str,
) -> None:
    flow = begun()
    for deed in before:
        do(flow, deed)
    assert flow.go(StepId.SEND) == ""
    seen = flow.seen

    assert flow.visit(step) == ""
    assert flow.returns_to_review
    request = flow.request
    for deed in there:
        do(flow, deed)
        assert (flow.step, flow.returns_to_review) == (step, True)
    answered = flow.request
    assert do(flow, (way, None)) == ""

    assert (flow.step, flow.returns_to_review) == (StepId.SEND, False)
    assert flow.seen == seen | {step}
    assert flow.request == answered
    # Only what was answered there has changed, and undo takes it back to the last answer.
    same = Flow(request)
    read(same)
    for deed in there:
        do(same, deed)
    assert (same.request, same.month_end) == (flow.request, flow.month_end)
    while flow.request != request:
        assert do(flow, ("undo", None)).startswith("Taken back")
        assert (flow.step, flow.returns_to_review) == (step, True)


def test_undo_names_what_it_takes_back_and_shows_the_step_where_it_was_said() -> None:
    flow = begun()
    flow.go(StepId.CREDIT)
    routes = {"Acme": Routing.ELSEWHERE}
    flow.change(replace(flow.request, routes=routes), "Acme is invoiced directly")
    flow.go(StepId.UNPAID)

    assert flow.undo() == "Taken back: Acme is invoiced directly."
    assert flow.step is StepId.CREDIT
    assert flow.request.routes == {}


def test_undo_at_the_review_comes_back_to_the_review_with_the_next_step() -> None:
    flow = begun()
    flow.go(StepId.CREDIT)
    flow.change(replace(flow.request, left_out={prints[0]: "later"}), "one is out")
    read(flow)
    flow.go(StepId.SEND)

    flow.undo()
    read(flow)

    assert (flow.step, flow.returns_to_review) == (StepId.CREDIT, True)
    assert flow.forward() == ""
    assert (flow.step, flow.returns_to_review) == (StepId.SEND, False)


def test_undo_never_takes_the_choice_of_the_files_back() -> None:
    flow = begun()
    flow.change(replace(flow.request, left_out={prints[0]: "later"}), "one is out")
    flow.choose_files(replace(flow.request, unpaid=()))

    flow.undo()

    assert flow.request.paid == (PAID,)
    assert flow.request.unpaid == ()
    assert flow.request.left_out == {}


def test_an_answer_to_an_older_question_is_not_taken() -> None:
    flow = begun()
    first = flow.ask()
    second = flow.ask()
    month_end = worked_out(flow.request)

    assert not flow.read(first, month_end)
    assert flow.is_reading
    assert flow.read(second, month_end)
    assert not flow.is_reading


def test_what_is_known_is_of_these_answers_only_when_it_was_worked_out_from_them() -> None:
    flow = begun()
    worked_out = [flow.is_worked_out]
    flow.change(replace(flow.request, left_out={prints[0]: "later"}), "one is out")
    worked_out.append(flow.is_worked_out)
    read(flow)
    worked_out.append(flow.is_worked_out)
    flow.undo()
    worked_out.append(flow.is_worked_out)

    assert worked_out == [True, False, True, False]


def test_stopping_to_wait_keeps_what_was_read_before() -> None:
    flow = begun()
    before = flow.month_end
    ticket = flow.ask()

    assert flow.stop_waiting()
    assert not flow.read(ticket, worked_out(replace(flow.request, left_out={prints[0]: "x"})))
    assert flow.month_end == before
    assert not flow.stop_waiting()


def test_a_step_that_was_not_looked_at_is_open_whatever_it_holds() -> None:
    flow = begun()

    assert flow.state_of(StepId.PAYMENTS) is State.DONE
    assert flow.state_of(StepId.PAID) is State.OPEN
    flow.go(StepId.PAID)
    assert flow.state_of(StepId.PAID) is State.DONE


def test_a_step_without_what_it_needs_is_not_shown_and_says_why() -> None:
    flow = Flow(Request("demo", TODAY))

    assert flow.go(StepId.CREDIT) == "Choose the Paid export first."
    assert flow.step is StepId.PAYMENTS


def test_nothing_changes_once_the_month_is_issued() -> None:
    flow = begun()
    flow.change(replace(flow.request, left_out={prints[0]: "later"}), "one is out")
    before = flow.request
    flow.issued(Outcome(Status.ISSUED, before.billed_month))

    assert flow.step is StepId.DONE
    assert "issued" in flow.change(replace(before, left_out={}), "all are in")
    assert "issued" in flow.choose_files(replace(before, paid=()))
    assert "issued" in flow.undo()
    assert flow.request == before
    assert not flow.standing.is_sent
    flow.sent(TODAY)
    assert flow.standing.is_sent


def test_money_is_only_ever_that_of_the_model() -> None:
    flow = begun()
    assert flow.month_end is not None
    assert flow.month_end.totals == (Money(36000, "EUR"),)
