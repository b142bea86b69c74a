"""A plain reader in csv, re and int, to check the real one against: slow, short, one row at a time.

It is told how the file is written, so that it shares none of the real reader's guessing.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import date, time

from kara_tui.model import Money, Session

FIELDS = {
    "date": "Transaction date",
    "service": "Service Name",
    "price": "Service Price",
    "currency": "Service Currency",
    "type": "Type",
    "sponsor": "Sponsor",
    "professional": "Professional Name",
    "email": "Professional Email",
}


@dataclass(frozen=True)
class Written:
    """How a file is written: ``order`` of day, month and year, ``decimal`` sign, number style."""

    encoding: str
    separator: str
    order: str
    decimal: str


def sessions(data: bytes, written: Written, source: str) -> list[Session]:
    text = data.decode(written.encoding)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=written.separator)
    header = next(reader)
    at = {field: header.index(name) for field, name in FIELDS.items()}
    out = []
    for number, cells in enumerate(reader, 2):
        one = {field: cells[place].strip() for field, place in at.items()}
        if one["type"].lower() != "credit":
            continue
        year, month, day, hour, minute = moment(one["date"], written.order)
        out.append(
            Session(
                row=number,
                source=source,
                date=date(year, month, day),
                time=time(hour, minute),
                service=one["service"],
                price=Money(minor(one["price"], one["currency"], written.decimal), one["currency"]),
                professional=one["professional"],
                professional_email=one["email"],
                sponsor=one["sponsor"],
            )
        )
    return out


def moment(cell: str, order: str) -> tuple[int, int, int, int, int]:
    first, second, third, hour, minute = map(int, re.findall("[0-9]+", cell))
    by = dict(zip(order, (first, second, third), strict=True))
    return by["y"], by["m"], by["d"], hour, minute


def minor(cell: str, currency: str, decimal: str) -> int:
    digits = re.sub("[^0-9]", "", cell)
    decimals = len(cell.rpartition(decimal)[2]) if decimal in cell else 0
    value = int(digits + "0" * ({"ISK": 0}.get(currency, 2) - decimals))
    return -value if "-" in cell else value
