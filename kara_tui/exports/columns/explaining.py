"""How a file was understood, whether it can be used or not: what ``kara-tui doctor`` shows."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from kara_tui.exports.columns.aliases import Known, header_keys, known_columns, label, says_field
from kara_tui.exports.columns.clients import header_doubt
from kara_tui.exports.columns.headers import TEXT_FIELDS
from kara_tui.exports.columns.layout import SECTION, toml_line
from kara_tui.exports.export import Explained, Export, ExportKind, KeptColumn, Unreadable
from kara_tui.text import header_key

_ALIKE = 0.6


def explained(read: Export | Unreadable, kind: ExportKind) -> Explained:
    """What was understood of a file that was read, or that could not be."""
    filled = {column.field for column in read.columns}
    # A table without any known header may be an export all the same; what is no table is not.
    a_table = filled or read.dropped or any(f.code == "header-missing" for f in read.findings)
    missing = [
        known
        for known in known_columns()
        if kind in known.needed and known.field not in filled and a_table
    ]
    return Explained(
        columns=read.columns,
        dropped=read.dropped,
        missing=tuple(KeptColumn(known.field, known.box) for known in missing),
        toml=_lines_to_add(missing, _headers_left(read)),
        findings=read.findings,
        export=read if isinstance(read, Export) else None,
    )


def _headers_left(read: Export | Unreadable) -> list[str]:
    """The headers of columns that were not read, but for those that seemed to be clients'."""
    refused = {
        header_key(finding.column)
        for finding in read.findings
        if finding.code == "column-of-clients"
    }
    return [header for header in read.dropped if header_key(header) not in refused]


def _lines_to_add(missing: Sequence[Known], headers: Sequence[str]) -> tuple[str, ...]:
    """A header can be meant for one field only, and never one that may be the clients'."""
    if not missing:
        return ()
    left = list(headers)
    lines = [SECTION]
    for known in missing:
        header = _most_alike(known.field, left)
        if header:
            left.remove(header)
        lines.append(toml_line(header or f"the header of the {label(known.field)}", known.field))
    return tuple(lines)


def _most_alike(field: str, headers: Sequence[str]) -> str:
    """The header that is spelled most like one of the field's names, if any is.

    Where texts are handed on, it also has to say that it is the field's.
    """
    keys = [key for key, owner in header_keys().items() if owner == field]
    best, most = "", _ALIKE
    for header in headers:
        if header_doubt(header, field) or (field in TEXT_FIELDS and not says_field(header, field)):
            continue
        for key in keys:
            alike = difflib.SequenceMatcher(None, header_key(header), key).ratio()
            if alike > most:
                best, most = header, alike
    return best
