"""Years of payments, as many rows as asked for, with 200 Credit sessions in one month.

    python -m tests.benchmarks.years FILE ROWS [--quoted]

FILE ends in ``.csv`` or ``.xlsx``; a workbook holds serial dates and doubles. The month's sessions
lie scattered over the whole file. ``--quoted`` gives services a comma in their names, so that their
cells stand in quotation marks. The same arguments give the same rows. Prints what the month comes
to as JSON; that is reckoned from the rows' recipe and not read back from the file.

It is a program of its own because Linux counts the memory of whoever starts a process into that
process's peak: what makes gigabytes of rows must not be what measures.
"""

from __future__ import annotations

import argparse
import io
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import polars as pl

from tests.benchmarks.payments import HEADERS, MONTH

SESSIONS = 200
# In the month, with one row of another payment type after every four Credit sessions.
INSIDE = SESSIONS * 5 // 4
SERVICES = (
    "Psychotherapy", "Couples therapy", "Career coaching", "Dietary advice", "Sleep counselling",
    "Physiotherapy", "Supervision", "Family therapy", "Speech therapy", "First interview",
    "Group session", "Late cancellation",
)  # fmt: skip
TYPES = ("Credit", "Credit", "Credit", "Credit Card", "POS", "Bank Transfer")
SPONSORS = ("Northlight Wellbeing Hub", "Harbour Works", "Fjord & Field", "Skyline Co-op")
FIRST_NAMES = ("Anna", "Björn", "Clara", "David", "Edda", "Finn", "Guðrún", "Hannah")
LAST_NAMES = ("Berg", "Carlsen", "Dahl", "Eide", "Falk", "Grant", "Holm", "Jónsson", "Kelly")
PROFESSIONALS = tuple(f"{first} {last}" for first in FIRST_NAMES for last in LAST_NAMES[:3])
BEGIN = datetime(2016, 1, 1)
# Everything else ends well before the month, so that nothing lies near its edge.
DAYS = 3_890
BATCH = 500_000


def batches(rows: int, *, quoted: bool) -> Iterator[pl.DataFrame]:
    """The rows in their order, piece by piece: texts and dates as such, ``cents`` as integers."""
    for begin in range(0, rows, BATCH):
        yield _batch(pl.int_range(begin, min(begin + BATCH, rows), eager=True), rows, quoted=quoted)


def _batch(row: pl.Series, rows: int, *, quoted: bool) -> pl.DataFrame:
    stride = rows // INSIDE
    turn = row // stride
    inside = (row % stride == stride // 2) & (turn < INSIDE)
    services = [f"{name}, 50 min" if quoted else name for name in SERVICES]
    service = _chance(row, 1, len(SERVICES))
    professional = _chance(row, 2, len(PROFESSIONALS))
    client = _chance(row, 3, 100_000)
    addresses = [f"p{number}@example.org" for number in range(len(PROFESSIONALS))]
    frame = pl.DataFrame({
        "inside": inside,
        "turn": turn,
        "client": client,
        "name": _of(FIRST_NAMES, client % len(FIRST_NAMES)),
        "surname": _of(LAST_NAMES, client % len(LAST_NAMES)),
        "day": _chance(row, 4, DAYS),
        "slot": _chance(row, 5, 20),
        "service": _of(services, service),
        # Two prices for each service.
        "cents": 4_210 + service * 725 + professional % 2 * 1_050,
        "professional": _of(PROFESSIONALS, professional),
        "address": _of(addresses, professional),
        "type": _of(TYPES, _chance(row, 6, len(TYPES))),
        "sponsor": _of(SPONSORS, _chance(row, 7, len(SPONSORS))),
    })  # fmt: skip
    own = pl.when("inside")
    first = datetime.fromisoformat(f"{MONTH}-01")
    # Half an hour for each session of the month, so that no two of them are the same.
    day, slot = pl.col("turn") % 31, pl.col("turn") // 31
    return frame.with_columns(
        type=own.then(pl.when(pl.col("turn") % 5 == 4).then(pl.lit("Credit Card")).otherwise(
            pl.lit("Credit"))).otherwise("type"),
        when=own.then(pl.lit(first) + pl.duration(days=day, minutes=8 * 60 + 30 * slot)).otherwise(
            pl.lit(BEGIN) + pl.duration(days="day", minutes=8 * 60 + pl.col("slot") * 30)),
    ).select(
        "inside",
        "cents",
        pl.format("{} {}", "name", "surname").alias("Client Name"),
        pl.format("client{}@example.org", "client").alias("Client Email"),
        pl.col("when").alias("Transaction date"),
        pl.col("service").alias("Service Name"),
        pl.lit("EUR").alias("Service Currency"),
        pl.col("professional").alias("Professional Name"),
        pl.col("address").alias("Professional Email"),
        pl.col("type").alias("Type"),
        # Null and not "", which would be written as two quotation marks.
        pl.when(pl.col("type") == "Credit").then("sponsor").alias("Sponsor"),
    )  # fmt: skip


def _chance(row: pl.Series, salt: int, below: int) -> pl.Series:
    """A number below ``below`` for each row: what a hash that everyone can work out again gives."""
    mixed = (row * 2_654_435_761 + salt * 40_503) % (1 << 32)
    mixed = (mixed // (1 << 13) * 1_540_483_477 + mixed) % (1 << 32)
    return (mixed // (1 << 7)) % below


def _of(words: tuple[str, ...] | list[str], places: pl.Series) -> pl.Series:
    return pl.Series(words).gather(places)


def write_csv(rows: int, path: Path, *, quoted: bool) -> None:
    cents = pl.col("cents")
    price = pl.format("{}.{}", cents // 100, (cents % 100).cast(pl.String).str.zfill(2))
    with path.open("wb") as file:
        file.write((",".join(HEADERS) + "\n").encode())
        for batch in batches(rows, quoted=quoted):
            texts = batch.with_columns(
                price.alias("Service Price"),
                pl.col("Transaction date").dt.strftime("%Y-%m-%d %H:%M"),
            )
            piece = io.BytesIO()
            texts.select(HEADERS).write_csv(piece, include_header=False)
            file.write(piece.getbuffer())


def write_workbook(rows: int, path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Payments")
        moment = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet.write_row(0, 0, HEADERS)
        line = 0
        for batch in batches(rows, quoted=False):
            typed = batch.with_columns(pl.col("cents").alias("Service Price"))
            for cells in (
                typed.with_columns(_serial("Transaction date")).select(HEADERS).iter_rows()
            ):
                line += 1
                for column, cell in enumerate(cells):
                    if isinstance(cell, str):
                        sheet.write_string(line, column, cell)
                    elif isinstance(cell, float):
                        sheet.write_number(line, column, cell, moment)
                    elif cell is not None:
                        # Python's division gives the nearest double, that of the typed price.
                        sheet.write_number(line, column, cell / 100)


def _serial(column: str) -> pl.Expr:
    """Days since the spreadsheets' day 0 (ECMA-376 part 1, 18.17.4.1), the time as a fraction."""
    return (pl.col(column) - pl.lit(datetime(1899, 12, 30))) / pl.lit(timedelta(days=1))


def month_of(rows: int) -> dict[str, object]:
    """What the month comes to: the number of its Credit sessions and their total."""
    sessions = pl.concat(
        batch.filter(pl.col("inside") & (pl.col("Type") == "Credit"))
        for batch in batches(rows, quoted=False)
    )
    cents = int(sessions["cents"].sum())
    return {"sessions": sessions.height, "total": f"{cents // 100}.{cents % 100:02}"}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("rows", type=int)
    parser.add_argument("--quoted", action="store_true")
    asked = parser.parse_args()
    if asked.file.suffix == ".xlsx":
        write_workbook(asked.rows, asked.file)
    else:
        write_csv(asked.rows, asked.file, quoted=asked.quoted)
    print(json.dumps(month_of(asked.rows)))


if __name__ == "__main__":
    main()
