"""Where a file's kept columns stand, by its headers, and what is said of those that will not do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kara_tui.exports.cells.cleaning import clean, shown
from kara_tui.exports.columns.aliases import SECOND_WORD, header_keys, known_columns, label, matched
from kara_tui.exports.columns.clients import header_doubt
from kara_tui.exports.columns.headers import AGAIN, HEADER_CHARACTERS
from kara_tui.exports.export import ExportKind, KeptColumn, Unreadable
from kara_tui.exports.findings import finding
from kara_tui.model import Finding, HowToRead
from kara_tui.text import header_key

# Where in the profile they write it.
SECTION = "[reading.columns]"


class ColumnLayout(NamedTuple):
    """Where the kept columns stand; ``dropped`` are the headers of the others, fit to be shown.

    Among the kept ones are second columns of the same name, as long as they are to be compared.
    """

    positions: dict[str, int]
    columns: tuple[KeptColumn, ...]
    dropped: tuple[str, ...]
    width: int

    def header(self, field: str) -> str:
        """The file's own header of a field, cleaned; the field's name when it has none."""
        return next((column.header for column in self.columns if column.field == field), field)

    @property
    def first_field(self) -> str:
        """The field whose cells stand at the left edge; empty where none does."""
        return next((field for field, at in self.positions.items() if at == 0), "")

    @property
    def date_field(self) -> str:
        """The field of the date by which a row is known for a payment."""
        name = "transaction_date"
        return name if name in self.positions else "session_date"

    @property
    def repeated(self) -> tuple[KeptColumn, ...]:
        """The second columns of the same name, by the field that the first one fills."""
        return tuple(
            KeptColumn(column.field.removesuffix(AGAIN), column.header)
            for column in self.columns
            if column.field.endswith(AGAIN)
        )

    @property
    def read(self) -> tuple[KeptColumn, ...]:
        """The columns that fill a field each."""
        return tuple(column for column in self.columns if not column.field.endswith(AGAIN))

    @property
    def not_read(self) -> tuple[str, ...]:
        """The headers of all others."""
        return (*self.dropped, *(column.header for column in self.repeated))


def layout(headers: Sequence[str], kind: ExportKind, how: HowToRead, name: str) -> ColumnLayout:
    """The kept columns of a header row.

    Raises Unreadable when a field has two columns, a needed field has none (naming the box to
    tick for each), or the user's own name for a column seems to be a client's. The exception
    carries how each header was understood.
    """
    fields = matched(headers, how)
    refused = _of_clients(headers, fields, how, name)
    allowed = {
        field: places
        for field, places in fields.items()
        if field.removesuffix(AGAIN) not in refused
    }
    problems = [*_twice(headers, allowed, name), *_missing(fields, kind, name), *refused.values()]
    positions = {field: places[0] for field, places in allowed.items()}
    kept = set(positions.values())
    columns = ColumnLayout(
        positions=positions,
        columns=tuple(
            KeptColumn(field, clean(headers[place])[:HEADER_CHARACTERS])
            for field, place in sorted(positions.items(), key=lambda item: item[1])
        ),
        dropped=tuple(
            _header_shown(header, place)
            for place, header in enumerate(headers)
            if place not in kept and clean(header)
        ),
        width=len(headers),
    )
    if problems:
        raise Unreadable(*problems, columns=columns.read, dropped=columns.not_read)
    return columns


def _of_clients(
    headers: Sequence[str], fields: Mapping[str, list[int]], how: HowToRead, name: str
) -> dict[str, Finding]:
    """The fields whose column the user named and whose header may be clients', unless confirmed."""
    doubted = {}
    for header, named in how.columns.items():
        field, *words = named.split() or [""]
        if SECOND_WORD in words or header_keys().get(header_key(header)) == field:
            continue
        if any(header_key(headers[at]) == header_key(header) for at in fields.get(field, ())):
            doubt = header_doubt(header, field)
            if doubt:
                doubted[field] = may_be_clients(header, field, doubt, name)
    return doubted


def toml_line(header: str, named: str) -> str:
    """The profile's line that names a header: a quoted key, and what is said of the column."""
    quoted = header.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}" = "{named}"'


def may_be_clients(header: str, field: str, why: str, name: str) -> Finding:
    """The finding for a column that the user named and that seems to be the clients' own."""
    return finding(
        "column-of-clients",
        f"Column {shown(header)} was named as the {label(field)}, but it {why}: it is not read.",
        "No client's name or e-mail belongs on an invoice. If the column is really no client's, "
        f"write in the profile under {SECTION}: "
        + toml_line(clean(header), f"{field} {SECOND_WORD}"),
        source=name,
        column=clean(header)[:HEADER_CHARACTERS],
    )


def _twice(headers: Sequence[str], fields: Mapping[str, list[int]], name: str) -> list[Finding]:
    return [
        columns_for_one(field, {place: headers[place] for place in places}, name)
        for field, places in fields.items()
        if len(places) > 1
    ]


def columns_for_one(field: str, headers: Mapping[int, str], name: str, more: str = "") -> Finding:
    """The finding for a field with several columns, given by their places and headers.

    ``more`` is what else is known of them.
    """
    first = next(iter(headers.values()))
    return finding(
        "column-twice",
        f"{'Two' if len(headers) == 2 else len(headers)} columns could be the {label(field)}: "
        + " and ".join(f"{shown(header)} (column {at + 1})" for at, header in headers.items())
        + f"{more}.",
        _how_to_choose(list(headers.values()), field),
        source=name,
        column=clean(first)[:HEADER_CHARACTERS],
    )


def _how_to_choose(headers: Sequence[str], field: str) -> str:
    """A line in the profile chooses among columns unless they have the same name."""
    if len(set(map(header_key, headers))) < len(headers):
        return (
            "Untick the one that is not meant in the portal's Export screen and export again, or "
            "delete it in a spreadsheet and save the file as CSV UTF-8. Columns of the same name "
            "cannot be told apart by a line in the profile."
        )
    return (
        "Untick the one that is not meant in the portal's Export screen, or name the right one in "
        f"the profile under {SECTION}, for example: {toml_line(clean(headers[0]), field)}"
    )


def _missing(fields: Mapping[str, list[int]], kind: ExportKind, name: str) -> list[Finding]:
    return [
        finding(
            "column-missing",
            f"The file has no column for the {label(known.field)}.",
            f"In the portal's Export screen tick the box “{known.box}” and export again. If the "
            "file has it by another name, kara-tui doctor tells what to add to the profile.",
            source=name,
        )
        for known in known_columns()
        if kind in known.needed
        and known.field not in fields
        and not (known.field == "transaction_date" and "session_date" in fields)
    ]


def no_header(name: str) -> Finding:
    """The finding for a file in which no row names the export's columns."""
    return finding(
        "header-missing",
        f"No row near the top of {name} names the columns of a payments export.",
        "In the portal choose Payments, then Export, and tick Sponsor, Transaction date, Service "
        "Name, Service Price, Service Currency, Professional Name, Professional Email and Type.",
        source=name,
    )


def _header_shown(header: str, place: int) -> str:
    """A dropped column's header; one that looks like data is named by its position instead."""
    text = clean(header)
    digits = sum(char.isdigit() for char in text)
    if "@" in text or len(text) > HEADER_CHARACTERS or digits >= 4:
        return f"column {place + 1} (its header looks like data and is not shown)"
    return text
