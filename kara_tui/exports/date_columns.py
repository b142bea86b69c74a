"""A column of dates or times, understood as one: its order, its zone, and what is wrong in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfoNotFoundError

from kara_tui.exports.cells import described
from kara_tui.exports.columns import label
from kara_tui.exports.dates import (
    ORDER_WORDS,
    ORDERS,
    DateCell,
    parse_date,
    parse_time,
    possible_orders,
    wall_clock,
)
from kara_tui.exports.export import HowToRead
from kara_tui.exports.findings import finding
from kara_tui.exports.lines import Distinct, Lines
from kara_tui.model import Finding

_MIDNIGHT = time(0, 0)


@dataclass(slots=True)
class DateColumn:
    """From a cell's text to its date and time; what is wrong is not in it, but in ``findings``.

    ``order`` is the order of day, month and year that was taken, empty when none was needed.
    """

    dates: dict[str, date] = field(default_factory=dict)
    times: dict[str, time] = field(default_factory=dict)
    order: str = ""
    findings: list[Finding] = field(default_factory=list)


class _Column(NamedTuple):
    """What the steps below share: where the column is, and its cells as far as they were parsed."""

    lines: Lines
    field: str
    header: str
    seen: list[Distinct]
    cells: dict[str, DateCell]

    def found(self, code: str, message: str, hint: str, texts: Sequence[str]) -> Finding:
        counts = {distinct.texts[0]: distinct.payments for distinct in self.seen}
        return finding(
            code,
            message,
            hint,
            rows=self.lines.rows_with((self.field,), ((text,) for text in texts)),
            count=sum(counts[text] for text in texts),
            source=self.lines.name,
            column=self.header,
        )

    def row(self, text: str) -> int:
        return next(distinct.row for distinct in self.seen if distinct.texts[0] == text)


def read_dates(
    lines: Lines, field_: str, header: str, how: HowToRead, epoch: date, *, may_be_empty: bool
) -> DateColumn:
    """Understand a column of dates by its own evidence, and by what the user said."""
    seen = lines.distinct(field_)
    parsed = {d.texts[0]: parse_date(d.cells[0], epoch=epoch) for d in seen}
    cells = {text: cell for text, cell in parsed.items() if cell is not None}
    column = _Column(lines, field_, header, seen, cells)
    result = DateColumn()
    empty = {d.texts[0] for d in seen if not d.cells[0]} if may_be_empty else set()
    bad = [text for text, cell in parsed.items() if cell is None and text not in empty]
    if bad:
        result.findings.append(_unreadable(column, bad))
    _settle_order(column, how, result)
    _settle_times(column, how, result)
    serial = [text for text, cell in cells.items() if cell.serial]
    if serial:
        result.findings.append(
            column.found(
                "date-serial",
                f"Cells of the column “{header}” are day numbers, as spreadsheets store dates; "
                f"row {column.row(serial[0])} is {result.dates.get(serial[0])}.",
                "Check one of them against the portal.",
                serial,
            )
        )
    return result


def _unreadable(column: _Column, texts: list[str]) -> Finding:
    first = texts[0]
    return column.found(
        "date-unreadable",
        f"Row {column.row(first)}, column “{column.header}”: {described(first)} is no date from "
        f"2000 to 2099 that can be read{_and_more(column, texts)}.",
        "Correct the cell, or export the payments again: 2026-10-31 14:30 is always understood.",
        texts,
    )


def _and_more(column: _Column, texts: list[str]) -> str:
    counts = {distinct.texts[0]: distinct.payments for distinct in column.seen}
    more = sum(counts[text] for text in texts) - 1
    if not more:
        return ""
    return f" (and {more} more {'cell' if more == 1 else 'cells'})"


def _settle_order(column: _Column, how: HowToRead, result: DateColumn) -> None:
    open_cells = {t: cell for t, cell in column.cells.items() if cell.numbers is not None}
    result.dates = {t: c.day for t, c in column.cells.items() if c.day is not None}
    if not open_cells:
        return
    orders = (how.date_order,) if how.date_order else possible_orders(open_cells.values())
    if len(orders) == 1:
        result.order = orders[0]
        wrong = []
        for text, cell in open_cells.items():
            day = cell.under(orders[0])
            if day is None:
                wrong.append(text)
            else:
                result.dates[text] = day
        if wrong:
            result.findings.append(
                column.found(
                    "date-unreadable",
                    f"Row {column.row(wrong[0])}, column “{column.header}”: {described(wrong[0])} "
                    f"is no date with the {ORDER_WORDS[orders[0]]}{_and_more(column, wrong)}.",
                    "Correct the cell, or choose another order with --date-order.",
                    wrong,
                )
            )
    elif orders:
        result.findings.append(_two_ways(column, open_cells, orders))
    else:
        result.findings.append(_mixed(column, open_cells))


def _two_ways(column: _Column, cells: dict[str, DateCell], orders: Sequence[str]) -> Finding:
    text, cell = next(
        (text, cell)
        for text, cell in cells.items()
        if len({cell.under(order) for order in orders}) > 1
    )
    readings = " or ".join(
        f"{_long(cell.under(order))} with the {ORDER_WORDS[order]}" for order in orders
    )
    options = " or ".join(f"--date-order {order}" for order in orders)
    return column.found(
        "date-order",
        f"The dates in column “{column.header}” can be read in {_number(len(orders))} ways: row "
        f"{column.row(text)}, {described(text)}, is {readings}.",
        f"Say which it is: {options}.",
        list(cells),
    )


def _mixed(column: _Column, cells: dict[str, DateCell]) -> Finding:
    # Two cells that no one order fits; with three orders one cell may only fail beside two others.
    shown: list[str] = []
    for order in ORDERS:
        against = next((text for text, cell in cells.items() if not cell.under(order)), "")
        if against and against not in shown:
            shown.append(against)
    examples = " and ".join(f"row {column.row(text)}, {described(text)}" for text in shown[:2])
    return column.found(
        "date-mixed",
        f"The dates in column “{column.header}” are not all in one order of day and month: "
        f"{examples}.",
        "A spreadsheet may have changed some of them. Export the payments again, or write the "
        "dates as 2026-10-31.",
        shown,
    )


def _settle_times(column: _Column, how: HowToRead, result: DateColumn) -> None:
    timed = {t: c for t, c in column.cells.items() if c.time is not None}
    zoned = {t: c for t, c in timed.items() if c.offset is not None}
    if timed and all(cell.time == _MIDNIGHT for cell in timed.values()):
        result.findings.append(all_midnight(column.lines.name, column.header))
        return
    result.times = {t: c.time for t, c in timed.items() if c.time is not None and t not in zoned}
    if not zoned:
        return
    example = next(iter(zoned))
    if not how.time_zone:
        problem = "and it is not said in which zone the invoice shows them"
        result.findings.append(_zone_needed(column, example, zoned, problem, result))
        return
    for text, cell in zoned.items():
        day = result.dates.get(text)
        if day is None or cell.time is None:
            continue
        try:
            result.dates[text], result.times[text] = wall_clock(
                day, cell.time, cell.offset or timedelta(), how.time_zone
            )
        except (ZoneInfoNotFoundError, ValueError, OSError):
            problem = "and the zone that was chosen for them is not known on this system"
            result.findings.append(_zone_needed(column, example, zoned, problem, result))
            return


def all_midnight(name: str, header: str) -> Finding:
    """The finding for dates whose times are all 00:00."""
    return finding(
        "times-all-midnight",
        f"Every time in column “{header}” of {name} is 00:00: its dates are taken to have none.",
        source=name,
        column=header,
    )


def _zone_needed(
    column: _Column, example: str, zoned: dict[str, DateCell], problem: str, result: DateColumn
) -> Finding:
    for text in zoned:
        result.dates.pop(text, None)
        result.times.pop(text, None)
    return column.found(
        "time-zone-needed",
        f"The times in column “{column.header}” carry a time zone (row {column.row(example)}, "
        f"{described(example)}), {problem}.",
        "Name your own with --time-zone, or in the profile under [reading], for example: "
        'time_zone = "Atlantic/Reykjavik"',
        list(zoned),
    )


def read_times(lines: Lines, field_: str, header: str) -> DateColumn:
    """Understand a column of times of day."""
    seen = lines.distinct(field_)
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
            if moment is not None and moment.time is not None and moment.offset is None:
                result.times[text] = moment.time
            else:
                bad.append(text)
    if bad:
        column = _Column(lines, field_, header, seen, {})
        result.findings.append(
            column.found(
                "time-unreadable",
                f"Row {column.row(bad[0])}, column “{header}”: {described(bad[0])} is no "
                f"{label(field_)} of day{_and_more(column, bad)}.",
                "Correct the cell as 14:30, or leave it: the session is then shown by its date.",
                bad,
            )
        )
    return result


def _long(day: date | None) -> str:
    """A date that cannot be misread, whatever the reader's habit."""
    if day is None:
        return "no date"
    months = (
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    )  # fmt: skip
    return f"{day.day} {months[day.month - 1]} {day.year}"


def _number(count: int) -> str:
    return {2: "two", 3: "three"}[count]
