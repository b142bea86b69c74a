"""Choosing the month's sessions out of an export, as the portal's filter does."""

from __future__ import annotations

from functools import cache

import polars as pl

from kara_tui.exports.cells.cleaning import clean
from kara_tui.exports.cells.payment_types import NOT_SHOWN, is_fit_to_show
from kara_tui.exports.export import NEAR_EDGE, Export, ExportKind, MonthCount, Selected, Tally
from kara_tui.exports.payments.changed_words import changed_words
from kara_tui.exports.payments.payment_table import collected
from kara_tui.model import Finding, Money, Month, Session

# Sessions of more payments than these are not made all at once.
_MANY = 50_000


def months(export: Export) -> tuple[MonthCount, ...]:
    """The months that have sessions worth billing, and how many, the newest first.

    Of a paid export these are the Credit payments, of an unpaid one all rows.
    """
    counts: dict[Month, int] = {}
    for tally in export.tallies:
        if _is_worth_billing(tally, export.kind):
            counts[tally.month] = counts.get(tally.month, 0) + tally.payments
    return tuple(MonthCount(month, counts[month]) for month in sorted(counts, reverse=True))


def select(export: Export, month: Month) -> Selected:
    """One month's sessions as values, in file order, with tallies of what was left out.

    The month is that of the wall clock: both of its edges belong to it, to the minute. Rows whose
    date or price is the subject of a blocker are in neither.
    """
    inside: list[Session] = []
    outside: list[Session] = []
    first, last = month.first, month.last
    for session in _sessions(_near(export, month), export):
        (inside if first <= session.date <= last else outside).append(session)
    return Selected(
        sessions=tuple(inside),
        other_types=_other_types(export, month),
        other_months={c.month: c.sessions for c in months(export) if c.month != month},
        near_edge=tuple(outside),
        findings=changed_words(inside, export.typed, export.columns, export.name),
    )


def changed_words_of(export: Export) -> tuple[Finding, ...]:
    """What is said of changed words in all sessions worth billing, whatever their month.

    Of an export with very many payments it is said of the newest month.
    """
    if export.rows > _MANY:
        newest = [count.month for count in months(export)[:1]]
        return tuple(finding for month in newest for finding in select(export, month).findings)
    wanted = _worth_billing(export) & pl.col("date").is_not_null()
    sessions = _sessions(collected(export.frame.filter(wanted)).sort("row"), export)
    return changed_words(sessions, export.typed, export.columns, export.name)


def _other_types(export: Export, month: Month) -> dict[str, int]:
    """How many payments of the month are of each other type; what may be a name is not told."""
    counts: dict[str, int] = {}
    for tally in export.tallies:
        if tally.month == month and not _is_worth_billing(tally, export.kind):
            name = tally.type if is_fit_to_show(tally.type) else NOT_SHOWN
            counts[name] = counts.get(name, 0) + tally.payments
    return counts


def _near(export: Export, month: Month) -> pl.DataFrame:
    """The sessions of the month and of the days around it, in file order."""
    day = pl.col("date")
    wanted = day.is_between(month.first - NEAR_EDGE, month.last + NEAR_EDGE) & _worth_billing(
        export
    )
    if export.kept is not None and export.kept[0] == month:
        return export.kept[1].filter(wanted).sort("row")
    scan = export.frame if export.scan is None else export.scan
    return collected(scan.filter(wanted), streaming=export.large).sort("row")


def _worth_billing(export: Export) -> pl.Expr:
    credit = pl.col("credit") if export.kind is ExportKind.PAID else pl.lit(value=True)
    return credit & pl.col("minor").is_not_null()


def _is_worth_billing(tally: Tally, kind: ExportKind) -> bool:
    """Credit payments of the paid list; of the unpaid list every row is for the user to see."""
    return tally.credit or kind is ExportKind.UNPAID


def _sessions(frame: pl.DataFrame, export: Export) -> list[Session]:
    # Texts of a large file are clean only from here on; cleaning clean ones changes nothing. A
    # month names few services, people and prices, each many times.
    tidy, money = cache(clean), cache(Money)
    return [
        Session(
            row=row,
            source=export.name,
            line=export.line_numbers.line_of(row),
            date=day,
            time=clock.replace(fold=1) if later else clock,
            service=tidy(service),
            price=money(minor, currency),
            professional=tidy(professional),
            professional_email=tidy(email),
            sponsor=tidy(sponsor),
            payment_id=tidy(payment_id),
        )
        for (
            row, day, clock, later, service, minor, currency, professional, email, sponsor,
            payment_id,
        ) in frame.select(
            "row", "date", "time", "later", "service", "minor", "currency", "professional",
            "professional_email", "sponsor", "payment_id",
        ).iter_rows()
    ]  # fmt: skip
