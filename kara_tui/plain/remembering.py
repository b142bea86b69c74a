"""Answers that hold for every month are kept in the profile, so that they are asked once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from kara_tui import settings
from kara_tui.errors import UserError
from kara_tui.model import HowToRead, Routing
from kara_tui.month_end import MonthEnd, Request
from kara_tui.plain.prompt import Talk
from kara_tui.plain.saying import findings_said

_INVOICED = (
    (Routing.KARA, "Kara Connect"),
    (Routing.ELSEWHERE, "the company itself, so not on this invoice"),
)


def remember_reading(talk: Talk, request: Request, reading: HowToRead) -> None:
    """Keep how files are read. The bundled sample profile is never written to."""
    if not request.demo:
        _keep(
            talk,
            partial(
                settings.remember_reading,
                request.profile,
                date_order=reading.date_order,
                decimal=reading.decimal,
                time_zone=reading.time_zone,
            ),
        )


def settle_sponsors(talk: Talk, month_end: MonthEnd) -> bool:
    """Ask who is invoiced for each sponsor that is not settled; whether anything was said.

    Raises Back and Leave.
    """
    profile = month_end.profile
    for sponsor in month_end.open_sponsors:
        talk.say(
            f"Who is invoiced for sessions of the sponsor {sponsor}? Your Customer Success Manager "
            "knows."
        )
        chosen = talk.choose("The invoice goes to", [words for _, words in _INVOICED])
        keep = partial(settings.remember_routing, profile.name, sponsor, _INVOICED[chosen][0])
        if not _keep(talk, keep):
            return False
    return bool(month_end.open_sponsors)


def _keep(talk: Talk, act: Callable[[], None]) -> bool:
    try:
        act()
    except UserError as error:
        talk.say_all(findings_said(error.findings))
    except OSError as error:
        talk.say(f"It could not be kept in the profile: {error.strerror}.")
    else:
        talk.say("This is kept in your profile and not asked again.")
        return True
    return False
