"""A closer look at an XLSX sheet, cell by cell, in the workbook's child process."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from kara_tui.exports.workbook_marks import Marks
from kara_tui.exports.workbook_package import parser

# So many characters of an error are taken.
_SHOWN = 20
_TRUE = ("1", "true")
# Longer than the begin of a cell, and how much is read at a time.
_OVERLAP, _CHUNK = 64, 1 << 20
# Number formats that show a percentage: 9 and 10 are built in (ECMA-376 part 1, 18.8.30).
_PERCENT = ("9", "10")
_UNSHOWN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')

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
        price = kept.get("price", -1)
        self._prices = left + price if price >= 0 else -1
        self._percent = _percent_styles(archive) if price >= 0 else frozenset()

    def marks(self) -> Marks:
        """What the sheet's XML is marked by."""
        found = Marks()
        for piece in self._pieces():
            found.take(piece)
        return found

    def has_percents(self) -> bool:
        """Whether a cell in the column of prices shows a percentage."""
        if not self._percent:
            return False
        letters = _letters_of(self._prices).encode()
        # As all programs write it: the cell's place, then its style.
        cell = re.compile(rb" r=[\"']" + letters + rb"[0-9]+[\"'] s=[\"']([0-9]+)[\"']")
        end = b""
        for piece in self._pieces():
            if any(found[1].decode() in self._percent for found in cell.finditer(end + piece)):
                return True
            end = piece[-_OVERLAP:]
        return False

    def cell_by_cell(self) -> tuple[list[Trouble], list[int]]:
        """The cells below the header that are not what they seem, and all rows not shown."""
        troubles: list[Trouble] = []
        hidden: list[int] = []
        row = column = -1
        kind = style = text = inside = ""
        has: set[str] = set()

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal row, column, kind, style, text, inside
            name = tag.rpartition(":")[2]
            if name == "c":
                row, column = _place(attributes.get("r", ""))
                kind, style = attributes.get("t", ""), attributes.get("s", "")
                text = ""
                has.clear()
            elif name in ("f", "v"):
                has.add(name)
                inside = name
            elif name == "row" and attributes.get("hidden") in _TRUE:
                hidden.append(int(attributes.get("r", "0")))

        def data(piece: str) -> None:
            nonlocal text
            if inside == "v":
                text += piece

        def end(tag: str) -> None:
            nonlocal inside
            name = tag.rpartition(":")[2]
            if name in ("f", "v"):
                inside = ""
            elif name == "c" and row > self._header and column in self._fields:
                if kind == "e":
                    found(ERROR, text[:_SHOWN])
                elif "f" in has and not text and not (kind == "str" and "v" in has):
                    # A text that is empty is a value, and stored as one.
                    found(FORMULA, "")
                elif text and self._is_percent(column, style, kind):
                    found(PERCENT, percentage(text))

        def found(what: str, shown: str) -> None:
            troubles.append(Trouble(row, self._fields[column], what, shown))

        reader = parser()
        reader.buffer_text = True
        reader.StartElementHandler = start
        reader.CharacterDataHandler = data
        reader.EndElementHandler = end
        with self._archive.open(self._member) as file:
            reader.ParseFile(file)
        return troubles, hidden

    def _is_percent(self, column: int, style: str, kind: str) -> bool:
        return column == self._prices and style in self._percent and kind in ("", "n")

    def _pieces(self) -> Iterator[bytes]:
        with self._archive.open(self._member) as file:
            while piece := file.read(_CHUNK):
                yield piece


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


def _letters_of(column: int) -> str:
    """The name of a column, counted from 0: A, B… Z, AA…"""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def percentage(number: str) -> str:
    """A stored number as a percentage shows it."""
    try:
        return f"{float(number) * 100:.10g}%"
    except ValueError:
        return "no number %"


def _place(reference: str) -> tuple[int, int]:
    """``C5`` as (5, 2)."""
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(reference[len(letters) :] or 0), column - 1
