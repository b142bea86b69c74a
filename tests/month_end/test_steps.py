"""The steps as data, and where a month end stands in each of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from kara_tui.exports.findings import READER_FINDINGS
from kara_tui.model import Decision, Finding, Money, Month, Session, Severity
from kara_tui.month_end.assess import MonthEnd
from kara_tui.month_end.billing_history import Candidate
from kara_tui.month_end.deadlines import Deadlines
from kara_tui.month_end.findings import MEANINGS, step_of
from kara_tui.month_end.invoicing import draft_invoices, totals_by_currency
from kara_tui.month_end.outcome import Delivered, Outcome, Status
from kara_tui.month_end.portal import BOXES
from kara_tui.month_end.request import Request
from kara_tui.month_end.steps import (
    STEPS,
    Standing,
    State,
    StepId,
    check,
    findings_of,
    missing,
    step,
    summary,
)
from kara_tui.month_end.unpaid import UnpaidSession
from kara_tui.settings import load

MONTH = Month(2026, 10)
TODAY = date(2026, 11, 2)
DAYS = Deadlines(date(2026, 11, 3), date(2026, 11, 4), date(2026, 11, 10))
NOTHING_SAID = Standing(Request("demo", TODAY))
CHOSEN = Request("demo", TODAY, paid=(Path("paid.csv"),))


def session(row: int = 2, sponsor: str = "ACME") -> Session:
    return Session(
        row, "paid.csv", date(2026, 10, 5), time(9), "Individual session", Money(6500, "EUR"),
        "Þóra Ægisdóttir", "thora@example.is", sponsor,
    )  # fmt: skip


def read(request: Request = CHOSEN, *findings: Finding, sessions: int = 2) -> Standing:
    from kara_tui.model import Mark

    profile = load("demo")
    billed = tuple(Candidate(f"s{row}", session(row)) for row in range(2, 2 + sessions))
    chosen = [one.session for one in billed]
    drafts = draft_invoices(
        chosen, profile, MONTH, issued_on=TODAY, due_on=DAYS.pay, mark=Mark.NONE
    )
    return Standing(
        request,
        MonthEnd(
            request=request, profile=profile, month=MONTH, billed=billed, left_out=(), unpaid=(),
            paid=(), unpaid_files=(), invoices=drafts, totals=totals_by_currency(chosen),
            numbers=("KC-0011",) * len(drafts), deadlines=DAYS, findings=findings,
        ),
    )  # fmt: skip


def issued(standing: Standing) -> Standing:
    assert standing.month_end is not None
    invoices = tuple(
        Delivered(replace(draft, number="KC-0011")) for draft in standing.month_end.invoices
    )
    outcome = Outcome(Status.ISSUED, MONTH, 2, invoices, "accounts@example.com")
    return replace(standing, outcome=outcome)


def finding(code: str, severity: Severity = Severity.BLOCKER) -> Finding:
    return Finding(code, severity, "Something is so.")


def states(standing: Standing) -> dict[StepId, State]:
    return {each: check(each, standing).state for each in StepId}


def test_there_is_a_step_for_each_id_in_order() -> None:
    assert [one.id for one in STEPS] == list(StepId)
    assert [one.position for one in STEPS] == [1, 2, 3, 4, 5, 6, 7]
    assert all(step(each).id is each for each in StepId)


@pytest.mark.parametrize("each", STEPS, ids=lambda each: each.title)
def test_a_step_speaks_in_sentences_and_needs_only_what_comes_before(each: object) -> None:
    one = next(known for known in STEPS if known is each)
    said = [one.purpose, one.here, *one.portal, *([one.needs_said] if one.needs else [])]
    assert all(text[-1] in ".)" and text[0].isupper() for text in said)
    assert bool(one.needs) is bool(one.needs_said)
    assert all(list(StepId).index(need) < list(StepId).index(one.id) for need in one.needs)


def test_the_export_names_every_box_of_the_portal() -> None:
    clicks = " ".join(step(StepId.PAYMENTS).portal)
    assert all(name in clicks for name, _ in BOXES)


def test_a_code_stands_in_one_table_only() -> None:
    assert not READER_FINDINGS.keys() & MEANINGS.keys()


@pytest.mark.parametrize("code", sorted(READER_FINDINGS))
def test_what_the_reader_finds_is_solved_in_payments(code: str) -> None:
    assert step_of(code) is StepId.PAYMENTS


def test_at_the_start_every_step_is_open_and_payments_comes_before_all() -> None:
    assert set(states(NOTHING_SAID).values()) == {State.OPEN}
    assert missing(StepId.PAYMENTS, NOTHING_SAID) == ()
    assert missing(StepId.CREDIT, NOTHING_SAID) == (StepId.PAYMENTS,)


def test_a_file_that_cannot_be_read_blocks_payments_and_nothing_can_follow() -> None:
    standing = Standing(CHOSEN, unreadable=(finding("file-missing"),))
    assert check(StepId.PAYMENTS, standing).state is State.BLOCKED
    assert check(StepId.PAYMENTS, standing).findings == standing.unreadable
    assert StepId.INVOICE in missing(StepId.SEND, standing)


def test_a_month_without_surprises_waits_only_to_be_issued() -> None:
    standing = read()
    assert states(standing) == {
        StepId.PAYMENTS: State.DONE,
        StepId.PAID: State.DONE,
        StepId.CREDIT: State.DONE,
        StepId.UNPAID: State.OPEN,
        StepId.INVOICE: State.DONE,
        StepId.SEND: State.OPEN,
        StepId.DONE: State.OPEN,
    }
    assert missing(StepId.SEND, standing) == ()
    assert missing(StepId.DONE, standing) == (StepId.SEND,)


@pytest.mark.parametrize(
    ("code", "where"),
    [
        ("date-order", StepId.PAYMENTS),
        ("month-issued", StepId.PAID),
        ("negative-price", StepId.CREDIT),
        ("unpaid-with-sponsor", StepId.UNPAID),
        ("no-bank-account", StepId.INVOICE),
    ],
)
def test_a_blocker_blocks_its_own_step_and_send(code: str, where: StepId) -> None:
    standing = read(CHOSEN, finding(code), finding("no-time", Severity.WARNING))
    blocked = {each for each, state in states(standing).items() if state is State.BLOCKED}
    assert blocked == {where, StepId.SEND}
    assert finding(code) in findings_of(where, standing)
    assert check(StepId.SEND, standing).findings == (finding(code),)


def test_a_warning_stands_in_its_step_and_blocks_nothing() -> None:
    standing = read(CHOSEN, finding("no-time", Severity.WARNING))
    assert check(StepId.CREDIT, standing).state is State.DONE
    assert [one.code for one in check(StepId.CREDIT, standing).findings] == ["no-time"]


def test_without_a_session_there_is_no_invoice_and_nothing_to_send() -> None:
    standing = read(CHOSEN, finding("no-sessions"), sessions=0)
    assert check(StepId.INVOICE, standing).state is State.OPEN
    assert missing(StepId.SEND, standing) == (StepId.INVOICE,)
    assert summary(StepId.INVOICE, standing) == "nothing to bill"


def test_once_issued_every_step_is_done_whatever_was_found() -> None:
    standing = issued(read(CHOSEN, finding("no-time", Severity.WARNING)))
    assert set(states(standing).values()) == {State.DONE}
    assert missing(StepId.DONE, standing) == ()


def test_each_step_says_what_it_came_to() -> None:
    standing = read(replace(CHOSEN, unpaid=(Path("unpaid.csv"),)))
    assert {each: summary(each, standing) for each in StepId} == {
        StepId.PAYMENTS: "Paid: paid.csv; Unpaid: unpaid.csv",
        StepId.PAID: "October 2026: 2 sessions to bill",
        StepId.CREDIT: "2 sessions, 130.00 EUR",
        StepId.UNPAID: "nothing unpaid in October 2026",
        StepId.INVOICE: "1 invoice, 130.00 EUR",
        StepId.SEND: "to accounts@karaconnect.com, not issued yet",
        StepId.DONE: "not yet",
    }
    after = issued(standing)
    assert summary(StepId.SEND, after) == "KC-0011 issued"
    assert "to be sent to accounts@example.com" in summary(StepId.DONE, after)


def test_unpaid_says_honestly_that_it_was_not_looked_at() -> None:
    assert "not looked at" in summary(StepId.UNPAID, read())


def test_unpaid_sessions_are_counted_by_what_was_decided() -> None:
    standing = read(replace(CHOSEN, unpaid=(Path("unpaid.csv"),)))
    assert standing.month_end is not None
    unpaid = (
        UnpaidSession(Candidate("a", session()), Decision.CONFIRMED, None),
        UnpaidSession(Candidate("b", session()), Decision.CONFIRMED, Decision.LATER),
        UnpaidSession(Candidate("c", session(sponsor="")), Decision.COLLECT, None),
    )
    standing = replace(standing, month_end=replace(standing.month_end, unpaid=unpaid))
    assert summary(StepId.UNPAID, standing) == (
        "1 still to decide, 1 put off and 1 to collect from the client"
    )
