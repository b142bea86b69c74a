"""Two columns of the same name: one is enough when their cells are the same."""

from __future__ import annotations

import polars as pl

from kara_tui.exports.columns.headers import AGAIN
from kara_tui.exports.columns.layout import ColumnLayout, columns_for_one
from kara_tui.exports.export import Unreadable
from kara_tui.exports.payments.payment_table import PaymentTable


def refuse_unequal(table: PaymentTable, layout: ColumnLayout) -> None:
    """Raises Unreadable when a column and the second one of its name differ in any payment."""
    problems = []
    for field, header in layout.repeated:
        again = field + AGAIN
        different = table.collected(
            table.frame.filter(pl.col(field) != pl.col(again)).select("row").head(1)
        )
        if different.height:
            both = {layout.positions[field]: layout.header(field), layout.positions[again]: header}
            more = f", and they differ in row {different.item()}"
            problems.append(columns_for_one(field, both, table.name, more))
    if problems:
        raise Unreadable(*problems, columns=layout.read, dropped=layout.not_read)
