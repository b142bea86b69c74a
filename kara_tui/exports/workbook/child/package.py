"""The file around a workbook, in its child process: whether it may be opened, and which part of it
is a sheet.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from typing import Any

_HEAD = 1 << 20
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MANIFEST = "META-INF/manifest.xml"
_SHEETS = "xl/worksheets/"


class WorkbookRefused(Exception):
    """The workbook is not read: a reason's name, and what else is to be said."""

    def __init__(self, reason: str, **about: object) -> None:
        super().__init__(reason)
        self.about = about


class Package:
    """The ZIP around XLSX, XLSB and ODS; of others ``zip`` is None.

    Raises WorkbookRefused for what is protected with a password, or unfolds to more than is
    granted.
    """

    def __init__(self, file: Any, orders: dict[str, Any]) -> None:
        self.zip: zipfile.ZipFile | None = None
        # Whoever looked at the file before has left it anywhere, and its place is shared.
        file.seek(0)
        content = file.read(_HEAD)
        file.seek(0)
        if not content.startswith(b"PK"):
            # An encrypted XLSX is an OLE file whose directory names the package (MS-OFFCRYPTO).
            while content:
                if _ENCRYPTED in content:
                    raise WorkbookRefused("encrypted")
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
            raise WorkbookRefused("too-large")
        if _MANIFEST in self.zip.namelist():
            with self.zip.open(_MANIFEST) as manifest:
                # An encrypted OpenDocument file says so of each part.
                if b"encryption-data" in manifest.read(_HEAD):
                    raise WorkbookRefused("encrypted")
        file.seek(0)

    @property
    def is_open_document(self) -> bool:
        """Whether this is an ODS file."""
        return self.zip is not None and "content.xml" in self.zip.namelist()

    def sheet(self, name: str) -> str:
        """The member that is an XLSX's sheet of this name; empty for other kinds of workbooks."""
        if self.zip is None or "xl/_rels/workbook.xml.rels" not in self.zip.namelist():
            return ""
        sheets = [known for known in self.zip.namelist() if known.startswith(_SHEETS)]
        only = [known for known in sheets if known.endswith(".xml")]
        return only[0] if len(sheets) == len(only) == 1 else self._related(name)

    def _related(self, sheet: str) -> str:
        assert self.zip is not None  # noqa: S101 - its caller asked
        relation = ""

        def on_sheet(tag: str, attributes: dict[str, str]) -> None:
            nonlocal relation
            if tag.endswith("sheet") and attributes.get("name") == sheet:
                relation = next((v for k, v in attributes.items() if k.endswith(":id")), "")

        parse(self.zip, "xl/workbook.xml", on_sheet)
        path = related(self.zip, "xl/_rels/workbook.xml.rels", relation)
        # Not all programs keep to one case, and calamine does not mind.
        names = {name.lower(): name for name in self.zip.namelist()}
        return names.get(path.lower(), "")


def related(archive: zipfile.ZipFile, relations: str, relation: str) -> str:
    """The path that a relation of the workbook's names, whether there is such a part or not."""
    targets: dict[str, str] = {}

    def on_relation(tag: str, attributes: dict[str, str]) -> None:
        if tag.endswith("Relationship"):
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    parse(archive, relations, on_relation)
    target = targets.get(relation, "")
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def parse(
    archive: zipfile.ZipFile,
    member: str,
    start: Callable[[str, dict[str, str]], None],
    data: Callable[[str], None] | None = None,
    end: Callable[[str], None] | None = None,
    comment: Callable[[str], None] | None = None,
) -> None:
    """Go through a part's XML, and unfold no entities."""
    from xml.parsers import expat

    def refuse(*_: object) -> None:
        raise WorkbookRefused("torn")  # no workbook declares a document type; entity bombs do

    reader: Any = expat.ParserCreate()
    reader.buffer_text = True
    reader.StartDoctypeDeclHandler = refuse
    reader.StartElementHandler = start
    reader.CharacterDataHandler = data
    reader.EndElementHandler = end
    reader.CommentHandler = comment
    with archive.open(member) as file:
        reader.ParseFile(file)
