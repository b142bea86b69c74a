"""What speaks of clients: words of a header, and cells that look like people's names.

Only columns that the user named are judged: the table's own names are known to be harmless. A
judgement is never the last word, because a header may mislead: the user can confirm the column.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from kara_tui.exports.columns.headers import TEXT_FIELDS

_LETTERS = re.compile(r"[^\W\d_]+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
# Letters that Unicode does not take apart into a plain one and a mark.
_PLAIN = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ð": "d", "đ": "d", "þ": "th", "ł": "l", "ı": "i"}
)
# Small words that stand inside names: Anna von Berg, Jan de Vries.
_INSIDE_NAMES = frozenset(
    {"af", "al", "av", "bin", "da", "de", "del", "den", "der", "di", "dos", "du", "el", "la", "le",
     "van", "von", "zu"}
)  # fmt: skip
_MOST_WORDS = 5


def header_doubt(header: str, field: str) -> str:
    """Why a header may be a client's column, to follow “it …”; empty when nothing speaks for it.

    Compounds and plurals count (Kundenname, ClientName), accents and case do not. Words that could
    be spelled with look-alike letters of another alphabet cannot be judged, and are doubted.
    """
    text = unicodedata.normalize("NFKC", header)
    if not all(unicodedata.name(char, "").startswith("LATIN") for char in _joined(text)):
        return "is not written in Latin letters alone, so that its words cannot be judged"
    header_words = _words_of(text)
    parts = _parts()
    if any(stem in word for word in header_words for stem in parts.anywhere):
        return "speaks of clients"
    if field not in TEXT_FIELDS:
        return ""
    if any(word.startswith(parts.beginnings) for word in header_words):
        return "speaks of clients"
    telling = set(header_words) - parts.beside
    if telling and parts.of_nobody.issuperset(telling):
        return "does not say whose it is"
    return ""


def says(header: str, stems: Iterable[str]) -> bool:
    """Whether a header has one of these stems in it, whatever its case, accents and blanks."""
    key = folded("".join(_LETTERS.findall(header)))
    return any(folded(stem) in key for stem in stems)


def may_be_a_name(cell: str, *, whole: bool = False) -> bool:
    """Whether a cell could be a person's name: a few words and no digit.

    With ``whole`` only names of two words and more count, and they begin with capitals.
    """
    words = cell.replace(",", " ").split()
    if not (2 if whole else 1) <= len(words) <= _MOST_WORDS:
        return False
    if any(char.isdigit() for char in cell) or not any(char.isalpha() for char in cell):
        return False
    return not whole or all(not word[0].islower() or word in _INSIDE_NAMES for word in words)


def folded(text: str) -> str:
    """The text in small letters without accents: Skjólstæðingur is skjolstaedingur."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(char for char in apart if not unicodedata.combining(char))
    return kept.translate(_PLAIN)


def _joined(text: str) -> str:
    return "".join(_LETTERS.findall(text))


def _words_of(text: str) -> list[str]:
    """A header's words, folded; ClientName has two."""
    bare = "".join(
        char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char)
    )
    return [folded(word) for word in _LETTERS.findall(_HUMP.sub(" ", bare))]


class _Parts(NamedTuple):
    anywhere: tuple[str, ...]
    beginnings: tuple[str, ...]
    of_nobody: frozenset[str]
    beside: frozenset[str]


@cache
def _parts() -> _Parts:
    """The lists of ``clients.toml``, folded."""
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    lists = {name: [folded(part) for part in parts] for name, parts in table.items()}
    return _Parts(
        tuple(lists["anywhere"]),
        tuple(lists["beginnings"]),
        frozenset(lists["of_nobody"]),
        frozenset(lists["beside"]),
    )
