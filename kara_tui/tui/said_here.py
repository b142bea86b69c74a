"""Findings as the wizard says them: sessions by their day and time, and which key to press.

A finding is made for every face: its rows are those of the file, and its hint names options of the
command line. Here the session is on the screen, and a key away is what settles it.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from kara_tui.month_end.hints import hint_for
from kara_tui.month_end.questions import ZONE_NEEDED, can_answer
from kara_tui.month_end.wording import day_inline, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kara_tui.model import Finding, Session
    from kara_tui.month_end import MonthEnd

SESSIONS_SAID = 6
_ROW = r"\d+(?: \(line \d+\))?"
_ROWS = rf"rows? {_ROW}(?:, {_ROW})*(?: and (?:{_ROW}|[\d,]+ more))?"

_LINE_OF_THE_FILE = re.compile(r"Write \w+ = \"(.*?)\"")
_ISO_DAY = re.compile(r"(?<![\w-])(\d{4})-(\d\d)-(\d\d)(?![\w-]|\.\w)")
# What is to be done about a finding here, where its own hint speaks of the command line.
_HINTS = {
    "date-unreadable": "Put the cell right, then press r to read the file again.",
    "other-month": "One invoice holds one calendar month. Another one is chosen on the step Paid.",
    "no-sessions": "Another month? The step Paid shows those there are. If this is the right one, "
    "look at the dates and the Payment type Credit that were chosen in the portal before Export.",
    "month-issued": "Kara Connect wants one invoice a month. To bill it anew, cancel it first: "
    "Home (Ctrl+G), the invoice, Del. Sessions that came late go on the next month's invoice.",
    "late-sessions": "i asks: on this invoice with their own dates, or left for now.",
    "unpaid-with-sponsor": "Confirm them in the portal (h says how), or answer with 1 to 5.",
    "letter-unprintable": "e on the step Credit says how it is to be printed; l on the step "
    "Invoice gives the invoice another look.",
    "picture-left-out": "To print it otherwise: e on the step Credit.",
    "price-far": "If it is wrong, put it right in the portal, export again and press r. If it is "
    "right, i says so.",
    "price-style": "Write it as the others are written and press r, or i asks how it is meant.",
    "date-order": "i asks how dates are written.",
    ZONE_NEEDED: "i asks for the zone: your own, such as Atlantic/Reykjavik, or UTC.",
    "no-profile": "Enter goes to My details, where you make one.",
}
# In place of a hint that is right, too, but longer than the key that does it.
_SHORTER = dict.fromkeys(
    ("rows-in-two-files", "same-file-twice"),
    "Space on one of the two files takes it out of use; or export without an overlap.",
)
_TWICE = "i asks: leave out what is there twice, or bill each. Space on Credit leaves out one."


def hint_here(finding: Finding) -> str:
    """What to do about a finding, by the keys and steps of the wizard."""
    from kara_tui.month_end import twice

    if finding.code in _SHORTER:
        return _SHORTER[finding.code]
    hint = hint_for(finding, {**_HINTS, **dict.fromkeys(twice.CODES, _TWICE)})
    if finding.setting:
        # In the profile's file it is a line; here it is what stands in the field.
        hint = _LINE_OF_THE_FILE.sub(r"Write “\1”", hint)
    return hint or ("i answers it." if finding.hint and can_answer(finding) else "")


def message_here(finding: Finding, month_end: MonthEnd | None) -> str:
    """A finding's sentence, with the sessions' days and times in place of their rows.

    Rows that are no session of the month, such as one that cannot be read, stay. Days are said as
    everywhere in the wizard.
    """
    if finding.setting:
        return _of_my_details(finding)
    return _ISO_DAY.sub(_day_said, _by_sessions(finding, month_end))


def _by_sessions(finding: Finding, month_end: MonthEnd | None) -> str:
    if month_end is None or not finding.rows:
        return finding.message
    of_file = rf"(?: of {re.escape(finding.source)})?" if finding.source else ""
    found = re.search(_ROWS + of_file, finding.message)
    said = moments_here(finding, month_end)
    if found is None or not said:
        return finding.message
    return finding.message[: found.start()] + said + finding.message[found.end() :]


def _day_said(found: re.Match[str]) -> str:
    try:
        day = date(*map(int, found.groups()))
    except ValueError:
        return found[0]
    return f"{day_inline(day)} {day.year}"


def moments_here(finding: Finding, month_end: MonthEnd) -> str:
    """Days and times of the finding's sessions; nothing when one of its rows is none of them."""
    moments = _moments(month_end, finding)
    if not moments or len(moments) < len(finding.rows):
        return ""
    more = max(finding.count, len(moments)) - SESSIONS_SAID
    if more > 0:
        return f"{', '.join(moments[:SESSIONS_SAID])} and {more:,} more"
    return listed(moments)


def _of_my_details(finding: Finding) -> str:
    """The sentence about a setting, with the field's title in My details for its name."""
    from kara_tui.settings.interview import QUESTIONS

    named = f"The profile's {finding.setting}"
    title = next((one.title for one in QUESTIONS if one.key == finding.setting), "")
    if not title or not finding.message.startswith(named):
        return finding.message
    return title + finding.message.removeprefix(named).replace(" is “", ", “", 1)


def _moments(month_end: MonthEnd, finding: Finding) -> list[str]:
    """Day and time of the finding's sessions, as many as are known."""
    there = {
        session.row: session
        for session in _sessions(month_end)
        if finding.source in ("", session.source)
    }
    sessions = [there[row] for row in finding.rows if row in there]
    return [
        f"{day_inline(one.date)} {one.time:%H:%M}" if one.time else day_inline(one.date)
        for one in sessions
    ]


def _sessions(month_end: MonthEnd) -> Iterator[Session]:
    for file in (*month_end.paid, *month_end.unpaid_files):
        yield from file.selected.sessions
        yield from file.selected.near_edge
    for candidate in month_end.late:
        yield candidate.session
