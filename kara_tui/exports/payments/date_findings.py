"""A column of dates or times: its cells, what becomes of them, and what is said about them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import NamedTuple

from kara_tui.exports.cells.dates import ORDER_WORDS, ORDERS, DateCell
from kara_tui.exports.cells.quoting import described
from kara_tui.exports.columns.aliases import label
from kara_tui.exports.findings import finding
from kara_tui.exports.payments.payment_table import Distinct, PaymentTable
from kara_tui.model import Finding
from kara_tui.text import MONTH_NAMES, and_more

_CORRECT = "Correct the cell, or export the payments again: 2026-10-31 14:30 is always understood."

# What spreadsheets make of dates that nobody typed so: its shape, what to call it, what to do.
_DAMAGES = (
    (
        r"#+",
        "“####”, which a spreadsheet writes where a column is too narrow for its dates,",
        "Make the column wider in the spreadsheet and save the file again, or export the payments "
        "again.",
    ),
    (
        r"[0-9]{1,2}:[0-9]{2}\.[0-9]",
        "{}, minutes and seconds as a spreadsheet saves times whose hour it does not show,",
        "Give the column a format with date and time in the spreadsheet and save the file again, "
        "or export the payments again.",
    ),
    (r"(?i:true|false)", "a truth value", _CORRECT),
)


@dataclass(slots=True)
class DateColumn:
    """From a cell's text to its date and time; what is wrong is not in it, but in ``findings``.

    ``order`` is the order of day, month and year that was taken, empty when none was needed.
    ``later`` are texts whose time is the second of two with the same figures, when clocks go back.
    """

    dates: dict[str, date] = field(default_factory=dict)
    times: dict[str, time] = field(default_factory=dict)
    later: set[str] = field(default_factory=set)
    order: str = ""
    findings: list[Finding] = field(default_factory=list)


class DateCells(NamedTuple):
    """A column's different cells as far as they were parsed, and where the column is."""

    table: PaymentTable
    field: str
    header: str
    seen: list[Distinct]
    cells: dict[str, DateCell]

    def found(self, code: str, message: str, hint: str, texts: Sequence[str]) -> Finding:
        """A finding about the payments that have one of the texts."""
        counts = {distinct.texts[0]: distinct.payments for distinct in self.seen}
        return finding(
            code,
            message,
            hint,
            rows=self.table.rows_with((self.field,), ((text,) for text in texts)),
            count=sum(counts[text] for text in texts),
            source=self.table.name,
            column=self.header,
        )

    def row(self, text: str) -> int:
        """The first row that has a text."""
        return next(distinct.row for distinct in self.seen if distinct.texts[0] == text)

    def example(self, text: str) -> str:
        """A row with what stands there, for messages."""
        return f"row {self.row(text)}, {described(text)}"

    def unreadable(self, texts: Sequence[str], problem: str, hint: str = _CORRECT) -> Finding:
        """Cells that are no date; ``problem`` says what is wrong with the first."""
        first = texts[0]
        return self.found(
            "date-unreadable",
            f"Row {self.row(first)}, column “{self.header}”: {described(first)} {problem}"
            f"{self._and_more(texts)}.",
            hint,
            texts,
        )

    def no_dates(self, texts: Sequence[str]) -> Finding:
        """Cells that could not be parsed."""
        first = texts[0]
        what, hint = _shown(first)
        problem = f"{what} is no date from 2000 to 2099 that can be read"
        if not first:
            problem = "the cell is empty, so nobody knows in which month the payment is"
        return self.found(
            "date-unreadable",
            f"Row {self.row(first)}, column “{self.header}”: {problem}{self._and_more(texts)}.",
            hint,
            texts,
        )

    def no_times(self, texts: Sequence[str]) -> Finding:
        """Cells of a time column that could not be parsed."""
        first = texts[0]
        what, _ = _shown(first)
        return self.found(
            "time-unreadable",
            f"Row {self.row(first)}, column “{self.header}”: {what} is no {label('time')} of day"
            f"{self._and_more(texts)}.",
            "Correct the cell as 14:30, or leave it: the session is then shown by its date.",
            texts,
        )

    def day_numbers(self, texts: Sequence[str], day: date | None) -> Finding:
        """Cells that are a spreadsheet's day numbers; ``day`` is what the first became."""
        return self.found(
            "date-serial",
            f"Cells of the column “{self.header}” are day numbers, as spreadsheets store dates; "
            f"row {self.row(texts[0])} is {day}.",
            "Check one of them against the portal.",
            texts,
        )

    def two_ways(self, texts: Sequence[str], orders: Sequence[str]) -> Finding:
        """Dates whose order nothing in the column settles."""
        text = next(
            text for text in texts if len({self.cells[text].under(order) for order in orders}) > 1
        )
        readings = " or ".join(
            f"{long_date(self.cells[text].under(order))} with the {ORDER_WORDS[order]}"
            for order in orders
        )
        options = " or ".join(f"--date-order {order}" for order in orders)
        ways = {2: "two", 3: "three"}[len(orders)]
        return self.found(
            "date-order",
            f"The dates in column “{self.header}” can be read in {ways} ways: "
            f"{self.example(text)}, is {readings}.",
            f"Say which it is: {options}.",
            texts,
        )

    def mixed(self, texts: Sequence[str]) -> Finding:
        """Dates that no one order fits."""
        # Two cells that no one order fits; with three orders one may only fail beside two others.
        shown: list[str] = []
        for order in ORDERS:
            against = next((text for text in texts if not self.cells[text].under(order)), "")
            if against and against not in shown:
                shown.append(against)
        return self.found(
            "date-mixed",
            f"The dates in column “{self.header}” are not all in one order of day and month: "
            f"{' and '.join(map(self.example, shown[:2]))}.",
            "A spreadsheet may have changed some of them. Export the payments again, or write the "
            "dates as 2026-10-31.",
            shown,
        )

    def swapped(self, texts: Sequence[str], left: str, order: str) -> Finding:
        """Dates in which a spreadsheet seems to have taken the day for the month."""
        day = self.cells[texts[0]].day
        other = long_date(day.replace(month=day.day, day=day.month)) if day else "another date"
        return self.found(
            "date-swapped",
            f"In column “{self.header}” a spreadsheet seems to have changed days into months: "
            f"{self.example(left)}, is a text with the {ORDER_WORDS[order]}, and all such texts "
            f"have days after the 12th; row {self.row(texts[0])} is the date {long_date(day)} and "
            f"may have been {other}.",
            "Export the payments again and use that file as it is, without saving it in a "
            "spreadsheet. If these dates are right, write the others in the same way, as "
            "2026-10-31.",
            texts,
        )

    def _and_more(self, texts: Sequence[str]) -> str:
        counts = {distinct.texts[0]: distinct.payments for distinct in self.seen}
        return and_more(sum(counts[text] for text in texts), "cell")


def all_midnight(name: str, header: str) -> Finding:
    """The finding for dates whose times are all 00:00."""
    return finding(
        "times-all-midnight",
        f"Every time in column “{header}” of {name} is 00:00: its dates are taken to have none.",
        source=name,
        column=header,
    )


def long_date(day: date | None) -> str:
    """A date that cannot be misread, whatever the reader's habit."""
    if day is None:
        return "no date"
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def _shown(text: str) -> tuple[str, str]:
    """What was found in a cell that is no date, and what to do about it."""
    for shape, what, hint in _DAMAGES:
        if re.fullmatch(shape, text):
            return what.format(described(text)), hint
    return described(text), _CORRECT
