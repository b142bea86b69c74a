"""Invoices to draw: invented people and companies, every kind, language and mark."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

from kara_tui.model import (
    BankAccount,
    BankScheme,
    DocumentKind,
    Invoice,
    Line,
    Mark,
    Money,
    Month,
    Party,
    SessionKind,
    TaxId,
    TaxScheme,
    VatPreset,
    VatTreatment,
    subtotals,
    total,
)

CLASSIC = Path(__file__).parents[2] / "themes" / "invoice" / "classic"
OCTOBER = Month(2026, 10)

THORA = ("Þóra Ægisdóttir", "thora@birta.example")
JON = ("Jón Þór Önundarson", "jon@birta.example")
SUPPLIER = Party(
    name="Sálfræðistofan Birta ehf.",
    address=("Skólavörðustígur 12", "101 Reykjavík"),
    country="IS",
    email="reikningar@birta.example",
    tax_ids=(TaxId(TaxScheme.KENNITALA, "450101-2190"), TaxId(TaxScheme.VSK, "12345")),
)
CUSTOMER = Party(
    name="Sýnishorn kaupandans ehf.",
    address=("Borgartún 99", "105 Reykjavík"),
    country="IS",
    tax_ids=(TaxId(TaxScheme.KENNITALA, "550505-0120"),),
)
BANK = BankAccount(
    holder="Sálfræðistofan Birta ehf.",
    numbers=(
        (BankScheme.IBAN, "IS14 0159 2600 7654 5510 7303 39"),
        (BankScheme.BIC, "NBIIISRE"),
        (BankScheme.ICELANDIC_ACCOUNT, "0159-26-007654"),
        (BankScheme.KENNITALA, "450101-2190"),
    ),
    bank_name="Landsbankinn",
)
NO_VAT = VatTreatment(VatPreset.NOT_REGISTERED, "No VAT charged: supplier not registered for VAT.")
SPONSORS = ("Norðurljós hf.", "Hraun & Haf slf.", "Vinnustaðurinn Fjaran")


def line(position: int = 1, **changes: Any) -> Line:
    """One session of October."""
    values: dict[str, Any] = {
        "position": position,
        "date": date(2026, 10, 1) + timedelta(days=(position - 1) % 31),
        "time": time(9 + position % 8, 30 * (position % 2)),
        "service": "Sálfræðiviðtal",
        "professional": THORA[0],
        "professional_email": THORA[1],
        "sponsor": SPONSORS[0],
        "kind": SessionKind.HELD,
        "price": Money(6500, "EUR"),
    }
    return Line(**(values | changes))


def month_of(count: int, **changes: Any) -> tuple[Line, ...]:
    """So many sessions for three sponsors, a few of them not held."""
    kinds = {7: SessionKind.LATE_CANCELLATION, 13: SessionKind.NO_SHOW}
    services = ("Sálfræðiviðtal", "Parameðferð, 80 mín.", "Handleiðsla")
    return tuple(
        line(
            n,
            **{
                "date": date(2026, 10, 1) + timedelta(days=(n - 1) * 31 // count),
                "sponsor": SPONSORS[n % 3],
                "service": services[n % 5 % 3],
                "kind": kinds.get(n, SessionKind.HELD),
            }
            | changes,
        )
        for n in range(1, count + 1)
    )


def invoice(lines: Sequence[Line] = (), **changes: Any) -> Invoice:
    """An issued invoice in English over the lines, summed up as the month end does."""
    lines = tuple(lines) or month_of(42)
    currency = lines[0].price.currency
    vat = changes.get("vat_treatment", NO_VAT)
    net, tax = vat.split(total((each.price for each in lines), currency))
    people = {each.professional for each in lines}
    values: dict[str, Any] = {
        "kind": DocumentKind.INVOICE,
        "number": "KC-0011",
        "mark": Mark.NONE,
        "issued_on": date(2026, 11, 2),
        "due_on": date(2026, 11, 10),
        "month": OCTOBER,
        "currency": currency,
        "language": "en",
        "supplier": SUPPLIER,
        "customer": CUSTOMER,
        "bank": BANK,
        "vat_treatment": vat,
        "lines": lines,
        "by_sponsor": subtotals(lines, lambda each: each.sponsor, currency),
        "by_professional": subtotals(lines, lambda each: each.professional, currency)
        if len(people) > 1
        else (),
        "net": net,
        "vat": tax,
        "total": net + tax,
    }
    return Invoice(**(values | changes))


def credit_note(**changes: Any) -> Invoice:
    """A credit note that cancels KC-0010."""
    return invoice(
        **{
            "kind": DocumentKind.CREDIT_NOTE,
            "corrects": "KC-0010",
            "reason": "Two sessions were billed to the wrong sponsor.",
            "due_on": None,
        }
        | changes
    )
