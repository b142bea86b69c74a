"""Credit: the sessions of the month, left out and taken in by their numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from kara_tui.model import Finding, Session
from kara_tui.month_end import Late, MonthEnd, twice
from kara_tui.month_end.steps import State, StepId, check, summary
from kara_tui.plain.correcting import correct
from kara_tui.plain.prompt import Back, Talk
from kara_tui.plain.remembering import settle_sponsors
from kara_tui.plain.saying import findings_said, session_said
from kara_tui.plain.state import Sitting

HELP = (
    "l reads the list of sessions, each with its number. A number, several with blanks between "
    "them, or a range such as 3-7, leaves those sessions out; you are asked for the reason. A "
    "number that is left out already is taken in again. c and a number, such as c 3, corrects what "
    "the credit paid for and the time of day. Enter goes on.",
)

_RANGE = re.compile(r"([0-9]{1,6})(?:-([0-9]{1,6}))?\Z")
_CORRECT = re.compile(r"[cC] ?([0-9]{1,6})\Z")
_LIST, _GO_ON = ("l", "list"), "go on"


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
    """Let the sessions be looked through until nothing here is to be solved. Raises Back, Leave."""
    _late(talk, sitting)
    _sponsors(talk, sitting)
    _doubles(talk, sitting)
    said: tuple[object, ...] | None = None
    while sitting.month_end is not None:
        here = check(StepId.CREDIT, sitting.standing)
        if said != here.findings:
            talk.say_all(findings_said(here.findings))
            said = here.findings
        talk.say(f"{summary(StepId.CREDIT, sitting.standing)}.")
        sessions = numbered(sitting.month_end)
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
    left_out = dict(sitting.request.left_out)
    for one in chosen:
        if one.by_hand:
            del left_out[one.fingerprint]
            talk.say(f"Taken in again: {session_said(one.session)}.")
    outgoing = [one for one in chosen if not one.by_hand]
    if outgoing:
        for one in outgoing:
            talk.say(f"To be left out: {session_said(one.session)}.")
        try:
            reason = talk.text("Why? No client's name, please; it is kept with the session")
        except Back:
            return
        left_out.update(dict.fromkeys((one.fingerprint for one in outgoing), reason))
    sitting.read(replace(sitting.request, left_out=left_out))


def _late(talk: Talk, sitting: Sitting) -> None:
    """Sessions of months that are invoiced already: on this invoice, or not now?"""
    late = [one for one in sitting.standing.findings if one.code == "late-sessions"]
    if late:
        talk.say(late[0].message)
        chosen = talk.choose(
            "What is to be done with them?",
            ("put them on this invoice, with their own dates", "leave them for now"),
        )
        sitting.read(replace(sitting.request, late=(Late.INCLUDE, Late.LEAVE)[chosen]))


def _sponsors(talk: Talk, sitting: Sitting) -> None:
    """Sponsors of whom the profile says to ask, or whose names are nearly one it knows."""
    month_end = sitting.month_end
    if month_end is not None and month_end.open_sponsors and settle_sponsors(talk, month_end):
        sitting.read(sitting.request)


def _doubles(talk: Talk, sitting: Sitting) -> None:
    """Sessions that are asked about: one answer for all of a kind, or one by one in the list.

    Another answer may bring another question, as leaving out one of two sessions does.
    """
    passed: set[Finding] = set()
    while sitting.month_end is not None:
        asked = next((one for one in sitting.month_end.doubts if one.finding not in passed), None)
        if asked is None:
            return
        talk.say(asked.finding.message)
        chosen = talk.choose(
            "What is to be done with them?", (*asked.answers, "Look at them one by one in the list")
        )
        if chosen == len(asked.answers):
            passed.add(asked.finding)
        else:
            sitting.read(twice.answered(sitting.request, asked, chosen))


def _listed(sessions: Sequence[Numbered]) -> list[str]:
    several = len({one.session.professional for one in sessions}) > 1
    return [
        f"{number}. {session_said(one.session, with_professional=several)}"
        + (f" — left out: {one.reason}" if one.reason else "")
        for number, one in enumerate(sessions, 1)
    ]
