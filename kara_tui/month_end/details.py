"""The part of the invoice that some answers about oneself fill in, while they are being typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kara_tui import documents, settings
from kara_tui.model import BankAccount, BankScheme, Party, Series, TaxId, TaxScheme
from kara_tui.settings.interview import as_proposed, asked, kept
from kara_tui.settings.kinds import parts

if TYPE_CHECKING:
    from collections.abc import Mapping

SUPPLIER, CUSTOMER, VAT, BANK, NUMBERS = "supplier", "customer", "vat", "bank", "numbers"


def on_the_invoice(part: str, answers: Mapping[str, str]) -> list[str]:
    """The lines of a part of the invoice, in its language and words; … for what is not known yet.

    Until a language is chosen the words are English.
    """
    proposed = as_proposed(answers)
    now = {question.key: kept(question, proposed) for question in asked(proposed)}
    language = now.get("invoice.language", "")
    language = language if language in settings.LANGUAGES else "en"
    words = documents.words(language)
    if part in (SUPPLIER, CUSTOMER):
        return documents.party_part(_party(part, now), language, sends=part == SUPPLIER)
    if part == VAT:
        return [words["vat_heading"], now.get("vat.text") or "…"]
    if part == BANK:
        return documents.payment_part(_bank(now), language)
    last = now.get("invoice.last_used", "")
    following = int(last) + 1 if last.isdecimal() and len(last) < 12 else 1
    number = Series(now.get("invoice.prefix", ""), 0).number(following)
    return [words["number"], number]


def _party(part: str, now: Mapping[str, str]) -> Party:
    ids = tuple(
        TaxId(scheme, value)
        for scheme in TaxScheme
        if (value := now.get(f"{part}.tax_ids.{scheme}", ""))
    )
    country = now.get(f"{part}.country", "")
    return Party(
        now.get(f"{part}.name") or "…",
        tuple(parts(now.get(f"{part}.address", ""))),
        country,
        now.get(f"{part}.email", ""),
        ids,
    )


def _bank(now: Mapping[str, str]) -> BankAccount:
    numbers = tuple(
        (scheme, value) for scheme in BankScheme if (value := now.get(f"bank.{scheme}", ""))
    )
    return BankAccount(now.get("bank.holder") or "…", numbers, now.get("bank.bank_name", ""))
