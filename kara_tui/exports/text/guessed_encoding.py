"""Text whose encoding was guessed: whether what came out looks like what was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kara_tui.exports.cells.cleaning import shown
from kara_tui.exports.columns.headers import BILLED_FIELDS
from kara_tui.exports.export import Unreadable
from kara_tui.exports.findings import finding
from kara_tui.exports.payments.damaged_letters import is_changed
from kara_tui.model import Finding

if TYPE_CHECKING:
    import polars as pl

# The letters beyond ASCII of the portal's languages, and of French, as Unicode's locale data (CLDR)
# lists them. What Macintoshes, DOS and Eastern Europe wrote comes out with others among them.
_USUAL_LETTERS = frozenset("áéíóúýþæöðåäøüßàâçèêëîïôùûÿ")
# Signs that people type or their programs put in; between two letters most of them are odd.
_USUAL_SIGNS = frozenset("’‘‚“”„–—…€£§°·•«»™®©½¼¾²³\u00ad")
_USUAL_WITHIN_A_WORD = frozenset("’–·\u00ad")
# Columns from which a word may be shown: none is a client's.
_MAY_BE_SHOWN = BILLED_FIELDS
_SHOWN_CHARACTERS = 20
# So many different texts of a column are looked at.
_MOST_TEXTS = 10_000


def guess_findings(payments: pl.DataFrame, encoding: str, name: str) -> list[Finding]:
    """What to know of a file that is not UTF-8, and that nothing but a guess gave an encoding.

    Nothing when no kept cell depends on it. Raises Unreadable when a cell is UTF-8 after all: then
    the file is damaged, or put together from two.
    """
    fields = [*_MAY_BE_SHOWN, *(set(payments.columns) - {"row", *_MAY_BE_SHOWN})]
    words = [
        (word, field)
        for field in fields
        if field in payments.columns
        for text in _beyond_ascii(payments[field])
        for word in text.split()
        if not word.isascii()
    ]
    if not words:
        return []
    if any(_is_utf8(word, encoding) for word, _ in words):
        raise Unreadable(
            finding(
                "encoding-unknown",
                f"Some letters of {name} are UTF-8 and others are not: the file is damaged, or was "
                "put together from two.",
                "Export the payments again and use that file as it is.",
                source=name,
            )
        )
    odd = [(word, field) for word, field in words if _is_odd(word) or is_changed(word)]
    example = next(
        (f", for example {shown(word, _SHOWN_CHARACTERS)} in row {_row(payments, field, word)}"
         for word, field in odd or words if field in _MAY_BE_SHOWN),
        "",
    )  # fmt: skip
    message = f"{name} does not say its encoding and was read as Windows-1252{example}."
    if not odd:
        return [finding("encoding-guessed", message, source=name)]
    return [
        finding(
            "encoding-doubtful",
            message.removesuffix(".") + ": that looks wrong.",
            "If it is wrong, open the file in a spreadsheet and save it as CSV UTF-8, or name its "
            'encoding in the profile under [reading], for example: encoding = "mac-roman"',
            source=name,
        )
    ]


def _row(payments: pl.DataFrame, field: str, word: str) -> int:
    import polars as pl

    return int(payments.filter(pl.col(field).str.contains(word, literal=True))["row"][0])


def _beyond_ascii(column: pl.Series) -> list[str]:
    different = column.filter(column.str.contains(r"[^\x00-\x7F]"))
    return different.unique(maintain_order=True).head(_MOST_TEXTS).to_list()


def _is_utf8(word: str, encoding: str) -> bool:
    try:
        return not word.encode(encoding).decode("utf-8").isascii()
    except UnicodeError:
        return False


def _is_odd(word: str) -> bool:
    for place, char in enumerate(word):
        if char.isascii() or char.casefold() in _USUAL_LETTERS or char == "ß":
            continue
        within = word[:place][-1:].isalpha() and word[place + 1 :][:1].isalpha()
        if char not in (_USUAL_WITHIN_A_WORD if within else _USUAL_SIGNS):
            return True
    return False
