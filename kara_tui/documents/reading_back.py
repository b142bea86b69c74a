"""What a look of one's own has printed is read back before a number is taken for it.

A template may leave a session out, change a figure, or print nothing at all, and nobody would see
it before the receiver does. So the PDF's text must hold what the invoice says, and no other amount;
and it must be seen: white letters on white paper stand in the text too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from typing import Any, Final

from kara_tui.documents.content import Content
from kara_tui.documents.error import DocumentError
from kara_tui.documents.pdf_text import text_of
from kara_tui.documents.printable import ZERO_WIDTH_SPACE

# Between two letters of a text that is looked for may stand a blank or a line's end.
_BLANKS: Final = r"\s*"
_NEXT_DIGIT: Final = str.maketrans("0123456789", "1234567890")
# Of 255 steps of grey between letter and paper. The palest text that is read with ease has 140.
_SEEN: Final = 50
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


def check_seen(draw: Callable[[Content], list[bytes]], data: Content, look: str) -> None:
    """Nothing, when a person sees number, total, sessions and account on the page. Raises
    DocumentError with what cannot be seen.

    ``draw`` makes pictures of the pages. What is seen is told by another figure in its place: where
    the picture stays as it was, the figure is hidden.
    """
    number, table = data["number"], data["table"]
    last = len(table["kinds"]) - 1
    parts: list[tuple[str, Content]] = [
        ("the invoice's number", {
            "number": _other(number),
            "facts": [[label, _other(value) if value == number else value]
                      for label, value in data["facts"]],
        }),
        ("the total", {
            "total": _other(data["total"]),
            "sum": data["sum"] | {"amount": _other(data["sum"]["amount"])},
        }),
        ("the sessions' days", {"table": _other_column(table, table["kinds"].index("day"))}),
        ("the sessions' prices", {"table": _other_column(table, last)}),
        ("the bank details", {"payment": _other(data["payment"])}),
    ]  # fmt: skip
    before = draw(data)
    for what, other in parts:
        has_figures = any(data[key] != value for key, value in other.items())
        if has_figures and not _differ(before, draw(data | other)):
            raise DocumentError(
                f"{what[0].upper()}{what[1:]} cannot be seen on what the invoice theme {look} "
                "prints: the paper's colour, or something that lies above, hides it. Nothing was "
                "issued. Mend the theme or choose another one."
            )


def _other_column(table: Content, column: int) -> Content:
    width = len(table["kinds"])
    cells = [
        _other(cell) if at % width == column else cell for at, cell in enumerate(table["cells"])
    ]
    return table | {"cells": cells}


def _other(value: Any) -> Any:
    """The same with every digit another one."""
    if isinstance(value, str):
        return value.translate(_NEXT_DIGIT)
    if isinstance(value, dict):
        return {key: _other(one) for key, one in value.items()}
    return [_other(one) for one in value] if isinstance(value, list) else value


def _differ(before: Sequence[bytes], after: Sequence[bytes]) -> bool:
    """Whether an eye tells two documents apart."""
    from PIL import Image, ImageChops

    if len(before) != len(after):
        return True
    for one, other in zip(before, after, strict=True):
        with Image.open(BytesIO(one)) as left, Image.open(BytesIO(other)) as right:
            both = ImageChops.difference(left.convert("L"), right.convert("L"))
        if both.point(lambda step: 255 * (step >= _SEEN)).getbbox() is not None:
            return True
    return False


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
