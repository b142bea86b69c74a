"""Texts with HTML entities, which web programs put into files that are no pages.

``clean`` undoes them in every cell; here it is said in which rows there were any.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from kara_tui.exports.columns.headers import TEXT_FIELDS
from kara_tui.exports.findings import finding
from kara_tui.model import Finding
from kara_tui.model.names import has_entities
from kara_tui.text import counted

_SHAPE = r"&#?[A-Za-z0-9]{2,};|&#[0-9]"


def encoded_rows(payments: pl.DataFrame) -> list[int]:
    """The rows in which a text as it stands in the file holds entities."""
    fields = [field for field in TEXT_FIELDS if field in payments.columns]
    if not fields:
        return []
    may_hold = payments.filter(pl.any_horizontal(pl.col(fields).str.contains(_SHAPE)))
    return sorted(
        row["row"]
        for row in may_hold.select("row", *fields).iter_rows(named=True)
        if any(has_entities(row[field] or "") for field in fields)
    )


def entity_findings(rows: Sequence[int], name: str) -> list[Finding]:
    """That texts of these rows were read as what their entities stand for."""
    if not rows:
        return []
    return [
        finding(
            "html-entities",
            f"{counted(len(rows), 'row')} of {name} held HTML entities, as "
            "&amp; stands for &; the signs that they stand for were read.",
            "The program that wrote the file took it for a web page. Look whether the names are "
            "right.",
            rows=rows,
            source=name,
        )
    ]
