"""From a header row to fields: which column is what, and which columns are never looked into.

Imports next to nothing, because the workbook's child process runs it too: only the columns that
this finds leave that process.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kara_tui.text import header_key

# No header is longer; what is longer is data, and not compared.
HEADER_CHARACTERS = 60
# Headers that name the date when they stand alone, and its time of day beside another date.
_CLOCKS = frozenset({"transactiontime"})
# Fields whose cells are handed on as texts. A column of these may be there twice, under one name:
# the second comes along to be compared.
TEXT_FIELDS = ("service", "sponsor", "professional", "professional_email", "payment_id", "type")
# Of these, what stands on the invoice or says who pays it.
BILLED_FIELDS = ("professional", "sponsor", "service")
# Fields of dates, amounts and types: in a workbook their numbers, errors and formulas count.
VALUE_FIELDS = frozenset({"transaction_date", "session_date", "time", "price", "currency", "type"})
AGAIN = " again"


def match(
    cells: Sequence[str], keys: Mapping[str, str], own: Mapping[str, str]
) -> dict[str, list[int]]:
    """The fields in a row of cells, each with its columns (more than one must be asked about).

    ``keys`` maps a header's key to its field; ``own`` are the user's, and win over the others. The
    second of two columns of the same name is that of the field followed by AGAIN.
    """
    fields: dict[str, list[int]] = {}
    owned: dict[str, list[int]] = {}
    for position, cell in enumerate(cells):
        key = header_key(cell) if 0 < len(cell) <= HEADER_CHARACTERS else ""
        if key in own:
            owned.setdefault(own[key], []).append(position)
        elif key in keys:
            fields.setdefault(keys[key], []).append(position)
    found = fields | owned
    dates = found.get("transaction_date", [])
    clocks = [place for place in dates if header_key(cells[place]) in _CLOCKS]
    if len(dates) == 2 and len(clocks) == 1 and "time" not in found:
        found["transaction_date"] = [place for place in dates if place not in clocks]
        found["time"] = clocks
    for field in TEXT_FIELDS:
        places = found.get(field, [])
        if len(places) == 2 and header_key(cells[places[0]]) == header_key(cells[places[1]]):
            found[field], found[field + AGAIN] = places[:1], places[1:]
    return found
