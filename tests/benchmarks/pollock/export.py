"""The clean export of 60 payments that is polluted, and what its month comes to."""

from __future__ import annotations

import csv
import io
import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

HEADER = (
    "Transaction date",
    "Client Name",
    "Client Email",
    "Service Name",
    "Service Price",
    "Service Currency",
    "Type",
    "Sponsor",
    "Professional Name",
    "Professional Email",
)
MONTH = "2026-10"
DATE, CLIENT, SERVICE, PRICE, TYPE, SPONSOR, PROFESSIONAL = 0, 1, 3, 4, 6, 7, 8
# What of a payment must come out as it went in.
COMPARED = (DATE, SERVICE, PRICE, SPONSOR, PROFESSIONAL)
SERVICES = (
    ("Individual session 50 min", "65.00"),
    ("Couples session, 80 min", "95.50"),
    ('Coaching "Fresh start"', "42.10"),
    ("Þjálfun", "120.00"),
)
SPONSORS = ("Lighthouse Mutual", "Hraunvík ehf.", "Birch, Alder and Sons")
PROFESSIONALS = (("Saga Lind", "saga@example.is"), ("Örn Dal", "orn@example.is"))
OTHER_TYPES = ("Cash", "Credit Card", "POS")

Row = list[str]


@dataclass(frozen=True)
class Answer:
    """The month's Credit sessions as texts (COMPARED), sorted, and their sum in cents."""

    sessions: tuple[tuple[str, ...], ...]

    @property
    def cents(self) -> int:
        return cents(self.sessions)


def cents(sessions: Iterable[Sequence[str]]) -> int:
    """The sum of sessions, in cents; what is no price counts nothing."""
    prices = (re.fullmatch(r"([0-9]+)\.([0-9]{2})", one[2]) for one in sessions)
    return sum(int(price[1] + price[2]) for price in prices if price)


def payments() -> list[Row]:
    """The 60 payments, the same each time."""
    chance = random.Random(60)
    rows: list[Row] = []
    for number in range(60):
        first = datetime(2026, 10, 1, 9) if number % 10 else datetime(2026, 9, 20, 9)
        when = first + timedelta(days=number % 28, minutes=30 * chance.randrange(1, 18))
        service, price = SERVICES[number % len(SERVICES)]
        credit = number % 6 != 4
        name, email = PROFESSIONALS[number % 2]
        rows.append(
            [
                f"{when:%Y-%m-%d %H:%M}",
                f"Client {number + 1:02}",
                f"client{number + 1:02}@example.com",
                service,
                price,
                "EUR",
                "Credit" if credit else OTHER_TYPES[number % 3],
                SPONSORS[number % 3] if credit else "",
                name,
                email,
            ]
        )
    rows[30][CLIENT] = "Client\n31"
    return rows


def table() -> list[Row]:
    """The header and the payments."""
    return [list(HEADER), *payments()]


def answer(rows: Iterable[Sequence[str]]) -> Answer:
    """What the month comes to by the clean rows."""
    found = [
        tuple(row[place] for place in COMPARED)
        for row in rows
        if row[TYPE] == "Credit" and row[DATE].startswith(MONTH)
    ]
    return Answer(tuple(sorted(found)))


def line(
    cells: Sequence[str],
    separator: str = ",",
    quote: str = '"',
    *,
    every: bool = False,
    end: str = "\r\n",
) -> str:
    """One record as a good writer writes it; the separator may have several characters."""
    return separator.join(cell(text, separator, quote, every=every) for text in cells) + end


def cell(text: str, separator: str = ",", quote: str = '"', *, every: bool = False) -> str:
    """One cell as a good writer writes it."""
    if every or any(sign in text for sign in (separator, quote, "\n", "\r")):
        return quote + text.replace(quote, quote * 2) + quote
    return text


def written(
    rows: Iterable[Sequence[str]],
    separator: str = ",",
    quote: str = '"',
    *,
    every: bool = False,
    end: str = "\r\n",
) -> str:
    """All records as a good writer writes them."""
    return "".join(line(row, separator, quote, every=every, end=end) for row in rows)


def as_csv_module(text: str) -> list[Row]:
    """What the standard library reads from a well-written text."""
    return list(csv.reader(io.StringIO(text, newline="")))
