"""The user's own names of columns, held against what stands in those columns.

The allow-list keeps clients out by their headers. A name that the user adds could open the door
again, so a column that was named in the profile is looked at: a sponsor has no e-mail address, a
professional is not another person in every row, and where people's names stand, the header has to
say that they are not the clients'.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kara_tui.exports.cells.cleaning import MARKS, clean
from kara_tui.exports.cells.payment_types import is_fit_to_show
from kara_tui.exports.columns.aliases import SECOND_WORD, header_keys, says_field
from kara_tui.exports.columns.clients import may_be_a_name
from kara_tui.exports.columns.headers import TEXT_FIELDS
from kara_tui.exports.columns.layout import ColumnLayout, may_be_clients
from kara_tui.exports.export import Unreadable
from kara_tui.model import HowToRead
from kara_tui.text import header_key

if TYPE_CHECKING:
    import polars as pl

# A clinic has fewer professionals than this, or sees each of them again within a few rows.
_ENOUGH_ROWS = 12
# A service and a payment type come again sooner.
_FEW_ROWS = 5
_MOSTLY = 0.6
_OF_PEOPLE = frozenset({"professional", "professional_email", "sponsor"})


def refuse_clients(sample: pl.DataFrame, layout: ColumnLayout, how: HowToRead, name: str) -> None:
    """Raises Unreadable for a column of the user's own that seems to hold clients.

    ``sample`` are the texts of the first payments.
    """
    named = {header_key(name): words.split() for name, words in how.columns.items()}
    own = [
        column
        for column in layout.columns
        if column.field in TEXT_FIELDS
        and header_key(column.header) in named
        and SECOND_WORD not in named[header_key(column.header)][1:]
        and header_keys().get(header_key(column.header)) != column.field
    ]
    problems = {
        column: may_be_clients(column.header, column.field, doubt, name)
        for column in own
        if (doubt := cells_doubt(sample[column.field], column.field, column.header))
    }
    if problems:
        raise Unreadable(
            *problems.values(),
            columns=tuple(column for column in layout.read if column not in problems),
            dropped=(*layout.not_read, *(column.header for column in problems)),
        )


def cells_doubt(cells: pl.Series, field: str, header: str) -> str:
    """Why a column's cells may be clients', to follow “it …”; empty when nothing speaks for it."""
    filled = cells.filter(cells != "")
    if field != "professional_email" and filled.str.contains("@", literal=True).any():
        return "holds e-mail addresses"
    changing = filled.n_unique() > filled.len() * _MOSTLY
    if field in _OF_PEOPLE and changing and filled.len() >= _ENOUGH_ROWS:
        return "names somebody else in nearly every row"
    different = [clean(text) for text in filled.unique() if not text.startswith(MARKS)]
    if field == "type":
        different = [text for text in different if not is_fit_to_show(text)]
    if (
        field not in _OF_PEOPLE
        and changing
        and filled.len() >= _FEW_ROWS
        and _most_are_names(different, whole=True)
    ):
        return "holds what may be another person's name in nearly every row"
    if says_field(header, field):
        return ""
    if field == "professional_email":
        return "does not say whose e-mail addresses it holds" if different else ""
    if _most_are_names(different):
        return "holds what may be people's names and has no word in its header that says whose"
    return ""


def _most_are_names(texts: list[str], *, whole: bool = False) -> bool:
    return sum(may_be_a_name(text, whole=whole) for text in texts) * 2 > len(texts)
