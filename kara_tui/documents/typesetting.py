"""The one place that calls Typst: strings and a theme go in, PDF or PNG bytes come out."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kara_tui.documents.annex import annex_csv
from kara_tui.documents.content import content
from kara_tui.documents.error import DocumentError
from kara_tui.documents.letters import in_print, without_shape
from kara_tui.documents.theme import Theme, fetches, read_theme
from kara_tui.text import inert

if TYPE_CHECKING:
    from kara_tui.documents.content import Content
    from kara_tui.model import Invoice

# Fine enough to see a letter of six points.
SEEN_PER_INCH: Final = 72
# PDF/A-3 with its accessible level: bookkeeping may keep it for decades, and may hold files.
# PDF/UA-1: a screen reader reads it in order, with its table's headers.
STANDARDS: Final = ["a-3a", "ua-1"]

_FRAME = Path(__file__).with_name("frame.typ")
_WORDS: Final = 200  # characters of what Typst says
# What a theme needs as it is, and what is nobody's.
_NOT_PRIVATE: Final = frozenset({"language", "issued", "fonts", "look", "kinds"})
_UNKNOWN_FONT = re.compile(r"unknown font family: (.{1,60})")
_OF_A_PACKAGE = re.compile(r"failed to \w+ package|package not found")
_LOCATION = re.compile(r"─ (?:\\\\\?\\)?[^\n]*?([^/\\\n]+\.typ):(\d+):\d+")


def invoice_pdf(invoice: Invoice, folder: Path, *, read_back: bool = False) -> bytes:
    """The invoice as PDF/A-3a and PDF/UA-1 with its sessions attached; see the room's door.

    With ``read_back`` it is looked at whether the theme printed what the invoice says.
    """
    theme = read_theme(folder)
    shown = in_print(invoice, theme)
    data = _data(invoice, shown, theme)
    pdf = _compile(invoice, data, theme, format="pdf", pdf_standards=STANDARDS)
    if not isinstance(pdf, bytes):
        raise TypeError("Typst gave no PDF")
    if read_back:
        from kara_tui.documents.reading_back import check_printed, check_seen

        def pages(data: Content) -> list[bytes]:
            return _pages(_compile(invoice, data, theme, format="png", ppi=SEEN_PER_INCH))

        check_printed(pdf, data, folder.name)
        check_seen(pages, data, folder.name)
    return pdf


def invoice_png(invoice: Invoice, folder: Path, *, page: int, pixels_per_inch: float) -> bytes:
    """One page of the invoice as a picture; see the room's door."""
    theme = read_theme(folder)
    data = _data(invoice, in_print(invoice, theme), theme)
    pages = _pages(_compile(invoice, data, theme, format="png", ppi=pixels_per_inch))
    if not 1 <= page <= len(pages):
        raise DocumentError(f"There is no page {page}: the document has {len(pages)}.")
    return pages[page - 1]


def _pages(pictures: Any) -> list[bytes]:
    """Typst's pictures of a document; of a single page it gives no list."""
    return [bytes(one) for one in pictures] if isinstance(pictures, list) else [bytes(pictures)]


def _data(invoice: Invoice, shown: Invoice, theme: Theme) -> Content:
    """What the theme prints, of the invoice as it is ``shown``. Raises DocumentError for letters
    that no font of the theme has.
    """
    data = content(shown)
    missing = without_shape(theme, json.dumps(data, ensure_ascii=False))
    if missing:
        from kara_tui.documents.places import where

        raise DocumentError(where(invoice, missing, theme.families))
    return data


def _compile(invoice: Invoice, data: Content, theme: Theme, **how: Any) -> Any:
    """Set the data of an invoice. Raises DocumentError for whatever keeps Typst from it."""
    import typst

    data = data | {
        "annex": annex_csv(invoice).decode("utf-8"),
        "fonts": list(theme.families),
        "look": theme.look,
    }
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[theme.fonts]
    )
    # Typst prints nothing, and says nothing, when it finds no font at all.
    lost = set(theme.families) - set(fonts.families())
    if lost:
        raise DocumentError(
            f"The fonts of the invoice theme {theme.folder.name} do not hold the family "
            f"{min(lost)}. A folder in fonts/ is named like the family in its files."
        )
    nowhere = theme.folder / "packages"

    def compiled(data: Content) -> Any:
        return typst.compile_with_warnings(
            {"main.typ": _FRAME.read_bytes(), "invoice.typ": theme.source.encode()},
            root=theme.folder,
            font_paths=fonts,
            sys_inputs={"data": json.dumps(data)},
            timestamp=datetime.combine(invoice.issued_on, datetime.min.time(), UTC),
            package_path=nowhere,
            package_cache_path=nowhere,
            **how,
        )

    try:
        result, warnings = compiled(data)
    except typst.TypstError as error:
        if _OF_A_PACKAGE.match(error.message):
            raise DocumentError(fetches(theme.folder.name)) from None
        words = ""
        try:
            compiled(_without_words(data))
        except typst.TypstError as on_a_sample:
            words = inert(on_a_sample.message.partition("\n")[0])[:_WORDS]
        raise DocumentError(_typst_sentence(error.diagnostic, words, theme)) from None
    except BaseException as error:
        # A panic in Typst's Rust code arrives as pyo3's PanicException, a bare BaseException.
        if type(error).__name__ != "PanicException":
            raise
        raise DocumentError(
            f"Typst failed while setting the invoice in the theme {theme.folder.name}. "
            "Nothing was written. Try another theme, and report this as a defect."
        ) from None
    for warning in warnings:
        unknown = _UNKNOWN_FONT.search(warning.message)
        if unknown:
            raise DocumentError(
                f"The invoice theme {theme.folder.name} asks for the font {unknown[1]}, which is "
                "not in it, so text would be missing. Put its files into fonts/ and name it in "
                "theme.toml."
            )
    return result


def _typst_sentence(diagnostic: str, words: str, theme: Theme) -> str:
    """Where Typst stopped, and its ``words`` if it said them of a sample too: of the invoice they
    may quote what is private.
    """
    found = _LOCATION.search(diagnostic)
    place = f" in {found[1]}, line {found[2]}" if found and found[1] != "main.typ" else ""
    said = f" Typst says: {words.rstrip('.')}." if words else ""
    return (
        f"The invoice theme {theme.folder.name} has an error{place}, so the invoice cannot be set."
        f"{said} Mend the theme or choose another one."
    )


def _without_words(value: Any, key: str = "") -> Any:
    """The data of an invoice with every letter an a and every figure a 1, to be quoted freely."""
    if key in _NOT_PRIVATE:
        return value
    if isinstance(value, str):
        return "".join(map(_stand_in, value))
    if isinstance(value, dict):
        return {name: _without_words(one, name) for name, one in value.items()}
    return [_without_words(one) for one in value] if isinstance(value, list) else value


def _stand_in(char: str) -> str:
    if char.isdigit():
        return "1"
    return char if char.isascii() and not char.isalpha() else "a"
