"""What a file of the Downloads folder holds, in a few words, before it is chosen."""

from __future__ import annotations

from pathlib import Path

from kara_tui import exports
from kara_tui.exports import ExportKind
from kara_tui.month_end.wording import counted, month_name

LARGEST = 2 * 1024 * 1024  # bytes; a larger file is read when it is chosen


def glance(path: Path) -> str:
    """``56 payments, October 2026``, ``no export``, or nothing when it is too large to be opened.

    The month is the one with the most sessions. Nothing of the file is kept.
    """
    try:
        if path.stat().st_size > LARGEST:
            return ""
    except OSError:
        return ""
    for kind in (ExportKind.PAID, ExportKind.UNPAID):
        try:
            export = exports.read(path, kind)
        except exports.Unreadable:
            continue
        counts = exports.months(export)
        if not counts:
            return counted(export.rows, "payment")
        most = max(counts, key=lambda one: (one.sessions, one.month))
        return f"{counted(export.rows, 'payment')}, {month_name(most.month)}"
    return "no export"
