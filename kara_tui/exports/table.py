"""The table of a text file: a record below the header is a payment, a footer, blank, or refused."""

from __future__ import annotations

from collections.abc import Sequence

from kara_tui.exports.cells import clean
from kara_tui.exports.columns import Layout
from kara_tui.exports.dialects import Dialect
from kara_tui.exports.export import Unreadable
from kara_tui.exports.headers import TEXT_FIELDS
from kara_tui.exports.limits import Limits
from kara_tui.exports.notes import may_be_payment
from kara_tui.exports.records import Footer, Records, is_note, total_of
from kara_tui.exports.refusals import (
    Ragged,
    ragged_finding,
    swallowed_finding,
    too_long,
    too_many_rows,
)
from kara_tui.model.finding import ROWS_SHOWN
from kara_tui.model.names import has_entities


class Table:
    """Takes a file's records one by one; one that is no record is named in Unreadable."""

    def __init__(
        self,
        layout: Layout,
        above: int,
        dialect: Dialect,
        limits: Limits,
        name: str,
        *,
        written: int,
    ) -> None:
        """``written`` is how many cells the header has in the file, those without a name too."""
        self._records = Records(layout, above=above)
        self._dialect, self._limits, self._name = dialect, limits, name
        self._places = [layout.positions[column.field] for column in layout.columns]
        self._dropped = [place for place in range(layout.width) if place not in self._places]
        self._texts = [layout.positions[f] for f in TEXT_FIELDS if f in layout.positions]
        places = layout.positions
        self._date = places.get("transaction_date", places.get("session_date", 0))
        self._written = written
        self._ragged: list[Ragged] = []
        self._after_blank = False

    def skip_blank(self) -> None:
        """Take a record without any text."""
        self._records.blank += 1
        self._after_blank = True

    def take(self, row: int, cells: list[str], lines: Sequence[str]) -> None:
        """Take a record that begins in a row; ``lines`` are those that it goes over."""
        records, width = self._records, self._records.layout.width
        if len(lines) > 1:
            swallowed = swallowed_finding(lines, self._dialect.separator, width, row, self._name)
            if swallowed is not None:
                raise Unreadable(swallowed)
        if len(cells) > width:
            cells = self._without_tail(cells)
        longest = self._limits.cell_characters
        # One look at the line spares one at each cell.
        if (len(lines) > 1 or len(lines[0]) > longest) and max(map(len, cells)) > longest:
            raise Unreadable(too_long(self._name, row, "cell"))
        # A short line without a line end, or a blank line before it, may be a payment's begin.
        whole = len(cells) == width or self._after_blank or lines[-1].endswith(("\n", "\r"))
        self._after_blank = False
        if whole and not any(cells[1:]) and self._is_note(cells[0]):
            records.notes.add(row)
        if len(cells) != width:
            self._ragged.append(Ragged(row, cells))
            if len(self._ragged) > ROWS_SHOWN:
                raise self._refused()
            return
        if self._ragged:
            raise self._refused()
        if records.count >= self._limits.rows:
            raise Unreadable(too_many_rows(self._name, self._limits))
        records.add(row, [clean(cells[place]) for place in self._places])
        if any("&" in cells[place] and has_entities(cells[place]) for place in self._texts):
            records.encoded.append(row)
        # Totals have no date: what else such a record holds may be asked at the end.
        if not cells[self._date][:1].isdigit():
            records.others.append((row, [clean(cells[place]) for place in self._dropped]))

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

    def end(self) -> Records:
        """The records, when all were taken."""
        self._settle_ragged()
        self._records.take_footers()
        return self._records

    def _is_note(self, text: str) -> bool:
        # Tabs tell of cells that grew together, and are gone once a text is clean.
        return not may_be_payment(text) and is_note([clean(text)], self._records.layout)

    def _settle_ragged(self) -> None:
        """Short or long records are refused, but for totals and notes at the file's end."""
        records = self._records
        for row, cells in self._ragged:
            short = [clean(cell) for cell in cells] + [""] * (records.layout.width - len(cells))
            kept = {name: short[place] for name, place in records.layout.positions.items()}
            footer = total_of(row, kept, (short[place] for place in self._dropped))
            if footer is None and row in records.notes:
                footer = Footer(row, "", note=True)
            if footer is None or len(cells) > records.layout.width:
                raise self._refused()
            records.footers.append(footer)

    def _refused(self) -> Unreadable:
        layout = self._records.layout
        alone = self._records.count == 0
        by = self._dialect.separator
        return Unreadable(ragged_finding(self._ragged, layout.width, by, self._name, alone=alone))
