"""Unpaid: one question for each session that was never confirmed, with what is proposed for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kara_tui.model import Decision
from kara_tui.month_end.portal import CONFIRM_IN_PORTAL
from kara_tui.month_end.steps import State, StepId, check, summary
from kara_tui.month_end.unpaid import UnpaidSession
from kara_tui.plain.prompt import Back, Talk
from kara_tui.plain.saying import findings_said, session_said, spoken
from kara_tui.plain.state import Sitting

HELP = (
    "1 takes for every session what is proposed or decided; 2 asks about one session after the "
    "other, with five answers each.",
)

_ANSWERS: tuple[tuple[Decision, str], ...] = (
    (Decision.CONFIRMED, "confirmed in the portal, a credit pays for it"),
    (Decision.COLLECT, "no credit was used, I collect it from the client"),
    (Decision.VOID, "cancelled or void, nobody pays"),
    (Decision.ELSEWHERE, "billed to somebody other than Kara Connect"),
    (Decision.LATER, "not settled yet, ask again next month"),
)
_DECISIONS = [decision for decision, _ in _ANSWERS]
_WORDS = dict(_ANSWERS)


def unpaid(talk: Talk, sitting: Sitting) -> None:
    """Ask about the unpaid sessions until none is open. Raises Back and Leave."""
    while sitting.month_end is not None:
        sessions = sitting.month_end.unpaid
        talk.say(f"Unpaid sessions: {summary(StepId.UNPAID, sitting.standing)}.")
        talk.say_all(findings_said(check(StepId.UNPAID, sitting.standing).findings))
        if not sessions:
            talk.pause("Enter to go on")
            return
        chosen = _decided(talk, sessions)
        before = sitting.request
        sitting.read(replace(before, decisions={**before.decisions, **chosen}))
        if _is_settled(talk, sitting):
            return


def _decided(talk: Talk, sessions: Sequence[UnpaidSession]) -> dict[str, Decision]:
    """The answers, by fingerprint; Back in the middle returns to the session before."""
    talk.say("The sessions:")
    talk.say_all(
        f"{number}. {session_said(one.session)}; {_state(one)}"
        for number, one in enumerate(sessions, 1)
    )
    while True:
        ways = ("take for all of them what is proposed", "answer one by one")
        if talk.choose("How do you want to answer?", ways, 0) == 0:
            return {one.candidate.fingerprint: one.decision or one.proposal for one in sessions}
        try:
            return _one_by_one(talk, sessions)
        except Back:
            continue


def _one_by_one(talk: Talk, sessions: Sequence[UnpaidSession]) -> dict[str, Decision]:
    chosen: dict[str, Decision] = {}
    place = 0
    while place < len(sessions):
        one = sessions[place]
        talk.say()
        talk.say(f"Unpaid session {place + 1} of {len(sessions)}: {session_said(one.session)}.")
        before = chosen.get(one.candidate.fingerprint) or one.decision or one.proposal
        try:
            answer = talk.choose(
                "What holds for it?", list(_WORDS.values()), _DECISIONS.index(before)
            )
        except Back:
            if place == 0:
                raise
            place -= 1
            continue
        chosen[one.candidate.fingerprint] = _DECISIONS[answer]
        place += 1
    return chosen


def _is_settled(talk: Talk, sitting: Sitting) -> bool:
    """Whether one may go on. Sessions confirmed in the portal want the exports to be read again."""
    month_end = sitting.month_end
    if month_end is None or check(StepId.UNPAID, sitting.standing).state is State.BLOCKED:
        return False
    confirmed = [one.session for one in month_end.unpaid if one.decision is Decision.CONFIRMED]
    if not confirmed:
        return True
    talk.say("These are billed only when the Paid export holds them:")
    talk.say_all(f"{number}. {session_said(one)}" for number, one in enumerate(confirmed, 1))
    talk.say("In the portal, for each of them:")
    talk.say_all(f"{number}. {spoken(click)}" for number, click in enumerate(CONFIRM_IN_PORTAL, 1))
    chosen = talk.choose(
        "Then export Paid and Unpaid again, over the same files.",
        ("the files were exported again: read them", "go on without these sessions"),
        0,
    )
    if chosen == 0:
        sitting.read(sitting.request)
    return chosen == 1


def _state(one: UnpaidSession) -> str:
    if one.decision is not None:
        return f"decided: {_WORDS[one.decision]}"
    return f"proposed: {_WORDS[one.proposal]}"
