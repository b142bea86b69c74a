"""Which sheet of a workbook holds the payments, in its child process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from kara_tui.exports.columns.headers import match
from kara_tui.exports.rows.header_search import HEADER_WITHIN, find_header
from kara_tui.exports.workbook.child.package import WorkbookRefused
from kara_tui.exports.workbook.child.row_texts import text_of

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_DATES = ("transaction_date", "session_date")
# A row with a date is a payment, and one with so many of the known cells: a total has fewer.
_CELLS = 3


class ChosenSheet(NamedTuple):
    """The sheet of the payments and its header, which stands in ``row`` below so many ``titles``.
    ``others`` are the places, from 1 among the ``visible`` sheets, of those that hold payments too,
    under headers that say less.
    """

    sheet: CalamineSheet
    row: int
    titles: int
    header: list[str]
    others: list[int]
    visible: int


class _Table(NamedTuple):
    """A sheet with a header row: its place among the visible ones, and how many columns it names.

    ``payments`` says that dates and prices are among them, and that a payment stands below.
    """

    place: int
    sheet: CalamineSheet
    row: int
    titles: int
    header: list[str]
    named: int
    payments: bool


def choose_sheet(file: BinaryIO, orders: dict[str, Any]) -> ChosenSheet:
    """The visible sheet with payments whose header names most columns.

    Where no sheet holds payments, the first with the best header. Raises WorkbookRefused when
    several hold payments under equally good headers, when only a hidden sheet does, or when none
    has a header.
    """
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    workbook = CalamineWorkbook.from_filelike(file)
    sheets = [
        (index, known)
        for index, known in enumerate(workbook.sheets_metadata)
        if known.typ == SheetTypeEnum.WorkSheet
    ]
    shown = [index for index, known in sheets if known.visible == SheetVisibleEnum.Visible]
    tables = [
        table
        for place, index in enumerate(shown, 1)
        if (table := _table(place, workbook.get_sheet_by_index(index), orders))
    ]
    best = _best([table for table in tables if table.payments] or tables)
    if not (best and best[0].payments):
        hidden = (
            _table(0, workbook.get_sheet_by_index(index), orders)
            for index, _ in sheets
            if index not in shown
        )
        if not best and any(table and table.payments for table in hidden):
            raise WorkbookRefused("hidden")
    if not best:
        raise WorkbookRefused("no-header")
    if len(best) > 1 and best[0].payments:
        raise WorkbookRefused("sheets", places=[table.place for table in best], visible=len(shown))
    chosen = best[0]
    others = [table.place for table in tables if table.payments and table is not chosen]
    return ChosenSheet(chosen.sheet, chosen.row, chosen.titles, chosen.header, others, len(shown))


def _best(tables: Sequence[_Table]) -> list[_Table]:
    most = max((table.named for table in tables), default=0)
    return [table for table in tables if table.named == most]


def _table(place: int, sheet: CalamineSheet, orders: dict[str, Any]) -> _Table | None:
    rows = enumerate(([text_of(cell) for cell in cells] for cells in rows_of(sheet)), 1)
    filled = ((row, texts) for row, texts in rows if any(texts))
    first = list(islice(filled, HEADER_WITHIN))
    at, named = find_header([texts for _, texts in first], orders["keys"], orders["own"])
    if at < 0:
        return None
    row, header = first[at]
    fields = match(header, orders["keys"], orders["own"])
    dates = [place for field in _DATES for place in fields.get(field, [])]
    known = [place for places in fields.values() for place in places]
    payments = bool(dates and "price" in fields) and any(
        any(texts[place] for place in dates) or sum(bool(texts[p]) for p in known) >= _CELLS
        for _, texts in chain(first[at + 1 :], filled)
    )
    return _Table(place, sheet, row, at, header, named, payments)


def rows_of(sheet: CalamineSheet) -> Iterator[Sequence[object]]:
    """The sheet's rows from its first one on; columns begin at the first used one."""
    return iter(sheet.iter_rows()) if sheet.height else iter(())
