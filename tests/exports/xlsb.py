"""A binary workbook (XLSB), written by the published format: no library here writes one."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Sequence
from datetime import date, datetime

from .files import Cell

_DAY_0 = datetime(1899, 12, 30)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_TYPES = f"""<Types xmlns="{_PACKAGE}content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/xl/workbook.bin"
 ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>
<Override PartName="/xl/worksheets/sheet1.bin" ContentType="application/vnd.ms-excel.worksheet"/>
</Types>"""


def xlsb(rows: Sequence[Sequence[Cell]], *, epoch_1904: bool = False) -> bytes:
    """The rows in a sheet named Payments; dates are day numbers without a format."""
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
        sheet += _record(0, struct.pack("<IIHHBI", number, 0, 300, 0, 0, 0))  # BrtRowHdr
        sheet += b"".join(_cell(place, value) for place, value in enumerate(cells))
    sheet += _record(146) + _record(130)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("_rels/.rels", _relation("officeDocument", "xl/workbook.bin"))
        package.writestr("xl/workbook.bin", book)
        package.writestr("xl/worksheets/sheet1.bin", sheet)
        sheet_1 = _relation("worksheet", "worksheets/sheet1.bin")
        package.writestr("xl/_rels/workbook.bin.rels", sheet_1)
    return out.getvalue()


def _cell(place: int, value: Cell) -> bytes:
    at = struct.pack("<II", place, 0)
    if isinstance(value, date):
        value = (datetime.fromisoformat(value.isoformat()) - _DAY_0).total_seconds() / 86_400
    if isinstance(value, (int, float)):
        return _record(5, at + struct.pack("<d", value))  # BrtCellReal
    return b"" if value is None else _record(6, at + _wide(value))  # BrtCellSt


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


def _relation(kind: str, target: str) -> str:
    return (
        f'<Relationships xmlns="{_PACKAGE}relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}{kind}" Target="{target}"/></Relationships>'
    )
