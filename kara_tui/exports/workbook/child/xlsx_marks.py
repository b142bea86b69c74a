"""What a sheet's XML is marked by, in the workbook's child process: is a closer look needed?

calamine tells nothing of formulas, errors and hidden rows, nor of cells that it passed over. To
find out cell by cell takes longer than reading the sheet, so only a sheet that has some, or more
cells with a content than came out of the parser, is gone through so.
"""

from __future__ import annotations

import re

# Longer than what is looked for, so that nothing is lost where two pieces meet.
_OVERLAP = 256
_NUMBER = re.compile(rb"\sr=[\"']([0-9]{1,7})[\"']")
_MERGED = re.compile(rb"mergeCell\s[^>]*?ref=[\"']([A-Za-z0-9]+:[A-Za-z0-9]+)[\"']")
# A sheet's own properties stand before its rows.
_HEAD = 1 << 14
_UNKNOWN = 1 << 31


class XlsxMarks:
    """Whether a sheet has formulas or errors, hidden rows or columns; its last row; its merges.

    ``contents`` is how many cells have a content, if the sheet is written as all programs write it.
    ``odd`` says that there are comments or CDATA between the cells, which no program writes.
    """

    __slots__ = ("_end", "_signs", "formulas_or_errors", "hidden", "last_row", "merged", "odd")

    def __init__(self) -> None:
        self.formulas_or_errors = self.hidden = self.odd = False
        self.last_row = 0
        self.merged: set[bytes] = set()
        self._signs = 0
        self._end = b""

    @property
    def contents(self) -> int:
        """How many cells have a content: each has a ``<v>`` or an ``<is>``, and its end."""
        return (self._signs + 1) // 2

    def take(self, piece: bytes) -> None:
        """Look at the next bytes of the XML."""
        self._look(self._end + piece[:_OVERLAP])
        self._look(piece)
        # With so many bytes before it that none is counted twice.
        self._signs += (self._end[-1:] + piece).count(b"v>")
        self._signs += (self._end[-2:] + piece).count(b"is>")
        self._end = (self._end + piece if len(piece) < _OVERLAP else piece)[-_OVERLAP:]

    def _look(self, piece: bytes) -> None:
        # One letter is looked for far faster than a word, and most sheets have none of these
        # among their cells: their texts stand in a file of their own.
        if b"f" in piece and (b"<f" in piece or b":f" in piece):
            self.formulas_or_errors = True
        if b"#" in piece and (b't="e"' in piece or b"t='e'" in piece):
            self.formulas_or_errors = True
        if b"h" in piece and (b"hidden" in piece or _no_height(piece)):
            self.hidden = True
        if b"!" in piece and b"<!" in piece:
            self.odd = True
        place = piece.rfind(b"<row")
        if place < 0:
            place = piece.rfind(b":row")
        if place >= 0 and (end := piece.find(b">", place)) >= 0:
            # A row without a number is the one behind the row before it.
            number = _NUMBER.search(piece, place, end)
            self.last_row = int(number[1]) if number else _UNKNOWN
        # Merged cells are told behind all rows.
        if piece.find(b"mergeCell", max(place, 0)) >= 0:
            self.merged.update(_MERGED.findall(piece, max(place, 0)))


def _no_height(piece: bytes) -> bool:
    """Whether a row has a height of nothing, or all that do not say their own."""
    return b"zeroHeight" in piece[:_HEAD] or (
        b" ht=" in piece and (b' ht="0' in piece or b" ht='0" in piece)
    )
