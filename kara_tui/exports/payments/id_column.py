"""A column of payment ids that holds people: it is not read, whatever its header says.

An id only ever adds to what is known of a session, so nothing is lost with it; a client's name,
e-mail address, kennitala, phone number or birth date in the ledger would be.
"""

from __future__ import annotations

import polars as pl

from kara_tui.exports.columns.layout import ColumnLayout
from kara_tui.exports.findings import finding
from kara_tui.exports.payments.payment_table import PaymentTable
from kara_tui.model import Finding
from kara_tui.model.finding import ROWS_SHOWN

_FIELD = "payment_id"
# An e-mail address, two words of letters, a phone number with its country: one cell is enough for
# the whole column.
_IS_ONE = r"@|\p{L}{2,}[.,']*\s+(?:\p{L}\.?\s+)*\p{L}{2,}|^\s*(?:\+|00)[1-9][0-9 ()./-]{6,}$"
_DAY, _MONTH = "(?:0[1-9]|[12][0-9]|3[01])", "(?:0[1-9]|1[0-2])"
# What an id may look like too: numbers of persons that begin with a birth date, as kennitala, CPR
# and personnummer do, birth dates, phone numbers, words without any digit. Such a cell is not read;
# where half of them are such, none is.
_MAY_BE_ONE = (
    rf"^\s*(?:{_DAY}{_MONTH}[0-9]{{2}}|(?:19|20)?[0-9]{{2}}{_MONTH}{_DAY})[ +-][0-9]{{4}}\s*$"
    rf"|^\s*(?:19|20)[0-9]{{2}}[-./]{_MONTH}[-./]{_DAY}\s*$"
    r"|^\s*[0-3]?[0-9][./-][01]?[0-9][./-](?:19|20)?[0-9]{2}\s*$"
    r"|^\s*\(?[0-9]{3,4}\)?[ -][0-9]{3,4}(?:[ -][0-9]{2,4})*\s*$"
    r"|^\s*\p{L}+(?:[.,_-]?\p{L}+)*[.,]?\s*$"
)
# Plain numbers are ids more often than persons: a single kennitala is told by its check digit, a
# birth date by the company it is in.
_KENNITALA = rf"^\s*{_DAY}{_MONTH}[0-9]{{5}}[089]\s*$"
_PLAIN_DATE = rf"^\s*(?:19|20)[0-9]{{2}}{_MONTH}{_DAY}\s*$"


def without_people(
    table: PaymentTable, layout: ColumnLayout
) -> tuple[PaymentTable, ColumnLayout, list[Finding]]:
    """The payments and the layout without payment ids that may be people's, and what is said."""
    if _FIELD not in layout.positions:
        return table, layout, []
    # A workbook's number stands behind its mark.
    cell = pl.col(_FIELD).str.strip_chars_start("\x01")
    plain = table.collected(table.frame.select(cell.filter(cell.str.contains(_KENNITALA)).unique()))
    persons = [text for text in plain[_FIELD].to_list() if _is_kennitala(text)]
    is_one = cell.str.contains(_IS_ONE)
    may_be = cell.str.contains(_MAY_BE_ONE) | cell.is_in(persons)
    plain_ones = cell.str.contains(f"{_KENNITALA}|{_PLAIN_DATE}") & ~may_be
    [(cells, some, perhaps, numbers)] = table.collected(
        table.frame.select(
            cell.str.contains(r"\S").sum().alias("filled"),
            is_one.sum().alias("is"),
            (is_one | may_be).sum().alias("may be"),
            plain_ones.sum().alias("plain"),
        )
    ).rows()
    whole = bool(some) or (perhaps + numbers) * 2 > cells
    if not whole and not perhaps:
        return table, layout, []
    such = is_one | may_be | plain_ones if whole else is_one | may_be
    rows = table.collected(table.frame.filter(such).select("row").head(ROWS_SHOWN))
    told = _told(layout, table.name, rows["row"].to_list(), perhaps + numbers * whole, whole=whole)
    if not whole:
        empty = pl.when(such).then(pl.lit("")).otherwise(pl.col(_FIELD)).alias(_FIELD)
        return table._replace(frame=table.frame.with_columns(empty)), layout, [told]
    kept = layout._replace(
        positions={field: at for field, at in layout.positions.items() if field != _FIELD},
        columns=tuple(column for column in layout.columns if column.field != _FIELD),
        dropped=(*layout.dropped, layout.header(_FIELD)),
    )
    return table, kept, [told]


def _told(layout: ColumnLayout, name: str, rows: list[int], count: int, *, whole: bool) -> Finding:
    header = layout.header(_FIELD)
    what = "the column is" if whole else "they are" if count > 1 else "it is"
    some = "some of its cells" if count > 1 else "one of its cells"
    return finding(
        "payment-id-of-clients",
        f"Column “{header}” of {name} should hold payment ids, and {some} may be a person's name, "
        f"address or number: {what} not read.",
        "Nothing else depends on it. Untick it in the portal's Export screen.",
        rows=sorted(rows),
        count=count,
        source=name,
        column=header,
    )


def _is_kennitala(text: str) -> bool:
    from stdnum.is_ import kennitala

    return bool(kennitala.is_valid(text))
