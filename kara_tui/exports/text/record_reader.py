"""Text files: their encoding, their separator, their header row, and their records one by one."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from kara_tui.exports.cells.cleaning import clean
from kara_tui.exports.columns.grown_together import grown_together
from kara_tui.exports.columns.layout import ColumnLayout, layout, no_header
from kara_tui.exports.export import ExportKind, Unreadable
from kara_tui.exports.files.limits import Limits
from kara_tui.exports.files.source import Source
from kara_tui.exports.findings import finding
from kara_tui.exports.line_numbers import LineNumbers
from kara_tui.exports.rows.below_table import looks_like_a_payment
from kara_tui.exports.text.dialects import Dialect, Record, dialect_of, joined_header
from kara_tui.exports.text.encodings import LOST_BYTE, encodings, never_guessed
from kara_tui.exports.text.errors import (
    names_grown_together,
    nul_bytes,
    payments_above,
    quotes_broken,
    too_long,
    too_many_columns,
)
from kara_tui.exports.text.record_judge import RecordJudge
from kara_tui.exports.text.records import Records
from kara_tui.model import HowToRead

# Findings about records that may be written in another way than the header tells, and the size
# up to which a file is read again to find out.
_OF_RECORDS = frozenset({"records-ragged", "records-swallowed", "quotes-broken"})
_READ_AGAIN = 64 << 20
# Signs that some programs put around cells in place of quotation marks.
_OTHER_QUOTES = ("'", "`", "´", "|", "$", "~")


def sniff(head: bytes, encoding: str, how: HowToRead, name: str) -> Dialect:
    """The dialect by the file's first bytes. Raises Unreadable when no row is a header."""
    text = head.decode(encoding, errors="replace")
    dialect = dialect_of(text, encoding, how)
    if dialect is None:
        from kara_tui.exports.text.header_missing import unlike_an_export

        raise Unreadable(unlike_an_export(text, how, name))
    return dialect


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


def read_records(source: Source, kind: ExportKind, how: HowToRead, limits: Limits) -> Records:
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
            if encoding == "utf-8":
                damaged = _read_damaged(source, head, kind, how, limits)
                if damaged is not None:
                    return damaged
            continue
        except Unreadable as error:
            if encoding == tried[0]:
                raise
            from kara_tui.exports.text.header_missing import with_encoding

            raise with_encoding(error, head, kind, how, source.name) from None
        else:
            if records.seven_bits and not how.encoding:
                named, rows = next(iter(records.seven_bits.items()))
                raise Unreadable(never_guessed(named, rows, source.name))
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


def _read_damaged(
    source: Source, head: bytes, kind: ExportKind, how: HowToRead, limits: Limits
) -> Records | None:
    """A file in UTF-8 but for some bytes, in columns that are not read; None when it is not UTF-8.

    Raises Unreadable when such a byte stands in a column that is read, and there is less of it than
    of proper letters.
    """
    try:
        dialect = sniff(head, "utf-8", how, source.name)._replace(errors="surrogateescape")
        records = _read(source, dialect, kind, how, limits)
    except (Unreadable, UnicodeError):
        return None
    broken = records.broken
    if not broken:
        return records
    if records.letters < len(broken):
        return None
    row, column = broken[0]
    raise Unreadable(
        finding(
            "encoding-unknown",
            f"Row {row} of {source.name} holds a byte in column “{column}” that is no letter in "
            "UTF-8, in which the other letters are written: the file is damaged, or was put "
            "together from two.",
            "Export the payments again and use that file as it is, or write the cell anew.",
            rows=dict.fromkeys(row for row, _ in broken),
            count=len(broken),
            source=source.name,
            column=column,
        )
    )


def _is_known(encoding: str) -> bool:
    try:
        "".encode(encoding)
    except (LookupError, ValueError):
        return False
    return True


def _read(
    source: Source, dialect: Dialect, kind: ExportKind, how: HowToRead, limits: Limits
) -> Records:
    try:
        return _read_as(source, dialect, kind, how, limits)
    except Unreadable as error:
        if error.findings[0].code not in _OF_RECORDS or source.size > _READ_AGAIN:
            raise
        for other in _other_ways(source, dialect):
            try:
                return _read_as(source, other, kind, how, limits)
            except Unreadable:
                continue
        raise


def _read_as(
    source: Source, dialect: Dialect, kind: ExportKind, how: HowToRead, limits: Limits
) -> Records:
    source.file.seek(0)
    text = io.TextIOWrapper(source.file, dialect.encoding, errors=dialect.errors, newline="")
    lines = _Lines(dialect.lines(text), source.name, limits)
    try:
        return _split(lines, dialect, kind, how, limits)
    except Unreadable as error:
        error.findings = lines.line_numbers.with_lines(error.findings)
        raise
    finally:
        text.detach()


def _other_ways(source: Source, dialect: Dialect) -> list[Dialect]:
    """Ways of writing that the file shows signs of; one counts only if every record fits it."""
    source.file.seek(0)
    text = source.file.read().decode(dialect.encoding, dialect.errors)
    by = re.escape(dialect.separator)
    others = []
    # Every backslash must be an escape: one that is a letter of its own would be lost.
    if "\\" in text and re.search(rf'\\(?![\\"\r\n]|{by})', text) is None:
        others.append(dialect._replace(escape="\\"))
    others += [
        dialect._replace(quote=(sign, sign))
        for sign in _OTHER_QUOTES
        if re.search(rf"(?:^|{by}){re.escape(sign)}", text, re.MULTILINE)
        and re.search(rf"{re.escape(sign)}(?:$|\r|{by})", text, re.MULTILINE)
    ]
    return others


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
        self.line_numbers = LineNumbers()
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


def _records(lines: _Lines, dialect: Dialect) -> Iterator[Record]:
    """The file's records. Raises csv.Error for one that cannot be split."""
    numbered = iter(lines)
    if dialect.declared:
        next(numbered)
        lines.row += 1
    lines.of_record.clear()
    for cells in dialect.records(numbered, strict=True):
        record = Record(lines.row, cells, lines.of_record)
        lines.of_record, lines.row = [], record.row + 1
        lines.line_numbers.add(record.row + 1, lines.number + 1)
        yield record


def _split(
    lines: _Lines, dialect: Dialect, kind: ExportKind, how: HowToRead, limits: Limits
) -> Records:
    table: RecordJudge | None = None
    file_records = _records(lines, dialect)
    try:
        titles, header = dialect.header_among(file_records)
        if header is None:
            raise Unreadable(no_header(lines.name))
        names = header.cells
        if dialect.header_rows > 1:
            names = joined_header(titles.pop().cells, names)
        columns = _layout(names, header, kind, how, limits, lines.name)
        _refuse_payments(titles, columns, header.row, lines.name)
        table = RecordJudge(columns, names, header.row, len(titles), dialect, limits, lines.name)
        for record in file_records:
            table.take(record)
    except csv.Error as error:
        raise _unquoted(lines, table, ended="end of data" in str(error)) from None
    records = table.end()
    records.line_numbers = lines.line_numbers
    return records


def _unquoted(lines: _Lines, table: RecordJudge | None, *, ended: bool) -> Unreadable:
    """What is said of a record that cannot be split, because of its quotation marks."""
    text = "".join(lines.of_record)
    parted = None if table is None or ended else table.parted_otherwise(lines.row, text)
    return Unreadable(parted or quotes_broken(lines.row, lines.name, text=text, ended=ended))


def _layout(
    names: list[str],
    header: Record,
    kind: ExportKind,
    how: HowToRead,
    limits: Limits,
    name: str,
) -> ColumnLayout:
    if any(map(LOST_BYTE.search, names)):
        raise UnicodeError  # of a header nothing may be lost
    named = named_headers(names)
    if len(named) > limits.columns:
        raise Unreadable(too_many_columns(name, limits))
    try:
        return layout(named, kind, how, name)
    except Unreadable as error:
        # A column may be missing only because the header is damaged.
        if len(header.lines) > 1 and any("\n" in cell or "\r" in cell for cell in names):
            raise Unreadable(quotes_broken(header.row, name)) from None
        grown = next(filter(None, map(grown_together, named)), None)
        if grown and error.findings[0].code == "column-missing":
            raise Unreadable(names_grown_together(header.row, grown, name)) from None
        raise


def _refuse_payments(
    titles: Sequence[Record], columns: ColumnLayout, header: int, name: str
) -> None:
    """Raises Unreadable when a row above the header looks like a payment."""
    rows = [title.row for title in titles if looks_like_a_payment(title.cells, columns)]
    if rows:
        raise Unreadable(payments_above(rows, header, name))


def named_headers(cells: list[str]) -> list[str]:
    """The clean cells of a header row up to the last that is filled: what comes after is no column
    as long as its cells are empty too.
    """
    cleaned = [clean(cell) for cell in cells]
    while cleaned and not cleaned[-1]:
        cleaned.pop()
    return cleaned
