"""An old workbook (XLS, BIFF8), written by the published format: no library here writes one."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from datetime import date, datetime

from tests.exports.samples import Cell
from tests.exports.workbook.xlsb import DAY_0, Error, Formula, Percent, Range, whole

_BEGIN, _END = 0x0809, 0x000A
_FREE, _CHAIN_END, _TABLE = 0xFFFF_FFFF, 0xFFFF_FFFE, 0xFFFF_FFFD
Record = tuple[int, bytes]


def xls(
    rows: Sequence[Sequence[Cell | Error | Formula | Percent]],
    *,
    hidden: Sequence[int] = (),
    merged: Sequence[Range] = (),
    said: Sequence[Record] = (),
    behind: Sequence[Record] = (),
    small: bool = False,
    name: str = "Workbook",
) -> bytes:
    """The rows in a sheet named Payments; dates are day numbers without a format.

    ``hidden`` are rows as a spreadsheet counts them, ``merged`` first and last rows and columns,
    from 0. ``said`` are records of the workbook before its sheet, ``behind`` some at its end. The
    stream with all of them is called ``name``; a ``small`` one is kept in small sectors.
    """
    sheet = _records((_BEGIN, struct.pack("<4H2I", 0x0600, 0x10, 0, 0, 0, 6)))
    sheet += _records((0x0200, struct.pack("<2I3H", 0, len(rows), 0, len(rows[0]), 0)))
    for at, cells in enumerate(rows):
        flags = 0x0120 if at + 1 in hidden else 0x0100
        row = struct.pack("<8H", at, 0, len(cells), 300, 0, 0, flags, 15)
        sheet += _records((0x0208, row), *(_cell(at, i, cell) for i, cell in enumerate(cells)))
    ranges = b"".join(struct.pack("<4H", *one) for one in merged)
    sheet += _records((0x00E5, struct.pack("<H", len(merged)) + ranges), (_END, b""))
    # What a cell's number of a style stands for: nothing, a percentage.
    styles = [(0x00E0, struct.pack("<2H16x", 0, number)) for number in (0, 9)]
    named = b"\0\0\x08\0Payments"

    def book(begin: int) -> bytes:
        return _records(
            (_BEGIN, struct.pack("<4H2I", 0x0600, 5, 0, 0, 0, 6)),
            (0x0042, struct.pack("<H", 1200)),
            *said,
            *styles,
            (0x0085, struct.pack("<I", begin) + named),
            (_END, b""),
        )

    return _compound(book(len(book(0))) + sheet + _records(*behind), small=small, name=name)


def _cell(row: int, column: int, value: Cell | Error | Formula | Percent) -> Record:
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
    if isinstance(value, int):
        return 0x027E, at + struct.pack("<I", whole(value))
    if isinstance(value, float):
        return 0x0203, at + struct.pack("<d", value)
    if value is None:
        return 0x0201, at
    return 0x0204, at + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")


def _compound(stream: bytes, *, small: bool, name: str) -> bytes:
    """A compound file (MS-CFB) with one stream: in sectors, or in small ones within the root's."""
    size = 512
    held = stream.ljust(4096, b"\0") if not small else stream
    sectors = [held[at : at + size].ljust(size, b"\0") for at in range(0, len(held), size)]
    # 0 table, 1 directory, 2 table of small sectors, from 3 on the stream.
    links = [_TABLE, _CHAIN_END, _CHAIN_END, *range(4, 3 + len(sectors)), _CHAIN_END]
    minis = -(-len(held) // 64) if small else 0
    mini_links = [*range(1, minis), _CHAIN_END] if small else []

    def entry(called: str, kind: int, start: int, length: int) -> bytes:
        text = (called + "\0").encode("utf-16-le")
        return (
            text.ljust(64, b"\0")
            + struct.pack("<HBB3I", len(text), kind, 1, _FREE, _FREE, 1 if kind == 5 else _FREE)
            + bytes(36)
            + struct.pack("<IQ", start, length)
        )

    root = entry("Root Entry", 5, 3 if small else _CHAIN_END, minis * 64)
    book = entry(name, 2, 0 if small else 3, len(held))
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<5H6x5I", 62, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096)
        + struct.pack("<4I", 2, 1 if small else 0, _CHAIN_END, 0)
        + struct.pack("<109I", 0, *[_FREE] * 108)
    )

    def as_table(numbers: list[int]) -> bytes:
        return struct.pack("<128I", *numbers, *[_FREE] * (128 - len(numbers)))

    directory = (root + book).ljust(size, b"\0")
    return header + as_table(links) + directory + as_table(mini_links) + b"".join(sectors)


def _records(*pairs: Record) -> bytes:
    return b"".join(struct.pack("<HH", kind, len(data)) + data for kind, data in pairs)
