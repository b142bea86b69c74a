"""A text file in which no row names the columns: what it is instead, as far as that can be told."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence

from kara_tui.exports.cells.cleaning import clean
from kara_tui.exports.cells.dates import parse_date
from kara_tui.exports.columns.aliases import header_keys, matched, own_keys
from kara_tui.exports.columns.layout import layout, no_header
from kara_tui.exports.export import ExportKind, Unreadable
from kara_tui.exports.findings import finding
from kara_tui.exports.rows.below_table import is_currency
from kara_tui.exports.rows.header_search import HEADER_FIELDS_SURE, HEADER_WITHIN, find_header
from kara_tui.exports.text.dialects import (
    SEPARATORS,
    body_of,
    dialect_of,
    header_of,
    separator_word,
)
from kara_tui.exports.text.errors import payments_above, quotes_broken
from kara_tui.model import Finding, HowToRead
from kara_tui.text import header_key

# Encodings of old Macintoshes and of DOS. They fit every file, so they are never guessed.
_NAMED_ONLY = ("mac-roman", "cp850")
_EXPORT_AGAIN = "Export the payments from the portal again."
# No header's line is longer, and no payment has fewer cells.
_LONGEST_HEADER = 1_000
_FEWEST_CELLS = 4


def unlike_an_export(text: str, how: HowToRead, name: str) -> Finding:
    """The finding for a file in whose first characters no row is a header."""
    if not text.strip():
        return _missing(f"{name} holds nothing but blank lines.", _EXPORT_AGAIN, name)
    if _is_in_quotation_marks(text, how):
        return _missing(
            f"In {name} quotation marks stand around whole lines, so that each is a single cell.",
            "A spreadsheet with another list separator saves files so. Export the payments again "
            "and use that file as it is.",
            name,
        )
    body, declared = body_of(text)
    if declared and (dialect := dialect_of(body, "", how)) is not None:
        return _missing(
            f"The first line of {name} {_declares(declared)}, but its header is parted by "
            f"{separator_word(dialect.separator)}.",
            "Open the file in an editor, delete the first line and save; or export again.",
            name,
        )
    lines = text.splitlines()
    header = _header_without_quotation_marks(lines, how)
    if header:
        odd = (row for row, line in enumerate(lines[:header], 1) if line.count('"') % 2)
        return quotes_broken(next(odd, header), name)
    return _no_separator(lines, name) or _no_header(lines, how, name) or no_header(name)


def _declares(separator: str) -> str:
    if separator.isprintable():
        return f"says sep={separator}"
    return f"declares {separator_word(separator)}"


def _missing(message: str, hint: str, name: str, rows: tuple[int, ...] = ()) -> Finding:
    return finding("header-missing", message, hint, rows=rows, source=name)


def _is_in_quotation_marks(text: str, how: HowToRead) -> bool:
    lines = [line for line in text.splitlines()[:HEADER_WITHIN] if line[:1] + line[-1:] == '""']
    headers = [
        next(csv.reader([line[1:-1].replace('""', '"')], delimiter=separator), [])
        for line in lines
        for separator in SEPARATORS
    ]
    return find_header(headers, header_keys(), own_keys(how))[0] >= 0


def _header_without_quotation_marks(lines: Sequence[str], how: HowToRead) -> int:
    """The number of the line that is a header once its quotation marks are gone, else 0."""
    for number, line in enumerate(lines[:HEADER_WITHIN], 1):
        if any('"' in above for above in lines[:number]):
            for separator in SEPARATORS:
                cells = list(map(clean, line.replace('"', "").split(separator)))
                if len(matched(cells, how)) >= HEADER_FIELDS_SURE:
                    return number
    return 0


def _no_separator(lines: Sequence[str], name: str) -> Finding | None:
    """The finding for names of columns with blanks between them, or nothing at all."""
    for row, line in enumerate(lines[:HEADER_WITHIN], 1):
        key = header_key(line[:_LONGEST_HEADER])
        named = {field for alias, field in header_keys().items() if len(alias) > 3 and alias in key}
        if len(named) < HEADER_FIELDS_SURE:
            continue
        what = "no separator that could be told stands between them"
        if len(re.findall(r"\S {2,}(?=\S)", line)) >= HEADER_FIELDS_SURE:
            what = "its cells stand in columns of blanks (fixed width)"
        return _missing(
            f"Row {row} of {name} names the columns, but {what}.",
            "Open the file in a spreadsheet, which asks where the columns are, and save it as CSV "
            "UTF-8; or export the payments again as CSV.",
            name,
            (row,),
        )
    return None


def _no_header(lines: Sequence[str], how: HowToRead, name: str) -> Finding | None:
    """The finding for a file that begins with a payment."""
    for separator in SEPARATORS:
        rows = [list(map(clean, row)) for row in csv.reader(lines, delimiter=separator)]
        first = next((row for row, cells in enumerate(rows, 1) if any(cells)), 0)
        if not first or not _has_a_date_and_a_currency(rows[first - 1]):
            continue
        further = [
            row
            for row, cells in enumerate(rows, 1)
            if len(matched(cells, how)) >= HEADER_FIELDS_SURE
        ]
        if further:
            return payments_above((first,), further[0], name)
        return _missing(
            f"{name} has no header: row {first} looks like a payment already.",
            "Put the line with the columns' names back at the top, or export again.",
            name,
            (first,),
        )
    return None


def _has_a_date_and_a_currency(cells: Sequence[str]) -> bool:
    return (
        len(cells) >= _FEWEST_CELLS
        and any(parse_date(cell) is not None for cell in cells)
        and any(cell and is_currency(cell) for cell in cells)
    )


def with_encoding(
    error: Unreadable, head: bytes, kind: ExportKind, how: HowToRead, name: str
) -> Unreadable:
    """Why a file is not read, or rather that its encoding must be named.

    That is so when its header lacks a column only because its letters were read wrong.
    """
    if error.findings[0].code not in ("header-missing", "column-missing"):
        return error
    for encoding in _NAMED_ONLY:
        try:
            layout([*map(clean, header_of(head.decode(encoding), how))], kind, how, name)
        except Unreadable:
            continue
        return Unreadable(
            finding(
                "encoding-unknown",
                f"The header of {name} can only be read when the file's encoding is {encoding}, "
                "which is never guessed.",
                f'Write in the profile under [reading]: encoding = "{encoding}"',
                source=name,
            )
        )
    return error
