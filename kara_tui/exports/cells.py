"""One cell's text: cleaned once, and described in messages without giving a person away."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from kara_tui.exports.words import words
from kara_tui.model.money import MINOR_UNITS
from kara_tui.model.names import unescaped

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
# Ordinals, zones and the small words of written dates; the commonest currencies in small letters.
_SMALL_WORDS = frozenset(
    {"st", "nd", "rd", "th", "utc", "gmt", "cet", "cest", "bst", "eet", "eest", "at", "of", "the",
     "kl", "den", "der", "um", "am", "uhr", "klukkan", "klo", "week", "eur", "isk",
     "sek", "dkk", "nok", "gbp", "usd", "chf"}
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")


def clean(text: str) -> str:
    """The cell as it is used everywhere: printable, one line, single blanks, trimmed, NFC.

    HTML entities are undone first, so that whatever they hide is cleaned like all else.
    """
    if "&" in text:
        text = unescaped(text)
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
    cells with a digit, whose words are those of dates and amounts, are shown: “Bo 3” is not.
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
    if len(text) > 1 and set(text) == {"#"}:
        return "a row of number signs, which a spreadsheet shows where a column is too narrow,"
    if text in ("TRUE", "FALSE"):
        return f"the truth value {text}"
    digits = "with" if any(char.isdigit() for char in text) else "without"
    characters = "character" if len(text) == 1 else "characters"
    return f"a text of {len(text)} {characters} {digits} a digit (not shown)"


def _only_known_words(text: str) -> bool:
    """Whether a name could hide in none of the words: those of dates, and codes of currencies."""
    return all(
        len(word) == 1 or word in MINOR_UNITS or word.casefold() in _known_words()
        for word in _WORD.findall(text)
    )


@cache
def _known_words() -> frozenset[str]:
    table = words()
    signs = (word for sign in table.currency_signs for word in _WORD.findall(sign))
    noon = (word for half in table.before_noon | table.after_noon for word in _WORD.findall(half))
    return frozenset({*table.months, *table.weekdays, *signs, *noon, *_SMALL_WORDS})
