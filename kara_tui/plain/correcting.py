"""Putting right what the export says wrongly about a session: its kind and its time of day.

Names are asked about only where the invoice's look cannot print them.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import time

from kara_tui.model import Session, SessionKind
from kara_tui.month_end.corrections import Correction, name_typed, time_of_day
from kara_tui.month_end.letters import unprintable_fields
from kara_tui.plain.prompt import Back, Talk
from kara_tui.plain.saying import ended, moment_said, session_said
from kara_tui.plain.sitting import Sitting

_KINDS = (
    (SessionKind.HELD, "a session that took place"),
    (SessionKind.LATE_CANCELLATION, "a late cancellation"),
    (SessionKind.NO_SHOW, "a no-show"),
)
_AS_IT_IS = "as it is"


def correct(talk: Talk, sitting: Sitting, fingerprint: str, session: Session) -> None:
    """Ask for the kind and the time of one session, and work the month out again."""
    flow = sitting.flow
    profile = None if flow.month_end is None else flow.month_end.profile
    talk.say(ended(f"To be corrected: {session_said(session)}"))
    kinds = [kind for kind, _ in _KINDS]
    try:
        kind = kinds[
            talk.choose(
                "What did the credit pay for?",
                [words for _, words in _KINDS],
                kinds.index(session.kind),
            )
        ]
        at = talk.ask("At what time, such as 14:30?", _a_time, _AS_IT_IS)
        fields = () if profile is None else unprintable_fields(session, profile, flow.request.theme)
        names = {
            field: talk.ask(
                f"The invoice's font cannot print the {field}. How is it to be printed?",
                _a_name,
                _AS_IT_IS,
            )
            for field in fields
        }
    except Back:
        return
    typed = Correction(at, None if kind is session.kind else kind, **names)
    if typed == Correction():
        talk.say("Nothing of it was changed.")
        return
    said = {field: value for field, value in asdict(typed).items() if value is not None}
    before = flow.request.corrections.get(fingerprint, Correction())
    corrections = {**flow.request.corrections, fingerprint: replace(before, **said)}
    name = f"the session of {moment_said(session)} put right"
    sitting.answer(replace(flow.request, corrections=corrections), name)


def _a_name(typed: str) -> str | None:
    """The name that was typed, or None for the one that stands there."""
    return None if typed == _AS_IT_IS else name_typed(typed)


def _a_time(typed: str) -> time | None:
    """The time that was typed, or None for the one that stands there."""
    return None if typed == _AS_IT_IS else time_of_day(typed)
