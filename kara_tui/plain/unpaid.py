"""Unpaid: one question for each session that was never confirmed, with what is proposed for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kara_tui.model import Decision, Session
from kara_tui.month_end.flow import Flow
from kara_tui.month_end.portal import CONFIRM_IN_PORTAL
from kara_tui.month_end.steps import State, StepId, check, summary
from kara_tui.month_end.unpaid import UnpaidSession
from kara_tui.month_end.wording import counted, verb
from kara_tui.plain.prompt import Back, Talk, Undo
from kara_tui.plain.saying import ended, findings_said, moment_said, session_said, spoken
from kara_tui.plain.sitting import Sitting

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
    """Ask about the unpaid sessions until none is open. Raises Back, Undo and Leave."""
    flow = sitting.flow
    while flow.month_end is not None:
        sessions = flow.month_end.unpaid
        talk.say(f"Unpaid sessions: {summary(StepId.UNPAID, flow.standing)}.")
        talk.say_all(findings_said(check(StepId.UNPAID, flow.standing).findings))
        if not sessions:
            talk.pause("Enter to go on")
            return
        _decide(talk, sitting, sessions)
        try:
            if _confirmed_are_settled(talk, sitting):
                return
        except Back:
            continue


def _decide(talk: Talk, sitting: Sitting, sessions: Sequence[UnpaidSession]) -> None:
    """Take the answers; Back in the middle returns to the session before."""
    talk.say("The sessions:")
    talk.say_all(
        f"{number}. {session_said(one.session)}; {_state(one)}"
        for number, one in enumerate(sessions, 1)
    )
    at_once = "take for all of them what is proposed"
    if all(one.decision is not None for one in sessions):
        at_once = "leave all of them as they are decided"
    while True:
        ways = (at_once, "answer one by one")
        if talk.choose("How do you want to answer?", ways, 0) == 0:
            request = sitting.flow.request
            said = {one.candidate.fingerprint: one.decision or one.proposal for one in sessions}
            sitting.answer(
                replace(request, decisions={**said, **request.decisions}),
                f"what is proposed for {counted(len(sessions), 'unpaid session')}",
            )
            return
        try:
            _one_by_one(talk, sitting, sessions)
        except Back:
            continue
        sitting.read()
        return


def _one_by_one(talk: Talk, sitting: Sitting, sessions: Sequence[UnpaidSession]) -> None:
    """Each answer is taken at once; the files are read after the last."""
    flow = sitting.flow
    place = 0
    while place < len(sessions):
        one = sessions[place]
        decisions = flow.request.decisions
        key = one.candidate.fingerprint
        talk.say()
        talk.say(
            ended(f"Unpaid session {place + 1} of {len(sessions)}: {session_said(one.session)}")
        )
        before = decisions.get(key) or one.decision or one.proposal
        try:
            answer = talk.choose(
                "What holds for it?", list(_WORDS.values()), _DECISIONS.index(before)
            )
        except Back:
            if place == 0:
                raise
            place -= 1
        except Undo:
            undone = _answered_last(flow, sessions)
            if undone is None:
                raise
            talk.say(flow.undo())
            sitting.keep()
            place = undone
        else:
            decision = _DECISIONS[answer]
            sitting.take(
                replace(flow.request, decisions={**decisions, key: decision}),
                f"the session of {moment_said(one.session)}: {_WORDS[decision]}",
            )
            place += 1


def _answered_last(flow: Flow, sessions: Sequence[UnpaidSession]) -> int | None:
    """The place of the one session that the newest answer was about, if it was about one."""
    before = {} if flow.last_change is None else flow.last_change.before.decisions
    keys = [one.candidate.fingerprint for one in sessions]
    changed = [key for key in keys if before.get(key) is not flow.request.decisions.get(key)]
    return keys.index(changed[0]) if flow.last_change and len(changed) == 1 else None


def _confirmed_are_settled(talk: Talk, sitting: Sitting) -> bool:
    """Whether one may go on. Sessions confirmed in the portal want the exports to be read again.

    Enter alone answers nothing here, so nobody goes round without a word of theirs.
    """
    flow = sitting.flow
    confirmed = _confirmed(flow)
    if confirmed:
        talk.say("These are billed only when the Paid export holds them:")
        talk.say_all(f"{number}. {session_said(one)}" for number, one in enumerate(confirmed, 1))
        talk.say("In the portal, for each of them:")
        talk.say_all(
            f"{number}. {spoken(click)}" for number, click in enumerate(CONFIRM_IN_PORTAL, 1)
        )
        talk.say("Then export Paid and Unpaid again.")
    while confirmed:
        chosen = talk.choose(
            "How do you go on?",
            (
                "the files were exported again, over the same files: read them",
                "go on without these sessions",
                "the files were exported again, as other files: choose them",
            ),
        )
        if chosen == 1:
            break
        if chosen == 2:
            flow.go(StepId.PAYMENTS)
            return True
        sitting.read()
        sitting.keep()
        if flow.month_end is None:
            return False
        before, confirmed = len(confirmed), _confirmed(flow)
        gone = before - len(confirmed)
        if gone:
            talk.say(f"{counted(gone, 'session')} {verb(gone, 'is', 'are')} no longer unpaid.")
        if confirmed:
            talk.say("In these files they are still unpaid:")
            talk.say_all(f"{at}. {session_said(one)}" for at, one in enumerate(confirmed, 1))
    return check(StepId.UNPAID, flow.standing).state is not State.BLOCKED


def _confirmed(flow: Flow) -> list[Session]:
    if flow.month_end is None:
        return []
    return [one.session for one in flow.month_end.unpaid if one.decision is Decision.CONFIRMED]


def _state(one: UnpaidSession) -> str:
    if one.decision is not None:
        return f"decided: {_WORDS[one.decision]}"
    return f"proposed: {_WORDS[one.proposal]}"
