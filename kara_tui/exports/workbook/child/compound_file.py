"""The file around an old XLS, a compound file (MS-CFB), in the workbook's child process."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BOOKS = ("Workbook".encode("utf-16-le") + b"\0\0", "Book".encode("utf-16-le") + b"\0\0")
_FREE = 0xFFFF_FFFA  # from here on numbers of sectors are signs: free, end of chain…
# No old sheet of 65,536 rows comes to more.
_MOST = 1 << 30


def book_stream(file: BinaryIO, most: int = _MOST) -> bytes:
    """The stream “Workbook” or “Book” of a compound file, as far as so many bytes.

    Raises struct.error or IndexError where the file is torn.
    """
    file.seek(0)
    header = file.read(512)
    if not header.startswith(_OLE):
        return b""
    size = 1 << struct.unpack_from("<H", header, 30)[0]
    [directory] = struct.unpack_from("<I", header, 48)
    smallest, first_mini = struct.unpack_from("<II", header, 56)
    table: list[int] = []
    for place in _sectors_of_the_table(file, header, size):
        table += struct.unpack(f"<{size // 4}I", _sector(file, place, size))
    entries = b"".join(_chain(file, table, directory, size, most))
    root = entries[:128]
    named = {}
    for at in range(0, len(entries) - 127, 128):
        entry = entries[at : at + 128]
        named[entry[: struct.unpack_from("<H", entry, 64)[0]]] = entry
    # A file that Excel 95 is to read too has both, and the first is what others read.
    book = next((named[name] for name in _BOOKS if name in named), None)
    if book is None:
        return b""
    start, length = struct.unpack_from("<II", book, 116)
    if length >= smallest:
        return b"".join(_chain(file, table, start, size, min(length, most)))
    # A small stream lies in the root's, in sectors of 64 bytes with a table of their own.
    minis = b"".join(_chain(file, table, first_mini, size, most))
    links = struct.unpack(f"<{len(minis) // 4}I", minis)
    [start_of_all] = struct.unpack_from("<I", root, 116)
    all_of_them = b"".join(_chain(file, table, start_of_all, size, most))
    return b"".join(all_of_them[place * 64 : place * 64 + 64] for place in _places(links, start))


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
