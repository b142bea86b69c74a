"""The annex: the invoice's sessions as a workbook for people and as CSV for programs.

Both have the same columns in the same order, in English whatever the invoice's language, so that
the receiver's tools find them each month.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import datetime, time
from decimal import Decimal
from typing import Final

from kara_tui.documents.printable import printable
from kara_tui.model import Invoice, Line, SessionKind, minor_units, total
from kara_tui.text import no_formula

COLUMNS: Final = (
    "No.", "Date", "Time", "Service", "Professional", "Professional email", "Sponsor", "Kind",
    "Price", "Currency",
)  # fmt: skip
KINDS: Final = {
    SessionKind.HELD: "Session",
    SessionKind.LATE_CANCELLATION: "Late cancellation",
    SessionKind.NO_SHOW: "No-show",
}
CELL_LIMIT: Final = 1000  # characters; a workbook's cell ends at 32 767

_WIDEST = 48  # characters of a column in the workbook


def annex_csv(invoice: Invoice) -> bytes:
    r"""RFC 4180 with ``\r\n``, ISO dates and times, a point in prices, and no row of totals.

    It begins with a byte order mark: without one Excel reads UTF-8 as the machine's old code page
    and turns ``Þóra`` into ``ÃžÃ³ra``; programs skip it.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for line in invoice.lines:
        writer.writerow(
            [
                line.position,
                line.date.isoformat(),
                f"{line.time:%H:%M}" if line.time else "",
                *(no_formula(text) for text in _texts(line)),
                KINDS[line.kind],
                line.price.text,
                line.price.currency,
            ]
        )
    return file.getvalue().encode("utf-8-sig")


def annex_xlsx(invoice: Invoice) -> bytes:
    """A workbook of one sheet with real dates, times and numbers; same invoice, same bytes."""
    import xlsxwriter

    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    # A fixed moment: the clock's would make each copy differ.
    created = datetime.combine(invoice.issued_on, time.min)
    book.set_properties({"title": f"Sessions {invoice.month}", "created": created})
    units = minor_units(invoice.currency)
    pattern = "#,##0" + ("." + "0" * units if units else "")
    heading = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
    clock = book.add_format({"num_format": "hh:mm", "align": "left"})
    money = book.add_format({"num_format": pattern})
    sum_text = book.add_format({"bold": True, "top": 1})
    sum_money = book.add_format({"bold": True, "top": 1, "num_format": pattern})

    sheet = book.add_worksheet("Sessions")
    for column, label in enumerate(COLUMNS):
        sheet.write_string(0, column, label, heading)
    for row, line in enumerate(invoice.lines, 1):
        sheet.write_number(row, 0, line.position)
        sheet.write_datetime(row, 1, datetime.combine(line.date, time.min), day)
        if line.time is not None:
            sheet.write_datetime(row, 2, line.time, clock)
        for column, text in enumerate(_texts(line), 3):
            sheet.write_string(row, column, text)
        sheet.write_string(row, 7, KINDS[line.kind])
        sheet.write_number(row, 8, Decimal(line.price.text), money)
        sheet.write_string(row, 9, line.price.currency)

    last = len(invoice.lines)
    sheet.autofilter(0, 0, last, len(COLUMNS) - 1)
    sheet.freeze_panes(1, 0)
    for column, width in enumerate(_widths(invoice)):
        sheet.set_column(column, column, width)
    for offset, (label, amount) in enumerate(_sums(invoice), 1):
        row = last + offset
        for column in range(len(COLUMNS)):
            sheet.write_blank(row, column, None, sum_text)
        sheet.write_string(row, 1, label, sum_text)
        if offset == 1:
            formula = f"=SUM(I2:I{last + 1})"
            sheet.write_formula(row, 8, formula, sum_money, Decimal(amount))
        else:
            sheet.write_number(row, 8, Decimal(amount), sum_money)
        sheet.write_string(row, 9, invoice.currency, sum_text)
    book.close()
    return file.getvalue()


def _sums(invoice: Invoice) -> Iterator[tuple[str, str]]:
    """The sum of the prices and, where VAT is charged, how the invoice's total comes from it."""
    prices = total((line.price for line in invoice.lines), invoice.currency)
    yield "Sum of prices", prices.text
    if invoice.vat.minor:
        yield "Net", invoice.net.text
        yield "VAT", invoice.vat.text
        yield "Invoice total", invoice.total.text


def _texts(line: Line) -> tuple[str, str, str, str]:
    fields = (line.service, line.professional, line.professional_email, line.sponsor)
    service, professional, email, sponsor = (printable(text, CELL_LIMIT) for text in fields)
    return service, professional, email, sponsor


def _widths(invoice: Invoice) -> list[int]:
    """A width for each column, in characters: its longest cell, within reason."""
    longest = [len(label) for label in COLUMNS]
    longest[1], longest[2] = len("2026-10-31"), len("Time")
    for line in invoice.lines:
        cells = (*_texts(line), KINDS[line.kind], line.price.text)
        for column, cell in enumerate(cells, 3):
            longest[column] = max(longest[column], len(cell))
    # Three more for the filter's button in the heading.
    return [min(width + 3, _WIDEST) for width in longest]
