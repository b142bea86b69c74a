"""The portal's files become clean sessions. The only room with Polars.

``read`` understands one export, ``months`` counts its sessions by month, ``select`` makes one
month's sessions, ``explain`` tells how the headers were taken, ``write_clean`` copies the file
without its clients. Importing this door loads nothing heavy.

The room's small values are named tuples: each frozen dataclass would cost every start, of every
command, another half a millisecond.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kara_tui.later import later

if TYPE_CHECKING:
    from kara_tui.exports.clean_copy import write_clean
    from kara_tui.exports.export import (
        Explained,
        Export,
        ExportKind,
        KeptColumn,
        MonthCount,
        Selected,
        Tally,
        Unreadable,
    )
    from kara_tui.exports.files.limits import Limits
    from kara_tui.exports.reading import explain, read
    from kara_tui.exports.selection import months, select

__all__ = [
    "Explained",
    "Export",
    "ExportKind",
    "KeptColumn",
    "Limits",
    "MonthCount",
    "Selected",
    "Tally",
    "Unreadable",
    "explain",
    "months",
    "read",
    "select",
    "write_clean",
]

__getattr__ = later(
    __name__,
    {
        "clean_copy": "write_clean",
        "export": "Explained Export ExportKind KeptColumn MonthCount Selected Tally Unreadable",
        "files.limits": "Limits",
        "reading": "explain read",
        "selection": "months select",
    },
)
