"""What a sheet's XML is marked by, in the workbook's child process: is a closer look needed?

calamine tells nothing of formulas, errors and hidden rows. To find out cell by cell takes longer
than reading the sheet, so only a sheet that has some is gone through so.
"""

from __future__ import annotations

import re

# Longer than what is looked for, so that nothing is lost where two pieces meet.
_OVERLAP = 64
_ROW = re.compile(rb"row r=[\"']([0-9]{1,7})[\"']")


class Marks:
    """Whether a sheet has formulas or errors, hidden rows or columns, and its last row."""

    __slots__ = ("_end", "formulas_or_errors", "hidden", "last_row")

    def __init__(self) -> None:
        self.formulas_or_errors = self.hidden = False
        self.last_row = 0
        self._end = b""

    def take(self, piece: bytes) -> None:
        """Look at the next bytes of the XML."""
        self._look(self._end + piece[:_OVERLAP])
        self._look(piece)
        self._end = piece[-_OVERLAP:]

    def _look(self, piece: bytes) -> None:
        # One letter is looked for far faster than a word, and most sheets have none of these
        # among their cells: their texts stand in a file of their own.
        if b"f" in piece and (b"<f" in piece or b":f" in piece):
            self.formulas_or_errors = True
        if b"#" in piece and (b't="e"' in piece or b"t='e'" in piece):
            self.formulas_or_errors = True
        if b"h" in piece and b"hidden" in piece:
            self.hidden = True
        place = piece.rfind(b"row r=")
        if place >= 0 and (row := _ROW.match(piece, place)):
            self.last_row = int(row[1])
