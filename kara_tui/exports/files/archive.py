"""A ZIP file with one export in it, as mail programs and portals pack a download."""

from __future__ import annotations

import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from kara_tui.exports.export import Unreadable
from kara_tui.exports.files.limits import Limits
from kara_tui.exports.files.source import HEAD_BYTES, Content, Source, content_in, not_an_export
from kara_tui.exports.findings import finding
from kara_tui.model import Finding

_CHUNK = 1 << 20
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, RuntimeError
)  # fmt: skip
# An archive with more files than this is no download of an export.
_MOST_FILES = 100
# A directory of more bytes is left to the workbook's child process, whose memory is bounded.
_LONGEST_DIRECTORY = 4 << 20
_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xlsb", ".ods"})


def is_workbook(source: Source) -> bool:
    """Whether a ZIP file is a workbook's package, by the names in its directory.

    Where the directory cannot be read, the first bytes decide. Raises Unreadable for the documents
    of other programs, which are ZIP files too.
    """
    head = source.head()
    by_its_beginning = b"[Content_Types].xml" in head or b"mimetypeapplication/vnd.oasis" in head
    if not 0 < _directory_bytes(source) <= _LONGEST_DIRECTORY:
        return by_its_beginning
    try:
        source.file.seek(0)
        with zipfile.ZipFile(source.file) as archive:
            names = archive.namelist()
            kind = archive.read("mimetype") if "mimetype" in names else b""
    except _DAMAGED:
        return by_its_beginning
    if "[Content_Types].xml" in names:
        for folder, what in (("word/", "a Word document"), ("ppt/", "a PowerPoint presentation")):
            if any(name.startswith(folder) for name in names):
                raise Unreadable(not_an_export(source.name, what))
        return True
    if any(name.endswith(".iwa") for name in names):
        raise Unreadable(
            not_an_export(
                source.name,
                "a document of Numbers, Pages or Keynote",
                "Use the portal's own file; or in Numbers choose File, Export To, CSV.",
            )
        )
    if kind and b"opendocument.spreadsheet" not in kind:
        raise Unreadable(not_an_export(source.name, "another program's document"))
    return bool(kind) or not {"xl/workbook.xml", "xl/workbook.bin"}.isdisjoint(names)


def _directory_bytes(source: Source) -> int:
    """How many bytes a ZIP file's directory has, by its end record (APPNOTE 4.3.16); 0: none."""
    source.file.seek(max(source.size - 65_557, 0))
    record = source.file.read().rpartition(b"PK\x05\x06")[2]
    return int(struct.unpack_from("<I", record, 8)[0]) if len(record) >= 18 else 0


def unpacked(source: Source, is_an_export: Callable[[bytes], bool], limits: Limits) -> Source:
    """The one export in an archive, unpacked within the limits; what can be none is passed over.

    ``is_an_export`` says of a text's first bytes whether a row names the columns.

    Raises Unreadable when there is none, or more than one, or when it is packed too tightly to be
    honest or with a password.
    """
    source.file.seek(0)
    try:
        with zipfile.ZipFile(source.file) as archive:
            member = _the_export(archive, source.name, is_an_export)
            if member.file_size > max(member.compress_size, 1) * limits.unpacked_ratio + _CHUNK:
                raise Unreadable(_too_large(source.name))
            with archive.open(member) as packed:
                return _spooled(cast("BinaryIO", packed), source.name, limits)
    except _DAMAGED:
        raise Unreadable(
            finding(
                "workbook-torn",
                f"{source.name} is damaged: it cannot be unpacked.",
                "Export the payments again.",
                source=source.name,
            )
        ) from None


def _the_export(
    archive: zipfile.ZipFile, name: str, is_an_export: Callable[[bytes], bool]
) -> zipfile.ZipInfo:
    members = [member for member in archive.infolist() if _is_a_file(member)]
    if any(member.flag_bits & 1 for member in members):
        raise Unreadable(
            unclear(name, "is protected with a password", "Unpack it with the password")
        )
    if not 0 < len(members) <= _MOST_FILES:
        raise Unreadable(unclear(name, f"holds {len(members) or 'no'} files"))
    if len(members) == 1:
        return members[0]
    exports = [member for member in members if _may_be_an_export(archive, member, is_an_export)]
    if len(exports) == 1:
        return exports[0]
    what = f"holds {len(members)} files, and none of them is an export"
    if exports:
        what = f"holds {len(exports)} exports, and only one can be meant"
    raise Unreadable(unclear(name, what))


def _is_a_file(member: zipfile.ZipInfo) -> bool:
    # A Mac packs its own notes beside each file.
    parts = PurePosixPath(member.filename).parts
    hidden = "__MACOSX" in parts or any(part.strip(".") != part.rstrip(".") for part in parts)
    return not member.is_dir() and not hidden


def _may_be_an_export(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, is_an_export: Callable[[bytes], bool]
) -> bool:
    """Whether a member is an export by its first bytes; a packed workbook is known by its name."""
    with archive.open(member) as packed:
        head = packed.read(HEAD_BYTES)
    content = content_in(head)
    if content is Content.TEXT:
        return is_an_export(head)
    if content is Content.ZIP:
        return PurePosixPath(member.filename).suffix.casefold() in _WORKBOOKS
    return content is Content.WORKBOOK


def _spooled(packed: BinaryIO, name: str, limits: Limits) -> Source:
    spool = cast("BinaryIO", tempfile.SpooledTemporaryFile(limits.spool_bytes))  # noqa: SIM115 - closed with the Source
    try:
        size = 0
        while chunk := packed.read(_CHUNK):
            size += len(chunk)
            if size > min(limits.unpacked_bytes, limits.file_bytes):
                raise Unreadable(_too_large(name))  # noqa: TRY301 - the spool is closed on the way
            spool.write(chunk)
        return Source(name, spool, size, "")
    except BaseException:
        spool.close()
        raise


def unclear(name: str, what: str, first: str = "Unpack it") -> Finding:
    """The finding for an archive in which the one export cannot be told."""
    return finding(
        "archive-unclear",
        f"The ZIP file {name} {what}.",
        f"{first} and name the export itself.",
        source=name,
    )


def _too_large(name: str) -> Finding:
    return finding(
        "file-too-large",
        f"What is packed in {name} is larger than any export.",
        "Unpack it and look at what is inside.",
        source=name,
    )
