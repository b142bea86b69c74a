"""The paid sessions of the month: which are billed, which are left out, and what to look at.

The portal's own path is Payments → Paid → the month → Credit. The reader has already kept the
month's Credit rows; here the rows that a person should look at are named, and sponsors who are
invoiced elsewhere are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from kara_tui.exports.export import Export, Selected
from kara_tui.model import Finding, Month, Routing
from kara_tui.month_end.billing_history import BillingHistory, Candidate
from kara_tui.month_end.findings import finding
from kara_tui.month_end.wording import (
    counted,
    listed,
    month_name,
    months_said,
    names_said,
    rows_of,
    rows_said,
    short,
    verb,
)
from kara_tui.settings.profile import Profile

EDGE_DAYS = 2


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A session that is not billed now, and why, in words."""

    candidate: Candidate
    reason: str


@dataclass(frozen=True, slots=True)
class Selection:
    """The month's Credit sessions, parted."""

    billed: tuple[Candidate, ...]
    left_out: tuple[LeftOut, ...]


def choose(
    candidates: Sequence[Candidate],
    profile: Profile,
    left_out: Mapping[str, str],
    known: BillingHistory,
) -> Selection:
    """Part the month's sessions into those to bill now and those that stay out, with the reason."""
    billed: list[Candidate] = []
    out: list[LeftOut] = []
    is_elsewhere: dict[str, bool] = {}
    for candidate in candidates:
        sponsor = candidate.session.sponsor
        if sponsor not in is_elsewhere:
            way = known.routing_of(sponsor, profile)
            # One that may be another company's second spelling stays in until that is said.
            near = known.near_to(sponsor, profile)
            is_elsewhere[sponsor] = way is Routing.ELSEWHERE and not near
        number = known.billed.get(candidate.fingerprint)
        if number is not None:
            out.append(LeftOut(candidate, f"already on invoice {number}"))
        elif candidate.fingerprint in left_out:
            out.append(LeftOut(candidate, left_out[candidate.fingerprint]))
        elif is_elsewhere[sponsor]:
            out.append(LeftOut(candidate, "the sponsor is invoiced directly, not Kara Connect"))
        else:
            billed.append(candidate)
    return Selection(tuple(billed), tuple(out))


def file_findings(
    exports: Sequence[Export], selected: Sequence[Selected], month: Month
) -> Iterator[Finding]:
    """What each paid file holds besides the month's Credit sessions; nothing goes in silence."""
    yield from _same_files(exports)
    for export, chosen in zip(exports, selected, strict=True):
        yield from chosen.findings
        if chosen.other_types:
            count = sum(chosen.other_types.values())
            are = verb(count, "is", "are")
            kinds = names_said(
                [f"{short(name)} ({n:,})" for name, n in sorted(chosen.other_types.items())]
            )
            yield finding(
                "other-payment-type",
                f"{counted(count, 'payment')} of {month_name(month)} in {export.name} {are} not of "
                f"type Credit and {are} not billed: {kinds}.",
                "Payments of other types are collected from the client.",
                count=count,
                source=export.name,
            )
        if chosen.other_months:
            count = sum(chosen.other_months.values())
            yield finding(
                "other-month",
                f"{counted(count, 'Credit session')} in {export.name} "
                f"{verb(count, 'lies', 'lie')} outside {month_name(month)} and "
                f"{verb(count, 'is', 'are')} not billed: "
                f"{months_said(chosen.other_months, month)}.",
                "One invoice holds one calendar month. Another month is billed with --month.",
                count=count,
                source=export.name,
            )
        yield from _edges(export, chosen, month)


def dropped_columns(exports: Sequence[Export]) -> Iterator[Finding]:
    """The columns of each file that were never looked into, named by their headers."""
    for export in exports:
        if export.dropped:
            yield finding(
                "column-dropped",
                f"{counted(len(export.dropped), 'column')} of {export.name} "
                f"{verb(len(export.dropped), 'was', 'were')} not read: "
                f"{listed(f'“{header}”' for header in export.dropped)}.",
                "They are no part of an invoice. Boxes that are not ticked in the portal's Export "
                "screen never leave it.",
                count=len(export.dropped),
                source=export.name,
            )


def _same_files(exports: Sequence[Export]) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for export in exports:
        if export.sha256 in seen:
            yield finding(
                "same-file-twice",
                f"{export.name} has the same content as {seen[export.sha256]}, so every session "
                "would be billed twice.",
                "Give each export once.",
                source=export.name,
            )
        seen.setdefault(export.sha256, export.name)


def _edges(export: Export, chosen: Selected, month: Month) -> Iterator[Finding]:
    """Rows near the edge of the month, where a transaction date may not be the session's day.

    The portal's transaction date may be when Confirm was pressed: a session of 31 October that was
    confirmed on 2 November may carry a November date. A file with a session date has no such doubt.
    """
    if any(column.field == "session_date" for column in export.columns):
        return
    days = timedelta(days=EDGE_DAYS - 1)
    begins, ends = month.first + days, month.last - days
    inside = [
        session for session in chosen.sessions if session.date <= begins or session.date >= ends
    ]
    if inside:
        yield finding(
            "near-month-edge",
            f"{counted(len(inside), 'session')} {verb(len(inside), 'lies', 'lie')} within "
            f"{EDGE_DAYS} days of the edge of "
            f"{month_name(month)} by transaction date ({rows_said(inside)} of "
            f"{export.name}).",
            "A transaction date may be the day on which a session was confirmed. Check that these "
            "sessions took place in the month.",
            rows=rows_of(inside),
            source=export.name,
        )
    if chosen.near_edge:
        outside = chosen.near_edge
        yield finding(
            "just-outside-month",
            f"{counted(len(outside), 'Credit session')} "
            f"{verb(len(outside), 'lies', 'lie')} up to {EDGE_DAYS} days outside "
            f"{month_name(month)} by transaction date ({rows_said(outside)} of "
            f"{export.name}) and {verb(len(outside), 'is', 'are')} not billed now.",
            "A session that took place in the month but was confirmed after it belongs to the "
            "month's invoice: look these up in the calendar.",
            rows=rows_of(outside),
            source=export.name,
        )
