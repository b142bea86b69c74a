"""The workbook's parser, a program of its own: it may die, and only allowed columns leave it.

Started as a file and not as a module, so that it imports next to nothing; it reads the workbook
from standard input and its orders from the first argument (JSON), and writes to standard output a
line of JSON about the sheet, one line per payment, and a line of JSON at the end. Cells are parted
by ``\\x1f``. A workbook that makes the parser ask for the whole memory ends this process alone.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import sys
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any
from xml.parsers import expat

JOIN = "\x1f"
NUMBER = "\x01"
# What would break a line of the answer, or forge a mark of its own.
_BREAKS = {**dict.fromkeys(range(32), " "), 127: " "}
# Fields in which an empty cell may be an error or a formula whose value was never stored.
_TYPED = frozenset({"transaction_date", "session_date", "time", "price", "currency", "type"})
_SHOWN = 20
# So many notes are looked for at a sheet's end.
_NOTES = 100
_HEAD = 1 << 20
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class Refused(Exception):
    """The workbook is not read; the argument is the reason's name."""


def main() -> None:
    """Read the orders and the workbook, answer, and say at the end that all was said."""
    orders = json.loads(sys.argv[1])
    _bound(orders)
    out = open(1, "w", encoding="utf-8", newline="\n", buffering=1 << 18, closefd=False)  # noqa: SIM115 - standard output
    try:
        with open(0, "rb", closefd=False) as file:
            _answer(file, orders, out.write)
    except Refused as refused:
        out.write("\n" + json.dumps({"failed": str(refused)}))
    except MemoryError:
        out.write("\n" + json.dumps({"failed": "too-large"}))
    except BaseException as error:  # noqa: BLE001 - a Rust panic is no Exception; the name is enough
        failed = "encrypted" if type(error).__name__ == "PasswordError" else "torn"
        out.write("\n" + json.dumps({"failed": failed}))
    out.flush()
    os._exit(0)


def _bound(orders: dict[str, Any]) -> None:
    try:
        import resource
    except ImportError:  # a system without limits, such as Windows
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core dump would hold client data
    resource.setrlimit(resource.RLIMIT_AS, (orders["memory"], orders["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (orders["seconds"], orders["seconds"] + 1))


def _answer(file: Any, orders: dict[str, Any], write: Callable[[str], object]) -> None:
    package = _Package(file, orders)
    headers = _sibling("headers")
    import python_calamine

    workbook = python_calamine.CalamineWorkbook.from_filelike(file)
    visible = [
        index
        for index, sheet in enumerate(workbook.sheets_metadata)
        if sheet.visible == python_calamine.SheetVisibleEnum.Visible
        and sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
    ]
    best: tuple[int, Any, list[str]] | None = None
    for index in visible:
        sheet = workbook.get_sheet_by_index(index)
        found = _header(sheet, headers, orders)
        if found is not None and (best is None or found[0] > best[0]):
            best = (found[0], sheet, found[1])
    if best is None:
        raise Refused("no-header")
    _, sheet, header = best
    if len(header) > orders["columns"]:
        raise Refused("too-many-columns")
    fields = headers.match(header, orders["keys"], orders["own"])
    kept = sorted((places[0], field) for field, places in fields.items())
    write(json.dumps({"header": header, "epoch_1904": package.counts_from_1904()}))
    write("\n")
    tail = _rows(sheet, header, kept, orders, write)
    left = (sheet.start or (0, 0))[1]
    absolute = {(row, left + place) for row, place in tail.pop("empty")}
    tail["troubles"] = [
        [row, column - left, error] for row, column, error in package.troubles(sheet.name, absolute)
    ]
    write(json.dumps(tail))


def _header(sheet: Any, headers: Any, orders: dict[str, Any]) -> tuple[int, list[str]] | None:
    """(number of known columns, the header row) of a sheet, or None when it has none."""
    first: list[list[str]] = []
    for cells in _cells(sheet):
        texts = [_text(cell) for cell in cells]
        if any(texts):
            first.append(texts)
        if len(first) == headers.HEADER_WITHIN:
            break
    place, found = headers.find_header(first, orders["keys"], orders["own"])
    return (found, first[place]) if found else None


def _cells(sheet: Any) -> Iterator[Sequence[object]]:
    """The sheet's rows from its first one on; columns begin at the first used one."""
    return iter(sheet.iter_rows()) if sheet.height else iter(())


def _rows(
    sheet: Any,
    header: list[str],
    kept: list[tuple[int, str]],
    orders: dict[str, Any],
    write: Callable[[str], object],
) -> dict[str, Any]:
    """Write the payments below the header; count what was written, blank rows and titles."""
    above = blank = count = 0
    empty: list[tuple[int, int]] = []
    first = next(place for place, text in enumerate(header) if text)
    notes: list[int] = []
    asked = [place for place, field in kept if field in _TYPED and field != "time"]
    plans = [(place, _VALUES if field in _TYPED else _TEXTS) for place, field in kept]
    most, longest = orders["rows"], orders["characters"]
    numbered = enumerate(_cells(sheet), 1)
    for _, cells in numbered:
        texts = [_text(cell) for cell in cells]
        if texts == header:
            break
        above += any(texts)
    for row, cells in numbered:
        texts = [to_text[type(cell := cells[place])](cell) for place, to_text in plans]
        if "" in texts:
            if not any(texts) and not any(map(_text, cells)):
                blank += 1
                continue
            if texts.count("") >= len(texts) - 1 and _is_note(cells, first):
                notes.append(row)
            empty += [(row, place) for place in asked if cells[place] == ""]
        line = JOIN.join(texts)
        count += 1
        if count > most:
            raise Refused("too-many-rows")
        if len(line) > longest and any(len(text) > longest for text in texts):
            raise Refused("too-long")
        write(f"{row}{JOIN}{line}\n")
    counts = {"rows": count, "above": above, "blank": blank}
    return {"done": True, **counts, "empty": empty, "notes": notes[-_NOTES:]}


def _is_note(cells: Sequence[object], first: int) -> bool:
    """Whether a row has nothing but a text, at the table's left edge or beyond it."""
    filled = [place for place, cell in enumerate(cells) if _text(cell)]
    [place] = filled if len(filled) == 1 else [-1]
    return 0 <= place <= first and any(map(str.isalpha, _text(cells[place])))


def _text(cell: object) -> str:
    return _TEXTS[type(cell)](cell)


@lru_cache(65_536)
def _number(cell: float) -> str:
    """The shortest decimal that is this double: what was typed into the sheet."""
    text = format(Decimal(repr(cell)), "f")
    return text.removesuffix(".0")


def _string(cell: str) -> str:
    return (cell if cell.isprintable() else cell.translate(_BREAKS)).strip()


def _datetime(cell: datetime) -> str:
    if cell.microsecond:
        # A day's fraction is seldom a whole second in binary; the sheet shows the nearest one.
        cell = (cell + timedelta(microseconds=500_000)).replace(microsecond=0)
    return cell.isoformat(sep=" ")


# What calamine gives, and what becomes of it in a column of texts and in one of dates or amounts.
_TEXTS: dict[type, Callable[[Any], str]] = {
    str: _string,
    bool: lambda cell: "TRUE" if cell else "FALSE",
    float: _number,
    int: _number,
    datetime: _datetime,
    date: date.isoformat,
    time: lambda cell: cell.isoformat(timespec="seconds"),
    timedelta: str,
}
_VALUES = _TEXTS | {
    float: lambda cell: NUMBER + _number(cell),
    int: lambda cell: NUMBER + str(cell),
}


def _sibling(name: str) -> Any:
    """A module beside this file, loaded without its package and all that the package imports."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), f"{name}.py")  # noqa: PTH100, PTH118, PTH120 - pathlib is slow to import
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError(name)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class _Package:
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


if __name__ == "__main__":
    main()
