"""A text file in which no row names the columns: what it is instead, as far as that can be told."""

from __future__ import annotations

import csv

from kara_tui.exports.cells import clean
from kara_tui.exports.columns import header_keys, layout, own_keys
from kara_tui.exports.delimited import no_header
from kara_tui.exports.dialects import SEPARATORS, header_of
from kara_tui.exports.export import ExportKind, HowToRead, Unreadable
from kara_tui.exports.findings import finding
from kara_tui.exports.headers import HEADER_WITHIN, find_header
from kara_tui.model import Finding

# Encodings of old Macintoshes and of DOS. They fit every file, so they are never guessed.
_NAMED_ONLY = ("mac-roman", "cp850")


def unlike_an_export(text: str, how: HowToRead, name: str) -> Finding:
    """The finding for a file in whose first characters no row is a header."""
    if not _is_in_quotation_marks(text, how):
        return no_header(name)
    return finding(
        "header-missing",
        f"In {name} quotation marks stand around whole lines, so that each is a single cell.",
        "A spreadsheet with another list separator saves files so. Export the payments again and "
        "use that file as it is.",
        source=name,
    )


def _is_in_quotation_marks(text: str, how: HowToRead) -> bool:
    lines = [line for line in text.splitlines()[:HEADER_WITHIN] if line[:1] + line[-1:] == '""']
    headers = [
        next(csv.reader([line[1:-1].replace('""', '"')], delimiter=separator), [])
        for line in lines
        for separator in SEPARATORS
    ]
    return find_header(headers, header_keys(), own_keys(how))[0] >= 0


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
