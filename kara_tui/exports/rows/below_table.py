"""The lines below the payments, by one rule for every kind of file: totals, notes, payments.

A total says so (“Total”, “Summe EUR”, “Samtals (3)”, “Acme Total”) or is an amount and nothing
more; a note is a lone text. Everything else may be a payment that lost cells, and stays one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from kara_tui.exports.cells.cleaning import ERROR, MARKS, NO_VALUE, NUMBER, clean
from kara_tui.exports.cells.dates import parse_date
from kara_tui.exports.cells.words import words
from kara_tui.model.money import MINOR_UNITS

if TYPE_CHECKING:
    from kara_tui.exports.columns.layout import ColumnLayout

# No label of a total is longer.
_LABEL_CHARACTERS = 60
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"[-−]?[0-9](?:[0-9 .,'’]*[0-9])?")
_AMOUNT_LIKE = re.compile(r"[^\w]*(?:\w{1,3}\.? ?)?[-−]?[0-9][0-9 .,'’]*(?: ?\w{1,3}\.?)?[^\w]*")
# What every payment has and no total: these cells are empty, or hold the total's label.
_OF_PAYMENTS = frozenset({"transaction_date", "session_date", "time", "type"})
_DAY = r"(?:[0-9]{1,4}([./-])[0-9]{1,2}\1[0-9]{1,4}|[0-9]{8})"
_BEGINS_WITH_A_DAY = re.compile(rf"\W*{_DAY}(?![0-9])")
_A_DAY = re.compile(rf"(?<![0-9]){_DAY}(?![0-9])")
_MONEY = r"(?:EUR|ISK|SEK|NOK|DKK|GBP|USD|CHF|PLN)\b|\bkr\b\.?|[€£$]"
_A_PRICE = re.compile(rf"(?:{_MONEY}) ?[0-9]|[0-9] ?(?:{_MONEY})")
# A comma in prose has a blank behind it, and one in a number stands between digits.
_COMMA = re.compile(r"(?<![0-9]),(?!\s)|,(?![\s0-9])")
# The least of a payment is a date, a price, a currency and a type.
_FEWEST_SEPARATORS = 3


class Label(StrEnum):
    """What a line below the payments says of itself: the sum of all, of some, a tax, nothing."""

    TOTAL = "total"
    PART = "part"
    TAX = "tax"
    NONE = ""


class Footer(NamedTuple):
    """A line below the payments that is none itself: a total, whose price cell may be empty, or a
    note such as “Generated on 2 November”. The currency is as written, if it is.
    """

    row: int
    price: str
    note: bool = False
    currency: str = ""
    label: Label = Label.TOTAL


def label_of(cell: str) -> Label:
    """Whether a clean cell is the label of a total, and of which kind."""
    if not cell or len(cell) > _LABEL_CHARACTERS or cell.startswith(MARKS) or "@" in cell:
        return Label.NONE
    table, folded = words(), cell.casefold()
    if folded.strip(" :.=") in table.totals:
        return Label.TOTAL
    telling = [
        word
        for word in _WORD.findall(folded)
        if not (word in table.beside_totals or word in table.months or is_currency(word))
    ]
    phrase = " ".join(telling)
    for label, names in (
        (Label.TOTAL, table.totals),
        (Label.PART, table.parts_of_totals | table.totals),
        (Label.TAX, table.taxes | table.parts_of_totals | table.totals),
    ):
        if phrase in names or (telling and names.issuperset(telling)):
            return label
    # A spreadsheet's subtotals are called by their group: “Blue Heron Insurance Total”.
    of_a_group = telling and telling[-1] in table.totals and folded.endswith(telling[-1])
    return Label.PART if of_a_group else Label.NONE


def is_currency(word: str) -> bool:
    """Whether a word is a currency's code or sign; the dot of “kr.” may be left out."""
    signs, folded = words().currency_signs, word.casefold()
    return word.upper() in MINOR_UNITS or folded in signs or f"{folded}." in signs


def currency_in(labels: Iterable[str]) -> str:
    """The one currency that labels name, as written; empty when they name none or several."""
    named = {word for label in labels for word in _WORD.findall(label) if is_currency(word)}
    named |= {sign for label in labels for sign in "€£$" if sign in label}
    return named.pop() if len(named) == 1 else ""


def total_of(row: int, cells: Mapping[str, str], others: Iterable[str] = ()) -> Footer | None:
    """A record as a line of totals, or None when it may be a payment.

    ``cells`` are the clean kept cells by field. ``others`` are those of the columns that are not
    read; of these it is only asked whether they are empty, a label or a number. A line without a
    label has an amount and nothing more: everything else may be a payment that lost its date.
    Asked only of records at the end of a file.
    """
    labels: list[str] = []
    numbers = 0
    for name, cell in [*cells.items(), *(("", other) for other in others)]:
        if not cell:
            continue
        if label_of(cell):
            labels.append(cell)
        elif _in_its_place(name, cell):
            continue
        elif name not in _OF_PAYMENTS and _NUMBER.fullmatch(cell.removeprefix(NUMBER)):
            numbers += 1
        else:
            return None
    price, currency = cells.get("price", ""), cells.get("currency", "")
    price = price if is_amount(price) else ""
    if not labels:
        bare = price and not numbers
        return Footer(row, price, currency=currency, label=Label.NONE) if bare else None
    currency = currency or currency_in(labels)
    if not price and currency:
        # “Total: 180.00 EUR” in one cell
        stated = [amount for each in labels for amount in _NUMBER.findall(each)]
        price = stated[0] if len(stated) == 1 else ""
    label = min(map(label_of, labels), key=list(Label).index)
    return Footer(row, price, currency=currency, label=label)


def _in_its_place(name: str, cell: str) -> bool:
    """Whether a cell is an amount where prices stand, or a currency where currencies do."""
    if name == "price":
        return is_amount(cell) or cell.startswith((ERROR, NO_VALUE))
    return name == "currency" and is_currency(cell)


def is_amount(cell: str) -> bool:
    """Whether a cell looks like an amount, with its currency or without, whatever it means."""
    return _AMOUNT_LIKE.fullmatch(cell.removeprefix(NUMBER)) is not None


def footer_of(
    row: int, cells: Mapping[str, str], others: Iterable[str] | None, *, lone: bool
) -> Footer | None:
    """A line at the end of a file as a total, else as a note when it is a ``lone`` text.

    None when it is neither: then the payments end there. Without ``others`` it is known to be no
    total, because it begins with a date.
    """
    total = None if others is None else total_of(row, cells, others)
    return Footer(row, "", note=True) if total is None and lone else total


def is_note(text: str, field: str) -> bool:
    """Whether a text that stands alone in its row, where a field's cells stand, is a note.

    Nothing can be billed by such a row. A date there may be a payment that was cut off, a type
    alone one that lost its other cells, and several cells in one a line of another file. Tabs tell
    of those, and are gone once a text is clean. Asked only of records at the end of a file.
    """
    cleaned = clean(text)
    return (
        any(map(str.isalpha, cleaned))
        and field not in ("type", "price", "currency")
        and parse_date(cleaned) is None
        and not may_be_payment(text)
        and not may_be_payment(cleaned)
    )


def may_be_payment(text: str) -> bool:
    """Whether a text that stands alone in its row has what makes a payment.

    That is: cells parted by another separator, as when lines of another file are pasted in; a
    date at the beginning; or a date and a price. “Generated on 31.10.2026 at 14:30” is a note.
    """
    separators = max(text.count(";"), text.count("|"), text.count("\t"), len(_COMMA.findall(text)))
    return (
        separators >= _FEWEST_SEPARATORS
        or _BEGINS_WITH_A_DAY.match(text) is not None
        or (_A_DAY.search(text) is not None and _A_PRICE.search(text) is not None)
    )


def looks_like_a_payment(cells: Sequence[str], layout: ColumnLayout) -> bool:
    """Whether a record has the table's width, a date where dates stand, a currency and a price."""
    places = layout.positions
    date = places.get(layout.date_field, 0)
    return (
        len(cells) == layout.width
        and parse_date(clean(cells[date])) is not None
        and all(
            fits(clean(cells[places[name]]))
            for name, fits in (("currency", is_currency), ("price", is_amount))
            if name in places
        )
    )
