"""Large text files, scanned by Polars without splitting a record in Python.

A lazy CSV scan loses and pads rows in silence when quotation marks or separators are out of place.
So a file goes this way only when it is proved that its lines are its records: either it holds no
quotation mark and each line has exactly the separators of the header, or every line fits the
grammar of a record. All other files are split record by record.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import polars as pl

from kara_tui.exports.cells.cleaning import clean
from kara_tui.exports.cells.words import words
from kara_tui.exports.columns.aliases import all_aliases
from kara_tui.exports.columns.layout import ColumnLayout, layout
from kara_tui.exports.export import ExportKind, Unreadable
from kara_tui.exports.files.limits import Limits
from kara_tui.exports.files.source import Source
from kara_tui.exports.not_this_way import NotThisWay
from kara_tui.exports.payments.payment_table import PaymentTable, collected
from kara_tui.exports.rows.below_table import Footer, footer_of, is_note
from kara_tui.exports.text.dialects import Dialect, Record
from kara_tui.exports.text.encodings import encodings
from kara_tui.exports.text.errors import too_long
from kara_tui.exports.text.line_check import LineCheck
from kara_tui.exports.text.record_reader import named_headers, sniff
from kara_tui.model import HowToRead

_TAIL_BYTES = 16_384
# More columns without a header than these are no part of the table: see Table.
_TAIL_COLUMNS = 64
# So many rows without anything in them are looked at; a file with more is split record by record.
_BLANK = 20_000
# So many payments around a month are fetched one by one; for more the file is scanned again.
_FETCHED = 20_000


class LargeFile(NamedTuple):
    """A large file ready to be scanned.

    ``begin`` is the number of the first payment's line. ``sample`` are the kept cells of the first
    payments, as they stand in the file. ``blank`` counts rows that ``table`` leaves out.
    """

    table: PaymentTable
    layout: ColumnLayout
    above: int
    footers: tuple[Footer, ...]
    line_check: LineCheck
    dialect: Dialect
    quoted: bool
    begin: int
    sample: list[dict[str, str]]
    blank: int = 0

    def is_whole(self, rows: int) -> bool:
        """Whether the scan, that has so many rows, took each line for the record that it is.

        Of a file with quotation marks every line was matched by itself. Without quotation marks a
        line has as many cells as separators, and one.
        """
        line_check = self.line_check
        if line_check.odd or rows != line_check.lines - self.blank:
            return False
        return self.quoted or (line_check.even and not line_check.quotes)

    def payments_at(self, rows: Sequence[int]) -> pl.DataFrame | None:
        """The payments in these rows of the file, in ascending order: ``row`` and their texts.

        None when they are too many for that, or not what the scan saw: then the file has changed.
        Raises Unreadable when a cell is longer than any payment's.
        """
        if len(rows) > _FETCHED:
            return None
        kept = _kept_cells(self._lines_in(rows), self.layout, self.dialect)
        if kept is None or len(kept) != len(rows):
            return None
        longest = self.table.limits.cell_characters
        for row, cells in zip(rows, kept, strict=True):
            if any(len(cell) > longest for cell in cells.values()):
                raise Unreadable(too_long(self.table.name, row, "cell"))
        fields = [column.field for column in self.layout.columns]
        columns = {field: [cells[field] for cells in kept] for field in fields}
        kinds = {"row": pl.Int64(), **dict.fromkeys(fields, pl.String())}
        return pl.DataFrame({"row": rows, **columns}, schema=kinds)

    def without_blank_rows(self) -> tuple[LargeFile, int]:
        """The file without rows that have nothing in any of their cells, and its number of rows.

        Raises NotThisWay when a row may be none of the payments (a header again, a subtotal, a
        table beside or below): they are told apart record by record.
        """
        without_price = pl.when(pl.col("price") == "").then(pl.col("row")).alias("empty")
        counted = self.table.collected(
            self.table.frame.group_by(without_price)
            .agg(pl.len().alias("rows"), self._unlike_a_payment().any().alias("unlike"))
            .head(_BLANK + 2)
        )
        empty = counted["empty"].drop_nulls().sort().to_list()
        rows = int(counted["rows"].sum())
        blank = self._blank_among(empty) if len(empty) <= _BLANK else []
        if len(blank) < len(empty) or counted["unlike"].any():
            raise NotThisWay("a row of it may be no payment")
        if not blank:
            return self, rows
        filled = self.table.frame.filter(~pl.col("row").is_in(blank))
        return (
            self._replace(table=self.table._replace(frame=filled), blank=len(blank)),
            rows - len(blank),
        )

    def _unlike_a_payment(self) -> pl.Expr:
        """Whether a row may be a header, of another table, a subtotal, or in other quotes."""
        table, date = words(), self.layout.date_field
        day, price = (pl.col(name).str.strip_chars() for name in (date, "price"))
        starts = day.str.contains("^[^0-9]")
        known = day.str.to_lowercase().is_in([alias.lower() for alias in all_aliases()])
        other_table = starts & price.str.contains(r"^[^0-9]*$|^\pL{4}") & (price != "")
        sums = "|".join(sorted(map(re.escape, table.totals | table.parts_of_totals)))
        total = starts & day.str.to_lowercase().str.contains(rf"\b(?:{sums})\b")
        quoted = day.str.contains("^['`´“„‘«]")
        return known | other_table | total | quoted | ((day == "") & (price != ""))

    def _blank_among(self, rows: Sequence[int]) -> list[int]:
        # Dropped cells count too: with something in one of them the row is a payment's.
        records = _records(self._lines_in(rows), self.dialect)
        if records is None:
            return []
        return [
            row for row, cells in zip(rows, records, strict=False) if not any(map(clean, cells))
        ]

    def _lines_in(self, rows: Sequence[int]) -> list[bytes]:
        return self.line_check.lines_at([row - self.begin for row in rows])


def large_file(
    source: Source, kind: ExportKind, how: HowToRead, limits: Limits, *, quoted: bool = False
) -> LargeFile:
    """The file for a scan.

    ``quoted`` says that quotation marks were found; else they are looked for in the first bytes.
    Raises NotThisWay when it must be split record by record, also for a header that is not an
    export's: the whole file has a say in the reason that the user is told.
    """
    head = source.head()
    encoding = encodings(head, how)[0]
    if encoding not in ("utf-8", "utf-8-sig") or not _is_utf8(head, whole=source.size <= len(head)):
        raise NotThisWay("its first bytes are not text in UTF-8")
    try:
        dialect = sniff(head, encoding, how, source.name)
        if not dialect.is_usual:
            raise NotThisWay("it is written in an unusual way")
        columns, above, header_line = _header(head, dialect, kind, how, source.name)
    except Unreadable:
        raise NotThisWay("its header is not an export's") from None
    separator = dialect.separator.encode()
    tail, found_below = _tail(source, columns, dialect)
    begin = sum(map(len, head.splitlines(keepends=True)[:header_line]))
    end = source.size - sum(map(len, tail))
    first = head[begin:end].splitlines(keepends=True)
    sample = _kept_cells(first[:-1] if end > len(head) else first, columns, dialect)
    if sample is None:
        raise NotThisWay("a line among the first is no record")
    line_check = LineCheck(source.path, separator, columns.width, begin, end)
    quoted = quoted or b'"' in head
    scan = _scan(source, dialect, columns, header_line, quoted=quoted)
    checked = _lines_from(source, header_line)
    footers: tuple[Footer, ...] = ()
    if tail:
        last = header_line + line_check.lines
        scan, checked = (frame.filter(pl.col("row") <= last) for frame in (scan, checked))
        footers = tuple(below._replace(row=last + 1 + below.row) for below in found_below)
    if quoted and not _every_line_is_a_record(checked, dialect, columns.width):
        raise NotThisWay("its lines are not all records")
    table = PaymentTable(scan, source.name, limits, large=True)
    begins = header_line + 1
    return LargeFile(table, columns, above, footers, line_check, dialect, quoted, begins, sample)


def _kept_cells(
    lines: Sequence[bytes], columns: ColumnLayout, dialect: Dialect
) -> list[dict[str, str]] | None:
    """Each line's kept cells by their fields; None when a line is no record."""
    records = _records(lines, dialect)
    if records is None or any(len(cells) != columns.width for cells in records):
        return None
    places = columns.positions.items()
    return [{field: cells[place] for field, place in places} for cells in records]


def _records(lines: Sequence[bytes], dialect: Dialect) -> list[list[str]] | None:
    """Each line's cells; None when a line is no record."""
    texts = (line.decode("utf-8") for line in lines)
    try:
        records = list(csv.reader(texts, delimiter=dialect.separator, strict=True))
    except (UnicodeDecodeError, csv.Error):
        return None
    return records if len(records) == len(lines) else None


def _is_utf8(head: bytes, *, whole: bool) -> bool:
    """Whether the first bytes are text in UTF-8; the last letter may be cut, unless this is all."""
    if b"\0" in head:
        return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, final=whole)
    except UnicodeDecodeError:
        return False
    return True


def _header(
    head: bytes, dialect: Dialect, kind: ExportKind, how: HowToRead, name: str
) -> tuple[ColumnLayout, int, int]:
    """(layout, titles above, the number of the header's line)."""
    titles, header = dialect.header_among(_line_by_line(head, dialect))
    if header is None:
        raise NotThisWay("its header is not a line of its own near the top")
    width = len(header.cells)
    if width - len(named_headers(header.cells)) > _TAIL_COLUMNS:
        raise NotThisWay("its header ends in many cells without a name")
    if any(len(title.cells) == width for title in titles):
        raise NotThisWay("a row above its header is as wide, and may be a payment")
    return layout(list(map(clean, header.cells)), kind, how, name), len(titles), header.row


def _line_by_line(head: bytes, dialect: Dialect) -> Iterator[Record]:
    """The first lines, each a record. Raises NotThisWay for one that is none."""
    text = io.StringIO(head.decode(dialect.encoding, errors="replace"), newline="")
    for number, line in enumerate(text, 1):
        if dialect.declared and number == 1:
            continue
        try:
            [cells] = csv.reader([line], delimiter=dialect.separator, strict=True)
        except (csv.Error, ValueError):
            raise NotThisWay("a line above its payments is no record") from None
        yield Record(number, cells, [line])


def _tail(
    source: Source, columns: ColumnLayout, dialect: Dialect
) -> tuple[list[bytes], list[Footer]]:
    """The lines at the end that are blank, totals or notes, and the latter two, their rows counted
    from the first of these lines.
    """
    source.file.seek(max(source.size - _TAIL_BYTES, 0))
    lines = source.file.read().splitlines(keepends=True)
    places = frozenset(columns.positions.values())
    tail: list[bytes] = []
    found_below: list[Footer] = []
    for line in reversed(lines[1:]):
        text = line.decode("utf-8", errors="replace")
        cells = next(csv.reader([text], delimiter=dialect.separator), [])
        cleaned = [clean(cell) for cell in cells]
        kept = {
            field: cleaned[place] if place < len(cleaned) else ""
            for field, place in columns.positions.items()
        }
        if any(cleaned):
            others = [cell for place, cell in enumerate(cleaned) if place not in places]
            whole = len(cells) == columns.width or line.endswith(b"\n")
            lone = whole and not any(cleaned[1:]) and is_note(cells[0], columns.first_field)
            footer = footer_of(-len(tail) - 1, kept, others, lone=lone)
            if footer is None or len(cells) > columns.width:
                break
            found_below.append(footer)
        tail.append(line)
    if len(tail) >= len(lines) - 1:
        raise NotThisWay("no payment stands near its end")
    below = [footer._replace(row=len(tail) + footer.row) for footer in reversed(found_below)]
    return tail[::-1], below


def _scan(
    source: Source, dialect: Dialect, columns: ColumnLayout, header_line: int, *, quoted: bool
) -> pl.LazyFrame:
    names = [f"column {place}" for place in range(columns.width)]
    scan = pl.scan_csv(
        source.path,
        has_header=False,
        skip_lines=header_line,
        separator=dialect.separator,
        quote_char='"' if quoted else None,
        schema=dict.fromkeys(names, pl.String()),
        infer_schema=False,
        empty_string_is_null=False,
        glob=False,
        row_index_name="row",
        row_index_offset=header_line + 1,
    )
    return scan.select(
        pl.col("row").cast(pl.Int64),
        *(pl.col(names[place]).alias(field) for field, place in columns.positions.items()),
    )


def _lines_from(source: Source, header_line: int) -> pl.LazyFrame:
    """The lines below the header, each as one text."""
    return pl.scan_csv(
        source.path,
        has_header=False,
        skip_lines=header_line,
        separator="\x1f",
        quote_char=None,
        schema={"line": pl.String()},
        infer_schema=False,
        empty_string_is_null=False,
        glob=False,
        row_index_name="row",
        row_index_offset=header_line + 1,
    )


def _every_line_is_a_record(lines: pl.LazyFrame, dialect: Dialect, width: int) -> bool:
    """Whether each line alone is a record of so many cells: no cell goes over two lines."""
    by = re.escape(dialect.separator)
    cell = rf'(?:[^"{by}\r\n]*|"[^"\r\n]*(?:""[^"\r\n]*)*")'
    wrong = ~pl.col("line").str.contains(rf"^{cell}(?:{by}{cell}){{{width - 1}}}\r?$")
    return bool(collected(lines.select(wrong.any()), streaming=True).item() is not True)
