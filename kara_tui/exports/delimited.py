"""Text files: their encoding, their separator, their header row, and their records one by one."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kara_tui.exports.cells import clean
from kara_tui.exports.columns import Layout, header_keys, layout, matched, own_keys
from kara_tui.exports.export import ExportKind, HowToRead, Unreadable
from kara_tui.exports.findings import finding
from kara_tui.exports.headers import HEADER_FIELDS_SURE, HEADER_WITHIN, find_header
from kara_tui.exports.limits import Limits
from kara_tui.exports.places import Places
from kara_tui.exports.records import Records
from kara_tui.exports.refusals import (
    SEPARATOR_WORDS,
    nul_bytes,
    quotes_broken,
    too_long,
    too_many_columns,
)
from kara_tui.exports.source import Source
from kara_tui.exports.table import Table
from kara_tui.model import Finding

SEPARATORS = tuple(SEPARATOR_WORDS)

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


class Dialect(NamedTuple):
    """How a text file is written. ``header`` is the header's index among the records that are not
    blank; ``declared`` says that a first line ``sep=;`` names the separator, and ``blanks`` that
    a blank follows each separator and is no part of the cell.
    """

    encoding: str
    separator: str
    header: int
    declared: bool
    blanks: bool = False


def encodings(head: bytes, how: HowToRead) -> tuple[str, ...]:
    """The encodings to try: the one the user named, else by the file's first bytes.

    The first that decodes the whole file is taken.
    """
    if how.encoding:
        return (how.encoding,)
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return (encoding,)
    # UTF-16 without a mark: every other byte of mostly Western text is zero.
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > len(head) // 4 and even <= odd // 4:
        return ("utf-16-le",)
    if even > len(head) // 4 and odd <= even // 4:
        return ("utf-16-be",)
    return ("utf-8", "cp1252")


def sniff(head: bytes, encoding: str, how: HowToRead, name: str) -> Dialect:
    """The dialect by the file's first bytes. Raises Unreadable when no row is a header."""
    text = head.decode(encoding, errors="replace")
    found = dialect_of(text, encoding, how)
    if found is None:
        from kara_tui.exports.unlike import unlike_an_export

        raise Unreadable(unlike_an_export(text, how, name))
    return found


def dialect_of(text: str, encoding: str, how: HowToRead) -> Dialect | None:
    """The dialect of a text by the row that names most columns; None when no row is a header."""
    best: tuple[int, int] | None = None
    dialect: Dialect | None = None
    first = text.split("\n", 1)[0].strip("\r ")
    declared = first.casefold().startswith("sep=") and len(first) == 5
    body = text.partition("\n")[2] if declared else text
    for separator in (first[4],) if declared else SEPARATORS:
        records = _first_records(body, separator, how)
        index, found = find_header(records, header_keys(), own_keys(how))
        if index >= 0:
            cells = records[index]
            score = (found, len(cells))
            if best is None or score > best:
                blanks = all(cell.startswith(" ") for cell in cells[1:])
                best, dialect = score, Dialect(encoding, separator, index, declared, blanks)
            if found >= HEADER_FIELDS_SURE:
                break
    return dialect


def header_of(text: str, how: HowToRead) -> list[str]:
    """The cells of the row that names most columns; none when no row is a header."""
    found = dialect_of(text, "", how)
    if found is None:
        return []
    body = text.partition("\n")[2] if found.declared else text
    return _first_records(body, found.separator, how)[found.header]


def is_an_export(head: bytes, how: HowToRead) -> bool:
    """Whether a text that begins so has a row that names the columns."""
    for encoding in filter(_is_known, encodings(head, how)):
        try:
            text = codecs.getincrementaldecoder(encoding)().decode(head)
        except UnicodeError:
            continue
        if dialect_of(text, encoding, how) is not None:
            return True
    return False


def _first_records(text: str, separator: str, how: HowToRead) -> list[list[str]]:
    records: list[list[str]] = []
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            cells = [clean(cell) for cell in record]
            if any(cells):
                # A blank before every cell is a habit of the file, and not yet taken away.
                records.append(
                    [
                        " " * cell.startswith(" ") + text
                        for cell, text in zip(record, cells, strict=True)
                    ]
                )
                # A header is seldom far down: do not split and clean the whole head for it.
                if len(records) == HEADER_WITHIN or (
                    len(matched(cells, how)) >= HEADER_FIELDS_SURE
                ):
                    break
    except csv.Error:
        pass  # whatever is wrong there is named when the file itself is split
    return records


def no_header(name: str) -> Finding:
    """The finding for a file in which no row names the export's columns."""
    return finding(
        "header-missing",
        f"No row near the top of {name} names the columns of a payments export.",
        "In the portal choose Payments, then Export, and tick Sponsor, Transaction date, Service "
        "Name, Service Price, Service Currency, Professional Name, Professional Email and Type.",
        source=name,
    )


def read_delimited(source: Source, kind: ExportKind, how: HowToRead, limits: Limits) -> Records:
    """Split a text file record by record. Every record is a title, the header, blank, a payment or
    a footer; one that is none of these is named in Unreadable, never padded and never skipped.
    """
    head = source.head()
    tried = encodings(head, how)
    for encoding in tried:
        if not _is_known(encoding):
            break
        try:
            codecs.getincrementaldecoder(encoding)().decode(head)
            dialect = sniff(head, encoding, how, source.name)
            records = _read(source, dialect, kind, how, limits)
        except UnicodeError:
            if encoding == "utf-8" and _has_utf8_letters(head):
                break
        except Unreadable as error:
            if encoding == tried[0]:
                raise
            from kara_tui.exports.unlike import with_encoding

            raise with_encoding(error, head, kind, how, source.name) from None
        else:
            records.guessed = encoding if encoding != tried[0] else ""
            return records
    raise Unreadable(
        finding(
            "encoding-unknown",
            f"The characters of {source.name} are in no encoding that can be told.",
            "Open it in a spreadsheet and save it as CSV UTF-8, or name its encoding in the "
            'profile under [reading], for example: encoding = "mac-roman"',
            source=source.name,
        )
    )


def _is_known(encoding: str) -> bool:
    try:
        "".encode(encoding)
    except (LookupError, ValueError):
        return False
    return True


def _has_utf8_letters(head: bytes) -> bool:
    """Whether a file that is not UTF-8 as a whole has letters that are.

    Such a file is damaged; read as cp1252 every one of its letters would come out wrong. Text in
    cp1252 next to never has two letters in a row that make one in UTF-8.
    """
    return not head.decode("utf-8", errors="ignore").isascii()


def _read(
    source: Source, dialect: Dialect, kind: ExportKind, how: HowToRead, limits: Limits
) -> Records:
    source.file.seek(0)
    text = io.TextIOWrapper(source.file, dialect.encoding, errors="strict", newline="")
    lines = _Lines(text, source.name, limits)
    try:
        return _split(lines, dialect, kind, how, limits)
    except Unreadable as error:
        error.findings = lines.places.said(error.findings)
        raise
    finally:
        text.detach()


class _Lines:
    """The file's lines, numbered as an editor does, the lines of the record at hand kept.

    ``row`` is that record's row, as a spreadsheet numbers it.
    """

    def __init__(self, text: Iterable[str], name: str, limits: Limits) -> None:
        self._text = text
        self.name = name
        self._longest = limits.columns * 4 + limits.cell_characters * 4
        self.number = 0
        self.row = 1
        self.places = Places()
        self.of_record: list[str] = []

    def __iter__(self) -> Iterator[str]:
        for line in self._text:
            self.number += 1
            if "\0" in line:
                raise Unreadable(nul_bytes(self.row, self.number, self.name))
            if len(line) > self._longest:
                raise Unreadable(too_long(self.name, self.row, "line"))
            self.of_record.append(line)
            yield line


def _split(
    lines: _Lines, dialect: Dialect, kind: ExportKind, how: HowToRead, limits: Limits
) -> Records:
    numbered = iter(lines)
    if dialect.declared:
        next(numbered)
        lines.row += 1
    reader = csv.reader(
        numbered, delimiter=dialect.separator, skipinitialspace=dialect.blanks, strict=True
    )
    table: Table | None = None
    titles = 0
    lines.of_record.clear()
    try:
        for cells in reader:
            physical, begun = lines.of_record, lines.row
            lines.of_record, lines.row = [], begun + 1
            lines.places.add(begun + 1, lines.number + 1)
            if not any(cells) or not any(map(clean, cells)):
                if table is not None:
                    table.skip_blank()
            elif table is not None:
                table.take(begun, cells, physical)
            elif titles < dialect.header:
                titles += 1
            else:
                found = _header(cells, kind, how, limits, lines.name)
                table = Table(found, titles, dialect.separator, limits, lines.name)
    except csv.Error:
        raise Unreadable(quotes_broken(lines.row, lines.name)) from None
    if table is None:
        raise Unreadable(no_header(lines.name))
    records = table.end()
    records.places = lines.places
    return records


def _header(
    cells: list[str], kind: ExportKind, how: HowToRead, limits: Limits, name: str
) -> Layout:
    if len(cells) > limits.columns:
        raise Unreadable(too_many_columns(name, limits))
    return layout([clean(cell) for cell in cells], kind, how, name)
