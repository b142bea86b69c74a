"""Which of a file's first rows is the header: the one that names most of the columns.

Imports next to nothing, because the workbook's child process runs it too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kara_tui.exports.columns.headers import match

# A header row stands within the first so many records; above it are titles.
HEADER_WITHIN = 30
# Fewer known columns than this are no header row: a title can hold one such word by chance.
HEADER_FIELDS = 2
# So many are a header for certain: the rows below need not be compared.
HEADER_FIELDS_SURE = 6


def find_header(
    records: Sequence[Sequence[str]], keys: Mapping[str, str], own: Mapping[str, str]
) -> tuple[int, int]:
    """(index of the record with the most known columns, how many); (-1, 0) when none is a header.

    Of several with as many the first counts, and the first with more than enough ends the search.
    """
    best, most = -1, 0
    for index, record in enumerate(records[:HEADER_WITHIN]):
        named = len(match(record, keys, own))
        if named >= HEADER_FIELDS and named > most:
            best, most = index, named
        if most >= HEADER_FIELDS_SURE:
            break
    return best, most
