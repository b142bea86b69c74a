"""After issuing: a mail goes out at most once, money comes in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kara_tui.ledger import MailState, NotSendable, RefusedByLedger, open_ledger
from tests.ledger.story import (
    OCTOBER,
    Clock,
    credit_order,
    draft,
    month_of_sessions,
    opened,
    order,
    render,
)

TUESDAY = date(2026, 11, 3)


def test_a_mail_that_nobody_spoke_of_is_a_draft(folder: Path) -> None:
    with opened(folder) as ledger:
        document = ledger.issue(order(), render).documents[0]
    assert document.mail_state is MailState.DRAFTED
    assert document.sent_on is None
    assert document.due_on == date(2026, 11, 10)


def test_a_sent_mail_is_not_sent_again(folder: Path) -> None:
    with opened(folder) as ledger:
        ledger.issue(order(), render)
        ledger.begin_sending("KC-0001")
        assert ledger.get("KC-0001").document.mail_state is MailState.SENDING
        sent = ledger.end_sending("KC-0001", MailState.SENT, TUESDAY)
        assert (sent.mail_state, sent.sent_on) == (MailState.SENT, TUESDAY)
        with pytest.raises(NotSendable, match="was sent on 2026-11-03"):
            ledger.begin_sending("KC-0001")


def test_a_sending_that_was_cut_off_is_unknown_until_the_user_says(folder: Path) -> None:
    with opened(folder) as ledger:
        ledger.issue(order(), render)
        ledger.begin_sending("KC-0001")
    with opened(folder) as ledger:
        assert ledger.get("KC-0001").document.mail_state is MailState.UNKNOWN
        with pytest.raises(NotSendable, match="cut off; it may have gone out"):
            ledger.begin_sending("KC-0001")
        assert ledger.mark_unsent("KC-0001").mail_state is MailState.UNSENT
        ledger.begin_sending("KC-0001")
        ledger.end_sending("KC-0001", MailState.SENT, TUESDAY)


def test_a_mail_that_the_server_refused_may_be_sent(folder: Path) -> None:
    with opened(folder) as ledger:
        ledger.issue(order(), render)
        ledger.begin_sending("KC-0001")
        ledger.end_sending("KC-0001", MailState.UNSENT, TUESDAY)
        ledger.begin_sending("KC-0001")


def test_an_unknown_end_is_kept_as_unknown(folder: Path) -> None:
    with opened(folder) as ledger:
        ledger.issue(order(), render)
        ledger.begin_sending("KC-0001")
        ledger.end_sending("KC-0001", MailState.UNKNOWN, TUESDAY)
        with pytest.raises(NotSendable):
            ledger.begin_sending("KC-0001")


def test_all_invoices_of_an_issue_go_with_one_mail(folder: Path) -> None:
    euro = draft(month_of_sessions(OCTOBER, 2), OCTOBER)
    krona = draft(month_of_sessions(OCTOBER, 4, currency="ISK"), OCTOBER)
    with opened(folder) as ledger:
        ledger.issue(order(OCTOBER, euro, krona), render)
        ledger.mark_sent("KC-0002", TUESDAY)
        assert [d.sent_on for d in ledger.invoices()] == [TUESDAY, TUESDAY]
        ledger.mark_paid("KC-0002", TUESDAY)
        assert [d.paid_on for d in ledger.invoices()] == [None, TUESDAY]


def test_the_last_word_about_a_day_holds(folder: Path) -> None:
    with opened(folder) as ledger:
        ledger.issue(order(), render)
        ledger.mark_sent("KC-0001", TUESDAY)
        assert ledger.mark_sent("KC-0001", date(2026, 11, 4)).sent_on == date(2026, 11, 4)
        assert ledger.mark_paid("KC-0001", date(2026, 11, 10)).paid_on == date(2026, 11, 10)
        assert ledger.mark_unpaid("KC-0001").paid_on is None
        assert ledger.verify().whole


def test_nothing_is_sent_or_paid_before_it_was_issued(folder: Path) -> None:
    with opened(folder) as ledger:
        ledger.issue(order(), render)
        with pytest.raises(RefusedByLedger, match="cannot have been sent on 2026-10-31"):
            ledger.mark_sent("KC-0001", date(2026, 10, 31))
        with pytest.raises(RefusedByLedger, match="cannot have been paid on 2026-10-31"):
            ledger.mark_paid("KC-0001", date(2026, 10, 31))


def test_a_credit_note_is_not_paid(folder: Path) -> None:
    with opened(folder) as ledger:
        ledger.issue(order(), render)
        ledger.credit(credit_order("KC-0001"), render)
        with pytest.raises(RefusedByLedger, match=r"KC-0002 is a credit note.*KC-0001"):
            ledger.mark_paid("KC-0002", date(2027, 1, 1))


def test_a_reader_does_not_take_a_sending_that_goes_on_for_done(folder: Path) -> None:
    with opened(folder) as ledger:
        ledger.issue(order(), render)
        ledger.begin_sending("KC-0001")
        with open_ledger(ledger.path, now=Clock(), read_only=True) as reader:
            assert reader.get("KC-0001").document.mail_state is MailState.UNKNOWN
