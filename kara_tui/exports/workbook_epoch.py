"""The day from which a workbook counts its days, in its child process: calamine does not tell it.

Only numbers need it that no format calls a date; those that one does come out as dates. The same
records of an old XLS tell that the others are encrypted.
"""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from kara_tui.exports.workbook_package import Refused

# Day 0 of nearly all, and that of workbooks that old Macintoshes began.
USUAL = "1899-12-30"
FROM_1904 = "1904-01-01"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BOOKS = ("Workbook".encode("utf-16-le") + b"\0\0", "Book".encode("utf-16-le") + b"\0\0")
_FREE = 0xFFFF_FFFA  # from here on numbers of sectors are signs: free, end of chain…
# Records of a workbook's begin (MS-XLS 2.3): the flag, the end of its globals, and the one behind
# which all others are encrypted.
_DATE_1904, _EOF, _FILE_PASS = 0x0022, 0x000A, 0x002F
_GLOBALS = 8 << 20
_CHUNK = 1 << 20
_NULL_DATE = re.compile(rb"null-date\b[^>]*date-value\s*=\s*[\"'](\d{4}-\d\d-\d\d)")


def epoch_of(file: BinaryIO, archive: zipfile.ZipFile | None) -> str:
    """Day 0 as an ISO date, by the flags of XLSX, XLSB, XLS or ODS.

    Raises Refused for an XLS that is protected with a password.
    """
    if archive is None:
        return FROM_1904 if _old_book_counts_from_1904(file) else USUAL
    names = archive.namelist()
    if "xl/workbook.bin" in names:
        with archive.open("xl/workbook.bin") as book:
            return FROM_1904 if _binary_book_counts_from_1904(book.read(_CHUNK)) else USUAL
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


def _old_book_counts_from_1904(file: BinaryIO) -> bool:
    """The Date1904 record among an XLS's globals; calamine says whether the file is whole."""
    try:
        book = _book_stream(file)
    except (struct.error, IndexError):
        return False
    at = 0
    while at + 4 <= len(book):
        kind, size = struct.unpack_from("<HH", book, at)
        if kind == _FILE_PASS:
            raise Refused("encrypted")
        if kind == _DATE_1904 and size >= 2:
            return book[at + 4 : at + 6] == b"\x01\x00"
        if kind == _EOF:
            break
        at += 4 + size
    return False


def _book_stream(file: BinaryIO) -> bytes:
    """The begin of the stream “Workbook” or “Book” of a compound file (MS-CFB)."""
    header = file.read(512)
    if not header.startswith(_OLE):
        return b""
    size = 1 << struct.unpack_from("<H", header, 30)[0]
    [directory] = struct.unpack_from("<I", header, 48)
    smallest, first_mini = struct.unpack_from("<II", header, 56)
    table: list[int] = []
    for place in _sectors_of_the_table(file, header, size):
        table += struct.unpack(f"<{size // 4}I", _sector(file, place, size))
    entries = b"".join(_chain(file, table, directory, size, _GLOBALS))
    root = entries[:128]
    for at in range(0, len(entries) - 127, 128):
        entry = entries[at : at + 128]
        if entry[: struct.unpack_from("<H", entry, 64)[0]] in _BOOKS:
            start, length = struct.unpack_from("<II", entry, 116)
            if length >= smallest:
                return b"".join(_chain(file, table, start, size, min(length, _GLOBALS)))
            # A small stream lies in the root's, in sectors of 64 bytes with a table of their own.
            minis = b"".join(_chain(file, table, first_mini, size, _GLOBALS))
            links = struct.unpack(f"<{len(minis) // 4}I", minis)
            [start_of_all] = struct.unpack_from("<I", root, 116)
            all_of_them = b"".join(_chain(file, table, start_of_all, size, _GLOBALS))
            return b"".join(
                all_of_them[place * 64 : place * 64 + 64] for place in _places(links, start)
            )
    return b""


def _sectors_of_the_table(file: BinaryIO, header: bytes, size: int) -> Iterator[int]:
    """Where the table of sectors lies: 109 places in the header, more in sectors of their own."""
    yield from (place for place in struct.unpack_from("<109I", header, 76) if place < _FREE)
    [following] = struct.unpack_from("<I", header, 68)
    for _ in range(4096):
        if following >= _FREE:
            return
        *places, following = struct.unpack(f"<{size // 4}I", _sector(file, following, size))
        yield from (place for place in places if place < _FREE)


def _sector(file: BinaryIO, place: int, size: int) -> bytes:
    file.seek((place + 1) * size)
    return file.read(size)


def _places(table: list[int] | tuple[int, ...], start: int) -> Iterator[int]:
    for _ in range(len(table)):  # a chain that bites its tail ends too
        if start >= _FREE:
            return
        yield start
        start = table[start]


def _chain(file: BinaryIO, table: list[int], start: int, size: int, most: int) -> Iterator[bytes]:
    for count, place in enumerate(_places(table, start)):
        if count * size >= most:
            return
        yield _sector(file, place, size)
