"""What was found: the list of it, the way to each place, and the question that settles it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from kara_tui.month_end.portal import StepId
from kara_tui.month_end.steps import findings_of
from kara_tui.tui.messages import Answered

if TYPE_CHECKING:
    from kara_tui.model import Finding
    from kara_tui.month_end.questions import Asked
    from kara_tui.tui.app import KaraApp


def show_findings(app: KaraApp) -> None:
    """List all that was found; the one that is chosen leads to its place."""
    findings = app.flow.standing.findings
    if not findings:
        app.say("Nothing was found that needs a word.")
        return
    from kara_tui.month_end.findings import step_of
    from kara_tui.tui.screens.problems import ProblemsScreen

    def chosen(at: int | None) -> None:
        if at is None:
            return
        finding = findings[at]
        if finding.setting or finding.code == "no-profile":
            app.places.to_my_details(finding.setting)
        else:
            app.run_worker(_to_place_of(app, finding, step_of(finding.code)))

    app.push_screen(ProblemsScreen(findings, app.flow.month_end), chosen)


async def _to_place_of(app: KaraApp, finding: Finding, step: StepId) -> None:
    await app.go(step)
    if app.wizard is not None and app.flow.step is step:
        app.wizard.page.show_rows(finding.source, finding.rows)


def ask_what_settles(app: KaraApp) -> None:
    """Ask what settles the first finding that an answer settles, those of this step first."""
    from kara_tui.month_end.questions import (
        ASKED,
        OF_SPONSORS,
        ZONE_NEEDED,
        about_doubles,
        can_answer,
    )

    flow = app.flow
    every = (*findings_of(flow.step, flow.standing), *flow.standing.findings)
    finding = next((one for one in every if can_answer(one)), None)
    if finding is None:
        app.say("There is nothing here that an answer would settle.")
    elif finding.code == ZONE_NEEDED:
        _ask_zone(app, finding)
    elif finding.code in OF_SPONSORS:
        app.run_worker(_ask_sponsor(app, finding))
    elif finding.code in ASKED:
        _ask_about(app, finding, ASKED[finding.code])
    elif flow.month_end is not None:
        doubt = next(one for one in flow.month_end.doubts if one.finding == finding)
        _ask_about(app, finding, about_doubles(doubt))


def _ask_about(app: KaraApp, finding: Finding, asked: Asked) -> None:
    from kara_tui.tui.dialogs.choose import Choose
    from kara_tui.tui.said_here import message_here

    def taken(chosen: int | None) -> None:
        if chosen is not None:
            _, change, name = asked.answers[chosen]
            app.post_message(Answered(change(app.flow.request), name))

    said = message_here(finding, app.flow.month_end)
    words = Content("\n\n").join([Content(said), Content.styled(asked.words, "$muted")])
    app.push_screen(Choose("Answer", words, [one for one, _, _ in asked.answers]), taken)


def _ask_zone(app: KaraApp, finding: Finding) -> None:
    from kara_tui.month_end.questions import ZONES, in_zone, zone_wrong
    from kara_tui.tui.dialogs.ask import Ask

    def given(zone: str | None) -> None:
        if zone:
            app.post_message(
                Answered(in_zone(app.flow.request, zone.strip()), f"times are in {zone}")
            )

    # Midnights may be dates that were never moments: then the zone is the one they stand in.
    is_dates = "dates without times" in finding.message
    asked = (
        "Name the zone of one or the other: the one above for dates, your own for moments."
        if is_dates
        else "Name the zone whose clocks the invoice is to show: the one you work in."
    )
    words = Content("\n\n").join([Content(finding.message), Content.styled(asked, "$muted")])
    zones = ("UTC", *ZONES) if is_dates else (*ZONES, "UTC")
    app.push_screen(Ask("Time zone", words, check=zone_wrong, usual=zones), given)


async def _ask_sponsor(app: KaraApp, finding: Finding) -> None:
    """Who is invoiced for a sponsor: asked on Credit, beside one of its sessions."""
    await _to_place_of(app, finding, StepId.CREDIT)
    if app.wizard is not None and app.flow.step is StepId.CREDIT:
        await app.action_press_action("sponsor")
