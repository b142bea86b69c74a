"""Text made fit for print, in one place: no controls, no hidden characters, nothing endless.

Everything the user typed or an export held passes through here before it is set in type. Typst
writes malformed XMP when a control character stands in a title, bidi controls can make an amount
read as another, and a stack of combining marks or a token of 400 letters overprints its
neighbours.
"""

from __future__ import annotations

import unicodedata

NAME = 120  # characters of a name, a service, a sponsor, one line of an address
NUMBER = 60  # characters of an invoice, tax or account number: 34 is the longest IBAN
SENTENCE = 600  # characters of the ground for VAT, of the reason of a credit note
ELLIPSIS = "…"
MARKS_IN_A_ROW = 3  # combining marks on one letter; Vietnamese needs two, no language four

# A break opportunity. Only `breakable` puts it in, and only into tokens that would not fit their
# cell; the frame (frame.typ) puts an empty box in its place, as it would stay in copied text.
ZERO_WIDTH_SPACE = "\u200b"
PIECE = 5.0  # em between two break opportunities
JOINTS = "@/_\\="

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
# How wide a character may be in em, by its base letter, from the widths in Inter SemiBold; other
# sans fonts differ by a tenth. Signs such as long arrows are up to 2.7 em wide.
_SLIM, _COMMON, _CAPITAL, _FULL, _SIGN = 0.42, 0.68, 0.82, 1.0, 2.7
_WIDTHS = (
    dict.fromkeys(map(chr, range(33, 127)), _COMMON)
    | dict.fromkeys("ðþøđħßł", _COMMON)
    | dict.fromkeys("ABCDEFGHJKLNOPQRSTUVXYZÐÞØĐĦŁ", _CAPITAL)
    | dict.fromkeys("fijlrtIı1.,:;'!|()/[]\\`", _SLIM)
    | dict.fromkeys("mwMW%@", _FULL)
)


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


def breakable(text: str, room: float) -> str:
    """The text with break opportunities in every token that may be wider than ``room``.

    ``room`` is what a cell has at least, in em of its font. A token that fits is left alone.
    """
    if len(text) * _SLIM <= room and _width(text) <= room:
        return text
    return " ".join(
        token if _width(token) <= room else ZERO_WIDTH_SPACE.join(_pieces(token))
        for token in text.split(" ")
    )


def _visible(text: str) -> list[str]:
    """The characters that print, with a blank for each control or separator."""
    kept: list[str] = []
    marks = 0
    for char in unicodedata.normalize("NFC", text):
        category = unicodedata.category(char)
        if _is_mark(char):
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
    return sum(map(_width_of, token))


def _width_of(char: str) -> float:
    """An upper guess of a character's width in em."""
    known = _WIDTHS.get(char)
    if known is not None:
        return known
    base = unicodedata.normalize("NFD", char)[0]
    return _WIDTHS.get(base, _FULL if char.isalpha() else 0 if _is_mark(char) else _SIGN)


def _is_mark(char: str) -> bool:
    return unicodedata.category(char) in ("Mn", "Me")


def _pieces(token: str) -> list[str]:
    """The token cut where a line may end: after joints as in addresses, else every few letters."""
    pieces = [""]
    width = 0.0
    for char in token:
        wider = width + _width_of(char)
        if pieces[-1] and not _is_mark(char) and (wider > PIECE or pieces[-1][-1] in JOINTS):
            pieces.append("")
            wider -= width
        pieces[-1] += char
        width = wider
    return pieces
