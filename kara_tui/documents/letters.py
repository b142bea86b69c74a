"""What a theme's fonts have no shape for, told before anything is set; and pictures among words.

A service that a booking page shows with an emoji is printed without it: no word is lost, and the
annex keeps it. Every other character without a shape stops the invoice.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kara_tui.documents.printable import printable
from kara_tui.documents.theme import Theme, read_theme

if TYPE_CHECKING:
    from kara_tui.model import Invoice

# Arrows, technical signs, shapes, dingbats, emoji, the keycap that surrounds a digit. Not the
# letters and words in squares and circles of U+1F100 and U+1F200, but for the letters of flags.
_PICTURES: Final = (
    (0x20E3, 0x20E3), (0x2190, 0x21FF), (0x2300, 0x23FF), (0x25A0, 0x27BF), (0x2900, 0x297F),
    (0x2B00, 0x2BFF), (0x1F000, 0x1F0FF), (0x1F1E6, 0x1F1FF), (0x1F300, 0x1FAFF),
)  # fmt: skip


def letters_missing(folder: Path) -> Callable[[str], str]:
    """A function that tells which characters of a text a theme cannot print, each once, in order.

    Empty when it prints as a whole. Raises DocumentError when the theme is not whole.
    """
    theme = read_theme(folder)
    known: dict[str, bool] = {}
    fit: set[str] = set()  # plain characters that are printed as they are

    @lru_cache(maxsize=4096)
    def missing(text: str) -> str:
        if fit.issuperset(text):
            return ""
        shown = dict.fromkeys(printable(text, len(text) + 1))
        new = shown.keys() - known.keys()
        if new:
            lacking = without_shape(theme, new)
            known.update((char, char in lacking) for char in new)
            fit.update(char for char in new - lacking if char.isascii())
        return "".join(char for char in shown if known[char])

    return missing


def without_shape(theme: Theme, characters: Iterable[str]) -> set[str]:
    """Those of the characters that cannot be printed: the fonts lack them, or nobody knows what
    they are (private use, which PDF/A-3a forbids in text).
    """
    characters = set(characters)
    return theme.without_shape(characters) | {char for char in characters if _is_private(char)}


def without_pictures(text: str, missing: Collection[str]) -> str:
    """The text without those of the missing characters that are pictures and no words.

    The text as it is where nothing else would be left of it.
    """
    rest = "".join(" " if char in missing and _is_picture(char) else char for char in text)
    return " ".join(rest.split()) if printable(rest) else text


def in_print(invoice: Invoice, theme: Theme) -> Invoice:
    """The invoice as it is set: its sessions' texts without pictures that the fonts lack."""
    texts = [
        text for line in invoice.lines for text in (line.service, line.professional, line.sponsor)
    ]
    missing = without_shape(theme, set().union(*map(printable, texts)))
    if not missing:
        return invoice

    def shown(text: str) -> str:
        return without_pictures(printable(text), missing)

    return replace(
        invoice,
        lines=tuple(
            replace(
                line,
                service=shown(line.service),
                professional=shown(line.professional),
                sponsor=shown(line.sponsor),
            )
            for line in invoice.lines
        ),
        by_sponsor=tuple(
            replace(subtotal, name=shown(subtotal.name)) for subtotal in invoice.by_sponsor
        ),
        by_professional=tuple(
            replace(subtotal, name=shown(subtotal.name)) for subtotal in invoice.by_professional
        ),
    )


def shown_character(char: str) -> str:
    """A character as a person can find it; only its code point when it cannot be shown."""
    code = f"U+{ord(char):04X}"
    unseen = unicodedata.category(char)[0] in "CM"
    return f"The character {code}" if unseen else f"“{char}” ({code})"


def _is_picture(char: str) -> bool:
    code = ord(char)
    return any(first <= code <= last for first, last in _PICTURES) and not char.isalnum()


def _is_private(char: str) -> bool:
    """Whether Unicode gives the character no meaning."""
    return "\ue000" <= char <= "\uf8ff" or char >= "\U000f0000"
