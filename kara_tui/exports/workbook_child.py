"""The workbook's parser, a program of its own: it may die, and only allowed columns leave it.

Started as a file and not as a module, so that it imports next to nothing; it reads the workbook
from standard input and its orders from the first argument (JSON), and writes to standard output a
line of JSON about the sheet, one line per payment, and at the end JSON without a line's end. Cells
are parted by ``\\x1f``. A workbook that makes the parser ask for the whole memory ends this process
alone.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

# Fields of dates and amounts, and the others in which an empty cell is asked about.
_VALUES = frozenset({"transaction_date", "session_date", "time", "price", "currency", "type"})


def main() -> None:
    """Read the orders and the workbook, answer, and say at the end that all was said."""
    orders = json.loads(sys.argv[1])
    _bound(orders)
    gc.disable()  # nothing here goes in circles, and every row is a list to be looked at
    _stand_in_for_the_packages()
    from kara_tui.exports.workbook_package import Refused

    out = open(1, "wb", closefd=False)  # noqa: SIM115 - standard output
    try:
        with open(0, "rb", closefd=False) as file:
            _answer(file, orders, out.write)
    except Refused as refused:
        out.write(b"\n" + json.dumps({"failed": str(refused)}).encode())
    except MemoryError:
        out.write(b"\n" + json.dumps({"failed": "too-large"}).encode())
    except BaseException as error:  # noqa: BLE001 - a Rust panic is no Exception; the name is enough
        failed = "encrypted" if type(error).__name__ == "PasswordError" else "torn"
        out.write(b"\n" + json.dumps({"failed": failed}).encode())
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


def _stand_in_for_the_packages() -> None:
    """Make the modules beside this file importable without what their packages import."""
    folder = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120 - pathlib is slow to import
    for name, path in (("kara_tui", os.path.dirname(folder)), ("kara_tui.exports", folder)):  # noqa: PTH120 - as above
        package = type(sys)(name)
        package.__path__ = [path]
        sys.modules[name] = package


def _answer(file: BinaryIO, orders: dict[str, Any], write: Callable[[bytes], object]) -> None:
    from kara_tui.exports.headers import match
    from kara_tui.exports.workbook_once import ReadOnce
    from kara_tui.exports.workbook_package import Package, Refused
    from kara_tui.exports.workbook_rows import Kept, text_of, write_rows

    package = Package(file, orders)
    once = ReadOnce(file, package.zip) if package.zip is not None else None
    sheet, header = _sheet(once.file if once else file, orders)
    if len(header) > orders["columns"]:
        raise Refused("too-many-columns")
    fields = match(header, orders["keys"], orders["own"])
    kept = sorted((places[0], field) for field, places in fields.items())
    said = {"header": header, "epoch_1904": package.counts_from_1904()}
    write(json.dumps(said).encode() + b"\n")
    rows = _rows(sheet)
    at, above = 1, 0
    for cells in rows:
        at += 1
        texts = [text_of(cell) for cell in cells]
        if texts == header:
            break
        above += any(texts)
    seen = write_rows(
        rows,
        at,
        [Kept(place, field in _VALUES, field in _VALUES - {"time"}) for place, field in kept],
        next(place for place, text in enumerate(header) if text),
        write,
        most=orders["rows"],
        longest=orders["characters"],
    )
    if once and once.is_torn():
        raise Refused("torn")
    left = (sheet.start or (0, 0))[1]
    absolute = {(row, left + place) for row, place in seen.empty}
    troubles = [
        [row, column - left, error] for row, column, error in package.troubles(sheet.name, absolute)
    ]
    counts = {"rows": seen.rows, "above": above, "blank": seen.blank, "notes": seen.notes}
    write(json.dumps({"done": True, **counts, "troubles": troubles}).encode())


def _sheet(file: BinaryIO, orders: dict[str, Any]) -> tuple[CalamineSheet, list[str]]:
    """The visible sheet whose header row names most columns, the first of several; that row."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    from kara_tui.exports.headers import HEADER_WITHIN, find_header
    from kara_tui.exports.workbook_package import Refused
    from kara_tui.exports.workbook_rows import text_of

    workbook = CalamineWorkbook.from_filelike(file)
    most = 0
    best: tuple[CalamineSheet, list[str]] | None = None
    for index, known in enumerate(workbook.sheets_metadata):
        if known.visible != SheetVisibleEnum.Visible or known.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_index(index)
        first: list[list[str]] = []
        for cells in _rows(sheet):
            texts = [text_of(cell) for cell in cells]
            if any(texts):
                first.append(texts)
            if len(first) == HEADER_WITHIN:
                break
        place, found = find_header(first, orders["keys"], orders["own"])
        if found > most:
            most, best = found, (sheet, first[place])
    if best is None:
        raise Refused("no-header")
    return best


def _rows(sheet: CalamineSheet) -> Iterator[Sequence[object]]:
    """The sheet's rows from its first one on; columns begin at the first used one."""
    return iter(sheet.iter_rows()) if sheet.height else iter(())


if __name__ == "__main__":
    main()
