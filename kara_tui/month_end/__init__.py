"""The month end: selection, decisions, checks, deadlines, and the acts that join the rooms.

A `Request` says what the user wants; `prepare` reads the files and gives a `MonthEnd`, a value with
all there is to see; `dry_run` and `issue` act on it and give an `Outcome`. Every face draws these
values and computes nothing. Importing this door loads nothing heavy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kara_tui.errors import UserError
from kara_tui.later import later

if TYPE_CHECKING:
    from kara_tui.month_end.acts import decide, dry_run, issue, prepare, start_demo_anew, unreadable
    from kara_tui.month_end.assess import MonthEnd
    from kara_tui.month_end.deadlines import Deadlines
    from kara_tui.month_end.decisions import Answer, BadAnswers, read_answers
    from kara_tui.month_end.outcome import Delivered, Outcome, Status
    from kara_tui.month_end.request import DEMO_MONTH, DEMO_TODAY, Late, Request, demo_request

__all__ = [
    "DEMO_MONTH",
    "DEMO_TODAY",
    "Answer",
    "BadAnswers",
    "Deadlines",
    "Delivered",
    "Late",
    "MonthEnd",
    "Outcome",
    "Request",
    "Status",
    "UserError",
    "decide",
    "demo_request",
    "dry_run",
    "issue",
    "prepare",
    "read_answers",
    "start_demo_anew",
    "unreadable",
]

__getattr__ = later(
    __name__,
    {
        "acts": "decide dry_run issue prepare start_demo_anew unreadable",
        "assess": "MonthEnd",
        "deadlines": "Deadlines",
        "decisions": "Answer BadAnswers read_answers",
        "outcome": "Delivered Outcome Status",
        "request": "DEMO_MONTH DEMO_TODAY Late Request demo_request",
    },
)
