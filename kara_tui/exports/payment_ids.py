"""A column of payment ids that holds people: it is not read, whatever its header says.

An id only ever adds to what is known of a session, so nothing is lost with it; a client's name,
e-mail address, kennitala, phone number or birth date in the ledger would be.
"""

from __future__ import annotations

import polars as pl

from kara_tui.exports.columns import Layout
from kara_tui.exports.findings import finding
from kara_tui.exports.lines import Lines
from kara_tui.model import Finding
from kara_tui.model.finding import ROWS_SHOWN

_FIELD = "payment_id"
# An e-mail address, two words of letters, a phone number with its country: one cell is enough.
_IS_ONE = r"@|\p{L}{2,}[.,']*\s+(?:\p{L}\.?\s+)*\p{L}{2,}|^\s*(?:\+|00)[1-9][0-9 ()./-]{6,}$"
# What an id could look like too: a kennitala, a birth date, a phone number, a word or two without
# any digit. Where half of the cells do, they are none.
_MAY_BE_ONE = (
    r"^\s*(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2])[0-9]{2}[ -]?[0-9]{3}[089]\s*$"
    r"|^\s*(?:19|20)[0-9]{2}[-./]?(?:0[1-9]|1[0-2])[-./]?(?:0[1-9]|[12][0-9]|3[01])\s*$"
    r"|^\s*[0-3]?[0-9][./-][01]?[0-9][./-](?:19|20)?[0-9]{2}\s*$"
    r"|^\s*\(?[0-9]{3,4}\)?[ -][0-9]{3,4}(?:[ -][0-9]{2,4})*\s*$"
    r"|^\s*\p{L}+(?:[.,_-]?\p{L}+)*[.,]?\s*$"
)


def without_people(lines: Lines, layout: Layout) -> tuple[Layout, list[Finding]]:
    """The layout without its column of payment ids when that holds people, and what is said."""
    if _FIELD not in layout.positions:
        return layout, []
    # A workbook's number stands behind its mark.
    cell = pl.col(_FIELD).str.strip_chars_start("\x01")
    filled = cell.str.contains(r"\S")
    is_one, may_be = cell.str.contains(_IS_ONE), cell.str.contains(_MAY_BE_ONE)
    [(cells, some, perhaps)] = lines.collected(
        lines.frame.select(
            filled.sum().alias("filled"),
            is_one.sum().alias("is"),
            (is_one | may_be).sum().alias("may be"),
        )
    ).rows()
    if not some and perhaps * 2 <= cells:
        return layout, []
    rows = lines.collected(lines.frame.filter(is_one | may_be).select("row").head(ROWS_SHOWN))[
        "row"
    ].to_list()
    header = layout.header(_FIELD)
    kept = layout._replace(
        positions={field: at for field, at in layout.positions.items() if field != _FIELD},
        columns=tuple(column for column in layout.columns if column.field != _FIELD),
        dropped=(*layout.dropped, header),
    )
    return kept, [
        finding(
            "payment-id-of-clients",
            f"Column “{header}” of {lines.name} should hold payment ids, and some of its cells may "
            "be a person's name, address or number: it is not read.",
            "Nothing else depends on it. Untick it in the portal's Export screen.",
            rows=sorted(rows),
            count=some or perhaps,
            source=lines.name,
            column=header,
        )
    ]
