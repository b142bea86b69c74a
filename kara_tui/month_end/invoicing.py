"""From chosen sessions to invoices as values: one for each currency of the month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from kara_tui.model import (
    DocumentKind,
    Invoice,
    Mark,
    Money,
    Month,
    Session,
    lines_of,
    subtotals,
    total,
)
from kara_tui.settings.profile import Profile


def draft_invoices(
    sessions: Sequence[Session],
    profile: Profile,
    month: Month,
    *,
    issued_on: date,
    due_on: date | None,
    mark: Mark,
) -> tuple[Invoice, ...]:
    """One invoice without a number for each currency, the profile's own currency first.

    Currencies for which the profile has no bank account are passed over: that is a blocker which
    the checks have named already.
    """
    currencies = sorted(
        {session.price.currency for session in sessions},
        key=lambda currency: (currency != profile.currency, currency),
    )
    return tuple(
        _draft(
            [session for session in sessions if session.price.currency == currency],
            profile, month, currency, issued_on, due_on, mark,
        )
        for currency in currencies
        if profile.bank_for(currency) is not None
    )  # fmt: skip


def numbered(invoice: Invoice, number: str) -> Invoice:
    """The same invoice with the number it was issued under."""
    return replace(invoice, number=number)


def credit_note_of(invoice: Invoice, *, reason: str, issued_on: date, mark: Mark) -> Invoice:
    """The credit note, still without a number, that cancels an issued invoice line by line.

    It carries the same positive prices; its type (UNTDID 1001 code 381) turns the direction.
    """
    if invoice.number is None:
        raise ValueError("only an issued invoice can be cancelled")
    return replace(
        invoice,
        kind=DocumentKind.CREDIT_NOTE,
        number=None,
        corrects=invoice.number,
        corrects_issued_on=invoice.issued_on,
        reason=reason,
        issued_on=issued_on,
        due_on=None,
        mark=mark,
    )


def totals_by_currency(sessions: Sequence[Session]) -> tuple[Money, ...]:
    """What sessions come to, a sum for each currency, in order of its code."""
    currencies = sorted({session.price.currency for session in sessions})
    return tuple(
        total((s.price for s in sessions if s.price.currency == currency), currency)
        for currency in currencies
    )


def _draft(
    sessions: Sequence[Session],
    profile: Profile,
    month: Month,
    currency: str,
    issued_on: date,
    due_on: date | None,
    mark: Mark,
) -> Invoice:
    bank = profile.bank_for(currency)
    if bank is None:
        raise ValueError(f"no bank account takes {currency}")
    lines = lines_of(sessions)
    prices = total((line.price for line in lines), currency)
    net, vat = profile.vat.split(prices)
    professionals = subtotals(lines, lambda line: line.professional, currency)
    return Invoice(
        kind=DocumentKind.INVOICE,
        number=None,
        mark=mark,
        issued_on=issued_on,
        due_on=due_on,
        month=month,
        currency=currency,
        language=profile.language,
        supplier=profile.supplier,
        customer=profile.customer,
        bank=bank,
        vat_treatment=profile.vat,
        lines=lines,
        by_sponsor=subtotals(lines, lambda line: line.sponsor, currency),
        by_professional=professionals if len(professionals) > 1 else (),
        net=net,
        vat=vat,
        total=net + vat,
    )
