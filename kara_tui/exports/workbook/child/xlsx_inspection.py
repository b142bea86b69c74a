"""A closer look at an XLSX sheet, cell by cell, in the workbook's child process."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping

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
from kara_tui.exports.workbook.child.number_formats import BUILT_IN_PERCENT, shows_percentage
from kara_tui.exports.workbook.child.package import parse
from kara_tui.exports.workbook.child.xlsx_marks import XlsxMarks

_TRUE = ("1", "true")
# Longer than a style's attribute, and how much is read at a time.
_OVERLAP, _CHUNK = 64, 1 << 20
_STRINGS = "strings.xml"


class XlsxInspection:
    """An XLSX sheet's member, the row of its header, the kept fields by their columns from 0."""

    def __init__(
        self,
        archive: zipfile.ZipFile,
        member: str,
        header: int,
        fields: Mapping[int, str],
    ) -> None:
        self._archive, self._member, self._header = archive, member, header
        self._fields = fields
        self._percent = _percent_styles(archive)

    def marks(self) -> XlsxMarks:
        """What the sheet's XML is marked by."""
        marks = XlsxMarks()
        for piece in self._pieces():
            marks.take(piece)
        return marks

    def has_percents(self) -> bool:
        """Whether a cell may show a percentage."""
        if not self._percent:
            return False
        style = re.compile(rb"\ss=[\"'](?:%s)[\"']" % "|".join(self._percent).encode())
        end = b""
        for piece in self._pieces():
            if style.search(end + piece):
                return True
            end = piece[-_OVERLAP:]
        return False

    def cell_by_cell(self) -> Found:
        """What stands below the header: cells that are not what they seem, hidden rows, contents.

        Rows and cells without an address are the next ones (ECMA-376 part 1, 18.3.1.4 and 73).
        """
        troubles: list[OddCell] = []
        hidden: list[int] = []
        contents = Contents(self._fields)
        blanks: frozenset[str] | None = None
        row = column = 0
        before = -1
        shown_without_height = True
        kind = style = text = inside = ""
        pieces = 1
        has: set[str] = set()

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal row, column, before, shown_without_height, kind, style, text, inside, pieces
            name = tag.rpartition(":")[2]
            if name == "c":
                column = before + 1
                if place := attributes.get("r"):
                    row, column = _place(place)
                before = column
                kind, style = attributes.get("t", "n"), attributes.get("s", "")
                text, pieces = "", 1
                has.clear()
            elif name == "row":
                row, before = int(attributes.get("r", row + 1)), -1
                height = attributes.get("ht")
                unseen = _is_nothing(height) if height else not shown_without_height
                if attributes.get("hidden") in _TRUE or unseen:
                    hidden.append(row)
            elif name in ("f", "v", "t", "rPh"):
                has.add(name)
                inside = name
            elif name == "sheetFormatPr":
                shown_without_height = attributes.get("zeroHeight") not in _TRUE

        def data(piece: str) -> None:
            nonlocal text
            if inside == "v" or (inside == "t" and "rPh" not in has):
                text += piece

        def comment(_: str) -> None:
            # The parser takes what is behind it for the whole.
            nonlocal pieces
            pieces += inside in ("v", "t")

        def end(tag: str) -> None:
            nonlocal inside, blanks
            name = tag.rpartition(":")[2]
            if name in ("f", "v", "t"):
                inside = ""
            elif name == "c" and row > self._header:
                if kind == "s" and blanks is None:
                    blanks = _blank_strings(self._archive)
                if kind == "e":
                    found(ERROR, text[:SHOWN])
                elif "f" in has and not text and not (kind == "str" and "v" in has):
                    # A text that is empty is a value, and stored as one.
                    found(FORMULA, "")
                elif text.strip() and not (kind == "s" and blanks and text.strip() in blanks):
                    contents.add(row, column, pieces)
                    if "f" in has and text == "0" and kind == "n":
                        # What a program stores that does not calculate.
                        found(FORMULA, "")
                    elif self._is_percent(column, style, kind):
                        found(PERCENT, percentage(text))

        def found(what: str, shown: str) -> None:
            if column in self._fields:
                troubles.append(OddCell(row, self._fields[column], what, shown))

        parse(self._archive, self._member, start, data, end, comment)
        return Found(troubles, hidden, contents, ())

    def _is_percent(self, column: int, style: str, kind: str) -> bool:
        field = self._fields.get(column, "")
        return kind == "n" and style in self._percent and is_no_percentage(field)

    def _pieces(self) -> Iterator[bytes]:
        with self._archive.open(self._member) as file:
            while piece := file.read(_CHUNK):
                yield piece


def _blank_strings(archive: zipfile.ZipFile) -> frozenset[str]:
    """The numbers of the shared strings that are empty: cells that have one have no content."""
    names = archive.namelist()
    member = next((name for name in names if name.lower().endswith(_STRINGS)), "")
    if not member:
        return frozenset()
    blanks: list[str] = []
    number = 0
    inside = False
    text = ""

    def start(tag: str, _: dict[str, str]) -> None:
        nonlocal inside, text
        name = tag.rpartition(":")[2]
        if name == "si":
            text = ""
        inside = name == "t"

    def data(piece: str) -> None:
        nonlocal text
        if inside and not text:
            text = piece.strip()

    def end(tag: str) -> None:
        nonlocal inside, number
        name = tag.rpartition(":")[2]
        inside = False
        if name == "si":
            if not text:
                blanks.append(str(number))
            number += 1

    parse(archive, member, start, data, end)
    return frozenset(blanks)


def _percent_styles(archive: zipfile.ZipFile) -> frozenset[str]:
    """The cell styles, by their numbers, under which a number is shown as a percentage."""
    if "xl/styles.xml" not in archive.namelist():
        return frozenset()
    with archive.open("xl/styles.xml") as file:
        if b"%" not in (content := file.read(1 << 20)) and not re.search(
            rb"numFmtId=[\"'](?:9|10)[\"']", content
        ):
            return frozenset()
    formats = set(map(str, BUILT_IN_PERCENT))
    styles: list[str] = []
    within = ""

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal within
        name = tag.rpartition(":")[2]
        if name == "numFmt" and shows_percentage(attributes.get("formatCode", "")):
            formats.add(attributes.get("numFmtId", ""))
        elif name in ("cellXfs", "cellStyleXfs"):
            within = name
        elif name == "xf" and within == "cellXfs":
            styles.append(attributes.get("numFmtId", ""))

    parse(archive, "xl/styles.xml", start)
    return frozenset(str(place) for place, known in enumerate(styles) if known in formats)


def _is_nothing(height: str) -> bool:
    try:
        return float(height) == 0
    except ValueError:
        return False


def merged_cells(references: Iterable[bytes]) -> list[Merged]:
    """``A2:A4`` and its like as the cells that they are."""
    cells = []
    for reference in references:
        first, _, last = reference.decode().partition(":")
        (top, left), (bottom, right) = _place(first), _place(last)
        cells.append(Merged(top, bottom, left, right))
    return cells


def _place(reference: str) -> tuple[int, int]:
    """``C5`` as (5, 2)."""
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return int(reference[len(letters) :] or 0), column - 1
