"""The table of columns: fields, the headers that mean them, and their boxes in the portal."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from kara_tui.exports.columns.clients import says
from kara_tui.exports.columns.headers import match
from kara_tui.model import HowToRead
from kara_tui.text import header_key

# What a user writes after a field to say that a column is no client's, though it may look so.
SECOND_WORD = "confirmed"


class Known(NamedTuple):
    """One field of the table: where it is needed, its box in the portal, its header names.

    ``says`` are parts of words by which a header of the user's own says that it is this field.
    """

    field: str
    needed: frozenset[str]
    box: str
    aliases: tuple[str, ...]
    says: tuple[str, ...]


@cache
def known_columns() -> tuple[Known, ...]:
    """The table as ``aliases.toml`` has it, in its order."""
    table = tomllib.loads(Path(__file__).with_name("aliases.toml").read_text(encoding="utf-8"))
    return tuple(
        Known(
            field,
            frozenset(row["needed"]),
            row["box"],
            tuple(row["aliases"]),
            tuple(row.get("says", ())),
        )
        for field, row in table.items()
    )


@cache
def header_keys() -> dict[str, str]:
    """From a header's key to its field, for every alias in the table."""
    return {header_key(alias): known.field for known in known_columns() for alias in known.aliases}


def all_aliases() -> list[str]:
    """Every name of a column in the table, as it is written there."""
    return [alias for known in known_columns() for alias in known.aliases]


def own_keys(how: HowToRead) -> dict[str, str]:
    """From a header's key to its field, for the headers that the user has named.

    A field may be followed by the word ``confirmed``: see SECOND_WORD.
    """
    return {
        header_key(name): field.split()[0] for name, field in how.columns.items() if field.split()
    }


def matched(headers: Sequence[str], how: HowToRead) -> dict[str, list[int]]:
    """The fields in a header row, by the table and by what the user said."""
    return match(headers, header_keys(), own_keys(how))


def says_field(header: str, field: str) -> bool:
    """Whether a header has a word for the field, so that its names are not the clients'."""
    of = "professional" if field == "professional_email" else field
    return any(says(header, known.says) for known in known_columns() if known.field == of)


def label(field: str) -> str:
    """A field in words, for messages."""
    return {"type": "payment type", "payment_id": "payment id"}.get(
        field, field.replace("_", " ").replace("email", "e-mail")
    )
