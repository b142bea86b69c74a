"""The month end as a value: given the exports, the profile and what is known, what would be issued.

Pure: no screen, no clock, no disk. Every number that any face shows is worked out here or below.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kara_tui.exports.export import Export, Selected
from kara_tui.model import Finding, Invoice, Mark, Money, Month, Routing, Session
from kara_tui.month_end import far_prices, twice
from kara_tui.month_end.billing_history import BillingHistory, Candidate, IssuedBefore
from kara_tui.month_end.checks import open_sponsors, session_findings
from kara_tui.month_end.corrections import corrected, correction_findings, renamed
from kara_tui.month_end.deadlines import Deadlines
from kara_tui.month_end.decisions import (
    answers_for,
    billed_by,
    corrections_by,
    left_out_by,
    unmatched,
)
from kara_tui.month_end.findings import blockers_first, finding
from kara_tui.month_end.invoicing import draft_invoices, totals_by_currency
from kara_tui.month_end.letters import letter_findings
from kara_tui.month_end.payment_ids import id_findings, why_not_believed
from kara_tui.month_end.request import Late, Request
from kara_tui.month_end.selection import LeftOut, choose, dropped_columns, file_findings
from kara_tui.month_end.twice import Doubt
from kara_tui.month_end.unpaid import UnpaidSession, propose, unpaid_findings
from kara_tui.month_end.wording import (
    counted,
    listed,
    month_name,
    months_said,
    rows_of,
    rows_said,
    verb,
)
from kara_tui.settings.profile import Profile


@dataclass(frozen=True, slots=True)
class ReadFile:
    """An export with what it holds for the month; ``candidates`` are its sessions of the month."""

    export: Export
    selected: Selected
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class MonthEnd:
    """What this month end would issue, and all there is to know before doing it.

    ``paid`` and ``unpaid_files`` are the files in the order of the request, each as it was
    understood. ``findings`` stand with blockers first. ``invoices`` have no number yet; there are
    none when no session is billed. ``numbers`` are those that they would take now.
    ``open_sponsors`` are those of whom it is to be said who is invoiced, ``doubts`` the sessions
    that may be billed twice, ``late`` those of months that were invoiced before they came.
    """

    request: Request
    profile: Profile
    month: Month
    paid: tuple[ReadFile, ...]
    unpaid_files: tuple[ReadFile, ...]
    billed: tuple[Candidate, ...]
    left_out: tuple[LeftOut, ...]
    unpaid: tuple[UnpaidSession, ...]
    invoices: tuple[Invoice, ...]
    numbers: tuple[str, ...]
    totals: tuple[Money, ...]
    deadlines: Deadlines
    findings: tuple[Finding, ...]
    open_sponsors: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    late: tuple[Candidate, ...] = ()

    @property
    def sessions(self) -> int:
        return len(self.billed)

    @property
    def is_blocked(self) -> bool:
        return any(finding.is_blocker for finding in self.findings)


def assess(
    request: Request,
    profile: Profile,
    paid: Sequence[ReadFile],
    unpaid: Sequence[ReadFile],
    known: BillingHistory,
    deadlines: Deadlines,
    *,
    due_on: date,
    late: Sequence[Candidate] = (),
    further: Sequence[Finding] = (),
    letters_missing: Callable[[str], str] = lambda _: "",
) -> MonthEnd:
    """Work the month end out.

    ``due_on`` is when the money is expected for an invoice sent today. ``late`` are sessions of
    months already invoiced that the exports hold and no invoice does. ``further`` are findings made
    elsewhere, such as the deep check of the profile. ``letters_missing`` gives the characters of a
    text that the invoice's look cannot print.
    """
    month = request.billed_month
    known = replace(known, routes={**known.routes, **request.routes})
    chosen_late = late if request.late is Late.INCLUDE else ()
    candidates = [candidate for file in paid for candidate in file.candidates]
    offered = [*candidates, *chosen_late]
    left_out = {**left_out_by([*candidates, *late], request.answers), **request.left_out}
    corrections = {**corrections_by(offered, request.answers), **request.corrections}
    choice = choose(corrected(offered, corrections), profile, left_out, known)
    still_unpaid = [candidate for file in unpaid for candidate in file.candidates]
    open_sessions = propose(
        still_unpaid,
        {**known.decisions, **answers_for(still_unpaid, request.answers), **request.decisions},
    )
    choice = replace(choice, billed=renamed(choice.billed, corrections))
    sessions = [candidate.session for candidate in choice.billed]
    bill = {**billed_by(offered, request.answers), **request.bill}
    paid_sessions = [candidate.session for candidate in offered]
    ids = why_not_believed(paid_sessions, known)
    # An answer in the wizard is about one thing; one in a file of decisions is about all.
    own = {
        fingerprint for fingerprint, reason in bill.items() if reason != far_prices.BILLED_REASON
    }
    right = {fingerprint for fingerprint, reason in bill.items() if reason != twice.BILLED_REASON}
    open_doubts = (
        *far_prices.far_prices(choice.billed, right),
        *twice.doubts(choice.billed, known, own, ids),
    )
    findings = [
        *further,
        *(finding for file in (*paid, *unpaid) for finding in file.export.findings),
        *file_findings([f.export for f in paid], [f.selected for f in paid], month),
        *dropped_columns([file.export for file in (*paid, *unpaid)]),
        *_unpaid_of_other_months(unpaid, month),
        *session_findings(choice.billed, profile, month, known),
        *_left_out(choice.left_out),
        *correction_findings(choice.billed, offered),
        *letter_findings(choice.billed, letters_missing, _headers(paid)),
        *_month(request, paid, choice.billed, known),
        *_late(request, profile, late, known, left_out),
        *_passed(request, deadlines, due_on),
        *(doubt.finding for doubt in open_doubts),
        *far_prices.low_prices(choice.billed),
        *_near(choice.billed, known, own),
        *_billed_as_said(choice.billed, known, bill, ids),
        *id_findings(ids, _headers_of_ids(paid), paid_sessions),
        *unmatched(still_unpaid, offered, request.answers),
        *unpaid_findings(
            open_sessions,
            month,
            known,
            frozenset(candidate.fingerprint for candidate in (*candidates, *late)),
        ),
    ]
    mark = Mark.SAMPLE if request.demo else Mark.DRAFT if request.dry_run else Mark.NONE
    invoices = draft_invoices(
        sessions, profile, month, issued_on=request.today, due_on=due_on, mark=mark
    )
    next_number = max(known.last_used, profile.numbering.last_used) + 1
    return MonthEnd(
        request=request,
        profile=profile,
        month=month,
        paid=tuple(paid),
        unpaid_files=tuple(unpaid),
        billed=choice.billed,
        left_out=choice.left_out,
        unpaid=open_sessions,
        invoices=invoices,
        numbers=tuple(
            profile.numbering.number(next_number + place) for place in range(len(invoices))
        ),
        totals=totals_by_currency(sessions),
        deadlines=deadlines,
        findings=blockers_first(findings),
        open_sponsors=open_sponsors(sessions, profile, known),
        doubts=open_doubts,
        late=tuple(late),
    )


def _headers(paid: Sequence[ReadFile]) -> dict[str, str]:
    """The files' own names for the reader's fields; of several files the first one's."""
    return {
        column.field: column.header for file in reversed(paid) for column in file.export.columns
    }


def _month(
    request: Request, paid: Sequence[ReadFile], billed: Sequence[Candidate], known: BillingHistory
) -> Iterator[Finding]:
    month = request.billed_month
    name = month_name(month)
    before = known.issued.get(month, ())
    standing = [invoice for invoice in before if invoice.stands]
    if standing and not _only_bills_what_was_cancelled(billed, before):
        numbers = listed(f"{invoice.number} ({invoice.issued_on})" for invoice in standing)
        yield finding(
            "month-issued",
            f"{name} is invoiced already: {numbers}.",
            "Kara Connect wants one invoice a month. To bill it anew, cancel it with kara-tui "
            "credit NUMBER --reason …; sessions that came late can go on the next month's invoice "
            "(--late include).",
        )
    elif not billed and not any(
        finding.is_blocker for file in paid for finding in file.export.findings
    ):
        others = Counter[Month]()
        for file in paid:
            others.update(file.selected.other_months)
        yield finding(
            "no-sessions",
            f"There is no Credit session of {name} to bill."
            + (f" The export holds sessions of {months_said(others, month)}." if others else ""),
            "Check the month (--month YYYY-MM) and the dates and Payment type Credit that were "
            "chosen in the portal before Export.",
        )
    if month.last >= request.today and billed:
        yield finding(
            "month-not-over",
            f"{name} is not over on {request.today}.",
            "Sessions that are still to come this month would need an invoice of their own. "
            "Kara Connect wants one invoice for all sessions of the calendar month.",
        )


def _only_bills_what_was_cancelled(
    billed: Sequence[Candidate], before: Sequence[IssuedBefore]
) -> bool:
    """Whether one of a month's currencies was cancelled and is billed anew, while others stand."""
    standing = {invoice.currency for invoice in before if invoice.stands}
    cancelled = {invoice.currency for invoice in before if not invoice.stands}
    currencies = {candidate.session.price.currency for candidate in billed}
    return bool(currencies) and currencies <= cancelled - standing


def _passed(request: Request, days: Deadlines, due_on: date) -> Iterator[Finding]:
    if request.today > days.last:
        yield finding(
            "send-by-passed",
            f"The last day to send the invoice for {month_name(request.billed_month)} was "
            f"{days.last}; sent today, its payment can be expected by {due_on}.",
            "Kara Connect then needs at least seven working days after submission.",
        )


def _left_out(left_out: Sequence[LeftOut]) -> Iterator[Finding]:
    for reason in dict.fromkeys(left.reason for left in left_out):
        omitted = [left.candidate.session for left in left_out if left.reason == reason]
        yield finding(
            "left-out",
            f"{counted(len(omitted), 'Credit session')} "
            f"{verb(len(omitted), 'is', 'are')} left out ({rows_said(omitted)}): "
            f"{reason.rstrip('.')}.",
            "",
            rows=rows_of(omitted),
        )


def _late(
    request: Request,
    profile: Profile,
    late: Sequence[Candidate],
    known: BillingHistory,
    left_out: Mapping[str, str],
) -> Iterator[Finding]:
    # Sessions invoiced to the company itself were left out of their month on purpose.
    late_sessions = [
        candidate.session
        for candidate in late
        if candidate.fingerprint not in left_out
        and known.routing_of(candidate.session.sponsor, profile) is not Routing.ELSEWHERE
    ]
    if not late_sessions:
        return
    came = (
        f"{counted(len(late_sessions), 'Credit session')} of {_months_of(late_sessions)} came "
        f"after that month was invoiced ({rows_said(late_sessions)})"
    )
    if request.late is Late.ASK:
        yield finding(
            "late-sessions",
            f"{came}.",
            "Say --late include to put them on this invoice with their own dates, --late leave to "
            "leave them for now, or cancel and reissue their month with kara-tui credit.",
            rows=rows_of(late_sessions),
        )
    elif request.late is Late.INCLUDE:
        yield finding(
            "late-sessions-included",
            f"{came}. {verb(len(late_sessions), 'It stands', 'They stand')} on this invoice with "
            f"{verb(len(late_sessions), 'its own date', 'their own dates')}.",
            "",
            rows=rows_of(late_sessions),
        )
    else:
        yield finding(
            "late-sessions-left",
            f"{came}. {verb(len(late_sessions), 'It is', 'They are')} not billed now.",
            "They are asked about again as long as an export holds them.",
            rows=rows_of(late_sessions),
        )


def _months_of(sessions: Sequence[Session]) -> str:
    return listed(month_name(m) for m in sorted({Month.of(session.date) for session in sessions}))


def _near(
    billed: Sequence[Candidate], known: BillingHistory, bill: Collection[str]
) -> Iterator[Finding]:
    by_print = {
        candidate.fingerprint: candidate.session
        for candidate in billed
        if candidate.fingerprint not in bill
    }
    for match in known.near:
        session = by_print.get(match.fingerprint)
        if session is not None and not match.close:
            yield finding(
                "near-match",
                f"Row {session.row} of {session.source} ({session.date}) is like the session of "
                f"{match.billed.date} on invoice {match.billed.number}, which this export no "
                "longer holds. Is it the same session with another date?",
                "If it is the same, leave it out: it was billed.",
                rows=(session.row,),
                source=session.source,
            )


def _billed_as_said(
    billed: Sequence[Candidate],
    known: BillingHistory,
    bill: Mapping[str, str],
    ids: Mapping[str, str],
) -> Iterator[Finding]:
    """Sessions that would be asked about, had the user not said that they are billed."""
    if not bill:
        return
    for asked, why in (
        (twice.doubts(billed, known, (), ids), "another session looks the same"),
        (far_prices.far_prices(billed, ()), "the price is far from the usual one"),
    ):
        doubted = {fingerprint for doubt in asked for fingerprint in doubt.sessions}
        said_so = [
            candidate
            for candidate in billed
            if candidate.fingerprint in doubted and candidate.fingerprint in bill
        ]
        for reason in dict.fromkeys(bill[candidate.fingerprint] for candidate in said_so):
            sessions = [
                candidate.session for candidate in said_so if bill[candidate.fingerprint] == reason
            ]
            yield finding(
                "billed-as-said",
                f"{counted(len(sessions), 'session')} {verb(len(sessions), 'is', 'are')} billed "
                f"although {why} "
                f"({rows_said(sessions)}), as you said: {reason.rstrip('.')}.",
                "",
                rows=rows_of(sessions),
            )


def _headers_of_ids(paid: Sequence[ReadFile]) -> dict[str, str]:
    """Each file's own header of its column of payment ids."""
    return {
        file.export.name: column.header
        for file in paid
        for column in file.export.columns
        if column.field == "payment_id"
    }


def _unpaid_of_other_months(unpaid: Sequence[ReadFile], month: Month) -> Iterator[Finding]:
    for file in unpaid:
        earlier = {m: n for m, n in file.selected.other_months.items() if m < month}
        later = {m: n for m, n in file.selected.other_months.items() if m > month}
        for code, counts in (
            ("unpaid-earlier-month", earlier),
            ("unpaid-later-month", later),
        ):
            if counts:
                yield finding(
                    code,
                    f"{counted(sum(counts.values()), 'session')} of other months in "
                    f"{file.export.name} {verb(sum(counts.values()), 'is', 'are')} still Unpaid: "
                    f"{months_said(counts, month)}.",
                    "Look them up under Payments → Unpaid. Those with a Sponsor only need Edit "
                    "Payment → Confirm.",
                    count=sum(counts.values()),
                    source=file.export.name,
                )
