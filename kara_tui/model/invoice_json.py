"""An invoice as canonical JSON and back: what the ledger keeps for good.

The text is the same for the same invoice in every process and on every machine: keys sorted, no
blanks, UTF-8 without escapes, amounts as decimal strings. ``VERSION`` goes up when a field is
added; texts of every older version stay readable.
"""

from __future__ import annotations

import json
from datetime import date, time
from decimal import Decimal
from typing import Any

from kara_tui.model.invoice import DocumentKind, Invoice, Line, Mark, Subtotal
from kara_tui.model.money import Money
from kara_tui.model.month import Month
from kara_tui.model.party import BankAccount, BankScheme, Party, TaxId, TaxScheme
from kara_tui.model.session import SessionKind
from kara_tui.model.vat import VatPreset, VatTreatment

VERSION = 1


def frozen(invoice: Invoice) -> str:
    """The invoice, without its number, as canonical JSON.

    The number is left out because it is only known inside the act of issuing; the ledger keeps it
    beside this text.
    """
    value = {
        "version": VERSION,
        "kind": invoice.kind,
        "mark": invoice.mark,
        "issued_on": invoice.issued_on.isoformat(),
        "due_on": None if invoice.due_on is None else invoice.due_on.isoformat(),
        "month": str(invoice.month),
        "currency": invoice.currency,
        "language": invoice.language,
        "supplier": _party(invoice.supplier),
        "customer": _party(invoice.customer),
        "bank": {
            "holder": invoice.bank.holder,
            "bank_name": invoice.bank.bank_name,
            "currency": invoice.bank.currency,
            "numbers": [[scheme, number] for scheme, number in invoice.bank.numbers],
        },
        "vat": {
            "preset": invoice.vat_treatment.preset,
            "text": invoice.vat_treatment.text,
            "rate": str(invoice.vat_treatment.rate),
            "prices_include_vat": invoice.vat_treatment.prices_include_vat,
        },
        "lines": [
            {
                "date": line.date.isoformat(),
                "time": None if line.time is None else line.time.isoformat(),
                "service": line.service,
                "professional": line.professional,
                "professional_email": line.professional_email,
                "sponsor": line.sponsor,
                "kind": line.kind,
                "price": line.price.text,
            }
            for line in invoice.lines
        ],
        "by_sponsor": _subtotals(invoice.by_sponsor),
        "by_professional": _subtotals(invoice.by_professional),
        "net": invoice.net.text,
        "vat_amount": invoice.vat.text,
        "total": invoice.total.text,
        "corrects": invoice.corrects,
        "reason": invoice.reason,
    }
    if invoice.corrects_issued_on is not None:
        value["corrects_issued_on"] = invoice.corrects_issued_on.isoformat()
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def thawed(text: str, number: str | None) -> Invoice:
    """The invoice that ``frozen`` wrote, with the number it was issued under.

    Raises ValueError when the text is not of a version known here or does not make an invoice.
    """
    value = json.loads(text)
    if value.get("version") != VERSION:
        raise ValueError(f"frozen invoice of an unknown version {value.get('version')!r}")
    currency = value["currency"]
    corrected = value.get("corrects_issued_on")
    bank, vat = value["bank"], value["vat"]
    return Invoice(
        kind=DocumentKind(value["kind"]),
        number=number,
        mark=Mark(value["mark"]),
        issued_on=date.fromisoformat(value["issued_on"]),
        due_on=None if value["due_on"] is None else date.fromisoformat(value["due_on"]),
        month=Month.parse(value["month"]),
        currency=currency,
        language=value["language"],
        supplier=_read_party(value["supplier"]),
        customer=_read_party(value["customer"]),
        bank=BankAccount(
            holder=bank["holder"],
            numbers=tuple((BankScheme(scheme), number) for scheme, number in bank["numbers"]),
            bank_name=bank["bank_name"],
            currency=bank["currency"],
        ),
        vat_treatment=VatTreatment(
            VatPreset(vat["preset"]), vat["text"], Decimal(vat["rate"]), vat["prices_include_vat"]
        ),
        lines=tuple(
            Line(
                position,
                date.fromisoformat(line["date"]),
                None if line["time"] is None else time.fromisoformat(line["time"]),
                line["service"],
                line["professional"],
                line["professional_email"],
                line["sponsor"],
                SessionKind(line["kind"]),
                Money.parse(line["price"], currency),
            )
            for position, line in enumerate(value["lines"], 1)
        ),
        by_sponsor=_read_subtotals(value["by_sponsor"], currency),
        by_professional=_read_subtotals(value["by_professional"], currency),
        net=Money.parse(value["net"], currency),
        vat=Money.parse(value["vat_amount"], currency),
        total=Money.parse(value["total"], currency),
        corrects=value["corrects"],
        reason=value["reason"],
        corrects_issued_on=None if corrected is None else date.fromisoformat(corrected),
    )


def _party(party: Party) -> dict[str, Any]:
    return {
        "name": party.name,
        "address": list(party.address),
        "country": party.country,
        "email": party.email,
        "tax_ids": [[tax.scheme, tax.value] for tax in party.tax_ids],
    }


def _read_party(value: dict[str, Any]) -> Party:
    return Party(
        value["name"],
        tuple(value["address"]),
        value["country"],
        value["email"],
        tuple(TaxId(TaxScheme(scheme), number) for scheme, number in value["tax_ids"]),
    )


def _subtotals(subtotals: tuple[Subtotal, ...]) -> list[list[Any]]:
    return [[each.name, each.sessions, each.amount.text] for each in subtotals]


def _read_subtotals(value: list[list[Any]], currency: str) -> tuple[Subtotal, ...]:
    return tuple(
        Subtotal(name, sessions, Money.parse(amount, currency)) for name, sessions, amount in value
    )
