"""Taking up where one left: the step and the answers that were kept, offered at the start."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kara_tui.errors import UserError
from kara_tui.month_end import Request
from kara_tui.month_end.place import Place, clear_place, found_place, save_place
from kara_tui.month_end.steps import Standing, StepId, step
from kara_tui.month_end.wording import listed, month_name
from kara_tui.plain.prompt import Back, Talk
from kara_tui.plain.saying import findings_said
from kara_tui.plain.state import Sitting

HELP = (
    "y takes up the step and the answers that were kept; the files are read again. n forgets them "
    "and begins with the first step.",
)


def resumed(talk: Talk, request: Request) -> tuple[Sitting, StepId]:
    """Where to begin: at the place that was kept, if the user wants it, else at the first step.

    Files named on the command line mean a new beginning. Raises Leave, and UserError when the
    ledger cannot be read.
    """
    anew = Sitting(Standing(request)), StepId.PAYMENTS
    if request.paid or request.unpaid:
        return anew
    place, broken = found_place(request)
    if broken:
        talk.say(broken)
    if place is None:
        return anew
    at = place.step
    talk.help = HELP
    talk.say()
    talk.say(_kept_said(place, at))
    if not _wanted(talk):
        clear_place(request)
        return anew
    return _taken_up(talk, place, at)


def kept(at: StepId, standing: Standing, pasted: Path) -> tuple[bool, tuple[str, ...]]:
    """Keep the step that comes next and the answers; whether that went well, and if not, why.

    A pasted export is gone when the conversation ends, so it is left out of what is kept.
    """
    request = standing.request
    paid = tuple(file for file in request.paid if file.parent != pasted)
    unpaid = tuple(file for file in request.unpaid if file.parent != pasted)
    if not paid and request.paid:
        at = StepId.PAYMENTS
    is_whole = (paid, unpaid) == (request.paid, request.unpaid)
    try:
        save_place(
            at.value,
            replace(request, paid=paid, unpaid=unpaid),
            standing.month_end if is_whole else None,
        )
    except UserError as error:
        return False, ("Your answers cannot be kept:", *findings_said(error.findings))
    return True, ()


def _kept_said(place: Place, at: StepId) -> str:
    files = [file.name for file in (*place.request.paid, *place.request.unpaid)]
    return (
        f"Last time you came to step {step(at).position}, {step(at).title}, for "
        f"{month_name(place.request.billed_month)}" + (f", with {listed(files)}." if files else ".")
    )


def _wanted(talk: Talk) -> bool:
    while True:
        try:
            return talk.agree("Go on from there?", default=True)
        except Back:
            talk.say("There is nothing before this. Type q to leave.")


def _taken_up(talk: Talk, place: Place, at: StepId) -> tuple[Sitting, StepId]:
    if not place.request.paid:
        return Sitting(Standing(place.request)), StepId.PAYMENTS
    talk.say("Reading the files again.")
    sitting = Sitting(Standing(place.request))
    sitting.read(place.request)
    if sitting.month_end is None:
        talk.say_all(findings_said(sitting.standing.unreadable))
        return sitting, StepId.PAYMENTS
    changed = place.changed(sitting.month_end)
    if changed:
        talk.say(
            f"Since then {listed(file.name for file in changed)} "
            f"{'has' if len(changed) == 1 else 'have'} changed; what is said now is from what is "
            "there today."
        )
    return sitting, at
