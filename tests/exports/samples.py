"""Files to read, written in the tests: each shape says where in the field it comes from."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import openpyxl

from kara_tui.exports import Export, ExportKind, Limits, Unreadable, read, select
from kara_tui.model import Finding, HowToRead, Month, Session

OCTOBER = Month(2026, 10)

# The boxes of the portal's Export screen, in the words of its help article.
HEADER = (
    "Transaction date",
    "Client Name",
    "Client Email",
    "Service Name",
    "Service Price",
    "Service Currency",
    "Type",
    "Sponsor",
    "Professional Name",
    "Professional Email",
)
USUAL = {
    "Transaction date": "2026-10-14 14:30",
    "Client Name": "Klara Sentinel",
    "Client Email": "klara.sentinel@example.com",
    "Service Name": "Individual session 50 min",
    "Service Price": "65.00",
    "Service Currency": "EUR",
    "Type": "Credit",
    "Sponsor": "Blue Heron Insurance",
    "Professional Name": "Þóra Ægisdóttir",
    "Professional Email": "thora@example.is",
}
Cell = str | int | float | date | datetime | None


def row(**changes: str) -> dict[str, str]:
    """A usual payment with some cells changed; names as ``price``, ``date``, ``type``…"""
    names = {
        "date": "Transaction date",
        "service": "Service Name",
        "price": "Service Price",
        "currency": "Service Currency",
        "type": "Type",
        "sponsor": "Sponsor",
        "professional": "Professional Name",
        "email": "Professional Email",
        "client": "Client Name",
    }
    return USUAL | {names[name]: value for name, value in changes.items()}


def as_csv(
    rows: Iterable[Mapping[str, str]],
    header: Sequence[str] = HEADER,
    separator: str = ",",
    line_end: str = "\n",
) -> str:
    """The rows as CSV text with the header's columns."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator=line_end)
    writer.writerow(header)
    writer.writerows([[one.get(name, "") for name in header] for one in rows])
    return out.getvalue()


def read_bytes(
    data: bytes,
    kind: ExportKind = ExportKind.PAID,
    how: HowToRead = HowToRead(),  # noqa: B008 - a frozen value
    limits: Limits = Limits(),  # noqa: B008 - a frozen value
    name: str = "payments.csv",
) -> Export:
    return read(io.BytesIO(data), kind, how, limits=limits, name=name)


def read_text(text: str, how: HowToRead = HowToRead()) -> Export:  # noqa: B008 - a frozen value
    return read_bytes(text.encode(), how=how)


def read_rows(*rows: Mapping[str, str], how: HowToRead = HowToRead()) -> Export:  # noqa: B008
    return read_text(as_csv(rows), how)


def read_large(
    folder: Path,
    data: bytes,
    how: HowToRead = HowToRead(),  # noqa: B008 - a frozen value
    month: Month | None = None,
    **limits: int,
) -> Export:
    """The file read as a large one is, however small it is."""
    path = folder / "payments.csv"
    path.write_bytes(data)
    within = replace(Limits(careful_bytes=0), **limits)
    return read(path, ExportKind.PAID, how, limits=within, month=month)


def sessions(export: Export, month: Month = OCTOBER) -> tuple[Session, ...]:
    return select(export, month).sessions


def prices(export: Export) -> list[int]:
    return [session.price.minor for session in sessions(export)]


def codes(export: Export | Unreadable) -> set[str]:
    return {finding.code for finding in export.findings}


def blockers(export: Export) -> set[str]:
    return {finding.code for finding in export.findings if finding.is_blocker}


def the(export: Export | Unreadable, code: str) -> Finding:
    [found] = [finding for finding in export.findings if finding.code == code]
    return found


def refused(data: bytes, limits: Limits = Limits(), name: str = "payments.csv") -> Unreadable:  # noqa: B008
    """The exception for a file that cannot be read."""
    try:
        export = read_bytes(data, limits=limits, name=name)
    except Unreadable as error:
        return error
    raise AssertionError(f"it was read: {export.findings}")


def workbook(
    rows: Sequence[Sequence[Cell]],
    *,
    sheet: str = "Payments",
    top: int = 1,
    left: int = 1,
    others: Mapping[str, Sequence[Sequence[Cell]]] | None = None,
    hidden: Sequence[str] = (),
    edit: Mapping[str, Cell] | None = None,
) -> bytes:
    """An XLSX as openpyxl writes it, its table from (top, left) on; ``edit`` sets cells last."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, content in {**(others or {}), sheet: rows}.items():
        page = book.create_sheet(name)
        at = (top, left) if name == sheet else (1, 1)
        for i, cells in enumerate(content):
            for j, value in enumerate(cells):
                page.cell(at[0] + i, at[1] + j, value)
        if name in hidden:
            page.sheet_state = "hidden"
    for place, value in (edit or {}).items():
        book[sheet][place] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(data: bytes, changes: Mapping[str, tuple[bytes, bytes]]) -> bytes:
    """A workbook with text in its members replaced: {member: (old, new)}."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for item in old.infolist():
            content = old.read(item)
            if item.filename in changes:
                before, after = changes[item.filename]
                assert before in content
                content = content.replace(before, after)
            new.writestr(item, content)
    return out.getvalue()


def table(*rows: Mapping[str, str]) -> list[list[Cell]]:
    """A header and rows as a workbook holds them: dates and prices typed."""
    out: list[list[Cell]] = [list(HEADER)]
    for one in rows:
        cells: list[Cell] = []
        for name in HEADER:
            text = one[name]
            if name == "Transaction date":
                cells.append(datetime.fromisoformat(text))
            elif name == "Service Price":
                cells.append(float(text))
            else:
                cells.append(text)
        out.append(cells)
    return out
