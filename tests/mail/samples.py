"""Invoices for the mail to speak of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

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
    VatPreset,
    VatTreatment,
    lines_of,
    total,
)

SECRETS = (
    "Individual therapy 50 min",
    "ACME ehf.",
    "IE29 AIBK 9311 5212 3456 78",
    "Exempt: health",
)
OCTOBER = Month(2026, 10)


def invoice(
    number: str | None = "KC-0011",
    *,
    sessions: int = 42,
    price: str = "65.00",
    currency: str = "EUR",
    month: Month = OCTOBER,
    mark: Mark = Mark.NONE,
    name: str = "Þóra Ægisdóttir",
) -> Invoice:
    """An invoice of equal sessions; its service, sponsor, bank and VAT text are SECRETS."""
    service, sponsor, iban, vat = SECRETS
    lines = lines_of(
        Session(
            row, "payments.csv", month.first, time(9), service, Money.parse(price, currency),
            name, "thora@example.is", sponsor,
        )
        for row in range(2, 2 + sessions)
    )  # fmt: skip
    net = total((line.price for line in lines), currency)
    return Invoice(
        DocumentKind.INVOICE, number, mark, date(2026, 11, 2), date(2026, 11, 10), month, currency,
        "en", Party(name, ("Laugavegur 1",), "IS", "thora@example.is"),
        Party("Kara Connect (sample)", ("Sample street 1",), "IS"),
        BankAccount(name, ((BankScheme.IBAN, iban),)), VatTreatment(VatPreset.EXEMPT_HEALTH, vat),
        lines, (), (), net, Money(0, currency), net,
    )  # fmt: skip


def credit_note(of: Invoice, number: str) -> Invoice:
    """The credit note that cancels an invoice."""
    return replace(
        of, kind=DocumentKind.CREDIT_NOTE, number=number, corrects=of.number or "",
        reason="A session too many: client left therapy", due_on=None,
    )  # fmt: skip
