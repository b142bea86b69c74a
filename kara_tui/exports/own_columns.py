"""The user's own names of columns, held against what stands in those columns.

The allow-list keeps clients out by their headers. A name that the user adds could open the door
again, so a column that was named in the profile is looked at: a sponsor has no e-mail address, and
a professional is not another person in every row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kara_tui.exports.columns import SECOND_WORD, Layout, may_be_clients
from kara_tui.exports.export import HowToRead, Unreadable
from kara_tui.exports.headers import header_key
from kara_tui.exports.lines import Lines
from kara_tui.model import Finding

if TYPE_CHECKING:
    import polars as pl

_SAMPLE = 2_000
# A clinic has fewer professionals than this, or sees each of them again within a few rows.
_ENOUGH_ROWS = 12
_MOSTLY = 0.6
_NAMES = frozenset({"professional", "professional_email", "sponsor"})
_TEXTS = _NAMES | {"service", "payment_id"}


def refuse_clients(lines: Lines, layout: Layout, how: HowToRead) -> None:
    """Raises Unreadable for a column of the user's own that seems to hold clients."""
    said = {header_key(name): words.split() for name, words in how.columns.items()}
    own = [
        column
        for column in layout.columns
        if column.field in _TEXTS
        and header_key(column.header) in said
        and SECOND_WORD not in said[header_key(column.header)][1:]
    ]
    if not own:
        return
    sample = lines.collected(lines.frame.head(_SAMPLE))
    problems: list[Finding] = []
    for column in own:
        why = _like_clients(sample[column.field], column.field)
        if why:
            problems.append(may_be_clients(column.header, column.field, why, lines.name))
    if problems:
        raise Unreadable(*problems, columns=layout.columns, dropped=layout.dropped)


def _like_clients(cells: pl.Series, field: str) -> str:
    if field != "professional_email" and cells.str.contains("@", literal=True).any():
        return "holds e-mail addresses"
    filled = cells.filter(cells != "")
    if (
        field in _NAMES
        and filled.len() >= _ENOUGH_ROWS
        and filled.n_unique() > filled.len() * _MOSTLY
    ):
        return "names somebody else in nearly every row"
    return ""
