"""A closer look at an XLSB sheet, record by record, in the workbook's child process.

The records are those of MS-XLSB: a kind, a length, and so many bytes (2.1.4).
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator, Mapping

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
from kara_tui.exports.workbook.child.package import WorkbookRefused, related

_BOOK, _STYLES, _STRINGS = "xl/workbook.bin", "xl/styles.bin", "xl/sharedStrings.bin"
_RELATIONS = "xl/_rels/workbook.bin.rels"
# Kinds of records (2.5.1 and the following of MS-XLSB).
_ROW, _MERGED, _SHEET, _STRING_ITEM, _FORMAT, _STYLE = 0, 176, 156, 19, 44, 47
_CELL_STYLES, _CELL_STYLES_END = 617, 618
_RK, _ERROR, _BOOL, _REAL, _TEXT, _SHARED = 2, 3, 4, 5, 6, 7
_OF_TEXT, _OF_NUMBER, _OF_BOOL, _OF_ERROR, _RICH = 8, 9, 10, 11, 62
_CELLS = frozenset(
    {_RK, _ERROR, _BOOL, _REAL, _TEXT, _SHARED, _OF_TEXT, _OF_NUMBER, _OF_BOOL, _OF_ERROR, _RICH}
)
_NUMBERS = frozenset({_RK, _REAL, _OF_NUMBER})
# More than any honest sheet unfolds to.
_MOST = 1 << 30


def look_into(
    archive: zipfile.ZipFile, sheet: str, header: int, fields: Mapping[int, str]
) -> Found | None:
    """What stands below the row of the header: cells that are not what they seem, hidden rows,
    contents, merged cells; None when the sheet's part is not found.
    """
    member = _member(archive, sheet)
    if not member:
        return None
    percent = _percent_styles(archive)
    blanks: frozenset[int] | None = None
    troubles: list[OddCell] = []
    hidden: list[int] = []
    merged: list[Merged] = []
    contents = Contents(fields)
    row = 0
    for kind, data in records(archive, member):
        if kind == _ROW:
            [row] = struct.unpack_from("<I", data)
            row += 1
            # fDyZero, behind the place, the style, the height and a byte of flags (BrtRowHdr).
            if data[11] & 16 or struct.unpack_from("<H", data, 8)[0] == 0:
                hidden.append(row)
        elif kind in _CELLS:
            if row <= header:
                continue
            [column, style] = struct.unpack_from("<II", data)
            field = fields.get(column, "")
            if kind in (_ERROR, _OF_ERROR):
                if field:
                    troubles.append(OddCell(row, field, ERROR, ERRORS.get(data[8], "error")))
                continue
            if kind == _OF_NUMBER and field and data[8:16] == bytes(8):
                # What a program that does not calculate stores.
                troubles.append(OddCell(row, field, FORMULA, ""))
            elif kind in _NUMBERS and style & 0xFFFFFF in percent and is_no_percentage(field):
                troubles.append(OddCell(row, field, PERCENT, percentage(str(_number(kind, data)))))
            if kind == _SHARED and blanks is None:
                blanks = _blank_strings(archive)
            if not _is_empty_text(kind, data, blanks or frozenset()):
                contents.add(row, column)
        elif kind == _MERGED:
            top, bottom, left, right = struct.unpack_from("<4I", data)
            merged.append(Merged(top + 1, bottom + 1, left, right))
    return Found(troubles, hidden, contents, merged)


def records(archive: zipfile.ZipFile, member: str) -> Iterator[tuple[int, bytes]]:
    """A part's records, each by its kind. Raises IndexError where it is torn."""
    if archive.getinfo(member).file_size > _MOST:
        raise WorkbookRefused("too-large")
    data = archive.read(member)
    at, end = 0, len(data)
    while at < end:
        kind = data[at]
        at += 1
        if kind & 128:
            kind = kind & 127 | data[at] << 7
            at += 1
        size = shift = 0
        while True:
            size |= (data[at] & 127) << shift
            shift += 7
            at += 1
            if data[at - 1] < 128 or shift == 28:
                break
        yield kind, data[at : at + size]
        at += size


def _is_empty_text(kind: int, data: bytes, blanks: frozenset[int]) -> bool:
    if kind == _SHARED:
        return struct.unpack_from("<I", data, 8)[0] in blanks
    if kind in (_TEXT, _OF_TEXT, _RICH):
        return not _wide(data, 9 if kind == _RICH else 8).strip()
    return False


def _wide(data: bytes, at: int) -> str:
    """An XLWideString (2.5.169): how many letters, and those."""
    [length] = struct.unpack_from("<I", data, at)
    return data[at + 4 : at + 4 + 2 * length].decode("utf-16-le", "replace")


def _number(kind: int, data: bytes) -> float:
    if kind == _RK:
        return rk_number(*struct.unpack_from("<i", data, 8))
    [real] = struct.unpack_from("<d", data, 8)
    return float(real)


def _member(archive: zipfile.ZipFile, sheet: str) -> str:
    names = archive.namelist()
    if _BOOK not in names or _RELATIONS not in names:
        return ""
    relation = ""
    for kind, data in records(archive, _BOOK):
        if kind == _SHEET:
            target = _wide(data, 8)
            if _wide(data, 12 + 2 * len(target)) == sheet:
                relation = target
    path = related(archive, _RELATIONS, relation)
    return path if path in names else ""


def _blank_strings(archive: zipfile.ZipFile) -> frozenset[int]:
    if _STRINGS not in archive.namelist():
        return frozenset()
    items = (data for kind, data in records(archive, _STRINGS) if kind == _STRING_ITEM)
    return frozenset(place for place, data in enumerate(items) if not _wide(data, 1).strip())


def _percent_styles(archive: zipfile.ZipFile) -> frozenset[int]:
    """The cell styles, by their numbers, under which a number is shown as a percentage."""
    if _STYLES not in archive.namelist():
        return frozenset()
    formats = set(BUILT_IN_PERCENT)
    styles: list[int] = []
    of_cells = False
    for kind, data in records(archive, _STYLES):
        if kind == _FORMAT and shows_percentage(_wide(data, 2)):
            formats.add(struct.unpack_from("<H", data)[0])
        elif kind in (_CELL_STYLES, _CELL_STYLES_END):
            of_cells = kind == _CELL_STYLES
        elif kind == _STYLE and of_cells:
            styles.append(struct.unpack_from("<H", data, 2)[0])
    return frozenset(place for place, known in enumerate(styles) if known in formats)
