"""The file around a workbook, in its child process: whether it may be opened, and what calamine
does not tell of it.
"""

from __future__ import annotations

import re
import zipfile
from typing import Any

# So many characters of an error are taken.
_SHOWN = 20
_HEAD = 1 << 20
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class Refused(Exception):
    """The workbook is not read; the argument is the reason's name."""


class Package:
    """The ZIP around XLSX, XLSB and ODS: its directory's sizes, and what calamine does not tell."""

    def __init__(self, file: Any, orders: dict[str, Any]) -> None:
        self.zip: zipfile.ZipFile | None = None
        content = file.read(_HEAD)
        file.seek(0)
        if not content.startswith(b"PK"):
            # An encrypted XLSX is an OLE file whose directory names the package (MS-OFFCRYPTO).
            while content:
                if _ENCRYPTED in content:
                    raise Refused("encrypted")
                content = file.read(_HEAD)
            file.seek(0)
            return
        self.zip = zipfile.ZipFile(file)
        members = self.zip.infolist()
        unpacked = sum(member.file_size for member in members)
        packed = sum(member.compress_size for member in members)
        if (
            len(members) > orders["members"]
            or unpacked > orders["unpacked"]
            or unpacked > max(packed, 1) * orders["ratio"] + (1 << 20)
        ):
            raise Refused("too-large")
        file.seek(0)

    def counts_from_1904(self) -> bool:
        """Whether day numbers count from 1904, as in workbooks of old Macintoshes."""
        if self.zip is None:
            return False
        if "xl/workbook.bin" in self.zip.namelist():
            with self.zip.open("xl/workbook.bin") as file:
                return _binary_book_counts_from_1904(file.read(1 << 20))
        if "xl/workbook.xml" not in self.zip.namelist():
            return False
        with self.zip.open("xl/workbook.xml") as file:
            return re.search(rb"date1904\s*=\s*[\"'](?:1|true)", file.read(1 << 20)) is not None

    def troubles(self, sheet: str, empty: set[tuple[int, int]]) -> list[tuple[int, int, str]]:
        """Of cells that came out empty: (row, column, error), where the error is "" for a formula
        without a stored value. Columns count from 0. Only XLSX can be looked into.
        """
        if self.zip is None or not empty:
            return []
        member = self._member(sheet)
        return _troubles_in(self.zip, member, empty) if member else []

    def _member(self, sheet: str) -> str:
        if self.zip is None or "xl/_rels/workbook.xml.rels" not in self.zip.namelist():
            return ""
        ids: dict[str, str] = {}
        targets: dict[str, str] = {}

        def on_sheet(tag: str, attributes: dict[str, str]) -> None:
            if tag.endswith("sheet") and attributes.get("name") == sheet:
                ids[sheet] = next((v for k, v in attributes.items() if k.endswith(":id")), "")

        def on_relation(tag: str, attributes: dict[str, str]) -> None:
            if tag.endswith("Relationship"):
                targets[attributes.get("Id", "")] = attributes.get("Target", "")

        for path, handler in (
            ("xl/workbook.xml", on_sheet),
            ("xl/_rels/workbook.xml.rels", on_relation),
        ):
            parser = _parser()
            parser.StartElementHandler = handler
            with self.zip.open(path) as file:
                parser.ParseFile(file)
        target = targets.get(ids.get(sheet, ""), "")
        path = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        return path if path in self.zip.namelist() else ""


def _troubles_in(
    archive: zipfile.ZipFile, member: str, empty: set[tuple[int, int]]
) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    cell: dict[str, Any] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "c":
            cell.clear()
            cell.update(at=_place(attributes.get("r", "")), type=attributes.get("t", ""), text="")
        elif cell and name in ("f", "v"):
            cell[name] = True
            cell["inside"] = name

    def text(data: str) -> None:
        if cell and cell.get("inside") == "v":
            cell["text"] += data[:_SHOWN]

    def end(tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name in ("f", "v"):
            cell.pop("inside", None)
        elif name == "c" and cell:
            if cell["at"] in empty:
                if cell["type"] == "e":
                    found.append((*cell["at"], cell["text"][:_SHOWN] or "error"))
                elif "f" in cell and not cell["text"]:
                    found.append((*cell["at"], ""))
            cell.clear()

    parser = _parser()
    parser.StartElementHandler = start
    parser.CharacterDataHandler = text
    parser.EndElementHandler = end
    with archive.open(member) as file:
        parser.ParseFile(file)
    return found


def _binary_book_counts_from_1904(book: bytes) -> bool:
    """The first flag of an XLSB's BrtWbProp (MS-XLSB)."""
    at = 0

    def number() -> int:
        nonlocal at
        value = 0
        for place in range(4):  # seven bits a byte, the lowest first (2.1.4)
            value |= (book[at] & 127) << 7 * place
            at += 1
            if book[at - 1] < 128:
                break
        return value

    while at < len(book) - 2:
        kind, size = number(), number()
        if kind == 153:
            return bool(book[at] & 1)
        at += size
    return False


def _parser() -> Any:
    from xml.parsers import expat

    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise Refused("torn")  # no workbook declares a document type; entity bombs do

    parser.StartDoctypeDeclHandler = refuse
    return parser


def _place(reference: str) -> tuple[int, int]:
    """``C5`` as (5, 2)."""
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(reference[len(letters) :] or 0), column - 1
