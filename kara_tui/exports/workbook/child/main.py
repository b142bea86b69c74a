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
from collections.abc import Callable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

    from kara_tui.exports.workbook.child.inspection import Found, Merged
    from kara_tui.exports.workbook.child.package import Package
    from kara_tui.exports.workbook.child.row_texts import Seen


def main() -> None:
    """Read the orders and the workbook, answer, and say at the end that all was said."""
    orders = json.loads(sys.argv[1])
    _bound(orders)
    gc.disable()  # nothing here goes in circles, and every row is a list to be looked at
    _stand_in_for_the_packages()
    from kara_tui.exports.workbook.child.package import WorkbookRefused

    out = open(1, "wb", closefd=False)  # noqa: SIM115 - standard output
    try:
        with open(0, "rb", closefd=False) as file:
            _answer(file, orders, out.write)
    except WorkbookRefused as refused:
        out.write(b"\n" + json.dumps({"failed": str(refused), **refused.about}).encode())
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
    """Make the modules of this room importable without what its packages' doors import."""
    here = os.path.abspath(__file__)  # noqa: PTH100 - pathlib is slow to import
    exports = here.rsplit(os.sep, 3)[0]
    for name, path in (("kara_tui", os.path.dirname(exports)), ("kara_tui.exports", exports)):  # noqa: PTH120 - as above
        package = type(sys)(name)
        package.__path__ = [path]
        sys.modules[name] = package


def _answer(file: BinaryIO, orders: dict[str, Any], write: Callable[[bytes], object]) -> None:
    from kara_tui.exports.columns.headers import VALUE_FIELDS, match
    from kara_tui.exports.workbook.child.epoch import epoch_of
    from kara_tui.exports.workbook.child.package import Package, WorkbookRefused
    from kara_tui.exports.workbook.child.row_texts import (
        SentColumn,
        beside_totals,
        filled_in,
        write_rows,
    )
    from kara_tui.exports.workbook.child.sheets import choose_sheet, rows_of

    package = Package(file, orders)
    epoch = epoch_of(file, package.zip)
    file.seek(0)
    sheet, header_row, titles, header, others, visible = choose_sheet(file, orders)
    if len(header) > orders["columns"]:
        raise WorkbookRefused("too-many-columns")
    fields = match(header, orders["keys"], orders["own"])
    kept = {field: places[0] for field, places in fields.items()}
    head = {"header": header, "epoch": epoch, "others": others, "visible": visible}
    write(json.dumps(head).encode() + b"\n")
    rows = rows_of(sheet)
    filled = filled_in(list(islice(rows, header_row)))
    seen = write_rows(
        rows,
        header_row + 1,
        sorted(SentColumn(place, field in VALUE_FIELDS) for field, place in kept.items()),
        next(place for place, text in enumerate(header) if text),
        write,
        most=orders["rows"],
        longest=orders["characters"],
    )
    tail = {"done": True, "rows": seen.rows, "above": titles, "notes": seen.notes}
    tail["beside"] = list(beside_totals(seen.latest, kept).items())
    # Ids are numbers in most sheets.
    tail["typed"] = {f: seen.typed[place] for f, place in kept.items() if f != "payment_id"}
    write(json.dumps(tail | _looked(file, package, sheet, kept, header_row, filled, seen)).encode())


def _looked(
    file: BinaryIO,
    package: Package,
    sheet: CalamineSheet,
    kept: dict[str, int],
    header: int,
    above: int,
    seen: Seen,
) -> dict[str, Any]:
    """What a closer look at a sheet found, where it has something to look for.

    ``above`` is how many cells were filled in down to the header.
    """
    from kara_tui.exports.workbook.child.inspection import of_fields
    from kara_tui.exports.workbook.child.sheets import rows_of
    from kara_tui.exports.workbook.child.xlsx_inspection import XlsxInspection, merged_cells

    left = (sheet.start or (0, 0))[1]
    fields = {left + place: field for field, place in kept.items()}
    answer: dict[str, Any] = {"troubles": [], "hidden": [], "differing": [], "checked": True}
    looked_at: Found | None = None
    archive, member = package.zip, package.sheet(sheet.name)
    if archive is not None and member:
        inspection = XlsxInspection(archive, member, header, fields)
        marks = inspection.marks()
        merged: Sequence[Merged] = merged_cells(marks.merged)
        empty = seen.gaps or seen.zeros or marks.last_row > seen.last
        differs = marks.odd or marks.contents != above + seen.filled
        if (
            (marks.formulas_or_errors and empty)
            or differs
            or marks.hidden
            or inspection.has_percents()
        ):
            looked_at = inspection.cell_by_cell()
    else:
        looked_at = _looked_into(file, package, sheet.name, header, fields)
        answer["checked"] = looked_at is not None
        merged = looked_at.merged if looked_at else ()
    if looked_at:
        answer["troubles"], answer["hidden"] = looked_at.troubles, looked_at.hidden
        answer["differing"] = looked_at.contents.differing(rows_of(sheet), left, header)
    return answer | of_fields(merged, header, fields)


def _looked_into(
    file: BinaryIO, package: Package, sheet: str, header: int, fields: dict[int, str]
) -> Found | None:
    """A closer look at a sheet of another form; None when it cannot be looked at."""
    import struct

    from kara_tui.exports.workbook.child.ods_inspection import look_into as look_into_open_document
    from kara_tui.exports.workbook.child.xls_inspection import look_into as look_into_old
    from kara_tui.exports.workbook.child.xlsb_inspection import look_into as look_into_binary

    try:
        if package.zip is None:
            return look_into_old(file, sheet, header, fields)
        if package.is_open_document:
            return look_into_open_document(package.zip, sheet, header, fields)
        return look_into_binary(package.zip, sheet, header, fields)
    except (struct.error, IndexError):
        return None


if __name__ == "__main__":
    main()
