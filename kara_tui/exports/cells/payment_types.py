"""A payment type: whether it is the one that is billed, may be meant for it, and may be quoted.

``Credit`` is paid by a sponsor through Kara Connect; ``Credit Card`` is another type.
"""

from __future__ import annotations

import re
import unicodedata

from kara_tui.exports.cells.cleaning import QUOTED_CHARACTERS
from kara_tui.exports.cells.words import words

# What is said of types that could be names, in place of each.
NOT_SHOWN = "types not shown"
# More digits than these are a kennitala's or a telephone number's.
_DIGITS = 3
_LETTERS = re.compile(r"[^\W\d_]+")
# What “Credit” goes on with when it is another type for certain.
_CARD = "creditcard"


def is_fit_to_show(text: str) -> bool:
    """Whether a type may be quoted: all of its words are those of payments.

    A name that stands in the column by mistake must not get into a message.
    """
    letters_only = [word.casefold() for word in _LETTERS.findall(text)]
    return (
        bool(letters_only)
        and words().of_payments.issuperset(letters_only)
        and len(text) <= QUOTED_CHARACTERS
        and sum(map(str.isdigit, text)) <= _DIGITS
    )


def is_credit(cell: str) -> bool:
    """Whether a type is the one billed to Kara Connect: the whole cell, whatever its case."""
    return cell.casefold() == words().credit


def may_be_credit(cell: str) -> bool:
    """Whether a type that is not known may be Credit all the same.

    That is one that begins with the word whatever stands around its letters (`Credit*`,
    `"Credit`, `Credit (sponsored)`), or has one letter wrong. A credit card is another type.
    """
    plain = unicodedata.normalize("NFKD", cell.casefold())
    letters = "".join(_LETTERS.findall(plain))
    credit = words().credit
    if letters.startswith(credit):
        return not letters.startswith(_CARD)
    return _is_one_letter_off(letters, credit)


def _is_one_letter_off(text: str, word: str) -> bool:
    """Whether one letter is missing, too many or another one."""
    if abs(len(text) - len(word)) > 1:
        return False
    same = 0
    while same < min(len(text), len(word)) and text[same] == word[same]:
        same += 1
    return word[same + 1 :] in (text[same:], text[same + 1 :]) or word[same:] == text[same + 1 :]
