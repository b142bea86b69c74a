"""What the ledger remembers is known again, in the words of an earlier kara-tui too."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from kara_tui import ledger
from kara_tui.model import Decision
from kara_tui.month_end.history import known_about, session_kept
from tests.month_end.a_month import OCTOBER, a_profile, candidate, session


def now() -> datetime:
    return datetime(2026, 11, 2, 9, tzinfo=UTC)


def test_a_decision_under_the_print_of_a_payment_id_is_known_by_its_session(
    tmp_path: Path,
) -> None:
    one = candidate(session(payment_id="P-1"))
    kept = json.loads(session_kept(one.session, "default"))
    del kept["profile"]  # which the first ledgers did not keep
    choice = ledger.Choice("payment.6112983fe40c118e", Decision.CONFIRMED, json.dumps(kept))
    with ledger.open_ledger(tmp_path / "ledger.sqlite3", now=now) as book:
        book.decide([choice])
        known = known_about(book, a_profile(), OCTOBER, [one])
    assert known.decisions == {one.fingerprint: Decision.CONFIRMED}
    assert [waiting.fingerprint for waiting in known.confirmed] == [one.fingerprint]


def test_an_answer_of_another_profile_is_not_known(tmp_path: Path) -> None:
    one = candidate(session())
    choice = ledger.Choice(one.fingerprint, Decision.CONFIRMED, session_kept(one.session, "clinic"))
    with ledger.open_ledger(tmp_path / "ledger.sqlite3", now=now) as book:
        book.decide([choice])
        assert known_about(book, a_profile(), OCTOBER, [one]).decisions == {}
        clinic = known_about(book, a_profile(name="clinic"), OCTOBER, [one])
    assert clinic.decisions == {one.fingerprint: Decision.CONFIRMED}
