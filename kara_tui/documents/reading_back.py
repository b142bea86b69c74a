"""What a look of one's own has printed is read back before a number is taken for it.

A template may leave a session out, change a figure, or print nothing at all, and nobody would see
it before the receiver does. So the PDF's text must hold what the invoice says, and no other amount.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from kara_tui.documents.content import Content
from kara_tui.documents.error import DocumentError
from kara_tui.documents.pdf_text import text_of
from kara_tui.documents.printable import ZERO_WIDTH_SPACE

# Between two letters of a text that is looked for may stand a blank or a line's end.
_BLANKS: Final = r"\s*"
_NEAR: Final = 60  # characters that may stand between a label and its amount, or in a row besides


def check_printed(pdf: bytes, data: Content, look: str) -> None:
    """Nothing, when the PDF says what the data say. Raises DocumentError with what is missing.

    Looked for are the number, every session in its order with its date before its price, the total
    behind its label, and the bank details; and every amount there must be one of the data's.
    """
    try:
        text = text_of(pdf)
    except ValueError:
        raise DocumentError(
            f"What the invoice theme {look} printed cannot be read back, so nobody knows whether "
            "it is right. Nothing was issued. Choose another theme."
        ) from None
    missing = next(_missing(text, data), "")
    if missing:
        raise DocumentError(
            f"The invoice theme {look} does not print {missing} as the invoice has it. Nothing was "
            "issued. Mend the theme or choose another one."
        )


def _missing(text: str, data: Content) -> Iterator[str]:
    """What the text lacks, in words for a person that quote nothing."""
    if data["number"] and not _pattern(data["number"]).search(text):
        yield "the invoice's number"
    yield from _missing_sessions(text, data["table"])
    label, amount = data["total"]
    if not re.search(
        rf"{_letters(label)}.{{0,{_NEAR}}}?{_bounded(amount)}", text, re.DOTALL | re.IGNORECASE
    ):
        yield "the total"
    for label, value in data["payment"] or ():
        if not _pattern(value).search(text):
            yield f"“{label}” of the bank details"
    if data["vat_ground"] and not _pattern(data["vat_ground"]).search(text):
        yield "the text on VAT"
    strange = _amounts(text) - _amounts(" ".join(_leaves(data)))
    if strange:
        yield f"only the invoice's amounts: it has {min(strange)} too, and so not every amount"


def _missing_sessions(text: str, table: Content) -> Iterator[str]:
    width = len(table["kinds"])
    day = table["kinds"].index("day")
    rows = [table["cells"][at : at + width] for at in range(0, len(table["cells"]), width)]
    at = 0
    for position, row in enumerate(rows, 1):
        found = _pattern(row[day]).search(text, at)
        if found is None:
            yield f"session {position} of {len(rows)}"
            return
        room = sum(map(len, _leaves(row))) + _NEAR
        price = _pattern(row[-1]).search(text, found.end(), found.end() + room)
        if price is None:
            yield f"the price of session {position} of {len(rows)}"
            return
        at = price.end()


def _leaves(value: object) -> Iterator[str]:
    """Every text in the data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _leaves(one)
    elif isinstance(value, Sequence):
        for one in value:
            yield from _leaves(one)


def _amounts(text: str) -> set[str]:
    """Everything in a text that is written like an amount: digits, and two decimals or thousands.

    Blanks in it do not count: a table may end a line there.
    """
    found = re.findall(r"(?<![\d.,])[−-]?\d{1,3}(?:[.,\u00a0]\d{3})*[.,]\d{2}(?![\d.,]?\d)", text)
    whole = re.findall(r"(?<![\d.,])[−-]?\d{1,3}(?:[.,]\d{3})+(?![\d.,]?\d)", text)
    return {one.replace("\u00a0", "") for one in (*found, *whole)}


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(_bounded(text), re.IGNORECASE)


def _bounded(text: str) -> str:
    """A pattern for the text where it does not stand inside a longer number or word."""
    return rf"(?<![\w])(?<!\d[.,])(?<![−-]){_letters(text)}(?!\w)(?![.,]\d)"


def _letters(text: str) -> str:
    return _BLANKS.join(
        re.escape(char) for char in text if not (char.isspace() or char == ZERO_WIDTH_SPACE)
    )
