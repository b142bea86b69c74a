"""The payments as they leave a file: cleaned texts of the kept columns, with their file rows."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from kara_tui.exports.cells.cleaning import ERROR, NO_VALUE, NUMBER, clean
from kara_tui.exports.cells.dates import parse_date
from kara_tui.exports.columns.layout import Layout
from kara_tui.exports.line_numbers import Places
from kara_tui.exports.rows.notes import may_be_payment
from kara_tui.exports.rows.totals import Label, currency_in, is_currency, label_of

if TYPE_CHECKING:
    import polars as pl

# Payments in one piece, and how many of the latest stay out of it: a file's end may be totals.
_PIECE, _LATEST = 50_000, 100

_NUMBER = re.compile(r"[-−]?[0-9](?:[0-9 .,'’]*[0-9])?")
_AMOUNT_LIKE = re.compile(r"[^\w]*(?:\w{1,3}\.? ?)?[-−]?[0-9][0-9 .,'’]*(?: ?\w{1,3}\.?)?[^\w]*")
# What every payment has and no total: these cells are empty, or hold the total's label.
_OF_PAYMENTS = frozenset({"transaction_date", "session_date", "time", "type"})


class Footer(NamedTuple):
    """A line below the payments that is none itself: a total, whose price cell may be empty, or a
    note such as “Generated on 2 November”. The currency is as written, if it is.
    """

    row: int
    price: str
    note: bool = False
    currency: str = ""
    label: Label = Label.TOTAL


@dataclass(slots=True)
class Records:
    """What the record-by-record way hands on: clean texts, in pieces that are already frames.

    ``above`` counts title rows above the header, ``blank`` empty rows, ``count`` the payments.
    ``notes`` are rows that are notes if nothing but totals comes after them. ``encoded`` are rows
    with HTML entities in a text. ``others`` are the
    latest rows that may be totals, with their cells of columns that are not read. ``guessed`` is
    the file's encoding when nothing but its letters speaks for it. ``places`` tells rows' lines.
    ``headers`` are rows that repeat the header, ``in_other_quotes`` those with a cell in
    apostrophes or their like, ``totals`` those that look like subtotals; ``row_names`` says that
    each row began with a number that the header has no column for. ``broken`` are the rows, with
    the columns' names, of cells with bytes that are no letters, ``letters`` counts those beyond
    ASCII that are; ``controls`` are rows with control characters in a text.
    """

    layout: Layout
    above: int = 0
    blank: int = 0
    count: int = 0
    footers: list[Footer] = field(default_factory=list)
    notes: set[int] = field(default_factory=set)
    encoded: list[int] = field(default_factory=list)
    others: deque[tuple[int, list[str]]] = field(default_factory=lambda: deque(maxlen=_LATEST))
    guessed: str = ""
    places: Places = field(default_factory=Places)
    headers: list[int] = field(default_factory=list)
    in_other_quotes: list[int] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    row_names: bool = False
    broken: list[tuple[int, str]] = field(default_factory=list)
    letters: int = 0
    controls: list[int] = field(default_factory=list)
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
            and not _is_amount(cells["price"])
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
            footer = total_of(row, cells, others[row]) if row in others else None
            if footer is None and row in self.notes:
                footer = Footer(row, "", note=True)
            if footer is None:
                break
            self.footers.insert(0, footer)
            self.count -= 1
            self._rows.pop()
            for texts in self._columns.values():
                texts.pop()


def looks_like_a_payment(cells: Sequence[str], layout: Layout) -> bool:
    """Whether a record has the table's width, a date where dates stand, a currency and a price."""
    places = layout.positions
    date = places.get("transaction_date", places.get("session_date", 0))
    return (
        len(cells) == layout.width
        and parse_date(clean(cells[date])) is not None
        and all(
            fits(clean(cells[places[name]]))
            for name, fits in (("currency", is_currency), ("price", _is_amount))
            if name in places
        )
    )


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
    price = price if _is_amount(price) else ""
    if not labels:
        bare = price and not numbers
        return Footer(row, price, currency=currency, label=Label.NONE) if bare else None
    currency = currency or currency_in(labels)
    if not price and currency:
        # “Total: 180.00 EUR” in one cell
        stated = [found for each in labels for found in _NUMBER.findall(each)]
        price = stated[0] if len(stated) == 1 else ""
    label = min(map(label_of, labels), key=list(Label).index)
    return Footer(row, price, currency=currency, label=label)


def _in_its_place(name: str, cell: str) -> bool:
    """Whether a cell is an amount where prices stand, or a currency where currencies do."""
    if name == "price":
        return _is_amount(cell) or cell.startswith((ERROR, NO_VALUE))
    return name == "currency" and is_currency(cell)


def _is_amount(cell: str) -> bool:
    return _AMOUNT_LIKE.fullmatch(cell.removeprefix(NUMBER)) is not None


def is_note(cells: Sequence[str], layout: Layout) -> bool:
    """Whether a record is a note: a text in its first cell, and nothing in all the others.

    Nothing can be billed by such a row. A date there may be a payment that was cut off, a type
    alone one that lost its other cells, and several cells in one a line of another file. Asked
    only of records at the end of a file.
    """
    text = cells[0] if cells else ""
    field_ = next((name for name, place in layout.positions.items() if place == 0), "")
    return (
        any(map(str.isalpha, text))
        and not any(cells[1:])
        and field_ not in ("type", "price", "currency")
        and parse_date(text) is None
        and not may_be_payment(text)
    )
