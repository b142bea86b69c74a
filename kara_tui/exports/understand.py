"""From texts to values: every needed cell of every payment is read, and what cannot be is said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from kara_tui.exports.amount_columns import AmountColumn, read_amounts
from kara_tui.exports.amounts import AmountCell, parse_amount
from kara_tui.exports.cells import ERROR, JOIN, NO_VALUE, shown
from kara_tui.exports.columns import Layout
from kara_tui.exports.date_columns import DateColumn, read_dates, read_times
from kara_tui.exports.export import ExportKind, HowToRead
from kara_tui.exports.findings import finding
from kara_tui.exports.lines import Distinct, Lines, collected, key_of
from kara_tui.exports.records import Footer
from kara_tui.exports.words import words
from kara_tui.model import Finding, Money

TEXT_FIELDS = ("service", "sponsor", "professional", "professional_email", "payment_id", "type")


@dataclass(frozen=True, slots=True)
class Understood:
    """The payments as values, and what to know about them.

    ``frame`` has the columns row, date, time, minor, currency, credit and TEXT_FIELDS; a value
    that could not be read is null there and a finding here.
    """

    frame: pl.LazyFrame
    has_times: bool
    date_order: str
    decimal: str
    findings: tuple[Finding, ...]


def understand(
    lines: Lines,
    layout: Layout,
    kind: ExportKind,
    how: HowToRead,
    *,
    epoch: date,
    footers: tuple[Footer, ...],
) -> Understood:
    """Read the columns, each by its own evidence, and make the frame of values."""
    findings: list[Finding] = []
    types = lines.distinct("type") if "type" in layout.positions else []
    findings += _types(types, lines, layout, kind)
    not_billed = frozenset(
        d.texts[0] for d in types if d.texts[0].casefold() in words().other_types
    )
    amounts = read_amounts(lines, layout, how, not_billed)
    dates = _Dates.read(lines, layout, how, epoch)
    findings += [*dates.findings, *amounts.findings]
    findings += _footers(footers, lines, layout, amounts)
    frame = collected(lines.frame.select(_columns(layout, types, amounts, dates)))
    return Understood(
        frame.lazy(),
        has_times=frame["time"].null_count() < frame.height,
        date_order=dates.order,
        decimal=amounts.style,
        findings=tuple(findings),
    )


@dataclass(frozen=True, slots=True)
class _Dates:
    """The columns that say when: the ruling date first, then the one that fills its gaps."""

    by_field: dict[str, DateColumn]
    times: DateColumn | None
    order: str
    findings: list[Finding]

    @classmethod
    def read(cls, lines: Lines, layout: Layout, how: HowToRead, epoch: date) -> _Dates:
        findings: list[Finding] = []
        fields = [f for f in ("session_date", "transaction_date") if f in layout.positions]
        by_field: dict[str, DateColumn] = {
            field: read_dates(
                lines,
                field,
                layout.header(field),
                how,
                epoch,
                may_be_empty=len(fields) == 2 and field == "session_date",
            )
            for field in fields
        }
        for column in by_field.values():
            findings += column.findings
        if len(fields) == 2:
            findings += _session_date(lines, layout)
        times = None
        if "time" in layout.positions:
            times = read_times(lines, "time", layout.header("time"))
            findings += times.findings
        order = next((column.order for column in by_field.values() if column.order), "")
        return cls(by_field, times, order, findings)

    def date(self) -> pl.Expr:
        return pl.coalesce(
            _looked_up(pl.col(field), column.dates, pl.Date)
            for field, column in self.by_field.items()
        ).alias("date")

    def time(self) -> pl.Expr:
        """The start time; a time column wins over the time beside the ruling date."""
        sources: list[pl.Expr] = []
        if self.times is not None:
            sources.append(_looked_up(pl.col("time"), self.times.times, pl.Time))
        # The transaction's time of day is not the session's when the session date decides.
        ruling, column = next(iter(self.by_field.items()))
        sources.append(_looked_up(pl.col(ruling), column.times, pl.Time))
        return pl.coalesce(sources).alias("time")


def _session_date(lines: Lines, layout: Layout) -> list[Finding]:
    header, other = layout.header("session_date"), layout.header("transaction_date")
    found = [
        finding(
            "session-date-used",
            f"Column “{header}” says when the sessions were; it decides over “{other}”.",
            "",
            source=lines.name,
            column=header,
        )
    ]
    empty = [d for d in lines.distinct("session_date") if not d.texts[0]]
    if empty:
        found.append(
            finding(
                "session-date-missing",
                f"{empty[0].count} payments have nothing in column “{header}”; the date in "
                f"“{other}” is used for them.",
                "Check that these sessions were in the month.",
                rows=lines.rows_with(("session_date",), [("",)]),
                count=empty[0].count,
                source=lines.name,
                column=header,
            )
        )
    return found


def _looked_up(key: pl.Expr, values: Mapping[str, object], kind: type[pl.DataType]) -> pl.Expr:
    """Each text's value by the table of what was understood; null for a text that is not in it."""
    if not values:
        return pl.lit(None, dtype=kind)
    new = pl.Series(list(values.values()), dtype=kind)
    return key.replace_strict(list(values), new, default=None, return_dtype=kind)


def _columns(
    layout: Layout, types: list[Distinct], amounts: AmountColumn, dates: _Dates
) -> list[pl.Expr]:
    money = key_of(("price", "currency"))
    joined = {JOIN.join(key): value for key, value in amounts.amounts.items()}
    credit = {d.texts[0]: d.texts[0].casefold() == words().credit for d in types}
    return [
        pl.col("row"),
        dates.date(),
        dates.time(),
        _looked_up(money, {key: minor for key, (minor, _) in joined.items()}, pl.Int64).alias(
            "minor"
        ),
        _looked_up(money, {key: code for key, (_, code) in joined.items()}, pl.String).alias(
            "currency"
        ),
        (
            _looked_up(pl.col("type"), credit, pl.Boolean)
            if types
            else pl.lit(value=False, dtype=pl.Boolean)
        ).alias("credit"),
        *(
            (pl.col(name) if name in layout.positions else pl.lit("").alias(name))
            for name in TEXT_FIELDS
        ),
    ]


def _types(types: list[Distinct], lines: Lines, layout: Layout, kind: ExportKind) -> list[Finding]:
    if kind is not ExportKind.PAID:
        return []
    header, table = layout.header("type"), words()
    found = []
    for code, what, those in (
        ("type-empty", "names no payment type", [d for d in types if not d.texts[0]]),
        (
            "type-unreadable",
            "holds an error in place of a payment type",
            [d for d in types if d.texts[0].startswith((ERROR, NO_VALUE))],
        ),
    ):
        if those:
            count = sum(d.count for d in those)
            more = f" (and {count - 1} more)" if count > 1 else ""
            found.append(
                finding(
                    code,
                    f"Row {those[0].row} {what} in column “{header}”{more}: it may be a Credit "
                    "payment.",
                    "Look the payment up in the portal and write its type into the cell.",
                    rows=lines.rows_with(("type",), (d.texts for d in those)),
                    count=count,
                    source=lines.name,
                    column=header,
                )
            )
    known = {table.credit, *table.other_types}
    unknown = [
        d
        for d in types
        if d.texts[0]
        and d.texts[0].casefold() not in known
        and not d.texts[0].startswith((ERROR, NO_VALUE))
    ]
    if unknown:
        named = ", ".join(f"{_type_shown(d.texts[0])} ({d.count})" for d in unknown[:8])
        more = f" and {len(unknown) - 8} more" if len(unknown) > 8 else ""
        found.append(
            finding(
                "type-unknown",
                f"Column “{header}” has payment types that are not known here and are not billed: "
                f"{named}{more}.",
                "Only the type Credit is billed to Kara Connect. If one of these means Credit in "
                "your portal's language, set the portal to English and export again.",
                rows=lines.rows_with(("type",), (d.texts for d in unknown)),
                count=sum(d.count for d in unknown),
                source=lines.name,
                column=header,
            )
        )
    if types and not any(d.texts[0].casefold() == table.credit for d in types):
        found.append(
            finding(
                "type-not-credit",
                f"No payment in {lines.name} is of the type Credit.",
                "Check that the filter of the portal's list was Payment type: Credit.",
                source=lines.name,
                column=header,
            )
        )
    return found


def _type_shown(text: str) -> str:
    return "an e-mail address (not shown)" if "@" in text else shown(text)


def _footers(
    footers: tuple[Footer, ...], lines: Lines, layout: Layout, amounts: AmountColumn
) -> list[Finding]:
    """Say which lines were left out as totals, and check them against our own sum."""
    if not footers:
        return []
    rows = tuple(footer.row for footer in footers)
    left_out = finding(
        "footer-left-out",
        f"{len(rows)} {'row' if len(rows) == 1 else 'rows'} at the end of {lines.name} "
        "sum up the payments and are none themselves.",
        "",
        rows=rows,
        source=lines.name,
    )
    sums: dict[str, int] = {}
    for distinct in lines.distinct("price", "currency"):
        known = amounts.amounts.get((distinct.texts[0], distinct.texts[1]))
        if known is not None:
            sums[known[1]] = sums.get(known[1], 0) + known[0] * distinct.count
    if len(sums) != 1 or not any(footer.price for footer in footers):
        return [left_out]
    [(currency, ours)] = sums.items()
    theirs = [parse_amount(footer.price, currency) for footer in footers if footer.price]
    if any(ours in (cell.point, cell.comma) for cell in theirs):
        return [left_out]
    stated = _stated(theirs, amounts.style)
    return [
        left_out,
        finding(
            "footer-differs",
            f"The total at the end of {lines.name} is {stated}, but its payments sum up to "
            f"{Money(ours, currency)}.",
            "Rows may have been deleted or filtered out in a spreadsheet. Compare with the portal.",
            rows=rows,
            source=lines.name,
            column=layout.header("price"),
        ),
    ]


def _stated(cells: list[AmountCell], style: str) -> str:
    value = cells[-1].under(style or ".")
    return str(Money(value, cells[-1].currency)) if isinstance(value, int) else "no readable amount"
