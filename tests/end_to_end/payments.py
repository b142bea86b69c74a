"""Payments exports as the portal may write them, made row by row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import openpyxl

HEADERS = (
    "Transaction date", "Client Name", "Client Email", "Service Name", "Service Price",
    "Service Currency", "Type", "Sponsor", "Professional Name", "Professional Email",
)  # fmt: skip


@dataclass(frozen=True)
class Payment:
    """One row of an export, every cell as it is written; the fields stand in HEADERS' order."""

    date: str = "2026-10-14 10:00"
    client: str = "Unnur Sentinel"
    client_email: str = "unnur.sentinel@client.example"
    service: str = "Individual session 50 min"
    price: str = "60.00"
    currency: str = "EUR"
    type: str = "Credit"
    sponsor: str = "Norðurljós Software ehf."
    professional: str = "Þóra Ægisdóttir"
    professional_email: str = "thora@example.is"


def csv_text(payments: Iterable[Payment], without: Sequence[str] = ()) -> str:
    """The payments as CSV; the columns with a header in ``without`` are not ticked."""
    kept = [place for place, header in enumerate(HEADERS) if header not in without]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([HEADERS[place] for place in kept])
    for payment in payments:
        cells = astuple(payment)
        writer.writerow([cells[place] for place in kept])
    return out.getvalue()


def unpaid_text(payments: Iterable[Payment]) -> str:
    """The portal's other list, which has no payment type."""
    return csv_text(payments, without=["Type"])


def write_workbook(path: Path, rows: Iterable[Sequence[object]]) -> Path:
    """A workbook as spreadsheets write it, with numbers and dates as such where they are given."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(HEADERS))
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    book.close()
    return path


assert len(fields(Payment)) == len(HEADERS)
