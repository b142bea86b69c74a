"""From texts to values: every needed cell of every payment is read, and what cannot be is said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple

import polars as pl

from kara_tui.exports.cells.cleaning import clean
from kara_tui.exports.cells.payment_types import is_credit
from kara_tui.exports.columns.headers import TEXT_FIELDS
from kara_tui.exports.columns.layout import ColumnLayout
from kara_tui.exports.export import NEAR_EDGE, ExportKind, Tally
from kara_tui.exports.findings import finding
from kara_tui.exports.payments.amount_column import AmountColumn, read_amounts
from kara_tui.exports.payments.date_column import holds_only_times, read_dates, read_times
from kara_tui.exports.payments.date_findings import DateColumn
from kara_tui.exports.payments.payment_table import Distinct, PaymentTable
from kara_tui.exports.payments.totals_check import footer_findings
from kara_tui.exports.payments.type_column import type_findings, types_in
from kara_tui.exports.rows.below_table import Footer
from kara_tui.model import Finding, HowToRead, Month
from kara_tui.text import counted, verb


class ParsedPayments(NamedTuple):
    """The payments as values, and what to know about them.

    ``frame`` has the columns row, date, time, later, minor, currency, credit and TEXT_FIELDS, later
    saying of two times with the same figures that it is the second; a value
    that could not be read is null there and a finding here. ``kept`` are the rows around one
    month, when they were collected on the way.
    """

    frame: pl.LazyFrame
    rows: int
    has_times: bool
    date_order: str
    decimal: str
    tallies: tuple[Tally, ...]
    findings: tuple[Finding, ...]
    kept: pl.DataFrame | None = None
    scan: pl.LazyFrame | None = None


class Values(NamedTuple):
    """How texts become values: tables that the texts are looked up in, then expressions.

    Tables and not expressions, because a join streams and a replacement does not: looking ten
    million prices up with ``replace_strict`` took more than a gigabyte.
    """

    tables: list[tuple[list[str], pl.DataFrame]]
    columns: list[pl.Expr]
    amounts: AmountColumn
    findings: list[Finding]

    def of(self, texts: pl.LazyFrame) -> pl.LazyFrame:
        """The frame of values for a frame of texts, in its order."""
        for keys, table in self.tables:
            texts = texts.join(table.lazy(), on=keys, how="left", maintain_order="left")
        return texts.select(self.columns)


def parse_columns(
    table: PaymentTable,
    layout: ColumnLayout,
    kind: ExportKind,
    how: HowToRead,
    *,
    epoch: date,
    footers: Sequence[Footer],
    month: Month | None = None,
    payments_at: Callable[[Sequence[int]], pl.DataFrame | None] | None = None,
) -> ParsedPayments:
    """Read the columns, each by its own evidence, and make the frame of values.

    With ``payments_at``, which fetches the texts of some rows, the rows around ``month`` are kept.
    """
    combinations = table.distinct(*combined_fields(layout))
    dates = _Dates.read(table, layout, how, epoch)
    values = values_of(
        table, layout, kind, how, combinations, footers, dates.date(), dates.time(), dates.later()
    )
    values.tables.extend(dates.tables())
    scan = values.of(table.frame)
    if table.typed:
        scan = with_clean_texts(scan)
    if not table.large:
        scan = table.collected(scan).lazy()
    months = table.collected(
        scan.filter(pl.col("date").is_not_null())
        .group_by(pl.col("date").dt.truncate("1mo").alias("month"), "type", "credit")
        .agg(pl.len().alias("payments"))
    )
    kept = None
    if month is not None and payments_at is not None:
        texts = payments_at(_rows_near(table, dates, month))
        kept = None if texts is None else values.of(texts.lazy()).collect(engine="in-memory")
    return ParsedPayments(
        with_clean_texts(scan) if table.large else scan,
        rows=sum(distinct.payments for distinct in combinations),
        has_times=dates.has_times,
        date_order=dates.order,
        decimal=values.amounts.style,
        tallies=tallied(
            Tally(Month.of(first), clean(type_), credit, payments)
            for first, type_, credit, payments in months.rows()
        ),
        findings=(*dates.findings, *values.findings),
        kept=kept,
        scan=scan,
    )


def _rows_near(table: PaymentTable, dates: _Dates, month: Month) -> list[int]:
    """The rows with a date around the month in any column of dates, in ascending order."""
    first, last = month.first - NEAR_EDGE, month.last + NEAR_EDGE
    near = {
        field: [text for text, day in column.dates.items() if first <= day <= last]
        for field, column in dates.by_field.items()
    }
    inside = pl.any_horizontal(pl.col(field).is_in(texts) for field, texts in near.items())
    return sorted(table.collected(table.frame.filter(inside).select("row"))["row"].to_list())


def tallied(counted: Iterable[Tally]) -> tuple[Tally, ...]:
    """Tallies in their order, those of types that were the same once clean added up."""
    counts: dict[tuple[Month, str, bool], int] = {}
    for month, type_, credit, payments in counted:
        counts[month, type_, credit] = counts.get((month, type_, credit), 0) + payments
    return tuple(Tally(*key, payments) for key, payments in sorted(counts.items()))


def combined_fields(layout: ColumnLayout) -> tuple[str, ...]:
    """The columns whose combinations are understood together."""
    known = ("price", "currency", "type")
    return tuple(name for name in known if name in layout.positions)


def values_of(
    table: PaymentTable,
    layout: ColumnLayout,
    kind: ExportKind,
    how: HowToRead,
    combinations: Sequence[Distinct],
    footers: Sequence[Footer],
    day: pl.Expr,
    time: pl.Expr,
    later: pl.Expr,
) -> Values:
    """Amounts and types understood by their combinations, and all columns of the frame."""
    types = types_in(combinations)
    amounts = read_amounts(table, layout, how, combinations)
    tables = [(["price", "currency"], _money_table(amounts))]
    if types:
        tables.append((["type"], _credit_table(types)))
    columns = [
        pl.col("row"),
        day.alias("date"),
        time.alias("time"),
        later.alias("later"),
        pl.col("minor"),
        pl.col("code").alias("currency"),
        pl.col("credit") if types else pl.lit(value=False).alias("credit"),
        *(
            (pl.col(name) if name in layout.positions else pl.lit("").alias(name))
            for name in TEXT_FIELDS
        ),
    ]
    return Values(
        tables,
        columns,
        amounts,
        [
            *type_findings(types, table, layout, kind),
            *amounts.findings,
            *footer_findings(footers, combinations, table, layout, amounts),
        ],
    )


def _money_table(amounts: AmountColumn) -> pl.DataFrame:
    rows = [(*key, *value) for key, value in amounts.amounts.items()]
    kinds = {"price": pl.String, "currency": pl.String, "minor": pl.Int64, "code": pl.String}
    return pl.DataFrame(rows, schema=kinds, orient="row")


def _credit_table(types: Sequence[Distinct]) -> pl.DataFrame:
    rows = [(d.texts[0], is_credit(d.cells[0])) for d in types]
    return pl.DataFrame(rows, schema={"type": pl.String, "credit": pl.Boolean}, orient="row")


def with_clean_texts(scan: pl.LazyFrame) -> pl.LazyFrame:
    """A scan's frame with its texts cleaned as its rows are taken."""
    return scan.with_columns(
        pl.col(name).map_batches(_clean_all, return_dtype=pl.String, is_elementwise=True)
        for name in TEXT_FIELDS
    )


def _clean_all(texts: pl.Series) -> pl.Series:
    return pl.Series(texts.name, [clean(text) for text in texts.to_list()], dtype=pl.String)


class _Dates(NamedTuple):
    """The columns that say when: the ruling date first, then the one that fills its gaps.

    ``clock`` is the column of start times by its field, if there is one.
    """

    by_field: dict[str, DateColumn]
    clock: dict[str, DateColumn]
    order: str
    findings: list[Finding]

    @classmethod
    def read(cls, table: PaymentTable, layout: ColumnLayout, how: HowToRead, epoch: date) -> _Dates:
        findings: list[Finding] = []
        fields = [f for f in ("session_date", "transaction_date") if f in layout.positions]
        clock = "time" if "time" in layout.positions else ""
        # “Session start” may be a date or a time of day: its cells say which.
        if len(fields) == 2 and not clock and holds_only_times(table, "session_date"):
            clock = "session_date"
            findings.append(_start_time(table.name, layout.header("session_date")))
        if len(fields) == 2 and (how.month_by == "transaction" or clock == "session_date"):
            fields = ["transaction_date"]
        by_field = read_dates(
            table,
            [(field, layout.header(field)) for field in fields],
            how,
            epoch,
            may_be_empty="session_date" if len(fields) == 2 else "",
        )
        for column in by_field.values():
            findings += column.findings
        if len(fields) == 2:
            findings += _session_date(table, layout)
        times = {}
        if clock:
            times = {clock: read_times(table, clock, layout.header(clock))}
            findings += times[clock].findings
        order = next((column.order for column in by_field.values() if column.order), "")
        return cls(by_field, times, order, findings)

    @property
    def has_times(self) -> bool:
        ruling = next(iter(self.by_field.values()))
        return any(column.times for column in (ruling, *self.clock.values()))

    def tables(self) -> list[tuple[list[str], pl.DataFrame]]:
        """Each column's texts with the day and the clock time that they mean."""
        tables = []
        for name, column in (self.by_field | self.clock).items():
            texts = list(column.dates | column.times)
            days = [column.dates.get(text) for text in texts]
            clocks = [column.times.get(text) for text in texts]
            later = [text in column.later for text in texts]
            kinds = {
                name: pl.String,
                f"{name} day": pl.Date,
                f"{name} clock": pl.Time,
                f"{name} later": pl.Boolean,
            }
            tables.append(([name], pl.DataFrame([texts, days, clocks, later], schema=kinds)))
        return tables

    def date(self) -> pl.Expr:
        return pl.coalesce(f"{name} day" for name in self.by_field)

    def time(self) -> pl.Expr:
        """The start time; a time column wins over the time beside the ruling date.

        The transaction's time of day is not the session's when a session date decides.
        """
        ruling = next(iter(self.by_field))
        return pl.coalesce(f"{name} clock" for name in (*self.clock, ruling))

    def later(self) -> pl.Expr:
        """Whether the start time is the second of two with the same figures."""
        ruling = next(iter(self.by_field))
        own = pl.col(f"{ruling} later").fill_null(value=False)
        clocks = [pl.col(f"{name} clock").is_null() for name in self.clock]
        return own & pl.all_horizontal(clocks) if clocks else own


def _start_time(name: str, header: str) -> Finding:
    return finding(
        "start-time-used",
        f"Column “{header}” of {name} holds times of day and no dates: it is taken for the "
        "sessions' start.",
        source=name,
        column=header,
    )


def _session_date(table: PaymentTable, layout: ColumnLayout) -> list[Finding]:
    header, other = layout.header("session_date"), layout.header("transaction_date")
    findings = [
        finding(
            "session-date-used",
            f"Column “{header}” says when the sessions were; it decides over “{other}”.",
            "If the transaction date is to decide, write in the profile under [reading]: "
            'month_by = "transaction"',
            source=table.name,
            column=header,
        )
    ]
    empty = [d for d in table.distinct("session_date") if not d.cells[0]]
    count = sum(d.payments for d in empty)
    if empty:
        findings.append(
            finding(
                "session-date-missing",
                f"{counted(count, 'payment')} {verb(count, 'has', 'have')} nothing in column "
                f"“{header}”; the date in “{other}” is used for {verb(count, 'it', 'them')}.",
                "Check that these sessions were in the month.",
                rows=table.rows_with(("session_date",), (d.texts for d in empty)),
                count=count,
                source=table.name,
                column=header,
            )
        )
    return findings
