"""Cells of a workbook that are not what they seem: errors, formulas without values, percentages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import polars as pl

from kara_tui.exports.cells.cleaning import ERROR, NO_VALUE, clean
from kara_tui.exports.cells.quoting import described
from kara_tui.exports.cells.words import words
from kara_tui.exports.columns.headers import BILLED_FIELDS, VALUE_FIELDS
from kara_tui.exports.columns.layout import ColumnLayout
from kara_tui.exports.export import ExportKind
from kara_tui.exports.findings import finding
from kara_tui.exports.payments.payment_table import with_texts
from kara_tui.model import Finding
from kara_tui.text import and_more


class CellErrors(NamedTuple):
    """By field, the rows of such cells and what is in them, as a cell's text with its mark."""

    cells: dict[str, dict[int, str]]

    @classmethod
    def told(cls, told_by_child: Sequence[tuple[int, str, str, str]]) -> CellErrors:
        """As the child tells them: row, field, kind, text."""
        cells: dict[str, dict[int, str]] = {}
        for row, field, kind, text in told_by_child:
            mark = {"error": ERROR + (clean(text) or "error"), "formula": NO_VALUE}.get(kind, text)
            cells.setdefault(field, {})[row] = mark
        return cls(cells)

    def marked(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The payments with what is in such cells of dates, amounts and types.

        A row that the parser took for blank is a payment when one of these cells is in it.
        """
        values = {field: cells for field, cells in self.cells.items() if field in VALUE_FIELDS}
        if not values:
            return frame
        rows = {row for cells in values.values() for row in cells}
        known = set(frame.filter(pl.col("row").is_in(rows))["row"])
        lost = pl.DataFrame({"row": sorted(rows - known)}, schema={"row": pl.Int64})
        texts = (pl.lit("").alias(name) for name in frame.columns if name != "row")
        whole = pl.concat([frame, lost.with_columns(texts)]).sort("row") if lost.height else frame
        return with_texts(whole, values)

    def of_texts(
        self, payments: pl.DataFrame, layout: ColumnLayout, kind: ExportKind, name: str
    ) -> list[Finding]:
        """What is said of such cells of texts, which are empty among the payments."""
        if kind is ExportKind.PAID and "type" in layout.positions:
            others = list(words().other_types)
            types = pl.col("type").str.strip_chars().str.to_lowercase()
            payments = payments.filter(~types.is_in(others))
        findings = []
        for field, cells in self.cells.items():
            if field in VALUE_FIELDS:
                continue
            rows = payments.filter(pl.col("row").is_in(list(cells)))["row"].to_list()
            if rows:
                findings.append(_no_text(field, rows, cells[rows[0]], layout.header(field), name))
        return findings


def _no_text(field: str, rows: list[int], cell: str, header: str, name: str) -> Finding:
    billed = field in BILLED_FIELDS
    what = "what belongs on the invoice is not known" if billed else "it is read as empty"
    return finding(
        "text-unreadable" if billed else "detail-unreadable",
        f"Row {rows[0]}, column “{header}” of {name}: {described(cell)} stands there in place of a "
        f"text{and_more(len(rows), 'cell')}, so {what}.",
        "Open the workbook in a spreadsheet, which calculates it, mend what still shows an error, "
        "and save it; or export the payments again.",
        rows=rows,
        source=name,
        column=header,
    )
