"""A closer look at an OpenDocument sheet, cell by cell, in the workbook's child process."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping

from kara_tui.exports.workbook.child.inspection import (
    ERROR,
    FORMULA,
    PERCENT,
    SHOWN,
    Contents,
    Found,
    Merged,
    OddCell,
    is_no_percentage,
    percentage,
)
from kara_tui.exports.workbook.child.package import WorkbookRefused, parse

CONTENT = "content.xml"
_CELLS = ("table:table-cell", "table:covered-table-cell")
# Where a cell's value is written, by its type; a text may stand between its tags alone.
_VALUES = {
    "float": "office:value",
    "currency": "office:value",
    "percentage": "office:value",
    "date": "office:date-value",
    "time": "office:time-value",
    "boolean": "office:boolean-value",
    "string": "office:string-value",
}
# A cell that is not what it seems is not repeated so often in an honest sheet.
_MOST = 1_000_000


def look_into(
    archive: zipfile.ZipFile, sheet: str, header: int, fields: Mapping[int, str]
) -> Found:
    """What stands below the row of the header: cells that are not what they seem, hidden rows,
    contents, merged cells. ``fields`` are the kept ones by their columns, from 0.

    Equal cells and rows are written once with how often they stand there. Comments on cells are
    passed over, and drawings are no part of them.
    """
    troubles: list[OddCell] = []
    hidden: list[int] = []
    merged: list[Merged] = []
    contents = Contents(fields)
    inside = False
    folded: list[bool] = []
    row, rows, column = 1, 0, 0
    cell: dict[str, str] = {}
    columns: range = range(0)
    # How deep the parser is in comments and drawings; the parser takes a drawing's text in.
    aside, drawn = 0, False
    path: list[str] = []
    text = ""

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal inside, row, rows, column, cell, columns, text, aside, drawn
        if tag == "table:table" and not aside:
            inside = attributes.get("table:name") == sheet
            row, rows = 1, 0
        elif not inside:
            return
        elif aside or tag == "office:annotation" or tag.startswith("draw:"):
            aside += 1
            path.append(tag)
        elif tag == "table:table-row-group":
            folded.append(attributes.get("table:display") == "false")
        elif tag == "table:table-row":
            column = 0
            rows = int(attributes.get("table:number-rows-repeated", "1"))
            if any(folded) or attributes.get("table:visibility", "visible") != "visible":
                hidden.extend(range(row, row + min(rows, _MOST)))
        elif tag in _CELLS:
            many = int(attributes.get("table:number-columns-repeated", "1"))
            cell, columns, text, drawn = attributes, range(column, column + many), "", False
            column += many
            high = int(attributes.get("table:number-rows-spanned", "1"))
            wide = int(attributes.get("table:number-columns-spanned", "1"))
            if high > 1 or wide > 1:
                place = columns.start
                merged.append(Merged(row, row + high - 1, place, place + wide - 1))

    def data(piece: str) -> None:
        nonlocal text, drawn
        if aside:
            drawn = drawn or ("office:annotation" not in path and bool(piece.strip()))
        elif len(text) < SHOWN:
            text += piece

    def end(tag: str) -> None:
        nonlocal inside, row, aside
        if aside:
            aside -= 1
            path.pop()
        elif tag == "table:table":
            inside = False
        elif inside and tag == "table:table-row-group":
            folded.pop()
        elif inside and tag == "table:table-row":
            row += rows
        elif inside and tag in _CELLS and row > header:
            known = [field for place, field in fields.items() if place in columns]
            if trouble := _trouble(cell, text):
                take(*trouble, known)
            count(trouble[0] if trouble else "", drawn=drawn)

    def take(kind: str, shown: str, known: list[str]) -> None:
        if kind == PERCENT:
            known = [field for field in known if is_no_percentage(field)]
        if len(troubles) + rows * len(known) > _MOST:
            raise WorkbookRefused("too-large")
        for field in known:
            troubles.extend(OddCell(row + more, field, kind, shown) for more in range(rows))

    def count(trouble: str, *, drawn: bool) -> None:
        if trouble == FORMULA or not (drawn or _has_content(cell, text)):
            return
        if rows > _MOST:
            raise WorkbookRefused("too-large")
        # Where nothing is kept it is enough to know that there is something.
        places = [place for place in columns if place in fields] or [columns.start]
        for more in range(rows):
            for place in places:
                contents.add(row + more, place, 1 + drawn, sure=trouble != ERROR)

    parse(archive, CONTENT, start, data, end)
    return Found(troubles, hidden, contents, merged)


def _trouble(cell: Mapping[str, str], text: str) -> tuple[str, str] | None:
    kind = cell.get("office:value-type", "")
    if cell.get("calcext:value-type") == "error":
        return ERROR, text.strip()[:SHOWN]
    if kind == "percentage":
        return PERCENT, percentage(cell.get("office:value", ""))
    if "table:formula" in cell and not kind and not text.strip():
        return FORMULA, ""
    return None


def _has_content(cell: Mapping[str, str], text: str) -> bool:
    value = cell.get(_VALUES.get(cell.get("office:value-type", ""), ""))
    return bool((text if value is None else value).strip())
