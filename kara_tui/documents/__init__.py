"""An invoice becomes a PDF, an annex, a preview. The only room with Typst.

What goes in is a valid `kara_tui.model.Invoice` and a theme's folder; what comes out is bytes, the
same for the same input on every machine and every day. Nothing here reads the clock, the network
or the system's fonts.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kara_tui.documents.error import DocumentError
from kara_tui.later import later

if TYPE_CHECKING:
    from kara_tui.documents.annex import annex_csv, annex_xlsx
    from kara_tui.documents.language import labels, languages, words
    from kara_tui.documents.letters import letters_missing, shown_character, without_pictures
    from kara_tui.documents.parts import party_part, payment_part
    from kara_tui.documents.text_page import invoice_text
    from kara_tui.model import Invoice

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

__getattr__ = later(
    __name__,
    {
        "annex": "annex_csv annex_xlsx",
        "language": "labels languages words",
        "letters": "letters_missing shown_character without_pictures",
        "parts": "party_part payment_part",
        "text_page": "invoice_text",
    },
)


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
