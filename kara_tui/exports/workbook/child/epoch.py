"""The day from which a workbook counts its days, in its child process: calamine does not tell it.

Only numbers need it that no format calls a date; those that one does come out as dates. The same
records of an old XLS tell that the others are encrypted.
"""

from __future__ import annotations

import re
import struct
import zipfile
from contextlib import suppress
from typing import BinaryIO

from kara_tui.exports.workbook.child.package import WorkbookRefused

# Day 0 of nearly all, and that of workbooks that old Macintoshes began.
USUAL = "1899-12-30"
FROM_1904 = "1904-01-01"

# Records of a workbook's begin (MS-XLS 2.3): the flag, the end of its globals, and the one behind
# which all others are encrypted.
_DATE_1904, _EOF, _FILE_PASS = 0x0022, 0x000A, 0x002F
_BOOK = 153  # an XLSB's BrtWbProp
_GLOBALS = 8 << 20
_CHUNK = 1 << 20
_NULL_DATE = re.compile(rb"null-date\b[^>]*date-value\s*=\s*[\"'](\d{4}-\d\d-\d\d)")


def epoch_of(file: BinaryIO, archive: zipfile.ZipFile | None) -> str:
    """Day 0 as an ISO date, by the flags of XLSX, XLSB, XLS or ODS.

    Raises WorkbookRefused for an XLS that is protected with a password.
    """
    if archive is None:
        return FROM_1904 if _old_book_counts_from_1904(file) else USUAL
    names = archive.namelist()
    if "xl/workbook.bin" in names:
        return FROM_1904 if _binary_book_counts_from_1904(archive) else USUAL
    if "xl/workbook.xml" in names:
        with archive.open("xl/workbook.xml") as book:
            flag = re.search(rb"date1904\s*=\s*[\"'](?:1|true)", book.read(_CHUNK))
            return FROM_1904 if flag else USUAL
    return _null_date(archive) if "content.xml" in names else USUAL


def _null_date(archive: zipfile.ZipFile) -> str:
    """What an OpenDocument sheet says of itself before its first table (ODF's table:null-date)."""
    with archive.open("content.xml") as content:
        end = b""
        while piece := content.read(_CHUNK):
            before, table, _ = (end + piece).partition(b"<table:table ")
            if found := _NULL_DATE.search(before):
                return found[1].decode()
            if table:
                break
            end = piece[-200:]
    return USUAL


def _binary_book_counts_from_1904(archive: zipfile.ZipFile) -> bool:
    """The first flag of an XLSB's BrtWbProp (MS-XLSB)."""
    from kara_tui.exports.workbook.child.xlsb_inspection import records

    with suppress(IndexError):  # calamine says whether the file is whole
        return any(
            data[0] & 1 for kind, data in records(archive, "xl/workbook.bin") if kind == _BOOK
        )
    return False


def _old_book_counts_from_1904(file: BinaryIO) -> bool:
    """The Date1904 record among an XLS's globals."""
    from kara_tui.exports.workbook.child.compound_file import book_stream
    from kara_tui.exports.workbook.child.xls_inspection import records

    with suppress(struct.error, IndexError):  # as above
        for kind, data in records(book_stream(file, _GLOBALS), 0):
            if kind == _FILE_PASS:
                raise WorkbookRefused("encrypted")
            if kind == _DATE_1904:
                return data[:2] == b"\x01\x00"
            if kind == _EOF:
                break
    return False
