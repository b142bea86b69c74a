"""What a closer look at a sheet finds, whatever the form of the workbook, in its child process."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from kara_tui.exports.columns.headers import TEXT_FIELDS

# So many characters of an error are taken.
SHOWN = 20

ERROR, FORMULA, PERCENT = "error", "formula", "percent"


class OddCell(NamedTuple):
    """A cell that is not what it seems: its row, its field, and what is in it.

    ``kind`` is ERROR with the error's name, FORMULA for one without a stored value, or PERCENT
    with the percentage that is shown.
    """

    row: int
    field: str
    kind: str
    text: str


class Merged(NamedTuple):
    """Cells that are one: rows from 1, columns from 0, the last ones belong to it."""

    top: int
    bottom: int
    left: int
    right: int


class Contents:
    """How many cells have a content, row by row: those of kept columns, and whether any has one.

    Counted in the file itself, and compared with what the parser made of it. Of a cell that is not
    ``sure`` it is not known whether its content is an empty text.
    """

    def __init__(self, columns: Container[int]) -> None:
        self._columns = columns
        self._rows: dict[int, int] = {}
        self._unsure: dict[int, int] = {}

    def add(self, row: int, column: int, cells: int = 1, *, sure: bool = True) -> None:
        """Count a cell that has a content; more than once if the parser cannot have it right."""
        kept = 2 * cells if column in self._columns else 0
        if sure:
            self._rows[row] = (self._rows.get(row, 0) | 1) + kept
        else:
            self._rows.setdefault(row, 0)
            self._unsure[row] = (self._unsure.get(row, 0) | 1) + kept

    def differing(self, given: Iterator[Sequence[object]], left: int, header: int) -> list[int]:
        """The rows below the header of which the parser gave more cells or fewer.

        ``given`` are its rows from the sheet's first on, whose cells begin at the column ``left``.
        """
        rest = {row: cells for row, cells in self._rows.items() if row > header}
        rows = []
        for row, cells in enumerate(given, 1):
            if row <= header:
                continue
            filled = [left + at for at, cell in enumerate(cells) if _has_content(cell)]
            kept = 2 * sum(at in self._columns for at in filled) + bool(filled)
            least, more = rest.pop(row, 0), self._unsure.get(row, 0)
            if not least <= kept <= (least | more & 1) + (more & ~1):
                rows.append(row)
        return sorted([*rows, *(row for row, least in rest.items() if least)])


def _has_content(cell: object) -> bool:
    return cell != "" and not (isinstance(cell, str) and cell.isspace())


class Found(NamedTuple):
    """Cells that are not what they seem, rows that are not shown, cells with a content, and cells
    that are one.
    """

    troubles: list[OddCell]
    hidden: list[int]
    contents: Contents
    merged: Sequence[Merged]


def of_fields(
    merged: Iterable[Merged], header: int, fields: Mapping[int, str]
) -> dict[str, list[tuple[str, int, int]]]:
    """The merged cells below the header as fields with their first and last row.

    ``down`` go over several rows; ``across`` are fields whose own cells are under one that begins
    in a column to the left.
    """
    down, across = [], []
    for top, bottom, left, right in merged:
        if bottom <= header:
            continue
        if bottom > top and left in fields:
            down.append((fields[left], top, bottom))
        across += [(name, top, bottom) for at, name in fields.items() if left < at <= right]
    return {"down": down, "across": across}


def is_no_percentage(field: str) -> bool:
    """Whether a percentage where this field stands is not what is meant: an amount, a name."""
    return field == "price" or field in TEXT_FIELDS


def percentage(number: str) -> str:
    """A stored number as a percentage shows it."""
    try:
        return f"{float(number) * 100:.10g}%"
    except ValueError:
        return "no number %"
