"""A ZIP file with one export in it, as mail programs and portals pack a download."""

from __future__ import annotations

import tempfile
import zipfile
import zlib
from typing import BinaryIO, cast

from kara_tui.exports.export import Unreadable
from kara_tui.exports.findings import finding
from kara_tui.exports.limits import Limits
from kara_tui.exports.source import Source
from kara_tui.model import Finding

_CHUNK = 1 << 20
# Names that stand at the beginning of every workbook's package.
_OF_A_WORKBOOK = (b"[Content_Types].xml", b"_rels/", b"xl/", b"mimetypeapplication/vnd.oasis")


def is_workbook(head: bytes) -> bool:
    """Whether a ZIP's first bytes are those of a workbook's package."""
    return any(name in head for name in _OF_A_WORKBOOK)


def unpacked(source: Source, limits: Limits) -> Source:
    """The one file in an archive, unpacked within the limits.

    Raises Unreadable when there is none, or more than one, or when it is packed too tightly to be
    honest or with a password.
    """
    source.file.seek(0)
    try:
        with zipfile.ZipFile(source.file) as archive:
            members = [m for m in archive.infolist() if _is_a_file(m)]
            if len(members) != 1 or members[0].flag_bits & 1:
                raise Unreadable(_unclear(source.name, len(members)))
            [member] = members
            if member.file_size > max(member.compress_size, 1) * limits.unpacked_ratio + _CHUNK:
                raise Unreadable(_too_large(source.name))
            with archive.open(member) as packed:
                return _spooled(cast("BinaryIO", packed), source.name, limits)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError):
        raise Unreadable(
            finding(
                "workbook-torn",
                f"{source.name} is damaged: it cannot be unpacked.",
                "Export the payments again.",
                source=source.name,
            )
        ) from None


def _is_a_file(member: zipfile.ZipInfo) -> bool:
    # A Mac packs its own notes beside each file.
    hidden = member.filename.startswith("__MACOSX/") or "/." in f"/{member.filename}"
    return not member.is_dir() and not hidden


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


def _unclear(name: str, members: int) -> Finding:
    what = {0: "holds no file", 1: "is protected with a password"}.get(
        members, f"holds {members} files, and only one can be meant"
    )
    return finding(
        "archive-unclear",
        f"The ZIP file {name} {what}.",
        "Unpack it and name the export itself.",
        source=name,
    )


def _too_large(name: str) -> Finding:
    return finding(
        "file-too-large",
        f"What is packed in {name} is larger than any export.",
        "Unpack it and look at what is inside.",
        source=name,
    )
