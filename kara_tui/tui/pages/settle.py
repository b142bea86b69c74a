"""What can be read or done in two ways is settled by one answer, right where it is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kara_tui.model import Finding
from kara_tui.month_end import far_prices, twice
from kara_tui.month_end.request import Late, Request
from kara_tui.settings.profile import Reading
from kara_tui.tui.desk import Desk
from kara_tui.tui.page import Page
from kara_tui.tui.pages.choice import ChoicePage
from kara_tui.tui.pages.prompt import PromptPage

Change = Callable[[Request], Request]


def _reading(**said: str) -> Change:
    return lambda request: replace(request, reading=replace(request.reading, **said))


def _late(late: Late) -> Change:
    return lambda request: replace(request, late=late)


_DATES: tuple[tuple[str, Change], ...] = (
    ("Day first, as in 31/10/2026", _reading(date_order="dmy")),
    ("Month first, as in 10/31/2026", _reading(date_order="mdy")),
    ("Year first, as in 2026-10-31", _reading(date_order="ymd")),
)
_AMOUNTS: tuple[tuple[str, Change], ...] = (
    ("A decimal comma, as in 1.234,50", _reading(decimal=",")),
    ("A decimal point, as in 1,234.50", _reading(decimal=".")),
)
_LATE: tuple[tuple[str, Change], ...] = (
    ("Put them on this invoice, with their own dates", _late(Late.INCLUDE)),
    ("Leave them for now", _late(Late.LEAVE)),
)

ANSWERS: dict[str, tuple[str, tuple[tuple[str, Change], ...]]] = {
    "date-order": ("How are the dates written?", _DATES),
    "date-mixed": ("How are the dates written?", _DATES),
    "price-style": ("How are the amounts written?", _AMOUNTS),
    "price-mixed": ("How are the amounts written?", _AMOUNTS),
    "late-sessions": ("What is to be done with them?", _LATE),
}
ZONE_NEEDED = "time-zone-needed"
# Who is invoiced for a sponsor.
_OF_SPONSORS = ("sponsor-unsettled", "sponsor-near")

# Sessions that are left out or billed by one answer.
_DOUBTED = (*twice.CODES, far_prices.CODE)


def can_settle(finding: Finding) -> bool:
    """Whether an answer here settles it."""
    return finding.code in (ZONE_NEEDED, *ANSWERS, *_OF_SPONSORS, *_DOUBTED)


def settling(desk: Desk, finding: Finding) -> Page:
    """The question that settles a finding."""
    if finding.code == ZONE_NEEDED:
        return PromptPage(
            desk,
            "Time zone",
            f"{finding.message} Type the zone you work in, for example Atlantic/Reykjavik or "
            "Europe/Dublin.",
            lambda zone: _take(desk, _reading(time_zone=zone)),
            check=_zone_wrong,
        )
    if finding.code in _DOUBTED and desk.month_end is not None:
        return _about_sessions(desk, desk.month_end.doubts, finding)
    if finding.code in _OF_SPONSORS and desk.month_end is not None:
        from kara_tui.tui.pages.credit import asking_about

        return asking_about(desk, desk.month_end.open_sponsors[0])
    asked, answers = ANSWERS[finding.code]

    def take(chosen: int) -> None:
        _take(desk, answers[chosen][1])

    return ChoicePage(
        desk, "Settle", (finding.message, asked), [words for words, _ in answers], take
    )


def _about_sessions(desk: Desk, doubts: tuple[twice.Doubt, ...], finding: Finding) -> Page:
    """Sessions that are to be left out or billed: one answer for all of them."""
    [doubt] = [one for one in doubts if one.finding == finding]

    def take(chosen: int) -> None:
        desk.change(twice.answered(desk.request, doubt, chosen), "Taken. u undoes it.")

    return ChoicePage(
        desk,
        "Settle",
        (
            finding.message,
            "To say it one by one, go back and leave out the sessions that are not to be billed.",
        ),
        doubt.answers,
        take,
    )


def _take(desk: Desk, change: Change) -> None:
    """Take the answer; how files are read is remembered for the months to come."""
    request = change(desk.request)
    desk.change(request, "Taken. u undoes it.")
    if request.reading != Reading() and not request.demo:
        desk.host.work(
            lambda: desk.acts.remember_reading(request),
            lambda _: None,
            lambda error: desk.say(error.findings[0].message, "warning"),
        )


def _zone_wrong(text: str) -> str:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(text)
    except (OSError, ValueError, KeyError):
        return "No time zone has this name. It is a part of the world and a city."
    return ""
