"""Text that is safe for a terminal and a spreadsheet; how texts are told apart; counts in words.

Also how wide a text is in a terminal, and how it is broken over lines there.

A leaf: it knows the standard library only, so that every room may use it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

MONTH_NAMES: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

# A spreadsheet takes a cell that begins so for a formula (OWASP, "CSV Injection"): the four signs,
# their full-width and small forms, also behind blanks, which some programs strip; and a tab or a
# line end, behind which the signs would stand first. Python's and Rust's regular expressions, and
# so Polars', read it alike.
_BLANKS: Final = (
    "\t\n\v\f\r\x1c-\x20\x85\xa0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
)
FORMULA: Final = rf"\A(?:[\t\r\n]|[{_BLANKS}]*[=+\-@＝＋－＠﹦﹢﹣﹫])"
_FORMULA: Final = re.compile(FORMULA)


def inert(text: str) -> str:
    """The text without anything that could steer a terminal or turn the direction of writing.

    Whatever is not printable (Unicode categories Cc, Cf, Cs, Co, Cn, Zl, Zp) is left out; blanks of
    all kinds become a space. A byte of a file's name that is not UTF-8 is shown as ``\\xfc``.
    """
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() else " " if char.isspace() else f"\\x{ord(char) - 0xDC00:x}"
        for char in text
        if char.isprintable() or char.isspace() or is_lone_byte(char)
    )


def is_lone_byte(char: str) -> bool:
    """Whether this stands for a byte that is not UTF-8, as Python reads it in names (PEP 383)."""
    return "\udc80" <= char <= "\udcff"


def no_formula(text: str) -> str:
    """The text so that a spreadsheet shows it and does not reckon with it: an apostrophe before
    what would be a formula. Every other text stays as it is.
    """
    return f"'{text}" if _FORMULA.match(text) else text


def cells_of(text: str) -> int:
    """How many cells of a terminal a text takes."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )


def broken(text: str, width: int) -> Iterator[str]:
    """A text over as many lines as it takes; a word that is longer than a line is broken.

    Where there is no room at all, as in a window of one cell, a line has one sign.
    """
    line = ""
    for word in text.split():
        rest = word
        if line and cells_of(line) + 1 + cells_of(rest) <= width:
            line = f"{line} {rest}"
            continue
        if line:
            yield line
        while rest and cells_of(rest) > width:
            at = max(1, len(rest))
            while at > 1 and cells_of(rest[:at]) > width:
                at -= 1
            yield rest[:at]
            rest = rest[at:]
        line = rest
    if line:
        yield line


def shares(needs: Sequence[int], room: int) -> list[int]:
    """What each gets of the room: its need or, if that is more, an equal share of what is left."""
    given = [0] * len(needs)
    order = sorted(range(len(needs)), key=lambda at: needs[at])
    for done, at in enumerate(order):
        given[at] = min(needs[at], max(1, room // (len(needs) - done)))
        room -= given[at]
    return given


def header_key(text: str) -> str:
    """What headers are told apart by: letters and digits only, whatever their case."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(filter(str.isalnum, folded))


def counted(count: int, noun: str) -> str:
    """``1 session``, ``1,200 sessions``."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def verb(count: int, one: str, many: str) -> str:
    """The verb's form that goes with a count: 1 session ``lies``, 2 sessions ``lie``."""
    return one if count == 1 else many


def and_more(count: int, noun: str = "") -> str:
    """`` (and 3 more)``, `` (and 3 more cells)`` behind the first of 4, else nothing."""
    if count < 2:
        return ""
    return f" (and {counted(count - 1, f'more {noun}') if noun else f'{count - 1:,} more'})"


def listed(parts: Iterable[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    *rest, last = parts
    return f"{', '.join(rest)} and {last}" if rest else last
