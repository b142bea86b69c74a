"""A month end out of hand-made sessions: no file, no clock, no ledger, no screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import polars as pl

from kara_tui.exports.export import Export, ExportKind, KeptColumn, Selected
from kara_tui.ledger import BilledSession
from kara_tui.model import Finding, Money, Month, Session
from kara_tui.month_end.assess import MonthEnd, ReadFile, assess
from kara_tui.month_end.billing_history import BillingHistory, Candidate
from kara_tui.month_end.deadlines import Deadlines
from kara_tui.month_end.history import fingerprinted
from kara_tui.month_end.request import Request
from kara_tui.settings import Profile, load

OCTOBER = Month(2026, 10)
TODAY = date(2026, 11, 2)
DAYS = Deadlines(date(2026, 11, 3), date(2026, 11, 4), date(2026, 11, 10))
NOTHING_KNOWN = BillingHistory()


def session(row: int = 2, **changes: Any) -> Session:
    """A held session of October with a time and a sponsor; each row has a day of its own."""
    usual = Session(
        row, "paid.csv", date(2026, 10, 5) + timedelta(days=row % 20), time(9), "Session",
        Money(6000, "EUR"), "Þóra Ægisdóttir", "thora@example.is", "Norðurljós",
    )  # fmt: skip
    return replace(usual, **changes)


def export(
    *sessions: Session,
    kind: ExportKind = ExportKind.PAID,
    name: str = "paid.csv",
    sha256: str = "",
    fields: Sequence[str] = ("transaction_date",),
    dropped: Sequence[str] = (),
    other_types: dict[str, int] | None = None,
    near_edge: Sequence[Session] = (),
) -> ReadFile:
    """A file as the reader understood it; sessions of other months are only counted."""
    inside = tuple(replace(one, source=name) for one in sessions if OCTOBER.contains(one.date))
    outside = Counter(Month.of(one.date) for one in sessions if not OCTOBER.contains(one.date))
    return ReadFile(
        Export(
            kind=kind,
            name=name,
            sha256=sha256 or name,
            rows=len(sessions),
            columns=tuple(KeptColumn(field, field) for field in fields),
            dropped=tuple(dropped),
            has_times=True,
            findings=(),
            frame=pl.LazyFrame(),
        ),
        Selected(inside, other_types or {}, dict(outside), tuple(near_edge)),
        fingerprinted(inside),
    )


def unpaid(*sessions: Session) -> ReadFile:
    """An Unpaid export."""
    return export(*sessions, kind=ExportKind.UNPAID, name="unpaid.csv")


def billed_before(number: str, day: date, at: time | None) -> BilledSession:
    """A session that stands on an invoice: of this day and time, and else as ``session``."""
    one = session(date=day, time=at)
    return BilledSession(
        number, fingerprinted([one])[0].fingerprint, day, at, one.service, one.professional,
        one.professional_email, one.sponsor, one.kind, one.price, one.payment_id, late=False,
    )  # fmt: skip


def candidate(one: Session) -> Candidate:
    """A session with its fingerprint, as its file's only one."""
    return fingerprinted([one])[0]


def a_profile(**changes: Any) -> Profile:
    """The sample profile with changes."""
    return replace(load("demo"), **{"name": "default", **changes})


def month_end(
    *paid: ReadFile,
    open_ones: Sequence[ReadFile] = (),
    known: BillingHistory = NOTHING_KNOWN,
    came_late: Sequence[Candidate] = (),
    profile: Profile | None = None,
    letters_missing: Callable[[str], str] = lambda _: "",
    **asked: Any,
) -> MonthEnd:
    """What the month end of October 2026 comes to; ``asked`` are fields of the request."""
    request = replace(Request("default", TODAY, month=OCTOBER), **asked)
    return assess(
        request,
        profile or a_profile(),
        paid,
        open_ones,
        known,
        DAYS,
        due_on=DAYS.pay,
        late=came_late,
        letters_missing=letters_missing,
    )


def found(result: MonthEnd, code: str) -> Finding:
    """The one finding with a code."""
    (finding,) = [finding for finding in result.findings if finding.code == code]
    return finding
