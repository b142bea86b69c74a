"""A finding that an answer settles, asked in the words that every face asks it in."""

from __future__ import annotations

from kara_tui.month_end import Request
from kara_tui.month_end.questions import ASKED, ZONE_NEEDED, ZONES, in_zone, time_zone
from kara_tui.plain.prompt import Talk


def answered(talk: Talk, code: str, request: Request) -> tuple[Request, str]:
    """The request with what was answered, and what undo calls it."""
    if code == ZONE_NEEDED:
        zone = talk.ask(f"In which time zone were the sessions? For example {ZONES[0]}", time_zone)
        return in_zone(request, zone), f"times are in {zone}"
    asked = ASKED[code]
    chosen = talk.choose(asked.words, [words for words, _, _ in asked.answers])
    _, change, name = asked.answers[chosen]
    return change(request), name
