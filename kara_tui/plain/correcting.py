"""Putting right what the export says wrongly about a session: its kind and its time of day.

Names are asked about only where the invoice's look cannot print them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from kara_tui.model import Session, SessionKind
from kara_tui.month_end.corrections import Correction, name_typed, time_of_day
from kara_tui.month_end.letters import unprintable_fields
from kara_tui.plain.prompt import Back, Talk
from kara_tui.plain.saying import session_said
from kara_tui.plain.state import Sitting

_KINDS = (
    (SessionKind.HELD, "a session that took place"),
    (SessionKind.LATE_CANCELLATION, "a late cancellation"),
    (SessionKind.NO_SHOW, "a no-show"),
)
_AS_IT_IS = "as it is"


def correct(talk: Talk, sitting: Sitting, fingerprint: str, session: Session) -> None:
    """Ask for the kind and the time of one session, and work the month out again."""
    profile = None if sitting.month_end is None else sitting.month_end.profile
    talk.say(f"To be corrected: {session_said(session)}.")
    kinds = [kind for kind, _ in _KINDS]
    try:
        chosen = talk.choose(
            "What did the credit pay for?",
            [words for _, words in _KINDS],
            kinds.index(session.kind),
        )
        at = talk.ask("At what time, such as 14:30?", _a_time, _AS_IT_IS)
        fields = (
            () if profile is None else unprintable_fields(session, profile, sitting.request.theme)
        )
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
    before = sitting.request.corrections.get(fingerprint, Correction())
    said = {field: name for field, name in names.items() if name is not None}
    correction = replace(before, time=at, kind=kinds[chosen], **said)
    corrections = {**sitting.request.corrections, fingerprint: correction}
    sitting.read(replace(sitting.request, corrections=corrections))


def _a_name(typed: str) -> str | None:
    """The name that was typed, or None for the one that the export has."""
    return None if typed == _AS_IT_IS else name_typed(typed)


def _a_time(typed: str) -> time | None:
    """The time that was typed, or None for the one that the export has."""
    return None if typed == _AS_IT_IS else time_of_day(typed)
