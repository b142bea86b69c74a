"""Sessions still Unpaid in the portal: what each one needs, and what the user decided.

Kara Connect's article: an unpaid session whose View Details shows a Sponsor was covered by a credit
and only needs Edit Payment → Confirm; one without a Sponsor is the professional's to collect.
A session is never billed from an Unpaid export, whatever was decided: it is billed when a Paid
export holds it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kara_tui.model import Decision, Finding, Month, Session
from kara_tui.month_end.billing_history import BillingHistory, Candidate
from kara_tui.month_end.findings import finding
from kara_tui.month_end.invoicing import totals_by_currency
from kara_tui.month_end.wording import (
    amount_said,
    counted,
    day_inline,
    listed,
    month_name,
    rows_of,
    rows_said,
    verb,
)

if TYPE_CHECKING:
    from kara_tui.month_end.assess import MonthEnd


@dataclass(frozen=True, slots=True)
class UnpaidSession:
    """One unpaid session, what the portal's data suggests, and the decision if there is one.

    ``proposal`` is CONFIRMED for a session with a sponsor (confirm it in the portal), COLLECT for
    one without.
    """

    candidate: Candidate
    proposal: Decision
    decision: Decision | None

    @property
    def session(self) -> Session:
        return self.candidate.session

    @property
    def fingerprint(self) -> str:
        return self.candidate.fingerprint


def propose(
    candidates: Sequence[Candidate], answers: dict[str, Decision]
) -> tuple[UnpaidSession, ...]:
    """Pair each unpaid session with its proposal and with the decision kept for it."""
    return tuple(
        UnpaidSession(
            candidate,
            Decision.CONFIRMED if candidate.session.sponsor else Decision.COLLECT,
            answers.get(candidate.fingerprint),
        )
        for candidate in candidates
    )


def left_behind(month_end: MonthEnd) -> tuple[str, ...]:
    """What Kara Connect may owe and the invoice does not ask for, in sentences."""
    return (*_still_to_come(month_end), *_not_confirmed(month_end))


def _still_to_come(month_end: MonthEnd) -> Iterator[str]:
    today = month_end.request.today
    if month_end.month.last >= today:
        yield (
            f"{month_name(month_end.month)} is not over on {day_inline(today)}: sessions that are "
            "still to come would need an invoice of their own."
        )


def _not_confirmed(month_end: MonthEnd) -> tuple[str, ...]:
    if not month_end.request.unpaid:
        return ("No Unpaid export was looked at: a forgotten session would not be seen.",)
    put_off = (Decision.LATER, Decision.CONFIRMED)
    later = [
        payment.session
        for payment in month_end.unpaid
        if payment.session.sponsor and payment.decision in put_off
    ]
    if not later:
        return ()
    are, sums = verb(len(later), "is", "are"), totals_by_currency(later)
    which = counted(len(later), "unpaid session")
    return (
        f"{listed(map(amount_said, sums))} {are} not on it: {which} {are} asked about next month.",
    )


def unpaid_findings(
    unpaid: Sequence[UnpaidSession], month: Month, known: BillingHistory, paid: frozenset[str]
) -> Iterator[Finding]:
    """What to do about the month's unpaid sessions; ``paid`` are the Paid exports' fingerprints."""
    for source in dict.fromkeys(payment.session.source for payment in unpaid):
        here = [payment for payment in unpaid if payment.session.source == source]
        yield from _open_with_sponsor(here, source, month)
        yield from _collect(here, source, month)
        yield from _still_unpaid(here, source)
    still_unpaid = {payment.fingerprint for payment in unpaid}
    for confirmed in known.confirmed:
        if confirmed.fingerprint not in paid | still_unpaid:
            yield finding(
                "confirmed-missing",
                f"{confirmed.description} was confirmed in the portal, but no Paid export given "
                "here holds it, so it is not billed.",
                "Look it up under Payments → Paid. Its transaction date may lie in another month.",
            )
    for put_off in known.put_off:
        if put_off.fingerprint not in paid | still_unpaid:
            yield finding(
                "put-off-unsettled",
                f"{put_off.description} was put off and is not settled yet.",
                "Look it up under Payments → Unpaid. If there is a Sponsor section: ⋮ → Edit "
                "Payment → Confirm, and the next Paid export holds it. Otherwise say what holds "
                "with kara-tui decide.",
            )


def _open_with_sponsor(
    here: Sequence[UnpaidSession], source: str, month: Month
) -> Iterator[Finding]:
    covered = [payment for payment in here if payment.session.sponsor]
    asked = [payment.session for payment in covered if payment.decision is None]
    later = [payment.session for payment in covered if payment.decision is Decision.LATER]
    if asked:
        yield finding(
            "unpaid-with-sponsor",
            f"{counted(len(asked), 'session')} of {month_name(month)} with a sponsor "
            f"{verb(len(asked), 'is', 'are')} still Unpaid "
            f"({rows_said(asked)} of {source}): the credit was not confirmed, so it is "
            "missing from the Paid export.",
            "In the portal: Payments → Unpaid → ⋮ → View Details. If there is a Sponsor section: "
            "⋮ → Edit Payment → Confirm, then export Paid again. Otherwise say what holds for the "
            "session with --decisions or kara-tui decide.",
            rows=rows_of(asked),
            source=source,
        )
    if later:
        yield finding(
            "unpaid-later",
            f"{counted(len(later), 'unpaid session')} with a sponsor "
            f"({rows_said(later)} of {source}) {verb(len(later), 'was', 'were')} put "
            f"off and {verb(len(later), 'is', 'are')} not billed.",
            "They are asked about again next month.",
            rows=rows_of(later),
            source=source,
        )


def _collect(here: Sequence[UnpaidSession], source: str, month: Month) -> Iterator[Finding]:
    mine = [
        payment.session
        for payment in here
        if not payment.session.sponsor and payment.decision in (None, Decision.COLLECT)
    ]
    if mine:
        yield finding(
            "unpaid-without-sponsor",
            f"{counted(len(mine), 'unpaid session')} of {month_name(month)} "
            f"({rows_said(mine)} of {source}) {verb(len(mine), 'has', 'have')} no "
            f"sponsor: no credit was used, and {verb(len(mine), 'it is', 'they are')} never billed "
            "to Kara Connect.",
            "Collect these from the client yourself (⋮ → Edit Payment in the portal).",
            rows=rows_of(mine),
            source=source,
        )


def _still_unpaid(here: Sequence[UnpaidSession], source: str) -> Iterator[Finding]:
    still = [payment.session for payment in here if payment.decision is Decision.CONFIRMED]
    if still:
        yield finding(
            "confirmed-still-unpaid",
            f"{counted(len(still), 'session')} decided as confirmed in the portal "
            f"({rows_said(still)} of {source}) {verb(len(still), 'is', 'are')} still in "
            f"the Unpaid export and {verb(len(still), 'is', 'are')} not billed.",
            "Check in the portal that Confirm was pressed, then export Paid and Unpaid again.",
            rows=rows_of(still),
            source=source,
        )
