"""Records that have not as many cells as the header, and what is seen of the reason."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from typing import NamedTuple

from kara_tui.exports.cells.dates import parse_date
from kara_tui.exports.columns.grown_together import grown_together
from kara_tui.exports.columns.layout import ColumnLayout
from kara_tui.exports.findings import finding
from kara_tui.exports.rows.below_table import looks_like_a_payment, may_be_payment
from kara_tui.exports.text.dialects import (
    LINE_ENDS,
    SEPARATOR_WORDS,
    SEPARATORS,
    Dialect,
    separator_word,
)
from kara_tui.model import Finding
from kara_tui.model.finding import ROWS_SHOWN

# What may part the cells of one row and not of the others.
_PARTING = (*SEPARATORS, " ", "^", "~", ":", "#", "/", "\x1f")
_MEND = "Open the file in an editor at that row and mend it, or export again."
_OTHER_QUOTES = "'`´“„‘«"


class Ragged(NamedTuple):
    """A record that has not as many cells as the header, as it stands in the file."""

    row: int
    cells: list[str]
    text: str


class Around(NamedTuple):
    """What such records stand in. ``alone`` says that no record has the header's width, ``last``
    that nothing but such records comes after the first of them; ``row`` is the header's.
    """

    header: Sequence[str]
    row: int
    layout: ColumnLayout
    dialect: Dialect
    alone: bool
    last: bool

    @property
    def width(self) -> int:
        return len(self.header)


class _Why(NamedTuple):
    reason: str
    hint: str = _MEND
    code: str = "records-ragged"


def ragged_finding(ragged: Sequence[Ragged], around: Around, name: str) -> Finding:
    """The finding for such records."""
    first, more = ragged[0], len(ragged) - 1
    cells = "1 cell" if len(first.cells) == 1 else f"{len(first.cells)} cells"
    others = ""
    if more:
        least = "at least " if more >= ROWS_SHOWN else ""
        have = "row has" if more == 1 else "rows have"
        others = f", and {least}{more} more {have} too few or too many"
    why = _why(ragged, around)
    rows = [record.row for record in ragged]
    if why.code == "header-unclear":
        rows.insert(0, around.row)
    return finding(
        why.code,
        f"In {name} row {first.row} has {cells} where the header has {around.width}{others}"
        f"{why.reason}.",
        why.hint,
        rows=rows,
        source=name,
    )


def parted_otherwise(text: str, around: Around) -> str:
    """The other separator by which a record has the header's width; empty when there is none."""
    for separator in _PARTING:
        if separator != around.dialect.separator and separator in text:
            other = around.dialect._replace(separator=separator, blanks=False)
            try:
                records = list(other.records([text], strict=True))
            except csv.Error:
                continue
            if len(records) == 1 and looks_like_a_payment(records[0], around.layout):
                return separator
    return ""


def _why(ragged: Sequence[Ragged], around: Around) -> _Why:
    first, width = ragged[0], around.width
    cells = first.cells
    other = parted_otherwise(first.text, around)
    if other:
        return _parted(other, around)
    if len(cells) == 1:
        return _one_cell(first, around)
    if around.alone:
        every = _every_row(ragged, around)
        if every is not None:
            return every
    if any(cell.startswith(' "') for record in ragged for cell in record.cells):
        return _Why(
            ": quotation marks behind a blank do not hold a cell together",
            "Open the file in an editor, take the blanks behind the separators away and save; or "
            "export again.",
        )
    ends = [word for end, word in LINE_ENDS.items() if end in first.text]
    if len(cells) >= 2 * width - 1:
        how = f"written as {ends[0]}" if ends else "missing"
        return _Why(f": two rows stand in one, because a line end is {how}")
    if any(cell[:1] in tuple(_OTHER_QUOTES) for cell in cells):
        return _Why(": apostrophes or other signs stand where quotation marks belong")
    if _is_table(ragged, around):
        return _Why(
            ": another table seems to begin there",
            "If these rows are no payments, delete them, or export again; rows of another export "
            "belong in a file of their own.",
        )
    if len(cells) < width:
        return _too_few(ragged, around)
    if not any(cell.strip() for cell in cells[width:]):
        return _Why(
            "",
            "There is a separator too many in it, or a separator stands inside a cell without "
            f"quotation marks. {_MEND}",
        )
    return _Why(
        "",
        "A separator stands inside a cell without quotation marks, or there is one too many. "
        f"{_MEND}",
    )


def _parted(other: str, around: Around) -> _Why:
    own = separator_word(around.dialect.separator)
    return _Why(
        f": its cells are parted by {separator_word(other)} and the header's by {own}",
        "Rows of another file may have been added to this one. Name each file by itself, or "
        "export again.",
    )


def _one_cell(first: Ragged, around: Around) -> _Why:
    text, own = first.cells[0], around.dialect.separator
    inside = max(SEPARATOR_WORDS, key=text.count)
    if text.count(inside) >= 2 and inside == own:
        return _Why(
            ": quotation marks stand around the whole row",
            "A spreadsheet with another list separator saves rows so. Open the file in an editor "
            "and take away the quotation marks around the row, or export again.",
        )
    if text.count(inside) >= 2 and may_be_payment(text):
        return _parted(inside, around)
    return _Why(
        "",
        "It may be a payment that was cut off, or a note with a date or an amount. Export again, "
        "or delete the row if it is only a note.",
    )


def _every_row(ragged: Sequence[Ragged], around: Around) -> _Why | None:
    """What all records have in common, where none fits the header."""
    width = around.width
    if all(len(record.cells) == width + 1 for record in ragged):
        grown = next(filter(None, map(grown_together, around.header)), None)
        if grown:
            return _Why(
                f": in the header a separator is missing between {grown[0]} and {grown[1]}",
                "Open the file in an editor, put the separator in and save; or export again.",
                "header-unclear",
            )
        if not any(record.cells[-1].strip() for record in ragged):
            return _Why(
                ": every row ends with a separator that the header does not have",
                "Open the file in an editor, write one more separator at the end of the header's "
                "line and save; or export again.",
            )
        if all(looks_like_a_payment(record.cells[1:], around.layout) for record in ragged):
            return _Why(
                ": every row begins with a row number or row name that has no column name in the "
                "header",
                "Open the file in an editor, write a name for the first column into the header, "
                "such as No, and save; or export again.",
            )
        if all(looks_like_a_payment(record.cells[:-1], around.layout) for record in ragged):
            return _Why(
                ": every row has one cell more than the header, whose last name seems to be "
                "missing",
                "Open the file in an editor, write the name into the header and save; or export "
                "again.",
            )
    if all(len(record.cells) == width - 1 for record in ragged):
        empty = [place for place, text in enumerate(around.header, 1) if not text]
        where = f" (its cell {empty[0]} is empty)" if empty and empty[0] < width else ""
        return _Why(
            f": every row has one cell less than the header{where}",
            "If the header's line has a separator too many, or ends with one, open the file in an "
            "editor, take it away and save; or export again.",
        )
    return None


def _is_table(ragged: Sequence[Ragged], around: Around) -> bool:
    """Whether the records are one table of their own below the payments."""
    widths = {len(record.cells) for record in ragged}
    return (
        around.last
        and not around.alone
        and len(ragged) > 1
        and len(widths) == 1
        and all(parse_date(record.cells[0].strip()) is None for record in ragged)
    )


def _too_few(ragged: Sequence[Ragged], around: Around) -> _Why:
    first = ragged[0]
    if len(ragged) > 1 and ragged[1].row == first.row + 1:
        # A line break makes two records of one, and two cells of one.
        both = len(first.cells) + len(ragged[1].cells)
        if both == around.width + 1:
            return _Why(
                ": with the row below it has all of them, so a line break seems to stand inside a "
                "cell without quotation marks"
            )
    if around.last and not re.search(r"[0-9]", first.cells[0]):
        return _Why(
            "",
            "It may be a note below the payments, with separators in it, or a payment that was "
            "cut off. Delete the row if it is only a note, or export again.",
        )
    if around.last and not first.text.endswith(("\n", "\r")):
        return _Why(": the file seems to be cut off there", "Export again, or download anew.")
    return _Why(
        "",
        "A separator is missing in it, or the row was cut off, or a line break stands inside a "
        f"cell without quotation marks. {_MEND}",
    )
