"""The portal's files become clean sessions. The only room with Polars.

``read`` understands one export, ``months`` counts its sessions by month, ``select`` makes one
month's sessions, ``explain`` tells how the headers were taken, ``write_clean`` copies the file
without its clients. Importing this door loads nothing heavy; the functions do, when called.

The room's small values are named tuples: each frozen dataclass would cost every start, of every
command, another half a millisecond.
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from kara_tui.exports.export import (
    Explained,
    Export,
    ExportKind,
    KeptColumn,
    MonthCount,
    Selected,
    Tally,
    Unreadable,
)
from kara_tui.exports.files.limits import Limits
from kara_tui.model import HowToRead, Month

AS_WRITTEN = HowToRead()
USUAL = Limits()

__all__ = [
    "Explained",
    "Export",
    "ExportKind",
    "KeptColumn",
    "Limits",
    "MonthCount",
    "Selected",
    "Tally",
    "Unreadable",
    "explain",
    "months",
    "read",
    "select",
    "write_clean",
]


def read(
    source: Path | BinaryIO,
    kind: ExportKind,
    how: HowToRead = AS_WRITTEN,
    *,
    limits: Limits = USUAL,
    name: str | None = None,
    month: Month | None = None,
) -> Export:
    """Read an export, CSV or workbook, from a path or from a stream of bytes that is read once.

    Every payment in the file is accounted for. Columns that are no part of an invoice are dropped
    before any value in them is looked at. What is wrong in cells is a finding of the export;
    ``name`` is what the user sees as the file's name. The rows around ``month`` are kept at hand,
    so that ``select`` of that month need not scan a large file again.

    Raises Unreadable when the file as a whole cannot be used, with the reason for the user.
    """
    from kara_tui.exports.reading import read_export

    return read_export(source, kind, how, limits, name, month)


def months(export: Export) -> tuple[MonthCount, ...]:
    """The months that have sessions worth billing, and how many, the newest first.

    Of a paid export these are the Credit payments, of an unpaid one all rows.
    """
    from kara_tui.exports.selection import months_of

    return months_of(export)


def select(export: Export, month: Month) -> Selected:
    """One month's sessions as values, in file order, with tallies of what was left out.

    The month is that of the wall clock: both of its edges belong to it, to the minute. Rows whose
    date or price is the subject of a blocker are in neither.
    """
    from kara_tui.exports.selection import selected

    return selected(export, month)


def explain(
    source: Path | BinaryIO,
    kind: ExportKind,
    how: HowToRead = AS_WRITTEN,
    *,
    limits: Limits = USUAL,
    name: str | None = None,
) -> Explained:
    """How each header of a file was understood, whether it can be used or not. Never raises
    Unreadable: its findings are in what is returned, with those about the cells of its sessions.
    """
    from kara_tui.exports.columns.explaining import explained

    try:
        export = read(source, kind, how, limits=limits, name=name)
    except Unreadable as error:
        return explained(error, kind)
    from kara_tui.exports.selection import changed_words_of

    understood = explained(export, kind)
    return understood._replace(findings=(*understood.findings, *changed_words_of(export)))


def write_clean(export: Export, path: Path) -> None:
    """Write the export with the allowed columns alone, cleaned, as CSV in UTF-8.

    Dates are ISO, amounts have a point, the headers are the portal's, cells that a spreadsheet
    would take for formulas begin with an apostrophe. The file appears whole, readable by its owner
    only, in place of one that is there.

    Raises Unreadable when the export has blockers (a cell that could not be read has no clean
    form), OSError when the file cannot be written.
    """
    from kara_tui.exports.clean_copy import write_copy

    write_copy(export, path)
