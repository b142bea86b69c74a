"""Text files: their encoding, their separator, their header row, and their records one by one."""

from __future__ import annotations

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
from kara_tui.exports.records import Footer, Records, is_footer, is_note
from kara_tui.exports.source import Source
from kara_tui.model import Finding
from kara_tui.model.finding import ROWS_SHOWN

SEPARATORS = (",", ";", "\t", "|")
SEPARATOR_WORDS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


class Dialect(NamedTuple):
    """How a text file is written. ``header`` is the header's index among the records that are not
    blank; ``declared`` says that a first line ``sep=;`` names the separator.
    """

    encoding: str
    separator: str
    header: int
    declared: bool


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
    best: tuple[int, int, str, int] | None = None
    first = text.split("\n", 1)[0].strip("\r ")
    declared = first.casefold().startswith("sep=") and len(first) == 5
    body = text.partition("\n")[2] if declared else text
    for separator in (first[4],) if declared else SEPARATORS:
        records = _first_records(body, separator, how)
        index, found = find_header(records, header_keys(), own_keys(how))
        if index >= 0:
            score = (found, len(records[index]), separator, index)
            if best is None or score[:2] > best[:2]:
                best = score
            if found >= HEADER_FIELDS_SURE:
                break
    if best is None:
        raise Unreadable(no_header(name))
    return Dialect(encoding, best[2], best[3], declared)


def _first_records(text: str, separator: str, how: HowToRead) -> list[list[str]]:
    records: list[list[str]] = []
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            cells = [clean(cell) for cell in record]
            if any(cells):
                records.append(cells)
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
    for encoding in encodings(head, how):
        if not _is_known(encoding):
            break
        try:
            dialect = sniff(head, encoding, how, source.name)
            return _read(source, dialect, kind, how, limits)
        except UnicodeError:
            if encoding == "utf-8" and _has_utf8_letters(head):
                break
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
    try:
        return _split(_Lines(text, source.name, limits), dialect, kind, how, limits)
    finally:
        text.detach()


class _Lines:
    """The file's lines, numbered as an editor does, the lines of the record at hand kept."""

    def __init__(self, text: Iterable[str], name: str, limits: Limits) -> None:
        self._text = text
        self.name = name
        self._longest = limits.columns * 4 + limits.cell_characters * 4
        self.number = 0
        self.of_record: list[str] = []

    def __iter__(self) -> Iterator[str]:
        for line in self._text:
            self.number += 1
            if "\0" in line:
                raise Unreadable(
                    finding(
                        "file-torn",
                        f"Line {self.number} of {self.name} holds NUL bytes: the file is damaged "
                        "or is no text file.",
                        "Export the payments from the portal again.",
                        rows=(self.number,),
                        source=self.name,
                    )
                )
            if len(line) > self._longest:
                raise Unreadable(too_long(self.name, self.number, "line"))
            self.of_record.append(line)
            yield line


def too_long(name: str, row: int, what: str) -> Finding:
    """The finding for a line or a cell over the cap."""
    return finding(
        "file-too-large",
        f"In {name} row {row} holds a {what} that is longer than any export's.",
        "Check that this is the portal's export and not another file.",
        rows=(row,),
        source=name,
    )


def _split(
    lines: _Lines, dialect: Dialect, kind: ExportKind, how: HowToRead, limits: Limits
) -> Records:
    name = lines.name
    numbered = iter(lines)
    if dialect.declared:
        next(numbered)
    reader = csv.reader(numbered, delimiter=dialect.separator, strict=True)
    records: Records | None = None
    places: list[int] = []
    ragged: list[tuple[int, list[str]]] = []
    apart = False
    titles = 0
    width = 0
    lines.of_record.clear()
    row = lines.number + 1
    try:
        for cells in reader:
            physical, begun = lines.of_record, row
            lines.of_record, row = [], lines.number + 1
            if not any(cells) or not any(map(clean, cells)):
                if records is not None:
                    records.blank += 1
                    apart = True
                continue
            if records is None:
                if titles < dialect.header:
                    titles += 1
                    continue
                records = Records(_header(cells, kind, how, limits, name), above=titles)
                places = [records.layout.positions[c.field] for c in records.layout.columns]
                width = len(cells)
                continue
            if len(physical) > 1:
                _refuse_swallowed(physical, dialect.separator, width, begun, name)
            after_blank, apart = apart, False
            # A short line without a line end, or a blank line before it, may be a payment's begin.
            whole = len(cells) == width or after_blank or physical[-1].endswith(("\n", "\r"))
            if whole and not any(cells[1:]) and is_note([clean(cells[0])], records.layout):
                records.notes.add(begun)
            if len(cells) != width:
                ragged.append((begun, cells))
                if len(ragged) > ROWS_SHOWN:
                    raise Unreadable(_ragged(ragged, width, name))
                continue
            if ragged:
                raise Unreadable(_ragged(ragged, width, name))
            if records.count >= limits.rows:
                raise Unreadable(too_many_rows(name, limits))
            records.add(begun, [clean(cells[place]) for place in places])
    except csv.Error:
        raise Unreadable(
            finding(
                "quotes-broken",
                f"In {name} a quotation mark opens or closes a cell where it should not, in the "
                f"record that begins in row {row}.",
                "Open the file in an editor at that row and mend the quotation mark, or export "
                "again.",
                rows=(row,),
                source=name,
            )
        ) from None
    if records is None:
        raise Unreadable(no_header(name))
    _settle_ragged(records, ragged, width, name)
    records.take_footers()
    return records


def _header(
    cells: list[str], kind: ExportKind, how: HowToRead, limits: Limits, name: str
) -> Layout:
    if len(cells) > limits.columns:
        raise Unreadable(
            finding(
                "file-too-large",
                f"{name} has more than {limits.columns} columns.",
                "Check that this is the portal's export and not another file.",
                source=name,
            )
        )
    return layout([clean(cell) for cell in cells], kind, how, name)


def too_many_rows(name: str, limits: Limits) -> Finding:
    """The finding for a file with more payments than the cap."""
    return finding(
        "file-too-large",
        f"{name} has more than {limits.rows} payments.",
        "Export fewer months at a time.",
        source=name,
    )


def _refuse_swallowed(physical: list[str], separator: str, width: int, row: int, name: str) -> None:
    """A record of several lines is refused when two of the lines could be records themselves.

    A stray quotation mark opens a cell that swallows the payments after it; a cell with a line
    break in it splits one record over lines that do not each have all the cells.
    """
    whole = sum(line.count(separator) >= width - 1 for line in physical)
    if whole > 1:
        raise Unreadable(
            finding(
                "records-swallowed",
                f"In {name} the record that begins in row {row} goes over {len(physical)} lines, "
                "and more than one of them looks like a whole record: a stray quotation mark may "
                "hide payments there.",
                "Open the file in an editor at that row and mend the quotation mark, or export "
                "again.",
                rows=(row,),
                source=name,
            )
        )


def _settle_ragged(
    records: Records, ragged: list[tuple[int, list[str]]], width: int, name: str
) -> None:
    """Short or long records are refused, but for totals and notes at the file's end."""
    for row, cells in ragged:
        kept = {
            field: clean(cells[place]) if place < len(cells) else ""
            for field, place in records.layout.positions.items()
        }
        total = is_footer(kept)
        if len(cells) > width or not (total or row in records.notes):
            raise Unreadable(_ragged(ragged, width, name))
        records.footers.append(Footer(row, kept["price"] if total else "", note=not total))


def _ragged(ragged: list[tuple[int, list[str]]], width: int, name: str) -> Finding:
    row, cells = ragged[0]
    return finding(
        "records-ragged",
        f"In {name} row {row} has {len(cells)} cells where the header has {width}"
        + (f", as {len(ragged) - 1} more rows have too few or too many" if len(ragged) > 1 else "")
        + ".",
        "A separator inside a cell without quotation marks does this. Export again, or open the "
        "file in a spreadsheet, mend the row and save.",
        rows=[row for row, _ in ragged],
        source=name,
    )
