"""What the ledger remembers is known again, in the words of an earlier kara-tui too."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from kara_tui import ledger
from kara_tui.model import Decision
from kara_tui.month_end.history import known_about, months_invoiced, session_kept
from tests.ledger.story import NOVEMBER, credit_order, draft, month_of_sessions, order, render
from tests.month_end.a_month import OCTOBER, a_profile, candidate, session


def now() -> datetime:
    return datetime(2026, 11, 2, 9, tzinfo=UTC)


def test_a_decision_under_the_print_of_a_payment_id_is_known_by_its_session(
    tmp_path: Path,
) -> None:
    one = candidate(session(payment_id="P-1"))
    kept = json.loads(session_kept(one.session, "default"))
    del kept["profile"]  # which the first ledgers did not keep
    choice = ledger.SessionDecision(
        "payment.6112983fe40c118e", Decision.CONFIRMED, json.dumps(kept)
    )
    with ledger.open_ledger(tmp_path / "ledger.sqlite3", now=now) as book:
        book.decide([choice])
        known = known_about(book, a_profile(), OCTOBER, [one])
    assert known.decisions == {one.fingerprint: Decision.CONFIRMED}
    assert [waiting.fingerprint for waiting in known.confirmed] == [one.fingerprint]


def test_an_answer_of_another_profile_is_not_known(tmp_path: Path) -> None:
    one = candidate(session())
    choice = ledger.SessionDecision(
        one.fingerprint, Decision.CONFIRMED, session_kept(one.session, "clinic")
    )
    with ledger.open_ledger(tmp_path / "ledger.sqlite3", now=now) as book:
        book.decide([choice])
        assert known_about(book, a_profile(), OCTOBER, [one]).decisions == {}
        clinic = known_about(book, a_profile(name="clinic"), OCTOBER, [one])
    assert clinic.decisions == {one.fingerprint: Decision.CONFIRMED}


def test_only_invoices_of_the_month_are_its_invoices_and_only_standing_ones_invoice_it(
    tmp_path: Path,
) -> None:
    with ledger.open_ledger(tmp_path / "ledger.sqlite3", now=now) as book:
        book.issue(order(), render)
        book.issue(order(NOVEMBER), render)
        known = known_about(book, a_profile(), OCTOBER, [])
        assert [one.number for one in known.issued[OCTOBER]] == ["KC-0001"]
        assert months_invoiced(book, "default", [OCTOBER, NOVEMBER]) == (OCTOBER, NOVEMBER)
        assert months_invoiced(book, "clinic", [OCTOBER, NOVEMBER]) == ()
        assert months_invoiced(book, "default", [NOVEMBER]) == (NOVEMBER,)

        book.credit(credit_order("KC-0001"), render)
        known = known_about(book, a_profile(), OCTOBER, [])
        assert [(one.number, one.stands) for one in known.issued[OCTOBER]] == [("KC-0001", False)]
        assert months_invoiced(book, "default", [OCTOBER, NOVEMBER]) == (NOVEMBER,)


def test_a_confirmed_session_that_is_billed_waits_no_more(tmp_path: Path) -> None:
    with ledger.open_ledger(tmp_path / "ledger.sqlite3", now=now) as book:
        sessions = month_of_sessions(OCTOBER, 2)
        first, second = ledger.fingerprints(sessions)
        book.decide([
            ledger.SessionDecision(mark, decision, session_kept(one, "default"))
            for mark, decision, one in (
                (first, Decision.CONFIRMED, sessions[0]), (second, Decision.LATER, sessions[1]),
            )
        ])  # fmt: skip
        known = known_about(book, a_profile(), OCTOBER, [])
        assert [one.fingerprint for one in known.confirmed] == [first]
        book.issue(order(OCTOBER, draft(sessions, OCTOBER)), render)
        assert known_about(book, a_profile(), OCTOBER, []).confirmed == ()
