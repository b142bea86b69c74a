"""A closer look at an OpenDocument sheet, cell by cell, in the workbook's child process."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from typing import Any

from kara_tui.exports.workbook_looks import (
    ERROR,
    FORMULA,
    PERCENT,
    Trouble,
    is_no_percentage,
    percentage,
)
from kara_tui.exports.workbook_package import Refused, parser

CONTENT = "content.xml"
_CELLS = ("table:table-cell", "table:covered-table-cell")
_SHOWN = 20
_CHUNK = 1 << 20
# What a sheet that is to be looked into has somewhere.
_MARKS = (b'"error"', b'"percentage"', b'"collapse"', b'"filter"', b"table:formula=")
# A cell that is not what it seems is not repeated so often in an honest sheet.
_MOST = 1_000_000


def look_into(
    archive: zipfile.ZipFile, sheet: str, header: int, left: int, kept: Mapping[str, int]
) -> tuple[list[Trouble], list[int]]:
    """The cells below the row of the header that are not what they seem, and all rows not shown.

    ``left`` is the column, from 0, at which the places of the kept fields begin. Equal cells and
    rows are written once with how often they stand there.
    """
    if not _is_marked(archive):
        return [], []
    fields = {left + place: field for field, place in kept.items()}
    troubles: list[Trouble] = []
    hidden: list[int] = []
    inside = False
    row, rows, column = 1, 0, 0
    cell: dict[str, str] = {}
    columns: range = range(0)
    text = ""

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal inside, row, rows, column, cell, columns, text
        if tag == "table:table":
            inside = attributes.get("table:name") == sheet
            row, rows = 1, 0
        elif not inside:
            return
        elif tag == "table:table-row":
            column = 0
            rows = int(attributes.get("table:number-rows-repeated", "1"))
            if attributes.get("table:visibility", "visible") != "visible":
                hidden.extend(range(row, row + min(rows, _MOST)))
        elif tag in _CELLS:
            many = int(attributes.get("table:number-columns-repeated", "1"))
            cell, columns, text = attributes, range(column, column + many), ""
            column += many

    def data(piece: str) -> None:
        nonlocal text
        if len(text) < _SHOWN:
            text += piece

    def end(tag: str) -> None:
        nonlocal inside, row
        if tag == "table:table":
            inside = False
        elif inside and tag == "table:table-row":
            row += rows
        elif inside and tag in _CELLS and row > header and (found := _trouble(cell, text)):
            take(*found)

    def take(kind: str, shown: str) -> None:
        known = [field for place, field in fields.items() if place in columns]
        if kind == PERCENT:
            known = [field for field in known if is_no_percentage(field)]
        if len(troubles) + rows * len(known) > _MOST:
            raise Refused("too-large")
        for field in known:
            troubles.extend(Trouble(row + more, field, kind, shown) for more in range(rows))

    reader: Any = parser()
    reader.buffer_text = True
    reader.StartElementHandler = start
    reader.CharacterDataHandler = data
    reader.EndElementHandler = end
    with archive.open(CONTENT) as file:
        reader.ParseFile(file)
    return troubles, hidden


def _trouble(cell: Mapping[str, str], text: str) -> tuple[str, str] | None:
    kind = cell.get("office:value-type", "")
    if cell.get("calcext:value-type") == "error":
        return ERROR, text.strip()[:_SHOWN]
    if kind == "percentage":
        return PERCENT, percentage(cell.get("office:value", ""))
    if "table:formula" in cell and not kind and not text.strip():
        return FORMULA, ""
    return None


def _is_marked(archive: zipfile.ZipFile) -> bool:
    end = b""
    with archive.open(CONTENT) as file:
        while piece := file.read(_CHUNK):
            piece = end + piece
            if any(mark in piece for mark in _MARKS):
                return True
            end = piece[-len(max(_MARKS, key=len)) :]
    return False
