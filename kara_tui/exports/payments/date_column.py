"""A column of dates or times, understood as one: its order, its zone, and what is wrong in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from kara_tui.exports.cells.dates import (
    ORDER_WORDS,
    DateCell,
    parse_date,
    parse_time,
    possible_orders,
)
from kara_tui.exports.payments.date_findings import DateCells, DateColumn
from kara_tui.exports.payments.date_findings import all_midnight as all_midnight
from kara_tui.exports.payments.payment_table import PaymentTable
from kara_tui.exports.payments.zoned_times import settle_times
from kara_tui.model import HowToRead

# So many of a column's first cells are looked at before all of them are.
_FIRST = 50
_DAY_MONTH = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}\.?")


def read_dates(
    table: PaymentTable,
    columns: Sequence[tuple[str, str]],
    how: HowToRead,
    epoch: date,
    *,
    may_be_empty: str = "",
) -> dict[str, DateColumn]:
    """Understand a file's columns of dates, each by its own evidence and by what the user said.

    ``columns`` are fields with their headers. Empty cells are no date except in the field that
    ``may_be_empty``.
    """
    parsed = []
    for field, header in columns:
        seen = table.distinct(field)
        cells = {d.texts[0]: parse_date(d.cells[0], epoch=epoch) for d in seen}
        known = {text: cell for text, cell in cells.items() if cell is not None}
        empty = {d.texts[0] for d in seen if not d.cells[0]} if field == may_be_empty else set()
        bad = [text for text, cell in cells.items() if cell is None and text not in empty]
        parsed.append((DateCells(table, field, header, seen, known), bad))
    orders = _orders([column for column, _ in parsed], how)
    columns_read = {}
    for (column, bad), possible in zip(parsed, orders, strict=True):
        result = columns_read[column.field] = DateColumn()
        if bad:
            result.findings.append(column.no_dates(bad))
        _settle_order(column, possible, result)
        settle_times(column, how, result)
        serial = [text for text, cell in column.cells.items() if cell.serial]
        if serial:
            result.findings.append(column.day_numbers(serial, result.dates.get(serial[0])))
    return columns_read


def _orders(columns: Sequence[DateCells], how: HowToRead) -> list[tuple[str, ...]]:
    """Each column's possible orders. What the user said is for columns that can be read two ways:
    one that settles itself obeys only when it is alone, and then its cells are named as wrong.
    """
    if how.date_order and len(columns) == 1:
        return [(how.date_order,)]
    every = [possible_orders(column.cells.values()) for column in columns]
    asked = any(len(orders) > 1 for orders in every)
    return [
        (how.date_order,) if how.date_order and not (asked and len(orders) == 1) else orders
        for orders in every
    ]


def _settle_order(column: DateCells, orders: Sequence[str], result: DateColumn) -> None:
    result.dates = {t: c.day for t, c in column.cells.items() if c.day is not None}
    open_cells = [t for t, cell in column.cells.items() if cell.numbers is not None]
    if not open_cells:
        return
    if len(orders) == 1:
        result.order = orders[0]
        wrong = []
        for text in open_cells:
            day = column.cells[text].under(orders[0])
            if day is None:
                wrong.append(text)
            else:
                result.dates[text] = day
        if wrong:
            problem = f"is no date with the {ORDER_WORDS[orders[0]]}"
            hint = "Correct the cell, or choose another order with --date-order."
            result.findings.append(column.unreadable(wrong, problem, hint))
        _look_for_swaps(column, open_cells, result)
    elif orders:
        result.findings.append(column.two_ways(open_cells, orders))
    else:
        result.findings.append(column.mixed(open_cells))


def _look_for_swaps(column: DateCells, texts: Sequence[str], result: DateColumn) -> None:
    """Whether a spreadsheet read some dates in its own order and left the others as texts.

    Excel with the settings of the United States makes 5 October, 05/10/2026, the date 10 May, and
    leaves 31/10/2026 a text because there is no month 31. What it leaves behind is plain to see:
    dates with days to the 12th, beside texts none of which it could have read.
    """
    if any(_readable_otherwise(column.cells[text], result.order) for text in texts):
        return
    made = {
        text: cell.day
        for text, cell in column.cells.items()
        if cell.day is not None and not cell.named and not cell.zoned
    }
    may_be_swapped = [t for t, day in made.items() if day.day <= 12 and day.day != day.month]
    surely_not = sum(day.day > 12 for day in made.values())
    # A person may have typed a few dates into a file that was changed so.
    if may_be_swapped and surely_not < len(may_be_swapped):
        result.findings.append(column.swapped(may_be_swapped, texts[0], result.order))
        for text in may_be_swapped:
            result.dates.pop(text, None)


def _readable_otherwise(cell: DateCell, order: str) -> bool:
    """Whether a spreadsheet that expects the other order would have made the text a date."""
    other = {"dmy": "mdy", "mdy": "dmy"}.get(order, order)
    return cell.under(other) is not None


def holds_only_times(table: PaymentTable, field: str) -> bool:
    """Whether a column of dates by its name holds times of day and nothing else."""
    first = table.collected(table.frame.select(field).head(_FIRST))[field].to_list()
    if any(_is_no_time(table.as_distinct((text,), 1, 0).cells[0]) for text in first):
        return False
    filled = [d.cells[0] for d in table.distinct(field) if d.cells[0]]
    return bool(filled) and not any(map(_is_no_time, filled))


def _is_no_time(cell: str) -> bool:
    # 14.10 may be a day and a month without a year.
    return cell != "" and (_DAY_MONTH.fullmatch(cell) is not None or parse_time(cell) is None)


def read_times(table: PaymentTable, field: str, header: str) -> DateColumn:
    """Understand a column of times of day."""
    seen = table.distinct(field)
    result = DateColumn()
    bad = []
    for distinct in seen:
        text, cell = distinct.texts[0], distinct.cells[0]
        clock = parse_time(cell) if cell else None
        if clock is not None:
            result.times[text] = clock
        elif cell:
            # A start time may come with a date of its own.
            moment = parse_date(cell)
            if moment is not None and moment.time is not None and not moment.zoned:
                result.times[text] = moment.time
            else:
                bad.append(text)
    if bad:
        result.findings.append(DateCells(table, field, header, seen, {}).no_times(bad))
    return result
