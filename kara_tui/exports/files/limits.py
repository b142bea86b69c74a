"""How much the reader takes in before it says no: every guard's number, each settable."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1 << 20
GIB = 1 << 30


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps on one file. Bytes are bytes, ``child_seconds`` is processor time.

    A file up to ``careful_bytes`` is split record by record; a larger one takes the fast road when
    its lines allow it. ``spool_bytes`` is how much of a stream, or of a rewritten file, is held in
    memory before it goes to a temporary file. ``distinct`` caps the different texts of one column
    that are understood one by one.
    """

    file_bytes: int = 16 * GIB
    rows: int = 100_000_000
    columns: int = 1_000
    # Excel's own bound for one cell.
    cell_characters: int = 32_767
    careful_bytes: int = MIB
    spool_bytes: int = 32 * MIB
    distinct: int = 2_000_000
    # Guards of packed files: a workbook's XML shrinks to a twentieth at most times.
    unpacked_bytes: int = 4 * GIB
    unpacked_ratio: int = 200
    members: int = 2_000
    # The workbook's child process.
    child_memory: int = 2 * GIB
    child_seconds: int = 120

    def seconds_for(self, size: int) -> int:
        """The child's processor time for a workbook of so many bytes.

        A small one needs next to none, and in some that are damaged calamine goes round for ever.
        """
        return min(self.child_seconds, 15 + 10 * size // MIB)
