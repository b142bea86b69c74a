"""Control characters in texts: ``clean`` takes them away, and here it is said in which rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kara_tui.exports.cells.cleaning import CONTROLS, MARKS
from kara_tui.exports.columns.headers import TEXT_FIELDS
from kara_tui.exports.findings import finding
from kara_tui.model import Finding
from kara_tui.text import counted

if TYPE_CHECKING:
    import polars as pl


def control_rows(payments: pl.DataFrame) -> list[int]:
    """The rows in which a text as it stands in the file holds control characters."""
    import polars as pl

    fields = [field for field in TEXT_FIELDS if field in payments.columns]
    if not fields:
        return []
    # A workbook's typed cells travel behind a mark, which is no part of them.
    bare = (pl.col(fields).str.replace(f"^[{''.join(MARKS)}]", "")).str.contains(CONTROLS.pattern)
    return payments.filter(pl.any_horizontal(bare))["row"].sort().to_list()


def control_findings(rows: Sequence[int], name: str) -> list[Finding]:
    """That control characters were taken out of texts in these rows."""
    if not rows:
        return []
    return [
        finding(
            "control-characters",
            f"{counted(len(rows), 'row')} of {name} held control characters in a "
            f"text (first in row {rows[0]}). They were left out, and letters may be missing with "
            "them.",
            "The file may be in another encoding than it was read in. Look whether the names are "
            "right, or export the payments again and use that file as it is.",
            rows=rows,
            source=name,
        )
    ]
