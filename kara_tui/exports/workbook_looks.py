"""A closer look at an XLSX sheet, cell by cell, in the workbook's child process."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from kara_tui.exports.headers import TEXT_FIELDS
from kara_tui.exports.workbook_marks import Marks
from kara_tui.exports.workbook_package import parser

# So many characters of an error are taken.
_SHOWN = 20
_TRUE = ("1", "true")
# Longer than a style's attribute, and how much is read at a time.
_OVERLAP, _CHUNK = 64, 1 << 20
# Number formats that show a percentage: 9 and 10 are built in (ECMA-376 part 1, 18.8.30).
_PERCENT = ("9", "10")
_UNSHOWN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_STRINGS = "xl/sharedstrings.xml"

ERROR, FORMULA, PERCENT = "error", "formula", "percent"


class Trouble(NamedTuple):
    """A cell that is not what it seems: its row, its field, and what is in it.

    ``kind`` is ERROR with the error's name, FORMULA for one without a stored value, or PERCENT
    with the percentage that is shown.
    """

    row: int
    field: str
    kind: str
    text: str


class Contents:
    """How many cells have a content, row by row: those of kept columns, and whether any has one.

    Counted in the sheet's XML, and compared with what the parser made of it.
    """

    def __init__(self, columns: Container[int]) -> None:
        self._columns = columns
        self._rows: dict[int, int] = {}

    def add(self, row: int, column: int, cells: int = 1) -> None:
        """Count a cell that has a content."""
        kept = 2 * cells if column in self._columns else 0
        self._rows[row] = (self._rows.get(row, 0) | 1) + kept

    def differing(self, given: Iterator[Sequence[object]], left: int, header: int) -> list[int]:
        """The rows below the header of which the parser gave more cells or fewer.

        ``given`` are its rows from the sheet's first on, whose cells begin at the column ``left``.
        """
        rest = {row: cells for row, cells in self._rows.items() if row > header}
        found = []
        for row, cells in enumerate(given, 1):
            if row <= header:
                continue
            filled = [left + at for at, cell in enumerate(cells) if _has_content(cell)]
            kept = sum(at in self._columns for at in filled)
            if rest.pop(row, 0) != 2 * kept + bool(filled):
                found.append(row)
        return sorted([*found, *rest])


def _has_content(cell: object) -> bool:
    return cell != "" and not (isinstance(cell, str) and cell.isspace())


class Found(NamedTuple):
    """The cells that are not what they seem, the rows not shown, and the cells with a content."""

    troubles: list[Trouble]
    hidden: list[int]
    contents: Contents


class Look:
    """An XLSX sheet's member, the row of its header, the columns of its kept fields.

    ``left`` is the column, from 0, at which the places of fields begin.
    """

    def __init__(
        self,
        archive: zipfile.ZipFile,
        member: str,
        header: int,
        left: int,
        kept: Mapping[str, int],
    ) -> None:
        self._archive, self._member, self._header = archive, member, header
        self._fields = {left + place: field for field, place in kept.items()}
        self._percent = _percent_styles(archive)

    def marks(self) -> Marks:
        """What the sheet's XML is marked by."""
        found = Marks()
        for piece in self._pieces():
            found.take(piece)
        return found

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
        troubles: list[Trouble] = []
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
                    found(ERROR, text[:_SHOWN])
                elif "f" in has and not text and not (kind == "str" and "v" in has):
                    # A text that is empty is a value, and stored as one.
                    found(FORMULA, "")
                elif text.strip() and not (kind == "s" and blanks and text.strip() in blanks):
                    contents.add(row, column, pieces)
                    if self._is_percent(column, style, kind):
                        found(PERCENT, percentage(text))

        def found(what: str, shown: str) -> None:
            if column in self._fields:
                troubles.append(Trouble(row, self._fields[column], what, shown))

        reader = parser()
        reader.buffer_text = True
        reader.StartElementHandler = start
        reader.CharacterDataHandler = data
        reader.EndElementHandler = end
        reader.CommentHandler = comment
        with self._archive.open(self._member) as file:
            reader.ParseFile(file)
        return Found(troubles, hidden, contents)

    def _is_percent(self, column: int, style: str, kind: str) -> bool:
        field = self._fields.get(column, "")
        return kind == "n" and style in self._percent and is_no_percentage(field)

    def _pieces(self) -> Iterator[bytes]:
        with self._archive.open(self._member) as file:
            while piece := file.read(_CHUNK):
                yield piece


def _blank_strings(archive: zipfile.ZipFile) -> frozenset[str]:
    """The numbers of the shared strings that are empty: cells that have one have no content."""
    member = next((name for name in archive.namelist() if name.lower() == _STRINGS), "")
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

    reader = parser()
    reader.StartElementHandler = start
    reader.CharacterDataHandler = data
    reader.EndElementHandler = end
    with archive.open(member) as file:
        reader.ParseFile(file)
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
    formats = set(_PERCENT)
    styles: list[str] = []
    within = ""

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal within
        name = tag.rpartition(":")[2]
        if name == "numFmt" and "%" in _UNSHOWN.sub("", attributes.get("formatCode", "")):
            formats.add(attributes.get("numFmtId", ""))
        elif name in ("cellXfs", "cellStyleXfs"):
            within = name
        elif name == "xf" and within == "cellXfs":
            styles.append(attributes.get("numFmtId", ""))

    reader: Any = parser()
    reader.StartElementHandler = start
    with archive.open("xl/styles.xml") as file:
        reader.ParseFile(file)
    return frozenset(str(place) for place, known in enumerate(styles) if known in formats)


def is_no_percentage(field: str) -> bool:
    """Whether a percentage where this field stands is not what is meant: an amount, a name."""
    return field == "price" or field in TEXT_FIELDS


def percentage(number: str) -> str:
    """A stored number as a percentage shows it."""
    try:
        return f"{float(number) * 100:.10g}%"
    except ValueError:
        return "no number %"


def _is_nothing(height: str) -> bool:
    try:
        return float(height) == 0
    except ValueError:
        return False


def _place(reference: str) -> tuple[int, int]:
    """``C5`` as (5, 2)."""
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return int(reference[len(letters) :] or 0), column - 1
