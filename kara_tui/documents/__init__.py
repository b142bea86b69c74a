"""An invoice becomes a PDF, an annex, a preview. The only room with Typst.

What goes in is a valid `kara_tui.model.Invoice` and a theme's folder; what comes out is bytes, the
same for the same input on every machine and every day. Nothing here reads the clock, the network
or the system's fonts.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kara_tui.documents.error import DocumentError
from kara_tui.model import BankAccount, Invoice, Party

__all__ = [
    "DocumentError",
    "annex_csv",
    "annex_xlsx",
    "invoice_pdf",
    "invoice_png",
    "invoice_text",
    "labels",
    "languages",
    "letters_missing",
    "party_part",
    "payment_part",
    "shown_character",
    "without_pictures",
    "words",
]


def invoice_pdf(invoice: Invoice, theme: Path, *, foreign: bool = False) -> bytes:
    """The invoice as a tagged A4 PDF (PDF/A-3a, PDF/UA-1) with its sessions attached as CSV.

    ``theme`` is a theme's folder; one that is ``foreign``, not shipped with kara-tui, is run in a
    child process with limits of time and memory. Raises DocumentError, with a sentence for the
    user, when a character has no shape in the theme's fonts, when the theme is broken or when the
    invoice's language has no labels.
    """
    if foreign:
        from kara_tui.documents import foreign as child

        return child.invoice_pdf(invoice, theme)
    from kara_tui.documents import typesetting

    return typesetting.invoice_pdf(invoice, theme)


def invoice_png(
    invoice: Invoice,
    theme: Path,
    *,
    foreign: bool = False,
    page: int = 1,
    pixels_per_inch: float = 144,
) -> bytes:
    """A page of the invoice as a picture, for a preview; pages count from 1.

    Raises DocumentError as `invoice_pdf` does, and when there is no such page.
    """
    if foreign:
        from kara_tui.documents import foreign as child

        return child.invoice_png(invoice, theme, page=page, pixels_per_inch=pixels_per_inch)
    from kara_tui.documents import typesetting

    return typesetting.invoice_png(invoice, theme, page=page, pixels_per_inch=pixels_per_inch)


def invoice_text(invoice: Invoice, width: int) -> list[str]:
    """What the invoice's paper says, set into lines of a terminal at most ``width`` cells wide.

    Raises DocumentError when the invoice's language has no labels.
    """
    from kara_tui.documents import text_page

    return text_page.text_page(invoice, width)


def party_part(one: Party, language: str, *, sends: bool) -> list[str]:
    """The block of who sends the invoice, or who receives it, as lines of text."""
    from kara_tui.documents import parts

    return parts.party_part(one, language, sends=sends)


def payment_part(bank: BankAccount, language: str) -> list[str]:
    """The block that says where to pay, as lines of text."""
    from kara_tui.documents import parts

    return parts.payment_part(bank, language)


def annex_xlsx(invoice: Invoice) -> bytes:
    """The invoice's sessions as an XLSX workbook with real dates, times and numbers."""
    from kara_tui.documents import annex

    return annex.annex_xlsx(invoice)


def annex_csv(invoice: Invoice) -> bytes:
    """The invoice's sessions as CSV (UTF-8 with a byte order mark): the file in the PDF."""
    from kara_tui.documents import annex

    return annex.annex_csv(invoice)


def letters_missing(theme: Path) -> Callable[[str], str]:
    """A function that tells which characters of a text a theme cannot print, each once, in order.

    Empty when it prints as a whole. Raises DocumentError when the theme is not whole. Costs a few
    milliseconds: it reads the fonts' tables of characters and sets nothing.
    """
    from kara_tui.documents import letters

    return letters.letters_missing(theme)


def without_pictures(text: str, missing: str) -> str:
    """A session's text as it is printed where ``missing`` cannot be: without what is a picture, as
    an emoji is. As it is where nothing else would be left.
    """
    from kara_tui.documents import letters

    return letters.without_pictures(text, missing)


def shown_character(char: str) -> str:
    """A character and its code point, as a person can find it: ``“李” (U+674E)``."""
    from kara_tui.documents import letters

    return letters.shown_character(char)


def labels(code: str) -> str:
    """All that the paper says by itself in a language, in one text. Raises DocumentError."""
    from kara_tui.documents import language

    said = language.language(code)
    tables = (said.words, said.kinds, said.tax_ids, said.bank, said.patterns)
    words = (word for table in tables for word in table.values())
    return " ".join((*words, *said.months, *said.short_months))


def words(code: str) -> dict[str, str]:
    """The paper's labels in a language, by their keys. Raises DocumentError."""
    from kara_tui.documents import language

    return language.language(code).words


def languages() -> tuple[str, ...]:
    """The languages that invoices can be written in, as ISO 639-1 codes."""
    from kara_tui.documents import language

    return language.languages()
