"""The table of columns: fields, their aliases, and the boxes of the portal's Export screen."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kara_tui.exports.cells import clean, shown
from kara_tui.exports.export import Column, ExportKind, Unreadable
from kara_tui.exports.findings import finding
from kara_tui.exports.headers import HEADER_CHARACTERS, header_key
from kara_tui.model import Finding


@dataclass(frozen=True, slots=True)
class Known:
    """One field of the table: where it is needed, its box in the portal, its header names."""

    field: str
    needed: frozenset[str]
    box: str
    aliases: tuple[str, ...]


@cache
def known_columns() -> tuple[Known, ...]:
    """The table as ``columns.toml`` has it, in its order."""
    table = tomllib.loads(
        files("kara_tui.exports").joinpath("columns.toml").read_text(encoding="utf-8")
    )
    return tuple(
        Known(field, frozenset(row["needed"]), row["box"], tuple(row["aliases"]))
        for field, row in table.items()
    )


@cache
def header_keys() -> dict[str, str]:
    """From a header's key to its field, for every alias in the table."""
    return {header_key(alias): known.field for known in known_columns() for alias in known.aliases}


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the kept columns stand; ``dropped`` are the headers of the others, fit to be shown."""

    positions: dict[str, int]
    columns: tuple[Column, ...]
    dropped: tuple[str, ...]
    width: int

    def header(self, field: str) -> str:
        """The file's own header of a field, cleaned; the field's name when it has none."""
        return next((column.header for column in self.columns if column.field == field), field)


def layout(
    headers: Sequence[str], matched: Mapping[str, list[int]], kind: ExportKind, name: str
) -> Layout:
    """The kept columns of a header row.

    Raises Unreadable when a field has two columns or a needed field has none, naming the box to
    tick for each.
    """
    problems = [*_twice(headers, matched, name), *_missing(matched, kind, name)]
    if problems:
        raise Unreadable(*problems)
    positions = {field: places[0] for field, places in matched.items()}
    kept = set(positions.values())
    return Layout(
        positions=positions,
        columns=tuple(
            Column(field, clean(headers[place])[:HEADER_CHARACTERS])
            for field, place in sorted(positions.items(), key=lambda item: item[1])
        ),
        dropped=tuple(
            _header_shown(header, place)
            for place, header in enumerate(headers)
            if place not in kept and clean(header)
        ),
        width=len(headers),
    )


def _twice(headers: Sequence[str], matched: Mapping[str, list[int]], name: str) -> list[Finding]:
    return [
        finding(
            "column-twice",
            f"Two columns could be the {label(field)}: "
            + " and ".join(f"{shown(headers[place])} (column {place + 1})" for place in places)
            + ".",
            "Remove or rename the one that is not meant, or untick it in the portal's Export "
            "screen, and read the file again.",
            source=name,
            column=clean(headers[places[0]])[:HEADER_CHARACTERS],
        )
        for field, places in matched.items()
        if len(places) > 1
    ]


def _missing(matched: Mapping[str, list[int]], kind: ExportKind, name: str) -> list[Finding]:
    return [
        finding(
            "column-missing",
            f"The file has no column for the {label(known.field)}.",
            f"In the portal's Export screen tick the box “{known.box}” and export again.",
            source=name,
        )
        for known in known_columns()
        if kind in known.needed
        and known.field not in matched
        and not (known.field == "transaction_date" and "session_date" in matched)
    ]


def label(field: str) -> str:
    """A field in words, for messages."""
    return {"type": "payment type", "payment_id": "payment id"}.get(
        field, field.replace("_", " ").replace("email", "e-mail")
    )


def _header_shown(header: str, place: int) -> str:
    """A dropped column's header; one that looks like data is named by its position instead."""
    text = clean(header)
    digits = sum(char.isdigit() for char in text)
    if "@" in text or len(text) > HEADER_CHARACTERS or digits >= 4:
        return f"column {place + 1} (its header looks like data and is not shown)"
    return text
