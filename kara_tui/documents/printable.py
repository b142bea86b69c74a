"""Text made fit for print, in one place: no controls, no hidden characters, nothing endless.

Everything the user typed or an export held passes through here before it is set in type. Typst
writes malformed XMP when a control character stands in a title, bidi controls can make an amount
read as another, and a stack of combining marks or a token of 400 letters overprints its
neighbours.
"""

from __future__ import annotations

import re
import unicodedata

NAME = 120  # characters of a name, a service, a sponsor, one line of an address
NUMBER = 60  # characters of an invoice, tax or account number: 34 is the longest IBAN
SENTENCE = 600  # characters of the ground for VAT, of the reason of a credit note
ELLIPSIS = "…"
MARKS_IN_A_ROW = 3  # combining marks on one letter; Vietnamese needs two, no language four

# A break opportunity that prints nothing. It stays in copied text, so only `breakable` puts it in,
# and only into tokens that would not fit their cell.
ZERO_WIDTH_SPACE = "\u200b"
PIECE = 8  # letters between two break opportunities

# Characters of letter or mark categories that print nothing or change how others look
# (Unicode's Default_Ignorable_Code_Point beyond category Cf).
_HIDDEN = frozenset(
    code
    for first, last in (
        (0x034F, 0x034F),
        (0x115F, 0x1160),
        (0x17B4, 0x17B5),
        (0x180B, 0x180F),
        (0x3164, 0x3164),
        (0xFE00, 0xFE0F),
        (0xFFA0, 0xFFA0),
        (0xE0000, 0xE0FFF),
    )
    for code in range(first, last + 1)
)
# At most 0.65 em wide in sans fonts; anything else is taken for one em.
_NARROW = frozenset(
    "abcdefghijklnopqrstuvxyzáàâäãåąćčçďðéèêëęěíìîïłñńňóòôöõőøřśšťúùûüůűýÿžźżþß0123456789.,:;'/-I"
)
_PIECES = re.compile(rf"\w{{1,{PIECE}}}\W{{0,2}}|\W{{1,{PIECE}}}")


def printable(text: str, limit: int = NAME) -> str:
    """The text as it is printed: visible characters, single blanks, NFC, ``limit`` at most.

    Controls and every kind of blank become one blank; bidi, zero-width and other hidden characters
    go; more than MARKS_IN_A_ROW combining marks on a letter go; what is longer than ``limit``
    characters is cut and ends in an ellipsis. Never raises; what has no shape in a font is left
    for the check of the fonts to name.
    """
    if not (text.isascii() and text.isprintable()):
        text = unicodedata.normalize("NFC", "".join(_visible(text)))
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    cut = limit - len(ELLIPSIS)
    while cut > 1 and unicodedata.combining(text[cut]):
        cut -= 1
    return text[:cut].rstrip() + ELLIPSIS


def breakable(text: str, widest: float) -> str:
    """The text with break opportunities in every token that may be wider than ``widest``.

    ``widest`` is in em of the cell's font: the room a cell has at least. A token that fits is left
    alone, so names, addresses and numbers of common length are copied as they were typed.
    """
    if len(text) <= widest:  # no letter is wider than one em
        return text
    return " ".join(
        token if _width(token) <= widest else ZERO_WIDTH_SPACE.join(_PIECES.findall(token))
        for token in text.split(" ")
    )


def _visible(text: str) -> list[str]:
    """The characters that print, with a blank for each control or separator."""
    kept: list[str] = []
    marks = 0
    for char in unicodedata.normalize("NFC", text):
        category = unicodedata.category(char)
        if category in ("Mn", "Me"):
            marks += 1
            if marks > MARKS_IN_A_ROW or ord(char) in _HIDDEN:
                continue
        elif category == "Cf" or ord(char) in _HIDDEN:
            continue
        else:
            marks = 0
        blank = category[0] == "Z" or category == "Cc"
        kept.append(" " if blank else char)
    return kept


def _width(token: str) -> float:
    """An upper guess of a token's width in em, from the widths of common sans fonts."""
    return sum(0.65 if char in _NARROW else 1.0 for char in token)
