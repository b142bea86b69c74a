"""The payments as they leave a file: cleaned texts of the kept columns, with their file rows."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kara_tui.exports.cells.dates import parse_date
from kara_tui.exports.columns.layout import ColumnLayout
from kara_tui.exports.line_numbers import LineNumbers
from kara_tui.exports.rows.below_table import (
    Footer,
    footer_of,
    is_amount,
    is_currency,
    label_of,
    total_of,
)

if TYPE_CHECKING:
    import polars as pl

# Payments in one piece, and how many of the latest stay out of it: a file's end may be totals.
_PIECE, _LATEST = 50_000, 100


@dataclass(slots=True)
class Records:
    """What the record-by-record way hands on: clean texts, in pieces that are already frames.

    ``above`` counts title rows above the header, ``count`` the payments.
    ``notes`` are rows that are notes if nothing but totals comes after them. ``encoded`` are rows
    with HTML entities in a text. ``others`` are the
    latest rows that may be totals, with their cells of columns that are not read. ``guessed`` is
    the encoding when only the letters speak for it. ``line_numbers`` tells the lines of rows.
    ``headers`` are rows that repeat the header, ``in_other_quotes`` those with a cell in
    apostrophes or their like, ``totals`` those that look like subtotals; ``row_names`` says that
    each row began with a number that the header has no column for. ``broken`` are the rows, with
    the columns' names, of cells with bytes that are no letters, ``letters`` counts those beyond
    ASCII that are; ``controls`` are rows with control characters in a text, ``seven_bits`` those
    with a text in an encoding of seven bits, by its name.
    """

    layout: ColumnLayout
    above: int = 0
    count: int = 0
    footers: list[Footer] = field(default_factory=list)
    notes: set[int] = field(default_factory=set)
    encoded: list[int] = field(default_factory=list)
    others: deque[tuple[int, list[str]]] = field(default_factory=lambda: deque(maxlen=_LATEST))
    guessed: str = ""
    line_numbers: LineNumbers = field(default_factory=LineNumbers)
    headers: list[int] = field(default_factory=list)
    in_other_quotes: list[int] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    row_names: bool = False
    broken: list[tuple[int, str]] = field(default_factory=list)
    letters: int = 0
    controls: list[int] = field(default_factory=list)
    seven_bits: dict[str, list[int]] = field(default_factory=dict)
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

    def rows_unlike_payments(self) -> list[int]:
        """The latest rows that hold something where date, price and currency stand, and none."""
        return [
            row
            for row, cells, _ in self._latest_open()
            if all(cells.get(name) for name in ("transaction_date", "price", "currency"))
            and parse_date(cells["transaction_date"]) is None
            and not is_amount(cells["price"])
            and not is_currency(cells["currency"])
        ]

    def totals_inside(self) -> list[int]:
        """The latest rows that look like totals, and that payments come after."""
        return [
            row
            for row, cells, others in self._latest_open()
            if any(map(label_of, (*cells.values(), *others))) and total_of(row, cells, others)
        ]

    def _latest_open(self) -> Iterator[tuple[int, dict[str, str], list[str]]]:
        """The latest rows that begin without a date and are no footers, and their cells."""
        places = {row: place for place, row in enumerate(self._rows)}
        for row, others in self.others:
            if row in places:
                cells = {name: texts[places[row]] for name, texts in self._columns.items()}
                yield row, cells, others

    def take_footers(self) -> None:
        """Move the lines at the end that are totals or notes, not payments, to ``footers``."""
        others = dict(self.others)
        while self._rows:
            row = self._rows[-1]
            cells = {name: texts[-1] for name, texts in self._columns.items()}
            footer = footer_of(row, cells, others.get(row), lone=row in self.notes)
            if footer is None:
                break
            self.footers.insert(0, footer)
            self.count -= 1
            self._rows.pop()
            for texts in self._columns.values():
                texts.pop()
