"""Choosing the month's sessions out of an export, as the portal's filter does."""

from __future__ import annotations

from datetime import timedelta

import polars as pl

from kara_tui.exports.export import Export, ExportKind, MonthCount, Selected
from kara_tui.exports.lines import collected
from kara_tui.model import Money, Month, Session

NEAR_EDGE = timedelta(days=2)


def months_of(export: Export) -> tuple[MonthCount, ...]:
    """How many sessions worth billing lie in each month, the newest month first."""
    counts = collected(
        export.frame.filter(_worth_billing(export.kind) & pl.col("date").is_not_null())
        .group_by(pl.col("date").dt.truncate("1mo").alias("month"))
        .agg(pl.len().alias("sessions"))
    )
    ordered = counts.sort("month", descending=True)
    return tuple(MonthCount(Month.of(first), sessions) for first, sessions in ordered.rows())


def selected(export: Export, month: Month) -> Selected:
    """The month's sessions as values, in file order, and the tallies of what was left out."""
    day, worth = pl.col("date"), _worth_billing(export.kind)
    near = export.frame.filter(
        day.is_between(month.first - NEAR_EDGE, month.last + NEAR_EDGE)
        & worth
        & pl.col("minor").is_not_null()
    ).sort("row")
    inside: list[Session] = []
    outside: list[Session] = []
    for session in _sessions(collected(near), export.name):
        (inside if month.contains(session.date) else outside).append(session)
    others = collected(
        export.frame.filter(day.is_between(month.first, month.last) & ~worth)
        .group_by("type")
        .agg(pl.len().alias("payments"))
        .sort("type")
    )
    return Selected(
        sessions=tuple(inside),
        other_types=dict(others.rows()),
        other_months={c.month: c.sessions for c in months_of(export) if c.month != month},
        near_edge=tuple(outside),
    )


def _worth_billing(kind: ExportKind) -> pl.Expr:
    """Credit payments of the paid list; of the unpaid list every row is for the user to see."""
    return pl.col("credit") if kind is ExportKind.PAID else pl.lit(value=True)


def _sessions(frame: pl.DataFrame, name: str) -> list[Session]:
    return [
        Session(
            row=row["row"],
            source=name,
            date=row["date"],
            time=row["time"],
            service=row["service"],
            price=Money(row["minor"], row["currency"]),
            professional=row["professional"],
            professional_email=row["professional_email"],
            sponsor=row["sponsor"],
            payment_id=row["payment_id"],
        )
        for row in frame.iter_rows(named=True)
    ]
