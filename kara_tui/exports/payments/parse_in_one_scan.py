"""The commonest large file, understood in one scan: ISO dates, few prices, no columns to combine.

What ``parse_columns`` finds column by column is found here in one pass over the file, together with
the rows around the month that is asked for. Every cell is still checked: dates by a pattern that
knows the calendar, prices and types by looking at each different one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

import polars as pl

from kara_tui.exports.cells.payment_types import is_credit
from kara_tui.exports.columns.layout import ColumnLayout
from kara_tui.exports.export import NEAR_EDGE, ExportKind, Tally
from kara_tui.exports.not_this_way import NotThisWay
from kara_tui.exports.payments.date_column import all_midnight
from kara_tui.exports.payments.parse_columns import (
    ParsedPayments,
    combined_fields,
    tallied,
    values_of,
    with_clean_texts,
)
from kara_tui.exports.payments.payment_table import Distinct, PaymentTable
from kara_tui.exports.rows.below_table import Footer
from kara_tui.model import HowToRead, Month

# Every real date from 2000 to 2099, with a time of day or without, and nothing else.
_ISO_DATE = (
    r"^20(?:[0-9]{2}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    r"|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))"
    r"|(?:[02468][048]|[13579][26])-02-29)"
    r"(?:[ T](?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?)?$"
)
# So many combinations among the first payments, and it is no file of a few prices.
_FEW = 200

_date = pl.col("transaction_date")
_clock = _date.str.slice(11)


class Scanned(Protocol):
    """What is to be understood: a text file that is scanned, or a sheet that is a frame."""

    @property
    def table(self) -> PaymentTable: ...
    @property
    def layout(self) -> ColumnLayout: ...
    @property
    def footers(self) -> Sequence[Footer]: ...
    @property
    def sample(self) -> list[dict[str, str]]: ...
    def is_whole(self, rows: int) -> bool: ...
    def payments_at(self, rows: Sequence[int]) -> pl.DataFrame | None: ...


def parse_in_one_scan(
    file: Scanned, kind: ExportKind, how: HowToRead, month: Month | None
) -> ParsedPayments:
    """The file understood in one scan. Raises NotThisWay when it is not of this kind."""
    table, layout = file.table, file.layout
    if "time" in layout.positions or "transaction_date" not in layout.positions:
        raise NotThisWay("its dates are not in one column")
    if "session_date" in layout.positions and how.month_by != "transaction":
        raise NotThisWay("its dates are not in one column")
    fields = combined_fields(layout)
    dates = [cells["transaction_date"] for cells in file.sample]
    if not all(re.match(_ISO_DATE, text) for text in dates):
        raise NotThisWay("its dates are not ISO dates")
    if len({tuple(map(cells.get, fields)) for cells in file.sample}) > _FEW:
        raise NotThisWay("it has many prices")
    sure_of_times = any(text[11:] > "00:00:00" for text in dates)
    groups = _scan(table, fields, month, look_at_times=not sure_of_times)
    [(rows, odd)] = groups.select(pl.col("count", "odd").sum()).rows()
    if odd:
        raise NotThisWay("its dates are not ISO dates")
    if not file.is_whole(rows):
        raise NotThisWay("its lines are not all records")
    has_times = sure_of_times or bool(groups["after_midnight"].any())
    time = pl.coalesce(
        _clock.str.to_time("%H:%M", strict=False), _clock.str.to_time("%H:%M:%S", strict=False)
    )
    values = values_of(
        table,
        layout,
        kind,
        how,
        _combinations(table, groups, fields),
        file.footers,
        _date.str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False),
        time if has_times else pl.lit(None, dtype=pl.Time),
        pl.lit(value=False),
    )
    midnights = []
    if not has_times and groups["timed"].any():
        midnights.append(all_midnight(table.name, layout.header("transaction_date")))
    kept = None
    near = groups.filter(pl.col("near").is_not_null()).sort("near")
    texts = file.payments_at(near["near"].to_list()) if month is not None else None
    if texts is not None:
        if not texts.select(fields).equals(near.select(fields)):
            raise NotThisWay("it has changed meanwhile")
        kept = values.of(texts.lazy()).collect(engine="in-memory")
    scan = values.of(table.frame)
    return ParsedPayments(
        with_clean_texts(scan),
        rows=rows,
        has_times=has_times,
        date_order="",
        decimal=values.amounts.style,
        tallies=_tallies(table, groups, fields),
        findings=(*midnights, *values.findings),
        kept=kept,
        scan=scan,
    )


def _scan(
    table: PaymentTable, fields: Sequence[str], month: Month | None, *, look_at_times: bool
) -> pl.DataFrame:
    """One row for each combination and month, and one for each payment near the month."""
    near: pl.Expr = pl.lit(None, dtype=pl.Int64)
    if month is not None:
        first, last = month.first - NEAR_EDGE, month.last + NEAR_EDGE
        # As texts: a date with a time sorts after the date alone and before "~".
        inside = (_date >= first.isoformat()) & (_date <= f"{last.isoformat()}~")
        near = pl.when(inside).then(pl.col("row"))
    times = [
        (_date.str.len_bytes() > 10).any().alias("timed"),
        (_clock > "00:00:00").any().alias("after_midnight"),
    ]
    groups = table.collected(
        table.frame.group_by(*fields, _date.str.slice(0, 7).alias("month"), near.alias("near"))
        .agg(
            pl.len().alias("count"),
            pl.col("row").min().alias("first"),
            (~_date.str.contains(_ISO_DATE)).sum().alias("odd"),
            *(times if look_at_times else []),
        )
        .head(table.limits.distinct + 1)
    )
    if groups.height > table.limits.distinct:
        raise NotThisWay("it has many prices or months")
    return groups


def _combinations(
    table: PaymentTable, groups: pl.DataFrame, fields: Sequence[str]
) -> list[Distinct]:
    counted = (
        groups.group_by(fields).agg(pl.col("count").sum(), pl.col("first").min()).sort("first")
    )
    return [table.as_distinct(row[:-2], row[-2], row[-1]) for row in counted.rows()]


def _tallies(table: PaymentTable, groups: pl.DataFrame, fields: Sequence[str]) -> tuple[Tally, ...]:
    type_ = pl.col("type") if "type" in fields else pl.lit("").alias("type")
    counted = groups.group_by("month", type_).agg(pl.col("count").sum())
    cells = {text: table.as_distinct((text,), 0, 0).cells[0] for text in counted["type"].unique()}
    return tallied(
        Tally(Month.parse(month), cells[text], is_credit(cells[text]), count)
        for month, text, count in counted.rows()
    )
