"""What a file of the Downloads folder holds, in a few words, before it is chosen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kara_tui import exports
from kara_tui.exports import ExportKind
from kara_tui.month_end.wording import counted
from kara_tui.text import MONTH_NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kara_tui.model import Month

NO_EXPORT = "not an export"
MONTHS_NAMED = 2
GOOD_PART = 5  # a fifth
LARGEST = 2 * 1024 * 1024  # bytes; a larger file is read when it is chosen


def glance(path: Path) -> str:
    """``42 of Oct 2026, 14 others``, ``not an export``, or nothing when it is too large.

    Named are the months, two at most, that hold a good part of the sessions; the others are
    sessions of other months, and payments of another type. Nothing of the file is kept.
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
        return _months_said({count.month: count.sessions for count in exports.months(export)},
                            export.rows)  # fmt: skip
    return NO_EXPORT


def _months_said(counts: Mapping[Month, int], rows: int) -> str:
    most = sorted(counts, key=lambda month: (counts[month], month))[-MONTHS_NAMED:]
    most = [month for month in most if counts[month] * GOOD_PART >= sum(counts.values())]
    if not most:
        return counted(rows, "payment")
    parts = []
    for at, month in enumerate(sorted(most)):
        later = sorted(most)[at + 1 :]
        # The year stands once where all months are of it.
        year = "" if later and later[0].year == month.year else f" {month.year}"
        parts.append(f"{counts[month]:,} of {MONTH_NAMES[month.number - 1][:3]}{year}")
    others = rows - sum(counts[month] for month in most)
    if others:
        parts.append(counted(others, "other"))
    return ", ".join(parts)
