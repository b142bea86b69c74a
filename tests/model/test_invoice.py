"""An invoice that exists adds up; frozen and thawed it is the same invoice."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kara_tui.model import (
    BankAccount,
    BankScheme,
    DocumentKind,
    Invoice,
    Mark,
    Money,
    Month,
    Party,
    Session,
    SessionKind,
    TaxId,
    TaxScheme,
    VatPreset,
    VatTreatment,
    lines_of,
    subtotals,
    total,
)
from kara_tui.model.invoice_json import frozen, thawed

SUPPLIER = Party(
    "Þóra Ægisdóttir", ("Laugavegur 1", "101 Reykjavík"), "IS", "thora@example.is",
    (TaxId(TaxScheme.KENNITALA, "120174-3399"),),
)  # fmt: skip
CUSTOMER = Party("A customer", ("Somewhere 2",), "IS")
BANK = BankAccount("Þóra Ægisdóttir", ((BankScheme.IBAN, "IS14 0159 2600 7654 5510 7303 39"),))
EXEMPT = VatTreatment(VatPreset.EXEMPT_HEALTH, "Exempt")

names = st.sampled_from(["Anna", "Björn", "Þóra", ""])
sessions = st.builds(
    Session,
    row=st.integers(2, 10**6),
    source=st.just("paid.csv"),
    date=st.dates(date(2026, 10, 1), date(2026, 10, 31)),
    time=st.none() | st.times().map(lambda t: t.replace(microsecond=0)),
    service=st.text(max_size=20),
    price=st.builds(Money, st.integers(0, 10**9), st.just("EUR")),
    professional=names,
    professional_email=st.just("x@example.is"),
    sponsor=names,
    kind=st.sampled_from(SessionKind),
)
treatments = st.just(EXEMPT) | st.builds(
    VatTreatment,
    st.just(VatPreset.TAXED),
    st.just("VAT"),
    st.sampled_from([Decimal(24), Decimal("25.5"), Decimal(20), Decimal(11)]),
    st.booleans(),
)


def invoice_of(chosen: list[Session], vat: VatTreatment = EXEMPT) -> Invoice:
    lines = lines_of(chosen)
    net, tax = vat.split(total((line.price for line in lines), "EUR"))
    return Invoice(
        kind=DocumentKind.INVOICE, number=None, mark=Mark.NONE, issued_on=date(2026, 11, 2),
        due_on=date(2026, 11, 10), month=Month(2026, 10), currency="EUR", language="en",
        supplier=SUPPLIER, customer=CUSTOMER, bank=BANK, vat_treatment=vat, lines=lines,
        by_sponsor=subtotals(lines, lambda line: line.sponsor, "EUR"),
        by_professional=subtotals(lines, lambda line: line.professional, "EUR"),
        net=net, vat=tax, total=net + tax,
    )  # fmt: skip


@given(st.lists(sessions, min_size=1, max_size=12), treatments)
def test_a_frozen_invoice_thaws_as_the_same_invoice(
    chosen: list[Session], vat: VatTreatment
) -> None:
    invoice = invoice_of(chosen, vat)
    text = frozen(invoice)
    assert thawed(text, None) == invoice
    assert frozen(thawed(text, "KC-0011")) == text


@given(st.lists(sessions, min_size=1, max_size=12), treatments)
def test_net_and_vat_make_the_total_to_the_cent(chosen: list[Session], vat: VatTreatment) -> None:
    invoice = invoice_of(chosen, vat)
    prices = sum(session.price.minor for session in chosen)
    assert invoice.net + invoice.vat == invoice.total
    gross = vat.preset is VatPreset.TAXED and vat.prices_include_vat
    assert (invoice.total if gross else invoice.net).minor == prices
    exact = Decimal(invoice.net.minor) * vat.rate / 100
    assert abs(exact - invoice.vat.minor) <= 1


@given(st.lists(sessions, min_size=1, max_size=12), treatments)
def test_prices_without_vat_add_up_to_the_net_sum(chosen: list[Session], vat: VatTreatment) -> None:
    invoice = invoice_of(chosen, vat)
    prices = [line.price for line in invoice.lines]
    nets = vat.net_prices(prices)
    assert total(nets, "EUR") == invoice.net
    for price, net in zip(prices, nets, strict=True):
        share = 1 + vat.rate / 100 if vat.prices_include_vat else Decimal(1)
        assert abs(price.minor / share - net.minor) <= 1
    assert vat.net_prices([]) == ()


@given(st.lists(sessions, min_size=1, max_size=12))
def test_subtotals_hold_every_session_once(chosen: list[Session]) -> None:
    invoice = invoice_of(chosen)
    assert sum(sub.sessions for sub in invoice.by_sponsor) == invoice.sessions == len(chosen)
    assert total((sub.amount for sub in invoice.by_sponsor), "EUR") == invoice.net


@given(st.lists(sessions, min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_change_what_is_charged(
    chosen: list[Session], random: Random
) -> None:
    shuffled = list(chosen)
    random.shuffle(shuffled)
    assert invoice_of(shuffled).total == invoice_of(chosen).total


def one() -> Session:
    return Session(
        2, "paid.csv", date(2026, 10, 1), time(9), "Session", Money(6500, "EUR"), "Þóra", "", "A",
    )  # fmt: skip


def test_an_invoice_whose_total_is_off_by_a_cent_cannot_exist() -> None:
    invoice = invoice_of([one()])
    with pytest.raises(ValueError, match="total"):
        replace(invoice, total=Money(6501, "EUR"))
    with pytest.raises(ValueError, match="sum of the lines"):
        replace(invoice, net=Money(6400, "EUR"), total=Money(6400, "EUR"))


def test_an_invoice_without_sessions_cannot_exist() -> None:
    with pytest.raises(ValueError, match="at least one session"):
        replace(invoice_of([one()]), lines=())


def test_a_credit_note_names_what_it_cancels() -> None:
    with pytest.raises(ValueError, match="names the invoice"):
        replace(invoice_of([one()]), kind=DocumentKind.CREDIT_NOTE)


def test_vat_is_worked_out_on_the_sum_and_rounded_half_up() -> None:
    # Three lines of 0.21 at 24 %: line by line 0.05 each makes 0.15, on the sum 0.1512 makes 0.15;
    # ten of 0.21 show the difference: 0.50 against 0.504.
    taxed = VatTreatment(VatPreset.TAXED, "VAT", Decimal(24))
    assert taxed.split(Money(210, "EUR"))[1] == Money(50, "EUR")
    assert taxed.split(Money(1250, "EUR"))[1] == Money(300, "EUR")
    # Half a cent goes up: 0.10 at 25 % is 0.025.
    quarter = VatTreatment(VatPreset.TAXED, "VAT", Decimal(25))
    assert quarter.split(Money(10, "EUR"))[1] == Money(3, "EUR")


def test_prices_that_include_vat_keep_their_sum() -> None:
    gross = VatTreatment(VatPreset.TAXED, "VAT", Decimal(24), prices_include_vat=True)
    assert gross.split(Money(12400, "EUR")) == (Money(10000, "EUR"), Money(2400, "EUR"))


def test_a_rate_belongs_to_taxed_alone() -> None:
    with pytest.raises(ValueError, match="rate"):
        VatTreatment(VatPreset.EXEMPT_HEALTH, "Exempt", Decimal(24))
    with pytest.raises(ValueError, match="between 0 and 100"):
        VatTreatment(VatPreset.TAXED, "VAT")
