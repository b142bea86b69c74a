"""Where issued documents stand on a day, and how an invoice is cancelled."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kara_tui import issued
from kara_tui.issued import DocumentState
from kara_tui.model import Month
from kara_tui.month_end import issue, prepare
from kara_tui.settings import load
from tests.month_end.a_month import OCTOBER, TODAY
from tests.month_end.test_acts import a_home, october, row


@pytest.fixture
def home() -> Iterator[Path]:
    with a_home() as folder:
        yield folder


def test_an_issued_month_is_shown_as_such_and_its_dates_move_on(home: Path) -> None:
    issue(prepare(october(home, row())))
    profile = load("default")

    now = issued.overview_of(profile, TODAY)
    assert (now.month, now.is_invoiced, now.working_days_left) == (OCTOBER, True, 2)
    assert [one.document.number for one in now.of(DocumentState.DRAFTED)] == ["KC-0011"]
    december = issued.overview_of(profile, date(2026, 12, 1))
    assert (december.month, december.is_invoiced) == (Month(2026, 11), False)


@pytest.mark.parametrize(
    ("sent", "paid", "today", "state", "pay_on"),
    [
        (None, None, date(2026, 11, 2), DocumentState.DRAFTED, date(2026, 11, 10)),
        (None, None, date(2026, 11, 5), DocumentState.DRAFTED, date(2026, 11, 16)),
        (date(2026, 11, 4), None, date(2026, 11, 10), DocumentState.SENT, date(2026, 11, 10)),
        (date(2026, 11, 4), None, date(2026, 11, 11), DocumentState.OVERDUE, date(2026, 11, 10)),
        (date(2026, 11, 5), None, date(2026, 11, 16), DocumentState.SENT, date(2026, 11, 16)),
        (date(2026, 11, 5), None, date(2026, 11, 17), DocumentState.OVERDUE, date(2026, 11, 16)),
        (
            date(2026, 11, 5),
            date(2026, 11, 17),
            date(2027, 1, 1),
            DocumentState.PAID,
            date(2026, 11, 16),
        ),
        (
            date(2026, 11, 3),
            date(2026, 11, 3),
            date(2026, 11, 11),
            DocumentState.PAID,
            date(2026, 11, 10),
        ),
        (None, date(2026, 11, 17), date(2027, 1, 1), DocumentState.PAID, None),
    ],
)
def test_where_an_invoice_stands(
    home: Path,
    sent: date | None,
    paid: date | None,
    today: date,
    state: DocumentState,
    pay_on: date | None,
) -> None:
    """Two pay-day rules: sent by the 3rd working day, the 7th of the month; later, 7 after it."""
    issue(prepare(october(home, row())))
    if sent is not None:
        issued.mark_sent("KC-0011", "default", sent)
    if paid is not None:
        issued.mark_paid("KC-0011", "default", paid)

    (one,) = issued.overview_of(load("default"), today).standings
    assert one.state is state
    assert one.pay_on == pay_on


def test_cancelling_takes_the_next_number_and_the_month_is_free(home: Path) -> None:
    request = october(home, row())
    issue(prepare(request))
    note = issued.cancel(request, "KC-0011", "Wrong").note.invoice

    assert (note.number, note.corrects) == ("KC-0012", "KC-0011")
    for today in (TODAY, date(2027, 11, 11)):  # and it is never overdue
        states = {
            standing.document.number: standing.state
            for standing in issued.overview_of(load("default"), today).standings
        }
        assert states == {"KC-0012": DocumentState.CREDIT_NOTE, "KC-0011": DocumentState.CANCELLED}
    again = prepare(request)
    assert not again.is_blocked
    assert again.numbers == ("KC-0013",)
    assert issue(again).invoices[0].invoice.number == "KC-0013"
