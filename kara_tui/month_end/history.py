"""What the ledger remembers, in the month end's own words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, time
from typing import TYPE_CHECKING

from kara_tui import ledger
from kara_tui.model import Decision, DocumentKind, Money, Month, Session
from kara_tui.month_end.billing_history import (
    BillingHistory,
    Candidate,
    IssuedBefore,
    Unsettled,
)
from kara_tui.month_end.request import Request
from kara_tui.month_end.unpaid import UnpaidSession
from kara_tui.month_end.wording import short
from kara_tui.settings.profile import Profile

if TYPE_CHECKING:
    from kara_tui.ledger.book import Ledger


def fingerprinted(sessions: Sequence[Session]) -> tuple[Candidate, ...]:
    """The sessions of one file, each with the name under which the ledger knows it."""
    return tuple(
        Candidate(fingerprint, session)
        for fingerprint, session in zip(ledger.fingerprints(sessions), sessions, strict=True)
    )


def months_invoiced(
    book: Ledger | None, profile: str, months: Iterable[Month]
) -> tuple[Month, ...]:
    """Those of the months that have an invoice which stands."""
    if book is None:
        return ()
    standing = {document.month for document in book.invoices(profile=profile) if document.stands}
    return tuple(sorted(standing.intersection(months)))


def known_about(
    book: Ledger | None, profile: Profile, month: Month, candidates: Sequence[Candidate]
) -> BillingHistory:
    """What the ledger knows that this month end must respect. An absent ledger knows nothing."""
    if book is None:
        return BillingHistory()
    prints = [candidate.fingerprint for candidate in candidates]
    sessions = [candidate.session for candidate in candidates]
    decisions = {
        _now_known_as(fingerprint, kept.choice.session): kept
        for fingerprint, kept in book.decisions(profile.name).items()
    }
    unsettled = [
        (fingerprint, kept.choice)
        for fingerprint, kept in decisions.items()
        if kept.choice.decision in (Decision.CONFIRMED, Decision.LATER)
    ]
    billed = book.billed([*prints, *(fingerprint for fingerprint, _ in unsettled)])

    def not_billed(decision: Decision) -> tuple[Unsettled, ...]:
        return tuple(
            Unsettled(fingerprint, described(choice.session))
            for fingerprint, choice in unsettled
            if choice.decision is decision and fingerprint not in billed
        )

    documents = book.invoices(profile=profile.name)
    return BillingHistory(
        last_used=book.last_number(profile.name, profile.numbering.prefix) or 0,
        billed=billed,
        issued={
            month: tuple(
                IssuedBefore(
                    document.number,
                    document.issued_on,
                    document.total.currency,
                    document.stands,
                )
                for document in documents
                if document.kind is DocumentKind.INVOICE and document.month == month
            )
        },
        decisions={fingerprint: kept.choice.decision for fingerprint, kept in decisions.items()},
        routes=book.routes(profile.name),
        near=book.near_matches(sessions, prints),
        with_ids=book.billed_with_ids(sessions),
        confirmed=not_billed(Decision.CONFIRMED),
        put_off=not_billed(Decision.LATER),
    )


def keep_choices(
    book: Ledger, profile: str, chosen: Sequence[tuple[UnpaidSession, Decision, str]]
) -> None:
    """Keep a profile's decisions about unpaid sessions, each with a note.

    What the ledger knows already is left out.
    """
    before = book.decisions(profile)
    book.decide(
        [
            ledger.SessionDecision(
                payment.fingerprint,
                decision,
                session_kept(payment.session, profile),
                note,
            )
            for payment, decision, note in chosen
            if payment.fingerprint not in before
            or before[payment.fingerprint].choice.decision is not decision
        ]
    )


def keep_decisions(book: Ledger, unpaid: Sequence[UnpaidSession], request: Request) -> None:
    """Keep what this run said about unpaid sessions."""
    notes = {
        payment.fingerprint: answer.note
        for answer in request.answers
        for payment in unpaid
        if answer.is_about(payment.session)
    }
    keep_choices(
        book,
        request.profile,
        [
            (payment, payment.decision, notes.get(payment.fingerprint, ""))
            for payment in unpaid
            if payment.decision is not None
        ],
    )


def session_kept(session: Session, profile: str) -> str:
    """A session as the JSON object that the ledger keeps beside a profile's decision about it."""
    value = {
        "profile": profile,
        "date": session.date.isoformat(),
        "time": session.time.isoformat("minutes") if session.time else "",
        "service": session.service,
        "professional": session.professional,
        "sponsor": session.sponsor,
        "price": session.price.text,
        "currency": session.price.currency,
    }
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _now_known_as(fingerprint: str, kept: str) -> str:
    """The fingerprint of a session that a decision was kept about.

    The first ones of sessions with payment ids were made of the id alone.
    """
    if not ledger.is_of_an_id(fingerprint):
        return fingerprint
    value = json.loads(kept)
    return ledger.fingerprint(
        Session(
            row=0,
            source="",
            date=date.fromisoformat(value["date"]),
            time=time.fromisoformat(value["time"]) if value["time"] else None,
            service=value["service"],
            price=Money.parse(value["price"], value["currency"]),
            professional=value["professional"],
            professional_email="",
            sponsor=value["sponsor"],
        )
    )


def described(kept: str) -> str:
    """A session that a decision was kept about, named in words."""
    value = json.loads(kept)
    when = " ".join(filter(None, (value["date"], value["time"])))
    by = f" with the sponsor {short(value['sponsor'])}" if value["sponsor"] else ""
    price = Money.parse(value["price"], value["currency"])
    return f"The session of {when} ({short(value['service'])}, {price}){by}"
