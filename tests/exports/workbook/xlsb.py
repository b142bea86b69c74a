"""A binary workbook (XLSB), written by the published format: no library here writes one."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from tests.exports.samples import Cell

DAY_0 = datetime(1899, 12, 30)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_TYPES = f"""<Types xmlns="{_PACKAGE}content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/xl/workbook.bin"
 ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>
<Override PartName="/xl/worksheets/sheet1.bin" ContentType="application/vnd.ms-excel.worksheet"/>
</Types>"""


class Error(NamedTuple):
    """A cell with an error, by its number: 0x2A is #N/A."""

    code: int


class Formula(NamedTuple):
    """A cell with a formula, and what it last came to."""

    value: float | Error


class Percent(NamedTuple):
    """A number that is shown as a percentage."""

    value: float


# First and last row, first and last column, from 0.
Range = tuple[int, int, int, int]


def xlsb(
    rows: Sequence[Sequence[Cell | Error | Formula | Percent]],
    *,
    epoch_1904: bool = False,
    hidden: Sequence[int] = (),
    merged: Sequence[Range] = (),
) -> bytes:
    """The rows in a sheet named Payments; dates are day numbers without a format.

    ``hidden`` are rows as a spreadsheet counts them.
    """
    flags = int(epoch_1904)
    book = (
        _record(131)  # BrtBeginBook
        + _record(153, struct.pack("<II", flags, 0) + _wide(""))  # BrtWbProp
        + _record(143)  # BrtBeginBundleShs
        + _record(156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide("Payments"))  # BrtBundleSh
        + _record(144)
        + _record(132)
    )
    last = len(rows) - 1, len(rows[0]) - 1
    sheet = _record(129) + _record(148, struct.pack("<4I", 0, last[0], 0, last[1])) + _record(145)
    for number, cells in enumerate(rows):
        sheet += _record(0, _row(number, hidden=number + 1 in hidden))  # BrtRowHdr
        sheet += b"".join(_cell(place, value) for place, value in enumerate(cells))
    sheet += _record(146)
    sheet += b"".join(_record(176, struct.pack("<4I", *one)) for one in merged)  # BrtMergeCell
    sheet += _record(130)
    # What a cell's number of a style stands for: nothing, a percentage.
    styles = b"".join(_record(47, struct.pack("<2H12x", 0, number)) for number in (0, 9))
    two = struct.pack("<I", 2)
    styles = _record(615, bytes(4)) + _record(616) + _record(617, two) + styles + _record(618)
    styles = _record(278) + styles + _record(279)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("_rels/.rels", _relations({"officeDocument": "xl/workbook.bin"}))
        package.writestr("xl/workbook.bin", book)
        package.writestr("xl/worksheets/sheet1.bin", sheet)
        package.writestr("xl/styles.bin", styles)
        parts = {"worksheet": "worksheets/sheet1.bin", "styles": "styles.bin"}
        package.writestr("xl/_rels/workbook.bin.rels", _relations(parts))
    return out.getvalue()


def _row(number: int, *, hidden: bool) -> bytes:
    return struct.pack("<IIHBBBI", number, 0, 300, 0, 16 if hidden else 0, 0, 0)


def _cell(place: int, value: Cell | Error | Formula | Percent) -> bytes:
    at = struct.pack("<II", place, isinstance(value, Percent))
    if isinstance(value, Percent):
        value = value.value
    if isinstance(value, date):
        value = (datetime.fromisoformat(value.isoformat()) - DAY_0).total_seconds() / 86_400
    if isinstance(value, Error):
        return _record(3, at + bytes([value.code]))  # BrtCellError
    if isinstance(value, Formula):
        formula = struct.pack("<HI3sI", 0, 3, b"\x1e\1\0", 0)
        if isinstance(value.value, Error):
            return _record(11, at + bytes([value.value.code]) + formula)  # BrtFmlaError
        return _record(9, at + struct.pack("<d", value.value) + formula)  # BrtFmlaNum
    if isinstance(value, bool):
        return _record(4, at + bytes([value]))  # BrtCellBool
    if isinstance(value, int):
        return _record(2, at + struct.pack("<I", whole(value)))  # BrtCellRk
    if isinstance(value, float):
        return _record(5, at + struct.pack("<d", value))  # BrtCellReal
    return b"" if value is None else _record(6, at + _wide(value))  # BrtCellSt


def whole(number: int) -> int:
    """A whole number as spreadsheets keep it (RkNumber of MS-XLS and MS-XLSB): 30 bits, and two
    that say so.
    """
    assert -(2**29) <= number < 2**29
    return number << 2 & 0xFFFF_FFFF | 2


def _record(kind: int, data: bytes = b"") -> bytes:
    """A record of MS-XLSB, 2.1.4: kind and length have seven bits a byte, the lowest first."""
    return _sevens(kind) + _sevens(len(data)) + data


def _sevens(number: int) -> bytes:
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes([*out, number])


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _relations(targets: Mapping[str, str]) -> str:
    each = "".join(
        f'<Relationship Id="rId{i}" Type="{_OFFICE}{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(targets.items(), 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}relationships">{each}</Relationships>'
