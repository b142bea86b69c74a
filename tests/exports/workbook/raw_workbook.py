"""XLSX files out of a sheet's own XML, as programs write them that are no spreadsheet."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from xml.sax.saxutils import escape

from tests.exports.samples import HEADER

USUAL_NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT_NAMESPACE = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
# What a cell's ``s`` stands for: nothing, a date with a time, h:mm, d-mmm, [h]:mm:ss, 0%.
DATE_TIME, TIME, DAY, DURATION, PERCENT = 1, 2, 3, 4, 5
_FORMATS = (0, 164, 20, 165, 46, 9)


def text(value: str) -> str:
    """A cell with an inline text and no address."""
    return f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>'


def number(value: float, style: int = 0) -> str:
    """A cell with a number and no address."""
    return f'<c s="{style}"><v>{value}</v></c>'


def formula(attributes: str = "") -> str:
    """A cell with a formula that nothing has calculated, and no address."""
    return f"<c {attributes}><f>Source!A4</f></c>"


def cells_of(one: Mapping[str, str], **instead: str) -> list[str]:
    """A payment's cells without addresses; ``instead`` are cells by the header's last word."""
    cells = []
    for name in HEADER:
        changed = instead.get(name.split()[-1].lower() if "Email" not in name else name)
        if changed is not None:
            cells.append(changed)
        elif name == "Transaction date":
            days = datetime.fromisoformat(one[name]) - datetime(1899, 12, 30)
            cells.append(number(days.total_seconds() / 86_400, DATE_TIME))
        elif name == "Service Price":
            cells.append(number(float(one[name])))
        else:
            cells.append(text(one[name]))
    return cells


def row_of(cells: Iterable[str], attributes: str = "") -> str:
    """A row without an address."""
    return f"<row {attributes}>{''.join(cells)}</row>"


def header_row() -> str:
    return row_of(map(text, HEADER))


def raw_workbook(
    rows: str,
    *,
    before: str = "",
    behind: str = "",
    book: str = "",
    strings: str = "",
    namespace: str = USUAL_NAMESPACE,
    prefix: str = "",
) -> bytes:
    """A workbook of one sheet; ``before`` and ``behind`` stand around its rows.

    ``book`` is what the workbook says of itself before its sheets, ``strings`` are the items of the
    shared strings. With ``prefix`` every element of the sheet has that one.
    """
    sheet = f"<worksheet>{before}<sheetData>{rows}</sheetData>{behind}</worksheet>"
    declared = f'xmlns="{namespace}"'
    if prefix:
        sheet = sheet.replace("</", "\0").replace("<", f"<{prefix}:")
        sheet = sheet.replace("\0", f"</{prefix}:").replace(f"<{prefix}:!", "<!")
        declared = f'xmlns:{prefix}="{namespace}"'
    sheet = sheet.replace("worksheet>", f"worksheet {declared}>", 1)
    formats = "".join(f'<xf numFmtId="{number}"/>' for number in _FORMATS)
    codes = {164: "yyyy\\-mm\\-dd hh:mm", 165: "d\\-mmm"}
    numbers = "".join(f'<numFmt numFmtId="{i}" formatCode="{code}"/>' for i, code in codes.items())
    relations = [("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")]
    members = {
        "xl/workbook.xml": f'<workbook xmlns="{namespace}" xmlns:r="{_OFFICE}">{book}<sheets>'
        '<sheet name="Payments" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/styles.xml": f'<styleSheet xmlns="{namespace}"><numFmts count="2">{numbers}</numFmts>'
        f'<cellXfs count="{len(_FORMATS)}">{formats}</cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": f'<?xml version="1.0" encoding="UTF-8"?>{sheet}',
    }
    if strings:
        relations.append(("sharedStrings", "sharedStrings.xml"))
        members["xl/sharedStrings.xml"] = f'<sst xmlns="{namespace}">{strings}</sst>'
    members["xl/_rels/workbook.xml.rels"] = _relations(relations)
    members["_rels/.rels"] = _relations([("officeDocument", "xl/workbook.xml")])
    members["[Content_Types].xml"] = (
        f'<Types xmlns="{_PACKAGE}content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_BOOK}"/></Types>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in members.items():
            package.writestr(name, content)
    return out.getvalue()


def _relations(targets: Iterable[tuple[str, str]]) -> str:
    each = "".join(
        f'<Relationship Id="rId{i}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}relationships">{each}</Relationships>'
