"""The payments as they leave a file: cleaned texts of the kept columns, with their file rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from kara_tui.exports.cells import NUMBER
from kara_tui.exports.columns import Layout
from kara_tui.exports.dates import EPOCH_1900
from kara_tui.exports.words import words

_AMOUNT_LIKE = re.compile(r"[^\w]*(?:\w{1,3}\.? ?)?[-−]?[0-9][0-9 .,'’]*(?: ?\w{1,3}\.?)?[^\w]*")


@dataclass(frozen=True, slots=True)
class Footer:
    """A line below the payments that sums them up: its row, and its price cell (may be empty)."""

    row: int
    price: str


@dataclass(slots=True)
class Records:
    """What a reader of files hands on. Cells are clean; typed workbook cells carry their mark.

    ``above`` counts title rows above the header, ``blank`` empty rows. ``columns`` has one list of
    texts for each field of the layout, ``rows`` the file rows beside them.
    """

    layout: Layout
    above: int = 0
    blank: int = 0
    epoch: date = EPOCH_1900
    rows: list[int] = field(default_factory=list)
    columns: dict[str, list[str]] = field(default_factory=dict)
    footers: list[Footer] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.columns = {column.field: [] for column in self.layout.columns}

    def add(self, row: int, cells: Sequence[str]) -> None:
        """Take one record, its cells cleaned and in the order of ``layout.columns``."""
        self.rows.append(row)
        for texts, cell in zip(self.columns.values(), cells, strict=True):
            texts.append(cell)

    def take_footers(self) -> None:
        """Move the lines at the end that are totals, not payments, to ``footers``."""
        while self.rows and is_footer({f: texts[-1] for f, texts in self.columns.items()}):
            price = self.columns["price"][-1] if "price" in self.columns else ""
            self.footers.insert(0, Footer(self.rows.pop(), price))
            for texts in self.columns.values():
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


def _is_total(cell: str) -> bool:
    return cell.casefold().strip(" :.=") in words().totals
