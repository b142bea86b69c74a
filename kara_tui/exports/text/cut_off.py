"""A text file that ends without a line end, and whose last cell looks as if it were cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kara_tui.exports.columns.layout import ColumnLayout
from kara_tui.exports.files.source import Source
from kara_tui.exports.findings import finding
from kara_tui.model import Finding

if TYPE_CHECKING:
    import polars as pl


def cut_off(payments: pl.DataFrame, layout: ColumnLayout, name: str) -> list[Finding]:
    """The finding when the last payment's last cell is the beginning of another's, or an amount
    with fewer decimals than all others. Many programs write no last line end: a cell that is like
    the others is whole.
    """
    field = next((f for f, place in layout.positions.items() if place == layout.width - 1), "")
    if field not in payments.columns or payments.height < 2:
        return []
    *others, last = payments[field].to_list()
    shorter = field == "price" and _decimals(last) < min(map(_decimals, others))
    begins = last not in others and any(other.startswith(last) for other in others)
    if not last or not (shorter or begins):
        return []
    row = payments["row"][-1]
    return [
        finding(
            "file-cut-off",
            f"{name} ends in the middle of a line, and the last cell of row {row} looks cut off.",
            "Export the payments again. If the file is whole, add a line end behind its last line.",
            rows=(row,),
            source=name,
            column=layout.header(field),
        )
    ]


def ends_a_line(source: Source) -> bool:
    """Whether a text file's last cell is certainly whole: behind it is a line end or a quote."""
    source.file.seek(max(source.size - 4, 0))
    end = source.file.read()
    return any(sign in end for sign in (b"\n", b"\r", b'"'))


def _decimals(price: str) -> int:
    sign = max(price.rfind("."), price.rfind(","))
    return len(price) - sign - 1 if sign >= 0 else 0
