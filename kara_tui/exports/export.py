"""What the reader gives back: the file understood, its rows still in a frame, and what to know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from kara_tui import exit_codes
from kara_tui.errors import UserError
from kara_tui.exports.line_numbers import LineNumbers
from kara_tui.model import Finding, Month, Session

if TYPE_CHECKING:
    import polars as pl


# Sessions so near to a month are shown beside it: its edges may be drawn elsewhere.
NEAR_EDGE = timedelta(days=2)


class ExportKind(StrEnum):
    """Which of the portal's two lists a file was exported from."""

    PAID = "paid"
    UNPAID = "unpaid"


class KeptColumn(NamedTuple):
    """A kept column: the field it fills and the file's own header for it."""

    field: str
    header: str


class Tally(NamedTuple):
    """How many payments of one type, as written, lie in a month; ``credit`` says it is Credit."""

    month: Month
    type: str
    credit: bool
    payments: int


@dataclass(frozen=True, slots=True)
class Export:
    """One file, understood. Its rows stay in ``frame`` until a month's sessions are chosen.

    ``name`` is the file's name as shown to the user, ``sha256`` the hex digest of its bytes.
    ``rows`` counts the payments in the file, whatever their type; ``dropped`` are the headers of
    the columns that were never looked into. ``findings`` are about the whole file. ``tallies``
    count its payments by month and type. ``date_order`` and ``decimal`` are what was settled, by
    the columns or by the user; empty when nothing was open.

    A ``large`` export's frame is a scan of the file, which must stay where it is; ``scan`` is that
    frame before its texts are cleaned, and ``kept`` are its rows around the month that was asked
    for while reading. ``line_numbers`` tells the lines of a text file's rows where they differ.
    """

    kind: ExportKind
    name: str
    sha256: str
    rows: int
    columns: tuple[KeptColumn, ...]
    dropped: tuple[str, ...]
    has_times: bool
    findings: tuple[Finding, ...]
    frame: pl.LazyFrame
    tallies: tuple[Tally, ...] = ()
    date_order: str = ""
    decimal: str = ""
    large: bool = False
    scan: pl.LazyFrame | None = None
    kept: tuple[Month, pl.DataFrame] | None = None
    typed: Mapping[str, Mapping[str, frozenset[int]]] = field(default_factory=dict)
    line_numbers: LineNumbers = field(default_factory=LineNumbers)


class MonthCount(NamedTuple):
    """How many Credit sessions of an export lie in a month."""

    month: Month
    sessions: int


class Selected(NamedTuple):
    """What an export holds for one month.

    ``sessions`` are the month's rows that are worth billing: of type Credit in a paid export, all
    rows in an unpaid one; in file order. ``other_types`` counts the month's rows of other payment
    types by their name as written, those that may be people's names together under one that tells
    nothing; ``other_months`` the Credit rows of other months, by month.
    ``near_edge`` are Credit sessions outside the month but within two days of one of its edges.
    ``findings`` are about the cells of its sessions.
    """

    sessions: tuple[Session, ...]
    other_types: Mapping[str, int]
    other_months: Mapping[Month, int]
    near_edge: tuple[Session, ...]
    findings: tuple[Finding, ...] = ()


class Explained(NamedTuple):
    """A file as the reader sees it.

    ``columns`` are the kept columns with the fields they fill, ``dropped`` the headers that were
    not looked into, ``missing`` the needed fields that no header fills, each with its box in the
    portal as the header. ``toml`` are lines for the profile that would name a column for each
    missing field. ``export`` is None when the file cannot be used; ``findings`` say why.
    """

    columns: tuple[KeptColumn, ...]
    dropped: tuple[str, ...]
    missing: tuple[KeptColumn, ...]
    toml: tuple[str, ...]
    findings: tuple[Finding, ...]
    export: Export | None


class Unreadable(UserError):
    """A file that cannot be read at all. ``findings`` say why and what to do, one or more.

    ``columns`` and ``dropped`` are how its headers were understood, as far as there were any.
    """

    exit_code = exit_codes.UNREADABLE

    def __init__(
        self,
        *findings: Finding,
        columns: tuple[KeptColumn, ...] = (),
        dropped: tuple[str, ...] = (),
    ) -> None:
        super().__init__(findings[0].message, findings=findings)
        self.columns = columns
        self.dropped = dropped
