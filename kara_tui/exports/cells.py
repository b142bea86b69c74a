"""One cell's text: cleaned once, and described in messages without giving a person away."""

from __future__ import annotations

import re
import unicodedata

from kara_tui.exports.words import words

# Typed workbook cells travel as text behind a mark that no cleaned text can begin with.
NUMBER = "\x01"
ERROR = "\x02"
NO_VALUE = "\x03"
MARKS = (NUMBER, ERROR, NO_VALUE)
# Joins several cells into one key or line; no cleaned cell holds a control character.
JOIN = "\x1f"

QUOTED_CHARACTERS = 40

# What is taken away: C0 and C1 controls, format characters (bidi controls, zero-width characters,
# BOM, soft hyphen, tags), lone surrogates, the code points that are no characters (Unicode 23.7),
# and the marks that only steer how others are drawn. Letters that are newer than Python stay.
# Line breaks and tabs are blanks, like every other white space.
_BLANK = re.compile(r"\s+")
_NO_CHARACTERS = "".join(
    chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(17)
)
_STEERING = re.compile(f"[\u034f\ufe00-\ufe0f\ufdd0-\ufdef{_NO_CHARACTERS}]")
_REMOVED = frozenset({"Cc", "Cf", "Cs"})
_WORD = re.compile(r"[^\W\d_]+")


def clean(text: str) -> str:
    """The cell as it is used everywhere: printable, one line, single blanks, trimmed, NFC."""
    if text.isprintable():
        if text.isascii():
            if "  " not in text and text[:1] != " " and text[-1:] != " ":
                return text
        elif _STEERING.search(text) is None:
            return " ".join(unicodedata.normalize("NFC", text).split())
    kept = "".join(
        char
        for char in _BLANK.sub(" ", text)
        if unicodedata.category(char) not in _REMOVED and _STEERING.match(char) is None
    )
    return " ".join(unicodedata.normalize("NFC", kept).split())


def shown(text: str, length: int = QUOTED_CHARACTERS) -> str:
    """A name or header, cleaned and cut, in quotation marks."""
    cleaned = clean(text)
    if len(cleaned) > length:
        cleaned = cleaned[: length - 1].rstrip() + "…"
    return f"“{cleaned}”"


def described(cell: str) -> str:
    """What was found in a cell, for an error message: quoted only when it cannot be a name.

    A misplaced column may put a client's name or e-mail where a date should be. So only short
    cells with a digit, whose words are those of dates and amounts, are shown.
    """
    if cell.startswith(NUMBER):
        return f"the number {cell[1:][:QUOTED_CHARACTERS]}"
    if cell.startswith(ERROR):
        return f"the error {clean(cell[1:])[:QUOTED_CHARACTERS]}"
    if cell.startswith(NO_VALUE):
        return "a formula without a stored value"
    text = clean(cell)
    if not text:
        return "nothing"
    if "@" in text:
        return "an e-mail address (not shown)"
    if len(text) <= QUOTED_CHARACTERS and re.search("[0-9]", text) and _only_known_words(text):
        return f"“{text}”"
    digits = "with" if any(char.isdigit() for char in text) else "without"
    characters = "character" if len(text) == 1 else "characters"
    return f"a text of {len(text)} {characters} {digits} a digit (not shown)"


def _only_known_words(text: str) -> bool:
    table = words()
    return all(
        len(word) <= 3 or word in table.months or word in table.weekdays
        for word in (found.group().casefold() for found in _WORD.finditer(text))
    )
