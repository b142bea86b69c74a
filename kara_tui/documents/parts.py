"""Parts of the paper before there is an invoice, as lines of text in the invoice's own words."""

from __future__ import annotations

from kara_tui.documents.content import party, payment
from kara_tui.documents.language import language
from kara_tui.documents.text_page import whole_words
from kara_tui.model import BankAccount, Party


def party_part(who: Party, code: str, *, sends: bool) -> list[str]:
    """The block of who sends the invoice, or who receives it. Raises DocumentError."""
    lang = language(code)
    data = party(lang.words["supplier" if sends else "customer"], who, lang)
    lines = [data["label"], data["name"], *data["lines"], data["email"]]
    return [whole_words(line) for line in lines if line]


def payment_part(bank: BankAccount, code: str) -> list[str]:
    """The block that says where to pay. Raises DocumentError."""
    lang = language(code)
    rows = [(label, value) for label, value in payment(bank, lang, "") if value]
    return [lang.words["payment"], *(f"{label}  {whole_words(value)}" for label, value in rows)]
