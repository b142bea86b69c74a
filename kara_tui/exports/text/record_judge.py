"""The table of a text file: a record below the header is a payment, a footer, blank, or refused."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence

from kara_tui.exports.cells.cleaning import clean, has_controls
from kara_tui.exports.cells.dates import parse_date
from kara_tui.exports.columns.aliases import header_keys, matched
from kara_tui.exports.columns.headers import TEXT_FIELDS
from kara_tui.exports.columns.layout import ColumnLayout
from kara_tui.exports.export import Unreadable
from kara_tui.exports.files.limits import Limits
from kara_tui.exports.rows.below_table import footer_of, is_note
from kara_tui.exports.rows.header_search import HEADER_FIELDS_SURE
from kara_tui.exports.text.dialects import Dialect, Record
from kara_tui.exports.text.encodings import LOST_BYTE, PROPER_LETTER, in_seven_bits
from kara_tui.exports.text.errors import (
    another_header,
    another_table,
    header_goes_on,
    quotes_broken,
    second_header,
    swallowed_finding,
    table_beside,
    too_long,
    too_many_rows,
)
from kara_tui.exports.text.ragged_records import Around, Ragged, parted_otherwise, ragged_finding
from kara_tui.exports.text.records import Records
from kara_tui.model import Finding, HowToRead
from kara_tui.model.finding import ROWS_SHOWN
from kara_tui.model.names import has_entities
from kara_tui.text import header_key

# Signs around cells in place of quotation marks, in a row that was written otherwise.
_OTHER_QUOTES = (("'", "'"), ("`", "`"), ("´", "´"), ("“", "”"), ("„", "“"), ("‘", "’"), ("«", "»"))
_OPENING = frozenset(left for left, _ in _OTHER_QUOTES)
# Those that a name seldom has for itself. The look at a large file's bytes knows the same.
_DOUBTFUL = frozenset({"'", "`", "´"})
_FIRST_ROW_NAME = re.compile(r"(\D{0,20})([01])")


class RecordJudge:
    """Takes a file's records one by one; one that is no record is named in Unreadable.

    ``names`` are the cells of the header, which stands in ``row``, those without a name too.
    """

    def __init__(
        self, layout: ColumnLayout, names: Sequence[str], row: int, above: int, dialect: Dialect,
        limits: Limits, name: str,
    ) -> None:  # fmt: skip
        self._records = Records(layout, above=above)
        self._dialect, self._limits, self._name = dialect, limits, name
        self._names, self._row = list(map(clean, names[: layout.width])), row
        self._places = [layout.positions[column.field] for column in layout.columns]
        self._texts = [layout.positions[f] for f in TEXT_FIELDS if f in layout.positions]
        self._dropped = [place for place in range(layout.width) if place not in self._places]
        self._date = layout.positions.get(layout.date_field, 0)
        self._written = len(names)
        # Columns behind one without a name, to the right of all that are read, are a table beside.
        after = max(self._places) + 1
        self._gap = next((at for at in range(after, layout.width) if not self._names[at]), None)
        self._is_record = _record_pattern(dialect)
        self._ragged: list[Ragged] = []
        self._beside: list[int] = []
        self._row_name: tuple[str, int] | None = None
        self._named: list[Ragged] = []
        self._after_blank = False
        self._begun = False

    def take(self, record: Record) -> None:
        """Take the next record below the header."""
        if record.is_blank:
            self._after_blank = True
            return
        row, cells, lines = record
        records, width = self._records, self._records.layout.width
        if len(lines) > 1:
            by = self._dialect.separator
            swallowed = swallowed_finding(lines, by, width, row, self._name)
            if swallowed is not None:
                raise Unreadable(swallowed)
        if len(cells) > width:
            cells = self._without_tail(cells)
        longest = self._limits.cell_characters
        # One look at the line spares one at each cell.
        if (len(lines) > 1 or len(lines[0]) > longest) and max(map(len, cells)) > longest:
            raise Unreadable(too_long(self._name, row, "cell"))
        named = False
        if len(cells) != width or cells[self._date][:1] in _OPENING:
            without = self._without_row_name(row, cells, lines)
            named = without is not None
            cells = self._otherwise(cells, lines) if without is None else without
        # A short line without a line end, or a blank line before it, may be a payment's begin.
        after_blank, self._after_blank = self._after_blank, False
        whole = len(cells) == width or after_blank or lines[-1].endswith(("\n", "\r"))
        if whole and not any(cells[1:]) and is_note(cells[0], records.layout.first_field):
            records.notes.add(row)
        if len(cells) != width:
            self._ragged.append(Ragged(row, cells, "".join(lines)))
            if len(self._ragged) > ROWS_SHOWN:
                raise self._refused(last=False)
            return
        if self._ragged:
            raise self._refused(last=False)
        if self._is_apart(row, cells):
            return
        if self._named and not named:
            self._ragged.append(self._named[0])
            raise self._refused(last=False)
        if records.count >= self._limits.rows:
            raise Unreadable(too_many_rows(self._name, self._limits))
        kept = [cells[place] for place in self._places]
        if self._dialect.errors != "strict":
            self._note_broken(row, kept)
        self._check_quotes(row, kept, lines)
        records.add(row, list(map(clean, kept)))
        if any("&" in line for line in lines) and any(
            "&" in cells[place] and has_entities(cells[place]) for place in self._texts
        ):
            records.encoded.append(row)
        if not all(line.rstrip("\r\n").isprintable() for line in lines) and any(
            has_controls(cells[place]) for place in self._texts
        ):
            records.controls.append(row)
        if any("+" in line or "\x1b" in line for line in lines):
            for encoding in filter(None, (in_seven_bits(cells[place]) for place in self._texts)):
                records.seven_bits.setdefault(encoding, []).append(row)
        # Totals have no date: what else such a record holds may be asked at the end.
        if not cells[self._date][:1].isdigit():
            records.others.append((row, [clean(cells[place]) for place in self._dropped]))

    def _note_broken(self, row: int, kept: Sequence[str]) -> None:
        self._records.letters += sum(len(PROPER_LETTER.findall(cell)) for cell in kept)
        self._records.broken += [
            (row, column.header)
            for column, cell in zip(self._records.layout.columns, kept, strict=True)
            if LOST_BYTE.search(cell)
        ]

    def _without_tail(self, cells: list[str]) -> list[str]:
        """A record without its empty cells beyond the last column that has a name.

        Formatting a whole row makes thousands of them, and Excel leaves some away again. Where
        their number is not the header's, an extra separator may have moved the cells: not so when
        the last column's cell is where it belongs.
        """
        width = self._records.layout.width
        as_written = len(cells) == self._written
        beyond = self._written > width and (as_written or cells[width - 1].strip() != "")
        return cells[:width] if beyond and not any(map(clean, cells[width:])) else cells

    def parted_otherwise(self, row: int, text: str) -> Finding | None:
        """The finding for a record that is whole when another separator parts it, if it is."""
        around = self._around(alone=False, last=False)
        if not parted_otherwise(text, around):
            return None
        by = self._dialect.separator
        return ragged_finding([Ragged(row, text.split(by), text)], around, self._name)

    def end(self) -> Records:
        """The records, when all were taken."""
        if len(self._named) == 1 and self._records.count:
            # One row with a name is not enough to tell: it may have a cell too many.
            self._ragged.insert(0, self._named[0])
            raise self._refused(last=True)
        self._settle_ragged()
        self._records.take_footers()
        if self._beside:
            raise Unreadable(table_beside(self._beside, self._name))
        strange = self._records.rows_unlike_payments()
        if strange:
            raise Unreadable(another_table(strange, self._name))
        if not self._records.count and self._header_goes_on():
            raise Unreadable(header_goes_on(self._row, self._name))
        self._records.totals = self._records.totals_inside()
        self._records.row_names = bool(self._named)
        return self._records

    def _is_apart(self, row: int, cells: Sequence[str]) -> bool:
        """Whether a record of the table's width is none of its payments, for certain."""
        date = cells[self._date]
        if date[:1].isdigit():
            self._begun = True
            return False
        if header_key(date) in header_keys():
            texts = list(map(clean, cells))
            if texts == self._names:
                self._records.headers.append(row)
                return True
            if len(matched(texts, HowToRead())) >= HEADER_FIELDS_SURE:
                raise Unreadable(another_header(row, self._name))
        if not self._begun:
            self._begun = True
            # By the kept columns alone: a client's cell must not change what is said of a row.
            filled = [cells[place] for place in self._places if cells[place].strip()]
            if len(filled) > 1 and not any(map(str.isdigit, "".join(filled))):
                raise Unreadable(second_header(row, self._row, self._name))
        if self._gap is not None and not any(cell.strip() for cell in cells[: self._gap]):
            self._beside.append(row)
            return True
        return False

    def _without_row_name(
        self, row: int, cells: list[str], lines: Sequence[str]
    ) -> list[str] | None:
        """The record without a row number or name that the header has no column for.

        All rows must have one, and it must count: 1, 2, 3, or row 0, row 1.
        """
        if len(cells) != self._records.layout.width + 1:
            return None
        if self._row_name is None:
            first = _FIRST_ROW_NAME.fullmatch(cells[0])
            if first is None or self._begun or self._ragged:
                return None
            if not cells[self._date + 1][:1].isdigit():
                return None
            self._row_name = first[1], int(first[2])
        prefix, number = self._row_name
        if cells[0] != f"{prefix}{number}" or (self._records.count and not self._named):
            return None
        self._row_name = prefix, number + 1
        if len(self._named) < 2:
            self._named.append(Ragged(row, cells, "".join(lines)))
        return cells[1:]

    def _otherwise(self, cells: list[str], lines: Sequence[str]) -> list[str]:
        """The record by other signs around its cells, where it fits the header so; else as it is.

        One that has the header's width already must have them around each of its cells.
        """
        width = self._records.layout.width
        for left, right in _OTHER_QUOTES:
            if left not in lines[0]:
                continue
            around_all = all(
                cell.startswith(left) and cell.rstrip().endswith(right) for cell in cells if cell
            )
            if len(cells) == width and not around_all:
                continue
            other = self._dialect._replace(quote=(left, right))
            try:
                records = list(other.records(lines, strict=True))
            except csv.Error:
                continue
            if len(records) == 1 and len(records[0]) == width and records[0] != cells:
                return records[0]
        return cells

    def _check_quotes(self, row: int, kept: Sequence[str], lines: Sequence[str]) -> None:
        """Raises Unreadable for a quotation mark that was left in a cell by mistake."""
        if not any(map(_has_quotes, lines)):
            return
        for text in kept:
            if text[:1] in _DOUBTFUL and text[0] == text[-1] and len(text) > 2:
                self._records.in_other_quotes.append(row)
            if '"' in text and self._is_record is not None:
                record = "".join(lines)
                odd = text.count('"') % 2 and not self._is_record.fullmatch(record)
                if odd or ('\\"' in text and not self._dialect.escape):
                    raise Unreadable(quotes_broken(row, self._name, text=record))

    def _settle_ragged(self) -> None:
        """Short or long records are refused, but for totals and notes at the file's end."""
        records = self._records
        for row, cells, *_ in self._ragged:
            short = [clean(cell) for cell in cells] + [""] * (records.layout.width - len(cells))
            kept = {name: short[place] for name, place in records.layout.positions.items()}
            others = (short[place] for place in self._dropped)
            footer = footer_of(row, kept, others, lone=row in records.notes)
            if footer is None or len(cells) > records.layout.width:
                raise self._refused(last=True)
            records.footers.append(footer)

    def _refused(self, *, last: bool) -> Unreadable:
        many = len(self._ragged) > 1
        alone = self._records.count == 0 and (many or last)
        if alone and self._header_goes_on():
            return Unreadable(header_goes_on(self._row, self._name))
        around = self._around(alone=alone, last=last)
        return Unreadable(ragged_finding(self._ragged, around, self._name))

    def _header_goes_on(self) -> bool:
        return any(parse_date(text) is not None for text in self._names)

    def _around(self, *, alone: bool, last: bool) -> Around:
        return Around(self._names, self._row, self._records.layout, self._dialect, alone, last)


def _has_quotes(line: str) -> bool:
    """Whether a line has signs that stand around cells; one look spares one at each cell."""
    return (
        "'" in line
        or '"' in line
        or "`" in line
        or (not line.isascii() and any(sign in line for sign in _OPENING))
    )


def _record_pattern(dialect: Dialect) -> re.Pattern[str] | None:
    """What a record is when it is well written; None where other signs are in use."""
    if len(dialect.separator) > 1 or dialect.quote != ('"', '"') or dialect.escape:
        return None
    by = re.escape(dialect.separator)
    blank = " ?" if dialect.blanks else ""
    cell = rf'{blank}(?:[^"{by}\r\n]*|"[^"]*(?:""[^"]*)*")'
    return re.compile(rf"{cell}(?:{by}{cell})*\r?\n?")
