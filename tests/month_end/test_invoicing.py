"""From chosen sessions to invoices: exact, complete, one for each currency."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kara_tui.model import DocumentKind, Mark, Money, Session
from kara_tui.model.invoice_json import frozen, thawed
from kara_tui.month_end.invoicing import (
    credit_note_of,
    draft_invoices,
    numbered,
    totals_by_currency,
)
from tests.month_end.a_month import DAYS, OCTOBER, TODAY, a_profile, export, month_end, session

WHENS = st.datetimes(datetime(2026, 10, 1), datetime(2026, 10, 31, 23, 59))


@st.composite
def sessions(draw: st.DrawFn) -> Session:
    when = draw(WHENS)
    return session(
        draw(st.integers(2, 5000)),
        date=when.date(),
        time=when.time().replace(second=0, microsecond=0),
        price=Money(draw(st.integers(0, 10**7)), draw(st.sampled_from(["EUR", "ISK", "SEK"]))),
        professional=draw(st.sampled_from(["Ann", "Bo", ""])),
        sponsor=draw(st.sampled_from(["N", "F", ""])),
    )


months = st.lists(sessions(), min_size=1, max_size=20, unique_by=lambda one: one.row)


@settings(deadline=None)
@given(months)
def test_every_session_stands_once_and_all_sums_agree(month: list[Session]) -> None:
    result = month_end(export(*month))

    assert sum(invoice.sessions for invoice in result.invoices) == len(month)
    lines = Counter(
        (line.date, line.time, line.price, line.professional, line.sponsor)
        for invoice in result.invoices
        for line in invoice.lines
    )
    assert lines == Counter((s.date, s.time, s.price, s.professional, s.sponsor) for s in month)
    by_hand: dict[str, Decimal] = {}
    for one in month:
        currency = one.price.currency
        by_hand[currency] = by_hand.get(currency, Decimal()) + Decimal(one.price.text)
    assert {i.currency: Decimal(i.total.text) for i in result.invoices} == by_hand
    assert {m.currency: Decimal(m.text) for m in result.totals} == by_hand
    for invoice in result.invoices:
        assert sum(sub.sessions for sub in invoice.by_sponsor) == invoice.sessions
        assert [line.position for line in invoice.lines] == list(range(1, invoice.sessions + 1))
        whens = [datetime.combine(line.date, line.time or time()) for line in invoice.lines]
        assert whens == sorted(whens)


@settings(deadline=None)
@given(months)
def test_the_order_of_the_files_rows_changes_nothing(month: list[Session]) -> None:
    there, back = month_end(export(*month)), month_end(export(*reversed(month)))
    assert there.invoices == back.invoices


@settings(deadline=None)
@given(months)
def test_an_invoice_is_the_same_after_it_was_kept(month: list[Session]) -> None:
    for draft in month_end(export(*month)).invoices:
        assert thawed(frozen(draft), "KC-0011") == numbered(draft, "KC-0011")


def test_the_profiles_own_currency_comes_first_and_takes_the_first_number() -> None:
    prices = [Money(100, "ISK"), Money(100, "EUR"), Money(100, "DKK")]
    month = [session(row, price=price) for row, price in enumerate(prices, 2)]
    result = month_end(export(*month))
    assert [invoice.currency for invoice in result.invoices] == ["EUR", "DKK", "ISK"]
    assert result.numbers == ("KC-0011", "KC-0012", "KC-0013")


def test_subtotals_by_professional_are_for_several_only() -> None:
    one = month_end(export(session(), session(3)))
    assert one.invoices[0].by_professional == ()
    two = month_end(export(session(), session(3, professional="Ann Ek")))
    assert [sub.name for sub in two.invoices[0].by_professional] == ["Ann Ek", "Þóra Ægisdóttir"]


@pytest.mark.parametrize(
    ("asked", "mark"),
    [({}, Mark.NONE), ({"dry_run": True}, Mark.DRAFT), ({"demo": True}, Mark.SAMPLE)],
)
def test_what_is_no_invoice_is_marked(asked: dict[str, Any], mark: Mark) -> None:
    (draft,) = month_end(export(session()), **asked).invoices
    assert (draft.mark, draft.number) == (mark, None)


def test_a_credit_note_carries_the_same_lines_and_names_the_invoice() -> None:
    (draft,) = month_end(export(session(), session(3))).invoices
    invoice = numbered(draft, "KC-0011")
    note = credit_note_of(
        invoice, reason="Wrong", issued_on=TODAY + timedelta(days=1), mark=Mark.NONE
    )
    assert (note.kind, note.corrects, note.reason) == (
        DocumentKind.CREDIT_NOTE, "KC-0011", "Wrong",
    )  # fmt: skip
    assert (note.lines, note.total, note.number) == (invoice.lines, invoice.total, None)
    assert note.due_on is None
    with pytest.raises(ValueError, match="only an issued invoice"):
        credit_note_of(draft, reason="x", issued_on=TODAY, mark=Mark.NONE)


def test_no_sessions_make_no_invoice() -> None:
    drafts = draft_invoices(
        [], a_profile(), OCTOBER, issued_on=TODAY, due_on=DAYS.pay, mark=Mark.NONE
    )
    assert drafts == ()
    assert totals_by_currency([]) == ()


def test_the_due_day_is_that_of_an_invoice_sent_today() -> None:
    (draft,) = month_end(export(session())).invoices
    assert (draft.issued_on, draft.due_on) == (TODAY, date(2026, 11, 10))
