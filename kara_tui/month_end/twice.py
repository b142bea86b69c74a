"""Sessions that may be billed twice: found together, and asked about once.

What is asked is always the same: is each a session of its own, or is one of them there, or on an
invoice, already? So the answers are the same everywhere: bill each, or leave out what is there
twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from kara_tui.model import Finding, Session
from kara_tui.model.names import roughly, same
from kara_tui.month_end.billing_history import BillingHistory, Candidate
from kara_tui.month_end.findings import finding
from kara_tui.month_end.request import Request
from kara_tui.month_end.wording import counted, listed, rows_of, rows_said, verb

if TYPE_CHECKING:
    from kara_tui.ledger import BilledSession

_GROUPS_SHOWN = 6

_ANSWER = (
    "If one is there twice, leave it out; if each is a session of its own, as in a group, say that "
    "each is billed: on the step Credit, or in a file for --decisions with leave_out or bill."
)
_BILLED = (
    "If they are the same sessions, leave them out; if they are others, say that each is billed: "
    "on the step Credit, or in a file for --decisions with leave_out or bill."
)


# The two answers, in the order in which every face shows them, and what is kept with the second.
ANSWERS = ("Leave out what is there twice", "Bill each: all are sessions of their own")
BILLED_REASON = "Each is a session of its own."
# What is asked here, by the codes of the findings.
CODES = (
    "same-minute", "identical-rows", "payment-id-twice", "billed-before", "payment-id-billed",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Doubt:
    """Sessions asked about together, by fingerprint.

    ``sessions`` are all that an answer “bill each” is about, ``again`` those that are left out by
    the other answer, and ``reason`` is what is kept with these. ``answers`` are the words for
    leaving out and for billing, ``billed_reason`` what is kept with those that are billed.
    """

    finding: Finding
    sessions: tuple[str, ...]
    again: tuple[str, ...]
    reason: str
    answers: tuple[str, str] = ANSWERS
    billed_reason: str = BILLED_REASON


def answered(request: Request, doubt: Doubt, chosen: int) -> Request:
    """The request with one of the doubt's answers taken."""
    if doubt.answers[chosen].startswith("Bill"):
        # A session may have been asked about for another reason before: both answers hold.
        reasons = {
            fingerprint: " ".join(
                filter(None, (request.bill.get(fingerprint, ""), doubt.billed_reason))
            )
            for fingerprint in doubt.sessions
        }
        return replace(request, bill={**request.bill, **reasons})
    return replace(
        request, left_out={**request.left_out, **dict.fromkeys(doubt.again, doubt.reason)}
    )


def doubts(
    billed: Sequence[Candidate],
    known: BillingHistory,
    bill: Collection[str],
    ids: Mapping[str, str],
) -> Iterator[Doubt]:
    """What is to be asked about the sessions that would be billed.

    ``bill`` are the fingerprints of which it was said that they are sessions of their own. ``ids``
    says by file what speaks against its payment ids. Rows that two files hold are passed over:
    that they would be billed twice is certain, and no question.
    """
    prints = Counter(candidate.fingerprint for candidate in billed)
    once = [candidate for candidate in billed if prints[candidate.fingerprint] == 1]

    def trusted(session: Session) -> str:
        return "" if ids.get(session.source) else session.payment_id

    grouped: set[str] = set()
    for ask in (
        partial(_same_minute, once, bill, grouped),
        partial(_identical, once, bill, trusted, grouped),
        partial(_same_id, once, bill, trusted, grouped),
    ):
        asked = ask()
        if asked is not None:
            # Nothing is asked twice, for one reason and for another.
            grouped.update(asked.sessions)
            yield asked
    yield from _billed_before(once, known, bill, trusted)


def _same_minute(
    candidates: Sequence[Candidate], bill: Collection[str], grouped: Collection[str]
) -> Doubt | None:
    """One professional cannot begin two sessions in one minute, unless it is a group."""

    def key(candidate: Candidate) -> Hashable | None:
        session = candidate.session
        person = roughly(session.professional) or same(session.professional_email)
        if session.time is None:
            return None
        # The hour that comes twice has two of each minute.
        return (person, session.date, session.time, session.time.fold)

    return _asked(
        "same-minute",
        _groups(candidates, bill, grouped, key),
        lambda count: f"{verb(count, 'is', 'are')} of one professional at the same date and time",
    )


def _identical(
    candidates: Sequence[Candidate],
    bill: Collection[str],
    trusted: Callable[[Session], str],
    grouped: Collection[str],
) -> Doubt | None:
    """Without times several sessions a day are usual, so only rows that are equal in all ask."""

    def key(candidate: Candidate) -> Hashable | None:
        session = candidate.session
        if session.time is not None:
            return None
        return (session.source, *_told(session), trusted(session))

    return _asked(
        "identical-rows",
        _groups(candidates, bill, grouped, key),
        lambda count: f"{verb(count, 'is', 'are')} equal to another in all that was read",
    )


def _same_id(
    candidates: Sequence[Candidate],
    bill: Collection[str],
    trusted: Callable[[Session], str],
    grouped: Collection[str],
) -> Doubt | None:
    def key(candidate: Candidate) -> Hashable | None:
        return trusted(candidate.session) or None

    return _asked(
        "payment-id-twice",
        _groups(candidates, bill, grouped, key),
        lambda count: f"{verb(count, 'has', 'have')} the payment id of another",
    )


def _groups(
    candidates: Sequence[Candidate],
    bill: Collection[str],
    grouped: Collection[str],
    key: Callable[[Candidate], Hashable | None],
) -> list[list[Candidate]]:
    """Sessions that are alike, where more than one of them was not said to be real."""
    by_key: dict[Hashable, list[Candidate]] = {}
    for candidate in candidates:
        of_group = key(candidate)
        if of_group is not None and candidate.fingerprint not in grouped:
            by_key.setdefault(of_group, []).append(candidate)
    return [
        group
        for group in by_key.values()
        if len(group) > 1 and sum(candidate.fingerprint not in bill for candidate in group) > 1
    ]


def _asked(
    code: str, groups: Sequence[Sequence[Candidate]], alike: Callable[[int], str]
) -> Doubt | None:
    if not groups:
        return None
    there = [candidate.session for group in groups for candidate in group]
    shown = [
        _group_said([candidate.session for candidate in group]) for group in groups[:_GROUPS_SHOWN]
    ]
    if len(groups) > _GROUPS_SHOWN:
        shown.append(f"{counted(len(groups) - _GROUPS_SHOWN, 'more group')} of rows")
    sources = sorted({session.source for session in there})
    equal = all(
        _told(candidate.session) == _told(group[0].session)
        for group in groups
        for candidate in group
    )
    more = " Each is equal to its double in all that was read." if equal and len(groups) > 1 else ""
    return Doubt(
        finding(
            code,
            f"{counted(len(there), 'row')} of {listed(sources)} {alike(len(there))}: "
            f"{'; '.join(shown)}.{more} Is each a session of its own, or is one exported twice?",
            _ANSWER,
            rows=rows_of(sorted(there, key=lambda session: session.row)),
            source=sources[0] if len(sources) == 1 else "",
        ),
        tuple(candidate.fingerprint for group in groups for candidate in group),
        tuple(candidate.fingerprint for group in groups for candidate in group[1:]),
        "It stands in the export twice.",
    )


def _told(session: Session) -> tuple[object, ...]:
    return (
        session.date, session.time, session.service, session.price, session.professional,
        session.professional_email, session.sponsor,
    )  # fmt: skip


def _group_said(sessions: Sequence[Session]) -> str:
    """``rows 3 and 4 (2026-10-14 10:00)``, and in what they differ."""
    first = sessions[0]
    if len({session.source for session in sessions}) > 1:
        where = listed(f"row {session.row} of {session.source}" for session in sessions)
    else:
        where = rows_said(sessions)
    clock = f" {first.time:%H:%M}" if first.time else ""
    names = ("date", "time", "service", "price", "professional", "e-mail", "sponsor")
    told = [_told(session) for session in sessions]
    differ = [name for at, name in enumerate(names) if len({values[at] for values in told}) > 1]
    but = f", other in {listed(differ)}" if differ else ""
    return f"{where} ({first.date}{clock}{but})"


def _billed_before(
    candidates: Sequence[Candidate],
    known: BillingHistory,
    bill: Collection[str],
    trusted: Callable[[Session], str],
) -> Iterator[Doubt]:
    """Sessions of the moment, or with the payment id, of one that is on an invoice."""
    close = {match.fingerprint: match.billed for match in known.near if match.close}
    open_ones = [candidate for candidate in candidates if candidate.fingerprint not in bill]
    like = [
        (candidate, close[candidate.fingerprint])
        for candidate in open_ones
        if candidate.fingerprint in close
    ]
    with_id = [
        (candidate, known.with_ids[trusted(candidate.session)][0])
        for candidate in open_ones
        if candidate.fingerprint not in close and known.with_ids.get(trusted(candidate.session))
    ]
    if like:
        yield _as_billed(
            "billed-before",
            like,
            f"{counted(len(like), 'session')} {verb(len(like), 'is', 'are')} of the date and time, "
            "or of the date and price, of one that is invoiced already, and "
            f"{verb(len(like), 'differs', 'differ')} from it in something else",
        )
    if with_id:
        yield _as_billed(
            "payment-id-billed",
            with_id,
            f"{counted(len(with_id), 'session')} {verb(len(with_id), 'has', 'have')} the payment "
            f"id of one that is invoiced already, and {verb(len(with_id), 'differs', 'differ')} "
            "from it in date, time, price or names",
        )


def _as_billed(code: str, pairs: Sequence[tuple[Candidate, BilledSession]], what: str) -> Doubt:
    there = [candidate.session for candidate, _ in pairs]
    shown = [
        f"row {session.row} of {session.source} ({_when(session)}) as {before.said}"
        for session, (_, before) in list(zip(there, pairs, strict=True))[:_GROUPS_SHOWN]
    ]
    if len(pairs) > _GROUPS_SHOWN:
        shown.append(f"{len(pairs) - _GROUPS_SHOWN:,} more")
    sources = {session.source for session in there}
    numbers = sorted({before.number for _, before in pairs})
    prints = tuple(candidate.fingerprint for candidate, _ in pairs)
    return Doubt(
        finding(
            code,
            f"{what}: {'; '.join(shown)}.",
            _BILLED,
            rows=rows_of(there),
            source=sources.pop() if len(sources) == 1 else "",
        ),
        prints,
        prints,
        f"It is on {listed(numbers)} already.",
    )


def _when(session: Session) -> str:
    return f"{session.date} {session.time:%H:%M}" if session.time else f"{session.date}"
