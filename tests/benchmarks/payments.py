"""The month that every contender bills: a payments export with exactly so many Credit sessions."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

HEADERS = (
    "Client Name", "Client Email", "Transaction date", "Service Name", "Service Price",
    "Service Currency", "Professional Name", "Professional Email", "Type", "Sponsor",
)  # fmt: skip
SERVICES = (
    ("Psychotherapy, 50 min", Decimal("65.00")),
    ("Couples therapy, 80 min", Decimal("95.50")),
    ("Career coaching, 30 min", Decimal("42.10")),
)
SPONSORS = ("Northlight Wellbeing Hub", "Harbour Works", "Fjord & Field")
MONTH = "2026-10"
FIRST = datetime(2026, 10, 1, 8, 0)


@dataclass(frozen=True, slots=True)
class Payment:
    """One row of the portal's export, client included, as a practice would download it."""

    client: int
    when: datetime
    service: str
    price: Decimal
    type: str
    sponsor: str

    def cells(self) -> tuple[str | datetime | Decimal, ...]:
        return (
            f"Client {self.client}", f"client{self.client}@example.org", self.when, self.service,
            self.price, "EUR", "Sigrún Björnsdóttir", "sigrun@example.org", self.type, self.sponsor,
        )  # fmt: skip


def payments(sessions: int) -> list[Payment]:
    """So many Credit sessions of October 2026, and half as many rows that are none of them."""
    chance = random.Random(sessions)
    rows = [_payment(chance, day % 30, "Credit") for day in range(sessions)]
    for extra in range(sessions // 2):
        credit = extra % 2 == 0
        rows.append(_payment(chance, 31 + extra % 25, "Credit" if credit else "Credit Card"))
    chance.shuffle(rows)
    return rows


def _payment(chance: random.Random, day: int, payment_type: str) -> Payment:
    service, price = chance.choice(SERVICES)
    when = FIRST + timedelta(days=day, minutes=30 * chance.randrange(18))
    sponsor = chance.choice(SPONSORS) if payment_type == "Credit" else ""
    return Payment(chance.randrange(1000), when, service, price, payment_type, sponsor)


def write_csv(rows: list[Payment], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADERS)
        for cells in map(Payment.cells, rows):
            writer.writerow(f"{c:%Y-%m-%d %H:%M}" if isinstance(c, datetime) else c for c in cells)


def write_workbook(rows: list[Payment], path: Path) -> None:
    """The same rows as a spreadsheet keeps them: serial dates and doubles."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("Payments")
        moment = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet.write_row(0, 0, HEADERS)
        for row, column, cell in _numbered(rows):
            if isinstance(cell, datetime):
                sheet.write_datetime(row, column, cell, moment)
            elif isinstance(cell, Decimal):
                sheet.write_number(row, column, float(cell))
            else:
                sheet.write_string(row, column, cell)


def _numbered(rows: list[Payment]) -> Iterator[tuple[int, int, str | datetime | Decimal]]:
    for row, payment in enumerate(rows, 1):
        for column, cell in enumerate(payment.cells()):
            yield row, column, cell
