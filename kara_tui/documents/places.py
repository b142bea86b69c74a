"""Where on the invoice a character stands that the fonts cannot print, as a sentence."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from kara_tui.documents.letters import shown_character
from kara_tui.documents.printable import printable
from kara_tui.model import Invoice


def where(invoice: Invoice, missing: Collection[str], families: Sequence[str]) -> str:
    """The sentence for the first missing character that the invoice holds, and how many more."""
    fonts = " or ".join(families)
    for place, text in _texts(invoice):
        for char in printable(text, len(text) + 1):
            if char in missing:
                more = len(missing) - 1
                others = f" {more} more like it follow." if more else ""
                return (
                    f"{shown_character(char)} in {place} has no shape in the font {fonts}, so it "
                    "cannot be printed. Write it in other letters, or choose a theme whose font "
                    "has it."
                    f"{others}"
                )
    shown = shown_character(min(missing))
    return f"{shown} in the labels has no shape in the font {fonts}. Choose another theme."


def _texts(invoice: Invoice) -> Iterator[tuple[str, str]]:
    """Every text on the invoice that came from outside, with the words for its place."""
    yield "the invoice number", invoice.number or ""
    yield "the number of the cancelled invoice", invoice.corrects
    yield "the reason of the credit note", invoice.reason
    for whose, party in (("supplier", invoice.supplier), ("customer", invoice.customer)):
        yield f"the {whose}'s name", party.name
        for number, text in enumerate(party.address, 1):
            yield f"line {number} of the {whose}'s address", text
        yield f"the {whose}'s country", party.country
        yield f"the {whose}'s e-mail address", party.email
        for tax in party.tax_ids:
            yield f"the {whose}'s {tax.scheme} number", tax.value
    yield "the account holder's name", invoice.bank.holder
    yield "the bank's name", invoice.bank.bank_name
    for scheme, value in invoice.bank.numbers:
        yield f"the bank details' {scheme}", value
    yield "the text on VAT", invoice.vat_treatment.text
    for line in invoice.lines:
        yield f"the service of line {line.position}", line.service
        yield f"the professional's name of line {line.position}", line.professional
        yield f"the professional's e-mail address of line {line.position}", line.professional_email
        yield f"the sponsor of line {line.position}", line.sponsor
