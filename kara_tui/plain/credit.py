"""Credit: the sessions of the month, left out and taken in by their numbers."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from kara_tui.model import Finding, Routing, Session
from kara_tui.month_end import MonthEnd, twice
from kara_tui.month_end.steps import State, StepId, check, summary
from kara_tui.month_end.wording import counted
from kara_tui.plain.asking import answered
from kara_tui.plain.correcting import correct
from kara_tui.plain.prompt import Back, Talk
from kara_tui.plain.saying import ended, findings_said, moment_said, session_said
from kara_tui.plain.sitting import Sitting

HELP = (
    "l reads the list of sessions, each with its number. A number, several with blanks between "
    "them, or a range such as 3-7, leaves those sessions out; you are asked for the reason. A "
    "number that is left out already is taken in again. c and a number, such as c 3, corrects what "
    "the credit paid for and the time of day. Enter goes on.",
)

_RANGE = re.compile(r"([0-9]{1,6})(?:-([0-9]{1,6}))?\Z")
_CORRECT = re.compile(r"[cC] ?([0-9]{1,6})\Z")
_LIST, _GO_ON = ("l", "list"), "go on"
_ASKED_ABOUT_SAID = 6  # sessions of one question; the list has them all
_INVOICED = (
    (Routing.KARA, "Kara Connect", "is invoiced through Kara Connect"),
    (Routing.ELSEWHERE, "the company itself, so not on this invoice", "is invoiced directly"),
)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A session of the list. ``reason`` says why it is out; empty when it is billed."""

    fingerprint: str
    session: Session
    reason: str
    by_hand: bool


def numbered(month_end: MonthEnd) -> tuple[Numbered, ...]:
    """All Credit sessions of the month by date and time, so that a number stays with its session.

    Sessions that are out for another reason than the user's word stand in the list too.
    """
    by_hand = month_end.request.left_out
    every = [
        *(Numbered(one.fingerprint, one.session, "", by_hand=False) for one in month_end.billed),
        *(
            Numbered(
                out.candidate.fingerprint,
                out.candidate.session,
                out.reason,
                by_hand=out.candidate.fingerprint in by_hand,
            )
            for out in month_end.left_out
        ),
    ]
    return tuple(
        sorted(
            every,
            key=lambda one: (
                one.session.date, str(one.session.time or ""), one.session.source, one.session.row,
            ),
        )
    )  # fmt: skip


def credit(talk: Talk, sitting: Sitting) -> None:
    """Let the sessions be looked through until nothing here is to be solved.

    Raises Back, Undo and Leave.
    """
    flow = sitting.flow
    _late(talk, sitting)
    _sponsors(talk, sitting)
    _doubles(talk, sitting)
    said: tuple[object, ...] | None = None
    while flow.month_end is not None:
        here = check(StepId.CREDIT, flow.standing)
        if said != here.findings:
            talk.say_all(findings_said(here.findings))
            said = here.findings
        talk.say(f"{summary(StepId.CREDIT, flow.standing)}.")
        sessions = numbered(flow.month_end)
        answer = talk.ask(
            "Enter to go on, l for the list, or the numbers of sessions to leave out",
            partial(_understood, sessions=sessions),
            _GO_ON,
        )
        if answer is None:
            if here.state is State.DONE:
                return
            talk.say("Before you can go on, what is to be solved first needs an answer:")
            said = None
            _doubles(talk, sitting)
        elif isinstance(answer, Numbered):
            correct(talk, sitting, answer.fingerprint, answer.session)
        elif not answer:
            talk.say_all(_listed(sessions))
        else:
            _turn(talk, sitting, answer)


def _understood(
    typed: str, *, sessions: Sequence[Numbered]
) -> tuple[Numbered, ...] | Numbered | None:
    """Sessions to leave out or take in, one to correct, none for the list, or None to go on."""
    if typed == _GO_ON:
        return None
    if typed.casefold() in _LIST:
        return ()
    to_correct = _CORRECT.match(typed)
    if to_correct is not None:
        (one,) = _named(to_correct[1], sessions)
        return one
    chosen = _named(typed, sessions)
    for one in chosen:
        if one.reason and not one.by_hand:
            raise ValueError(
                f"Session {sessions.index(one) + 1} is not on the invoice for another reason: "
                f"{one.reason}."
            )
    return chosen


def _named(typed: str, sessions: Sequence[Numbered]) -> tuple[Numbered, ...]:
    """The sessions of the list whose numbers were typed. Raises ValueError with a sentence."""
    places: dict[int, None] = {}
    for part in typed.replace(",", " ").split():
        found = _RANGE.match(part)
        if found is None:
            raise ValueError(
                f"“{part[:20]}” is no number. Type numbers such as 3 or 3-7, l for the list, or "
                "press Enter to go on."
            )
        first, last = int(found[1]), int(found[2] or found[1])
        if not 1 <= first <= last <= len(sessions):
            raise ValueError(f"The sessions have the numbers 1 to {len(sessions)}.")
        places.update(dict.fromkeys(range(first - 1, last)))
    return tuple(sessions[place] for place in places)


def _turn(talk: Talk, sitting: Sitting, chosen: Sequence[Numbered]) -> None:
    """Leave out those that are in, take in those that are out, and work it out again."""
    request = sitting.flow.request
    incoming = [one for one in chosen if one.by_hand]
    outgoing = [one for one in chosen if not one.by_hand]
    left_out = dict(request.left_out)
    names = []
    if outgoing:
        for one in outgoing:
            talk.say(ended(f"To be left out: {session_said(one.session)}"))
        try:
            reason = talk.text("Why? No client's name, please; it is kept with the session")
        except Back:
            return
        left_out.update(dict.fromkeys((one.fingerprint for one in outgoing), reason))
        names.append(f"{_which(outgoing)} left out")
    for one in incoming:
        del left_out[one.fingerprint]
        talk.say(ended(f"Taken in again: {session_said(one.session)}"))
    if incoming:
        names.append(f"{_which(incoming)} taken in again")
    sitting.answer(replace(request, left_out=left_out), " and ".join(names))


def _which(sessions: Sequence[Numbered]) -> str:
    if len(sessions) == 1:
        return f"the session of {moment_said(sessions[0].session)}"
    return counted(len(sessions), "session")


def _late(talk: Talk, sitting: Sitting) -> None:
    """Sessions of months that are invoiced already: on this invoice, or not now?"""
    flow = sitting.flow
    for finding in flow.standing.findings:
        if finding.code == "late-sessions":
            talk.say(finding.message)
            sitting.answer(*answered(talk, finding.code, flow.request))
            return


def _sponsors(talk: Talk, sitting: Sitting) -> None:
    """Sponsors of whom the profile says to ask, or whose names are nearly one it knows.

    What is answered holds for the months to come, once this one is issued.
    """
    flow = sitting.flow
    passed: set[str] = set()
    while flow.month_end is not None:
        sponsor = next((one for one in flow.month_end.open_sponsors if one not in passed), None)
        if sponsor is None:
            return
        talk.say(
            f"Who is invoiced for sessions of the sponsor {sponsor}? Your Customer Success Manager "
            "knows."
        )
        chosen = talk.choose("The invoice goes to", [words for _, words, _ in _INVOICED])
        way, _, said = _INVOICED[chosen]
        passed.add(sponsor)
        routes = {**flow.request.routes, sponsor: way}
        sitting.answer(replace(flow.request, routes=routes), f"{sponsor} {said}")
        if not flow.request.demo:
            talk.say("This is kept in your profile when the month is issued, and not asked again.")


def _doubles(talk: Talk, sitting: Sitting) -> None:
    """Sessions that are asked about: one answer for all of a kind, or one by one in the list.

    Another answer may bring another question, as leaving out one of two sessions does.
    """
    flow = sitting.flow
    passed: set[Finding] = set()
    while flow.month_end is not None:
        asked = next((one for one in flow.month_end.doubts if one.finding not in passed), None)
        if asked is None:
            return
        talk.say(asked.finding.message)
        talk.say_all(_asked_about(numbered(flow.month_end), asked.sessions))
        chosen = talk.choose(
            "What is to be done with them?", (*asked.answers, "Look at them one by one in the list")
        )
        if chosen == len(asked.answers):
            passed.add(asked.finding)
        else:
            said = f"your answer “{asked.answers[chosen]}”"
            sitting.answer(twice.answered(flow.request, asked, chosen), said)


def _asked_about(sessions: Sequence[Numbered], prints: Collection[str]) -> Iterator[str]:
    """The sessions of a question, with the numbers that they have in the list."""
    there = [(at, one) for at, one in enumerate(sessions, 1) if one.fingerprint in prints]
    for number, one in there[:_ASKED_ABOUT_SAID]:
        yield ended(f"Session {number}: {session_said(one.session)}")
    if len(there) > _ASKED_ABOUT_SAID:
        yield f"And {len(there) - _ASKED_ABOUT_SAID:,} more."


def _listed(sessions: Sequence[Numbered]) -> list[str]:
    several = len({one.session.professional for one in sessions}) > 1
    return [
        f"{number}. {session_said(one.session, with_professional=several)}"
        + (f" — left out: {one.reason}" if one.reason else "")
        for number, one in enumerate(sessions, 1)
    ]
