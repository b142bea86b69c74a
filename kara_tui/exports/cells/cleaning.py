"""One cell's text: cleaned once, and the same everywhere."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from kara_tui.exports.cells.words import words
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
# Control characters that are no blanks.
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_REMOVED = frozenset({"Cc", "Cf", "Cs"})
# ="65.00", its form with doubled quotation marks (Excel's own escape is "=""65.00"""), ='65.00'.
_TEXT_FORMULA = re.compile(r"""="((?:[^"]|"")*)"|=""([^"]*)""|='([^']*)'""")
# An apostrophe before a number or a date makes it a text. Before a formula it keeps it from being
# one, and stays.
_GUARDED = re.compile(r"'[^'=＝@＠A-Za-z]*[0-9][^'A-Za-z]*")
_FORMULA = re.compile(r"=[^=\s]|[+\-@](?:[A-Z]{1,3}\$?[0-9]|[A-Z.]+\()")


def clean(text: str) -> str:
    """The cell as it is used everywhere: printable, one line, single blanks, trimmed, NFC.

    HTML entities are undone first, so that whatever they hide is cleaned like all else. What
    programs put around a value so that a spreadsheet leaves it alone is taken away.
    """
    if "&" in text:
        text = unescaped(text)
    cleaned = _printable(text)
    if cleaned[:1] in ("=", "'"):
        while (bare := _without_guard(cleaned)) != cleaned:
            cleaned = _printable(bare)
    return cleaned


def _printable(text: str) -> str:
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


def _without_guard(text: str) -> str:
    """``="65.00"`` is the formula of a text, and an apostrophe before a value makes it one.

    A whole formula of one quoted text means that text. Every other formula is left as it stands:
    nothing here works one out.
    """
    if text.startswith("="):
        found = _TEXT_FORMULA.fullmatch(text)
        if found is None:
            return text
        return (found[1] or found[2] or found[3] or "").replace('""', '"')
    return text[1:] if _GUARDED.fullmatch(text) or text[1:].casefold() in _values() else text


def clean_unless_marked(text: str) -> str:
    """A text as a workbook's child wrote it, cleaned unless it is a typed cell behind its mark."""
    return text if text.startswith(MARKS) else clean(text)


def has_controls(text: str) -> bool:
    """Whether cleaning takes control characters away, which no program writes into a name."""
    return not text.isprintable() and CONTROLS.search(text) is not None


def is_formula(text: str) -> bool:
    """Whether a clean cell of a text file is a formula, whose value stands nowhere in the file."""
    return _FORMULA.match(text) is not None


def shown(text: str, length: int = QUOTED_CHARACTERS) -> str:
    """A name or header, cleaned and cut, in quotation marks."""
    cleaned = clean(text)
    if len(cleaned) > length:
        cleaned = cleaned[: length - 1].rstrip() + "…"
    return f"“{cleaned}”"


@cache
def _values() -> frozenset[str]:
    """Cells that stand for themselves whatever is written around them: currencies and types."""
    table = words()
    return frozenset({*map(str.casefold, MINOR_UNITS), table.credit, *table.other_types})
