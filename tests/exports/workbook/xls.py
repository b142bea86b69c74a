"""An old workbook (XLS, BIFF8), written by the published format: no library here writes one."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from datetime import date, datetime

from tests.exports.samples import Cell
from tests.exports.workbook.test_kinds import compound, records
from tests.exports.workbook.xlsb import DAY_0, Error, Formula, Percent, Range

_BEGIN, _END = 0x0809, 0x000A


def xls(
    rows: Sequence[Sequence[Cell | Error | Formula | Percent]],
    *,
    hidden: Sequence[int] = (),
    merged: Sequence[Range] = (),
) -> bytes:
    """The rows in a sheet named Payments; dates are day numbers without a format.

    ``hidden`` are rows as a spreadsheet counts them, ``merged`` first and last rows and columns,
    from 0.
    """
    sheet = records((_BEGIN, struct.pack("<4H2I", 0x0600, 0x10, 0, 0, 0, 6)))
    sheet += records((0x0200, struct.pack("<2I3H", 0, len(rows), 0, len(rows[0]), 0)))
    for at, cells in enumerate(rows):
        flags = 0x0120 if at + 1 in hidden else 0x0100
        row = struct.pack("<8H", at, 0, len(cells), 300, 0, 0, flags, 15)
        sheet += records((0x0208, row), *(_cell(at, i, cell) for i, cell in enumerate(cells)))
    ranges = b"".join(struct.pack("<4H", *one) for one in merged)
    sheet += records((0x00E5, struct.pack("<H", len(merged)) + ranges), (_END, b""))
    # What a cell's number of a style stands for: nothing, a percentage.
    styles = [(0x00E0, struct.pack("<2H16x", 0, number)) for number in (0, 9)]
    named = b"\0\0\x08\0Payments"

    def book(begin: int) -> bytes:
        return records(
            (_BEGIN, struct.pack("<4H2I", 0x0600, 5, 0, 0, 0, 6)),
            (0x0042, struct.pack("<H", 1200)),
            *styles,
            (0x0085, struct.pack("<I", begin) + named),
            (_END, b""),
        )

    return compound(book(len(book(0))) + sheet, small=False)


def _cell(row: int, column: int, value: Cell | Error | Formula | Percent) -> tuple[int, bytes]:
    at = struct.pack("<3H", row, column, isinstance(value, Percent))
    if isinstance(value, Percent):
        value = value.value
    if isinstance(value, date):
        value = (datetime.fromisoformat(value.isoformat()) - DAY_0).total_seconds() / 86_400
    if isinstance(value, Error):
        return 0x0205, at + bytes([value.code, 1])
    if isinstance(value, Formula):
        result = struct.pack("<d", value.value) if isinstance(value.value, float) else b""
        if isinstance(value.value, Error):
            result = bytes([2, 0, value.value.code, 0, 0, 0, 255, 255])
        return 0x0006, at + result + struct.pack("<HIH3s", 0, 0, 3, b"\x1e\1\0")
    if isinstance(value, bool):
        return 0x0205, at + bytes([value, 0])
    if isinstance(value, (int, float)):
        return 0x0203, at + struct.pack("<d", value)
    if value is None:
        return 0x0201, at
    return 0x0204, at + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
