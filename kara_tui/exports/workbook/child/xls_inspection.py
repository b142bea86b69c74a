"""A closer look at an old XLS sheet, record by record, in the workbook's child process.

The records are those of MS-XLS: a kind, a length, and so many bytes (2.1.4).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from kara_tui.exports.workbook.child.compound_file import book_stream
from kara_tui.exports.workbook.child.inspection import (
    ERROR,
    FORMULA,
    PERCENT,
    Contents,
    Found,
    Merged,
    OddCell,
    is_no_percentage,
    percentage,
)
from kara_tui.exports.workbook.child.number_formats import (
    BUILT_IN_PERCENT,
    ERRORS,
    rk_number,
    shows_percentage,
)

# Kinds of records (2.3.2 of MS-XLS).
_BEGIN, _END, _SHEET, _FORMAT, _STYLE = 0x0809, 0x000A, 0x0085, 0x041E, 0x00E0
_ROW, _FORMULA, _NUMBER, _RK, _RKS = 0x0208, 0x0006, 0x0203, 0x027E, 0x00BD
_LABEL, _SHARED, _RICH, _BOOL_OR_ERROR, _MERGED = 0x0204, 0x00FD, 0x00D6, 0x0205, 0x00E5
# The version of Excel 97 and later, in a book's first record.
_WIDE = 0x0600
# What a formula's value is when it is no number: the first byte, before two of 255.
_EMPTY, _OF_ERROR = 3, 2


def look_into(file: BinaryIO, sheet: str, header: int, fields: Mapping[int, str]) -> Found | None:
    """What stands below the row of the header: cells that are not what they seem, hidden rows,
    contents, merged cells; None when the sheet is not found.
    """
    book = book_stream(file)
    begin, percent = _globals(book, sheet)
    if begin is None:
        return None
    troubles: list[OddCell] = []
    hidden: list[int] = []
    merged: list[Merged] = []
    contents = Contents(fields)

    def number(row: int, column: int, style: int, value: float) -> None:
        field = fields.get(column, "")
        contents.add(row, column)
        if style in percent and is_no_percentage(field):
            troubles.append(OddCell(row, field, PERCENT, percentage(str(value))))

    def trouble(row: int, column: int, kind: str, shown: str = "") -> None:
        if column in fields:
            troubles.append(OddCell(row, fields[column], kind, shown))

    for kind, data in _of_the_sheet(book, begin):
        if kind == _MERGED:
            [count] = struct.unpack_from("<H", data)
            for at in range(2, 2 + 8 * count, 8):
                top, bottom, left, right = struct.unpack_from("<4H", data, at)
                merged.append(Merged(top + 1, bottom + 1, left, right))
            continue
        if len(data) < 6:
            continue
        row, column, style = struct.unpack_from("<3H", data)
        row += 1
        if kind == _ROW:
            # fDyZero, and a height of nothing.
            if data[12] & 0x20 or struct.unpack_from("<H", data, 6)[0] & 0x7FFF == 0:
                hidden.append(row)
        elif row <= header:
            continue
        elif kind == _NUMBER:
            number(row, column, style, *struct.unpack_from("<d", data, 6))
        elif kind == _RK:
            number(row, column, style, _rk(data, 6))
        elif kind == _RKS:
            for place, at in enumerate(range(4, len(data) - 2, 6), column):
                number(row, place, struct.unpack_from("<H", data, at)[0], _rk(data, at + 2))
        elif kind == _BOOL_OR_ERROR:
            if data[7]:
                trouble(row, column, ERROR, ERRORS.get(data[6], "error"))
            else:
                contents.add(row, column)
        elif kind == _FORMULA:
            if data[12:14] != b"\xff\xff":
                number(row, column, style, *struct.unpack_from("<d", data, 6))
                if data[6:14] == bytes(8):
                    # What a program that does not calculate stores.
                    trouble(row, column, FORMULA)
            elif data[6] == _OF_ERROR:
                trouble(row, column, ERROR, ERRORS.get(data[8], "error"))
            elif data[6] != _EMPTY:
                contents.add(row, column, sure=False)
        elif kind in (_LABEL, _SHARED, _RICH):
            # Whether a shared text is empty stands far away, and nobody writes such a cell.
            contents.add(row, column, sure=False)
    return Found(troubles, hidden, contents, merged)


def records(book: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """A book's records from a place on, each by its kind."""
    while at + 4 <= len(book):
        kind, size = struct.unpack_from("<HH", book, at)
        yield kind, book[at + 4 : at + 4 + size]
        at += 4 + size


def _of_the_sheet(book: bytes, begin: int) -> Iterator[tuple[int, bytes]]:
    """The sheet's own records, without those of the charts in it."""
    depth = 0
    for kind, data in records(book, begin):
        depth += (kind == _BEGIN) - (kind == _END)
        if depth == 0:
            return
        if depth == 1:
            yield kind, data


def _globals(book: bytes, sheet: str) -> tuple[int | None, frozenset[int]]:
    """Where the sheet's records begin, and the cell styles that show a percentage."""
    begin = None
    formats = set(BUILT_IN_PERCENT)
    styles: list[int] = []
    wide = struct.unpack_from("<H", book, 4)[0] == _WIDE
    for kind, data in records(book, 0):
        if kind == _SHEET and _name(data, wide=wide) == sheet:
            [begin] = struct.unpack_from("<I", data)
        elif kind == _FORMAT and shows_percentage(data[2:].decode("latin-1").replace("\0", "")):
            formats.add(struct.unpack_from("<H", data)[0])
        elif kind == _STYLE:
            styles.append(struct.unpack_from("<H", data, 2)[0])
        elif kind == _END:
            break
    return begin, frozenset(place for place, known in enumerate(styles) if known in formats)


def _name(data: bytes, *, wide: bool) -> str:
    """A sheet's name: how many letters, since Excel 97 whether they are wide, and those."""
    if not wide:
        return data[7 : 7 + data[6]].decode("cp1252", "replace")
    if data[7] & 1:
        return data[8 : 8 + 2 * data[6]].decode("utf-16-le", "replace")
    return data[8 : 8 + data[6]].decode("latin-1")


def _rk(data: bytes, at: int) -> float:
    return rk_number(*struct.unpack_from("<i", data, at))
