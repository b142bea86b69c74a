"""A large workbook's file made anew, so that calamine goes through a sheet once and not twice.

Whenever python-calamine opens an XLSX sheet it also looks for merged cells, which takes it through
the whole XML a second time: two fifths of its work. It stops where it finds ``mergeCells``, so an
empty one is put in front of the sheet; on its way to the cells it passes over that. The sheet need
not be unpacked for it: the element is a stored block before the packed ones, which stay as they
are (RFC 1951, 3.2.3 and 3.2.4).

That second reading was also what compared the sheet with its checksum, so here that is done beside.
"""

from __future__ import annotations

import io
import re
import struct
import threading
import zipfile
import zlib
from typing import BinaryIO

from kara_tui.exports.workbook.child.xlsx_marks import Marks

# Packed sheets of less are read twice in no time.
LARGE = 1 << 20
# Its comment makes its own CRC-32 zero, so the sheet with it in front has the sheet's.
_MERGED = b"<mergeCells><!--aaeadkcop--></mergeCells>"
# A stored block that is not the last: its kind, its length, and that length's complement.
_BLOCK = struct.pack("<BHH", 0, len(_MERGED), len(_MERGED) ^ 0xFFFF) + _MERGED
# How a sheet begins that has no other encoding than that of the element.
_SHEET = re.compile(
    rb"(?:<\?xml version=[\"']1\.0[\"'](?: encoding=[\"']utf-8[\"'])?"
    rb"(?: standalone=[\"'][a-z]+[\"'])? ?\?>\s*)?<(?:\w+:)?worksheet\b",
    re.IGNORECASE,
)
_HEAD = 512
_CHUNK = 1 << 20
_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
# The greatest size and place that a ZIP file holds without its 64-bit fields.
_MOST = 0xFFFF_FFFE


class ReadOnce:
    """``file`` is what calamine is to read: as it was, or made anew when it has large sheets."""

    def __init__(self, file: BinaryIO, archive: zipfile.ZipFile, *, large: int = LARGE) -> None:
        self.file = file
        self._torn = False
        self._marks: dict[str, Marks] = {}
        self._check: threading.Thread | None = None
        members = archive.infolist()
        sheets = {
            member.header_offset
            for member in members
            if member.file_size >= large
            and member.compress_type == zipfile.ZIP_DEFLATED
            and member.filename.startswith("xl/worksheets/")
        }
        if not sheets or not _is_plain(file, members):
            return
        made, changed = _made_anew(file, members, sheets)
        file.seek(0)
        if changed:
            self.file = made
            # Beside calamine, which lets other threads run.
            self._check = threading.Thread(target=self._compare, args=(archive, changed))
            self._check.start()

    def is_torn(self) -> bool:
        """Whether a sheet that was changed is not what its checksum says; waits for the answer."""
        if self._check is not None:
            self._check.join()
        return self._torn

    def marks(self, member: str) -> Marks | None:
        """What a sheet's XML is marked by, if it was compared; waits for that."""
        if self._check is not None:
            self._check.join()
        return self._marks.get(member)

    def _compare(self, archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
        try:
            for member in members:
                marks = Marks()
                with archive.open(member) as sheet:
                    while piece := sheet.read(_CHUNK):
                        marks.take(piece)
                self._marks[member.filename] = marks
        except Exception:  # noqa: BLE001 - whatever it is, the sheet cannot be read to its end
            self._torn = True


def _is_plain(file: BinaryIO, members: list[zipfile.ZipInfo]) -> bool:
    """Whether 32-bit fields will do, nothing is encrypted, and no two members share their bytes."""
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    return (
        size + len(members) * len(_BLOCK) < _MOST
        and sum(member.compress_size for member in members) <= size
        and all(
            member.file_size + len(_MERGED) < _MOST and not member.flag_bits & 1
            for member in members
        )
    )


def _made_anew(
    file: BinaryIO, members: list[zipfile.ZipInfo], sheets: set[int]
) -> tuple[BinaryIO, list[zipfile.ZipInfo]]:
    """The file with the element in front of ``sheets``, by their places; those that have it."""
    out, directory, changed = io.BytesIO(), [], []
    for member in members:
        file.seek(member.header_offset)
        header = file.read(30)
        name_length, extra_length = struct.unpack("<HH", header[26:30])
        name = file.read(name_length)
        file.seek(extra_length, io.SEEK_CUR)
        content = file.read(member.compress_size)
        size = member.file_size
        front = b""
        if member.header_offset in sheets:
            head = zlib.decompressobj(-zlib.MAX_WBITS).decompress(content[:_HEAD], _HEAD)
            if _SHEET.match(head):
                front, size = _BLOCK, size + len(_MERGED)
                changed.append(member)
        # APPNOTE 4.3.7 and 4.3.12; without times, extra fields and sizes behind the content.
        fields = struct.pack(
            "<5H3L2H",
            20,
            member.flag_bits & 0x800,  # the name is UTF-8
            member.compress_type,
            0,
            0x21,
            member.CRC,
            len(front) + len(content),
            size,
            len(name),
            0,
        )
        directory.append(
            _CENTRAL + struct.pack("<H", 20) + fields + struct.pack("<3H2L", 0, 0, 0, 0, out.tell())
        )
        directory.append(name)
        out.writelines((_LOCAL, fields, name, front, content))
    listed = b"".join(directory)
    end = struct.pack("<4H2LH", 0, 0, len(members), len(members), len(listed), out.tell(), 0)
    out.writelines((listed, _END, end))
    out.seek(0)
    return out, changed
