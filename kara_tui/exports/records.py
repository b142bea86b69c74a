"""The payments as they leave a file: cleaned texts of the kept columns, with their file rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from kara_tui.exports.cells import NUMBER
from kara_tui.exports.columns import Layout
from kara_tui.exports.dates import parse_date
from kara_tui.exports.words import words

if TYPE_CHECKING:
    import polars as pl

# Payments in one piece, and how many of the latest stay out of it: a file's end may be totals.
_PIECE, _LATEST = 50_000, 100

_AMOUNT_LIKE = re.compile(r"[^\w]*(?:\w{1,3}\.? ?)?[-−]?[0-9][0-9 .,'’]*(?: ?\w{1,3}\.?)?[^\w]*")


class Footer(NamedTuple):
    """A line below the payments that is none itself: a total, whose price cell may be empty, or a
    note such as “Generated on 2 November”.
    """

    row: int
    price: str
    note: bool = False


@dataclass(slots=True)
class Records:
    """What the record-by-record way hands on: clean texts, in pieces that are already frames.

    ``above`` counts title rows above the header, ``blank`` empty rows, ``count`` the payments.
    ``notes`` are rows that are notes if nothing but totals comes after them.
    """

    layout: Layout
    above: int = 0
    blank: int = 0
    count: int = 0
    footers: list[Footer] = field(default_factory=list)
    notes: set[int] = field(default_factory=set)
    _rows: list[int] = field(default_factory=list)
    _columns: dict[str, list[str]] = field(default_factory=dict)
    _pieces: list[pl.DataFrame] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._columns = {column.field: [] for column in self.layout.columns}

    def add(self, row: int, cells: Sequence[str]) -> None:
        """Take one record, its cells cleaned and in the order of ``layout.columns``."""
        self.count += 1
        self._rows.append(row)
        for texts, cell in zip(self._columns.values(), cells, strict=True):
            texts.append(cell)
        if len(self._rows) >= _PIECE + _LATEST:
            self._cut(_PIECE)

    def frame(self) -> pl.DataFrame:
        """All payments: ``row`` and a column of texts for each field. Imports Polars."""
        import polars as pl

        self._cut(len(self._rows))
        return pl.concat(self._pieces)

    def _cut(self, rows: int) -> None:
        # Python's lists of texts take five times the room of a frame: a large file goes in pieces.
        import polars as pl

        schema = {"row": pl.Int64, **dict.fromkeys(self._columns, pl.String)}
        texts = {name: column[:rows] for name, column in self._columns.items()}
        self._pieces.append(pl.DataFrame({"row": self._rows[:rows], **texts}, schema=schema))
        del self._rows[:rows]
        for column in self._columns.values():
            del column[:rows]

    def take_footers(self) -> None:
        """Move the lines at the end that are totals or notes, not payments, to ``footers``."""
        while self._rows:
            total = is_footer({f: texts[-1] for f, texts in self._columns.items()})
            if not total and self._rows[-1] not in self.notes:
                break
            self.count -= 1
            price = self._columns["price"][-1] if total else ""
            self.footers.insert(0, Footer(self._rows.pop(), price, note=not total))
            for texts in self._columns.values():
                texts.pop()


def is_footer(cells: dict[str, str]) -> bool:
    """Whether a record is a line of totals: no date, no type, only words for total and amounts.

    Asked only of records at the end of a file.
    """
    date_cell = cells.get("transaction_date", "")
    if cells.get("type") or not (date_cell == "" or _is_total(date_cell)):
        return False
    filled = [cell for field_, cell in cells.items() if cell and field_ != "transaction_date"]
    if not filled and not date_cell:
        return False
    return all(
        cell.startswith(NUMBER) or _is_total(cell) or _AMOUNT_LIKE.fullmatch(cell) is not None
        for cell in filled
    )


def is_note(cells: Sequence[str], layout: Layout) -> bool:
    """Whether a record is a note: a text in its first cell, and nothing in all the others.

    Nothing can be billed by such a row. A date there may be a payment that was cut off, and a type
    alone one that lost its other cells. Asked only of records at the end of a file.
    """
    text = cells[0] if cells else ""
    field_ = next((name for name, place in layout.positions.items() if place == 0), "")
    return (
        any(map(str.isalpha, text))
        and not any(cells[1:])
        and field_ not in ("type", "price", "currency")
        and parse_date(text) is None
    )


def _is_total(cell: str) -> bool:
    return cell.casefold().strip(" :.=") in words().totals
