"""Taking up where one left: the step and the answers that were kept, offered at the start."""

from __future__ import annotations

from kara_tui.month_end.place import Place, clear_place, found_place
from kara_tui.month_end.steps import step
from kara_tui.month_end.wording import listed, month_name
from kara_tui.plain.prompt import Back, Talk
from kara_tui.plain.saying import findings_said
from kara_tui.plain.sitting import Sitting

HELP = (
    "y takes up the step and the answers that were kept; the files are read again. n forgets them "
    "and begins with the first step.",
)


def resume(talk: Talk, sitting: Sitting) -> None:
    """Take up the place that was kept, if the user wants it; else the first step is in front.

    Files named on the command line mean a new beginning. Raises Leave, and UserError when the
    ledger cannot be read.
    """
    request = sitting.flow.request
    if request.paid or request.unpaid:
        return
    place, broken = found_place(request)
    if broken:
        talk.say(broken)
    if place is None:
        return
    talk.help = HELP
    talk.say()
    talk.say(_kept_said(place))
    if _wanted(talk):
        _take_up(talk, sitting, place)
    else:
        clear_place(request)


def _kept_said(place: Place) -> str:
    at = step(place.step)
    files = [file.name for file in (*place.request.paid, *place.request.unpaid)]
    return (
        f"Last time you came to step {at.position}, {at.title}, for "
        f"{month_name(place.request.billed_month)}" + (f", with {listed(files)}." if files else ".")
    )


def _wanted(talk: Talk) -> bool:
    while True:
        try:
            return talk.agree("Go on from there?", default=True)
        except Back:
            talk.say("There is nothing before this. Type q to leave.")


def _take_up(talk: Talk, sitting: Sitting, place: Place) -> None:
    flow = sitting.flow
    flow.take_up(place.request, place.step)
    if not place.request.paid:
        return
    talk.say("Reading the files again.")
    sitting.read()
    if flow.month_end is None:
        talk.say_all(findings_said(flow.standing.unreadable))
        return
    said = flow.arrive(place.step)
    sitting.keep()
    changed = place.changed(flow.month_end)
    if changed:
        talk.say(
            f"Since then {listed(file.name for file in changed)} "
            f"{'has' if len(changed) == 1 else 'have'} changed; what is said now is from what is "
            "there today."
        )
    if said:
        talk.say(said)
