"""The words of lines that sum up: “Total”, “Summe EUR”, “Samtals (3)”, “Acme Total”."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

from kara_tui.exports.cells.cleaning import MARKS
from kara_tui.exports.cells.words import words
from kara_tui.model.money import MINOR_UNITS

# No label of a total is longer.
_LABEL_CHARACTERS = 60
_WORD = re.compile(r"[^\W\d_]+")


class Label(StrEnum):
    """What a line below the payments says of itself: the sum of all, of some, a tax, nothing."""

    TOTAL = "total"
    PART = "part"
    TAX = "tax"
    NONE = ""


def label_of(cell: str) -> Label:
    """Whether a clean cell is the label of a total, and of which kind."""
    if not cell or len(cell) > _LABEL_CHARACTERS or cell.startswith(MARKS) or "@" in cell:
        return Label.NONE
    table, folded = words(), cell.casefold()
    if folded.strip(" :.=") in table.totals:
        return Label.TOTAL
    said = [
        word
        for word in _WORD.findall(folded)
        if not (word in table.beside_totals or word in table.months or is_currency(word))
    ]
    phrase = " ".join(said)
    for label, names in (
        (Label.TOTAL, table.totals),
        (Label.PART, table.parts_of_totals | table.totals),
        (Label.TAX, table.taxes | table.parts_of_totals | table.totals),
    ):
        if phrase in names or (said and names.issuperset(said)):
            return label
    # A spreadsheet's subtotals are called by their group: “Blue Heron Insurance Total”.
    of_a_group = said and said[-1] in table.totals and folded.endswith(said[-1])
    return Label.PART if of_a_group else Label.NONE


def is_currency(word: str) -> bool:
    """Whether a word is a currency's code or sign; the dot of “kr.” may be left out."""
    signs, folded = words().currency_signs, word.casefold()
    return word.upper() in MINOR_UNITS or folded in signs or f"{folded}." in signs


def currency_in(labels: Iterable[str]) -> str:
    """The one currency that labels name, as written; empty when they name none or several."""
    found = {word for label in labels for word in _WORD.findall(label) if is_currency(word)}
    found |= {sign for label in labels for sign in "€£$" if sign in label}
    return found.pop() if len(found) == 1 else ""
