"""The file's bytes: opened once, looked at for what they are, and hashed."""

from __future__ import annotations

import hashlib
import os
import tempfile
from enum import Enum
from pathlib import Path
from stat import S_ISREG
from typing import BinaryIO, NamedTuple, cast

from kara_tui.exports.cells.cleaning import clean
from kara_tui.exports.export import Unreadable
from kara_tui.exports.files.limits import Limits
from kara_tui.exports.findings import finding
from kara_tui.model import Finding

HEAD_BYTES = 65_536
_CHUNK = 1 << 20
_NAME_CHARACTERS = 80


class Content(Enum):
    """What a file is by its first bytes, whatever its name says."""

    TEXT = "text"
    ZIP = "zip"
    WORKBOOK = "workbook"


# Kinds of file that people pick by mistake, by their first bytes from a place on.
_OTHER_KINDS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF", "a PDF document"),
    (0, b"\x1f\x8b", "a gzip archive"),
    (0, b"BZh", "a bzip2 archive"),
    (0, b"\xfd7zXZ", "an xz archive"),
    (0, b"7z\xbc\xaf", "a 7-Zip archive"),
    (0, b"Rar!", "a RAR archive"),
    (0, b"\x89PNG", "a picture"),
    (0, b"\xff\xd8\xff", "a picture"),
    (0, b"GIF8", "a picture"),
    (8, b"WEBP", "a picture"),
    (4, b"ftyp", "a picture or a film"),
    (0, b"{\\rtf", "a text document (RTF)"),
    (0, b"SQLite format 3", "a database"),
)
# The same for texts, in lower case and without white space.
_OTHER_TEXTS: tuple[tuple[bytes, str], ...] = (
    (b"<!doctypehtml", "a web page"),
    (b"<html", "a web page"),
    (b"<head", "a web page"),
    (b"<meta", "a web page"),
    (b"<table", "a web page's table"),
    (b"mime-version:", "a web page or a mail"),
    (b"<?xml", "an XML file"),
    (b"{", "a JSON file"),
    (b"[{", "a JSON file"),
)
_BEGINNING = 256


class Source(NamedTuple):
    """An open file: its name as shown, its size in bytes, and a path to the very same bytes.

    ``path`` is empty when the bytes are only in ``file``.
    """

    name: str
    file: BinaryIO
    size: int
    path: str

    def head(self) -> bytes:
        """The first HEAD_BYTES bytes."""
        self.file.seek(0)
        return self.file.read(HEAD_BYTES)


def shown_name(name: str) -> str:
    """A file's name fit to be shown: cleaned and cut."""
    cleaned = clean(name)
    return cleaned if len(cleaned) <= _NAME_CHARACTERS else cleaned[: _NAME_CHARACTERS - 1] + "…"


def open_source(source: Path | BinaryIO, name: str | None, limits: Limits) -> Source:
    """Open a path, or take over a stream that is read once (standard input, a pipe).

    A stream is kept in memory up to a bound, beyond it in a temporary file that has no name.
    Raises Unreadable when there is nothing to read, or too much.
    """
    if not isinstance(source, Path):
        return _spooled(source, shown_name(name or "standard input"), limits)
    shown = shown_name(name or source.name)
    try:
        # pathlib alone opens it: no globs, no URLs, no packing guessed from the name.
        file = source.open("rb")
    except FileNotFoundError:
        raise Unreadable(
            finding("file-missing", f"There is no file {shown}.", "Check its name.", source=shown)
        ) from None
    except IsADirectoryError:
        raise Unreadable(
            finding(
                "file-is-a-folder",
                f"{shown} is a folder.",
                "Name the export inside it.",
                source=shown,
            )
        ) from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise Unreadable(not_readable(shown, error)) from None
    try:
        status = os.fstat(file.fileno())
        if S_ISREG(status.st_mode):
            path = str(source.absolute())
            # A name that is no text cannot be handed to a scan; the open file still can be read.
            known = path if path.isprintable() else ""
            return _checked(Source(shown, file, status.st_size, known), limits)
        with file:
            return _spooled(file, shown, limits)
    except BaseException:
        file.close()
        raise


def not_readable(name: str, error: Exception) -> Finding:
    """The finding for a file that the system does not let us read."""
    reason = (error.strerror if isinstance(error, OSError) else "") or "the system gives no reason"
    return finding(
        "file-not-readable",
        f"{name} cannot be read: {reason}.",
        "Check that the file is yours and that its disk is there.",
        source=name,
    )


def _spooled(stream: BinaryIO, name: str, limits: Limits) -> Source:
    # SpooledTemporaryFile's file on disk has mode 0600 and no name from the start.
    spool = cast("BinaryIO", tempfile.SpooledTemporaryFile(limits.spool_bytes))  # noqa: SIM115 - closed with the Source
    try:
        size = 0
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            spool.write(chunk)
            if size > limits.file_bytes:
                break
        return _checked(Source(name, spool, size, ""), limits)
    except BaseException:
        spool.close()
        raise


def _checked(source: Source, limits: Limits) -> Source:
    if source.size == 0:
        raise Unreadable(
            finding(
                "file-empty",
                f"{source.name} is empty.",
                "Export the payments from the portal again.",
                source=source.name,
            )
        )
    if source.size > limits.file_bytes:
        raise Unreadable(_too_large(source.name, limits))
    return source


def _too_large(name: str, limits: Limits) -> Finding:
    return finding(
        "file-too-large",
        f"{name} is larger than {limits.file_bytes} bytes.",
        "Export fewer months at a time, or raise file_bytes under [reading.limits] in the profile.",
        source=name,
    )


def digest(source: Source) -> str:
    """The SHA-256 of the whole file, in hex."""
    source.file.seek(0)
    return _sha256(source.file)


def digest_by_path(path: str) -> str:
    """The same of the file at a path, so that others may read the open one meanwhile."""
    with Path(path).open("rb") as file:
        return _sha256(file)


def _sha256(file: BinaryIO) -> str:
    hashed = hashlib.sha256()
    while chunk := file.read(_CHUNK):
        hashed.update(chunk)
    return hashed.hexdigest()


def content_of(source: Source) -> Content:
    """What the file is by its first bytes. Raises Unreadable for kinds that are no export."""
    content = content_in(source.head())
    if isinstance(content, str):
        raise Unreadable(not_an_export(source.name, content))
    return content


def content_in(head: bytes) -> Content | str:
    """What a file with these first bytes is; a few words for what is no export."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Content.ZIP
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return Content.WORKBOOK
    for at, magic, kind in _OTHER_KINDS:
        if head[at:].startswith(magic):
            return kind
    # Without byte order marks, white space and the zeros of UTF-16.
    begin = head[:_BEGINNING].lower().replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    start = b"".join(begin.split())
    return next((kind for magic, kind in _OTHER_TEXTS if start.startswith(magic)), Content.TEXT)


def not_an_export(name: str, kind: str, hint: str = "") -> Finding:
    """The finding for a file that is something else, in a few words."""
    return finding(
        "not-an-export",
        f"{name} is {kind}, not an export.",
        hint or "Export the payments from the portal as CSV or XLSX and name that file.",
        source=name,
    )
