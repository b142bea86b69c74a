"""Large text files, scanned by Polars without splitting a record in Python.

A lazy CSV scan loses and pads rows in silence when quotation marks or separators are out of place.
So a file goes this way only when it is proved that its lines are its records: either it holds no
quotation mark at all and its separators add up, or every line fits the grammar of a record. All
other files are split record by record.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import re
import threading
from typing import BinaryIO, NamedTuple

import polars as pl

from kara_tui.exports.cells import clean
from kara_tui.exports.columns import Layout, layout
from kara_tui.exports.delimited import Dialect, encodings, sniff
from kara_tui.exports.export import ExportKind, HowToRead
from kara_tui.exports.limits import Limits
from kara_tui.exports.lines import Lines, collected
from kara_tui.exports.records import Footer, is_footer, is_note
from kara_tui.exports.source import Source

_CHUNK = 1 << 20
_TAIL_BYTES = 16_384
_LONE_RETURN = re.compile(rb"\r(?!\n|\Z)")


class Look:
    """One pass over the file's bytes, in a thread beside the scan: its hash, and what it holds."""

    def __init__(self, path: str, separator: bytes, *, count_lines: bool) -> None:
        self._path = path
        self._count_lines = count_lines
        self._separator = separator
        self._failure: BaseException | None = None
        self._sha256 = ""
        self._separators = self._line_ends = 0
        self._quotes = self._odd = False
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    @property
    def sha256(self) -> str:
        self._wait()
        return self._sha256

    @property
    def separators(self) -> int:
        """How many separators the whole file has."""
        self._wait()
        return self._separators

    @property
    def lines(self) -> int:
        """How many lines the file has, when it was to count them; a last one needs no line end."""
        self._wait()
        return self._line_ends

    @property
    def quotes(self) -> bool:
        """Whether there is any quotation mark."""
        self._wait()
        return self._quotes

    @property
    def odd(self) -> bool:
        """Whether there are NUL bytes, or carriage returns that do not belong to a line end."""
        self._wait()
        return self._odd

    def _wait(self) -> None:
        self._thread.join()
        if self._failure is not None:
            raise self._failure

    def _run(self) -> None:
        try:
            with open(self._path, "rb") as file:  # noqa: PTH123 - the very path that is scanned
                self._look_at(file)
        except BaseException as error:  # noqa: BLE001 - raised where the look is asked for
            self._failure = error

    def _look_at(self, file: BinaryIO) -> None:
        hashed = hashlib.sha256()
        last = b"\n"
        while chunk := file.read(_CHUNK):
            hashed.update(chunk)
            self._separators += chunk.count(self._separator)
            if self._count_lines:  # half a second for a gigabyte
                self._line_ends += chunk.count(b"\n")
            self._quotes = self._quotes or b'"' in chunk
            if last == b"\r" and chunk[:1] != b"\n":
                self._odd = True
            if b"\0" in chunk or (b"\r" in chunk and _LONE_RETURN.search(chunk)):
                self._odd = True
            last = chunk[-1:]
        if last == b"\r":
            self._odd = True
        if last != b"\n":
            self._line_ends += 1
        self._sha256 = hashed.hexdigest()


class FastFile(NamedTuple):
    """A large file ready to be scanned. ``apart`` counts separators outside of its payments."""

    lines: Lines
    layout: Layout
    above: int
    footers: tuple[Footer, ...]
    look: Look
    quoted: bool
    apart: int

    def rows_and_empty_ends(self) -> tuple[int, int]:
        """How many rows the scan has, and how many of them with nothing in the last column."""
        query = self.lines.frame.select(pl.len(), (pl.col("last") == "").sum())
        [(rows, empty)] = self.lines.collected(query).rows()
        return rows, empty

    def adds_up(self, rows: int, empty_at_the_end: int) -> bool:
        """Whether no line of the scan was padded or cut, given what the scan counted.

        Of a file with quotation marks every line was checked by itself. Without quotation marks a
        line has as many cells as separators, and one. If the separators add up, a line that is too
        short stands beside one that is too long. A short one would have nothing in its last cell;
        if some have, a scan of all columns raises at the long one.
        """
        if self.look.odd or (self.look.quotes and not self.quoted):
            return False
        if self.quoted:
            return True
        if self.look.separators - self.apart != rows * (self.layout.width - 1):
            return False
        if empty_at_the_end:
            every = pl.QueryOptFlags(projection_pushdown=False)
            count = self.lines.frame.select(pl.col("last").is_null().sum())
            collected(count, streaming=True, optimizations=every)
        return True


def fast_file(
    source: Source, kind: ExportKind, how: HowToRead, limits: Limits, *, quoted: bool = False
) -> FastFile | None:
    """The file for a scan, or None when it must be split record by record.

    ``quoted`` says that quotation marks were found; else they are looked for in the first bytes.
    Raises Unreadable as the careful way does, when the header is not that of an export.
    """
    head = source.head()
    encoding = encodings(head, how)[0]
    if not source.path or encoding not in ("utf-8", "utf-8-sig") or not _is_utf8(head):
        return None
    dialect = sniff(head, encoding, how, source.name)
    begun = _header(head, dialect, kind, how, source.name)
    if begun is None or len(dialect.separator.encode()) != 1:
        return None
    found, above, header_line, apart = begun
    ending = _tail(source, found, dialect)
    if ending is None:
        return None
    tail, found_below = ending
    own = dialect.separator.encode()
    look = Look(source.path, own, count_lines=bool(tail))
    quoted = quoted or b'"' in head
    scan = _scan(source, dialect, found, header_line, quoted=quoted)
    checked = _lines_from(source, header_line)
    footers: tuple[Footer, ...] = ()
    if tail:
        last = look.lines - len(tail)
        scan, checked = (frame.filter(pl.col("row") <= last) for frame in (scan, checked))
        apart += sum(line.count(own) for line in tail)
        footers = tuple(below._replace(row=last + 1 + below.row) for below in found_below)
    if quoted and not _every_line_is_a_record(checked, dialect, found.width):
        return None
    lines = Lines(scan, source.name, limits, large=True)
    return FastFile(lines, found, above, footers, look, quoted, apart)


def _is_utf8(head: bytes) -> bool:
    """Whether the first bytes are text in UTF-8; the last letter may be cut."""
    if b"\0" in head:
        return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _header(
    head: bytes, dialect: Dialect, kind: ExportKind, how: HowToRead, name: str
) -> tuple[Layout, int, int, int] | None:
    """(layout, titles above, the header's line, separators up to it); None when it is no line."""
    text = head.decode(dialect.encoding, errors="replace")
    lines = io.StringIO(text, newline="").readlines()
    titles = 0
    for number, line in enumerate(lines, 1):
        if dialect.declared and number == 1:
            continue
        try:
            [cells] = csv.reader([line], delimiter=dialect.separator, strict=True)
        except (csv.Error, ValueError):
            return None
        cleaned = [clean(cell) for cell in cells]
        if not any(cleaned):
            continue
        if titles < dialect.header:
            titles += 1
            continue
        before = sum(text_line.count(dialect.separator) for text_line in lines[:number])
        return layout(cleaned, kind, how, name), titles, number, before
    return None


def _tail(
    source: Source, found: Layout, dialect: Dialect
) -> tuple[list[bytes], list[Footer]] | None:
    """The lines at the end that are blank, totals or notes, and the latter two, their rows counted
    from the first of these lines.

    None when there is no end to them within reach.
    """
    source.file.seek(max(source.size - _TAIL_BYTES, 0))
    lines = source.file.read().splitlines(keepends=True)
    tail: list[bytes] = []
    found_below: list[Footer] = []
    for line in reversed(lines[1:]):
        text = line.decode("utf-8", errors="replace")
        cells = next(csv.reader([text], delimiter=dialect.separator), [])
        cleaned = [clean(cell) for cell in cells]
        kept = {
            field: cleaned[place] if place < len(cleaned) else ""
            for field, place in found.positions.items()
        }
        if any(cleaned):
            total = is_footer(kept)
            whole = len(cells) == found.width or line.endswith(b"\n")
            if len(cells) > found.width or not (total or (whole and is_note(cleaned, found))):
                break
            price = kept["price"] if total else ""
            found_below.append(Footer(-len(tail) - 1, price, note=not total))
        tail.append(line)
    if len(tail) >= len(lines) - 1:
        return None
    below = [footer._replace(row=len(tail) + footer.row) for footer in reversed(found_below)]
    return tail[::-1], below


def _scan(
    source: Source, dialect: Dialect, found: Layout, header_line: int, *, quoted: bool
) -> pl.LazyFrame:
    names = [f"column {place}" for place in range(found.width)]
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
    if quoted:
        # Every column is split even when few are asked for: see the module's first lines.
        scan = scan.map_batches(_as_it_is, projection_pushdown=False, streamable=True)
    return scan.select(
        pl.col("row").cast(pl.Int64),
        *(pl.col(names[place]).alias(field) for field, place in found.positions.items()),
        pl.col(names[-1]).alias("last"),
    )


def _as_it_is(frame: pl.DataFrame) -> pl.DataFrame:
    return frame


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
