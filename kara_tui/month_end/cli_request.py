"""The month end that the command line asks for: the arguments' words as a `Request`, and back.

``given`` is always what ``kara_tui.arguments.parse`` made; its values are text.
"""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kara_tui.errors import WrongUsage
from kara_tui.model import HowToRead
from kara_tui.model.month import Month
from kara_tui.month_end.request import DEMO_TODAY, Late, Request, demo_request
from kara_tui.month_end.wording import counted

if TYPE_CHECKING:
    from kara_tui.month_end.decisions import Answer

# The months that can be billed lie from 2000 to 2099 (Month); the months around each day must, too.
FIRST_DAY, LAST_DAY = date(2001, 1, 1), date(2098, 12, 31)
_A_YEAR = 366  # days


def request_for_a_script(given: argparse.Namespace) -> Request:
    """The request as it stands, to be carried out without a question. Raises WrongUsage."""
    if given.profile == "demo" and not (given.demo or given.dry_run):
        raise WrongUsage(
            "the profile demo is for looking around: use it with --dry-run, or make your own "
            "with kara-tui profile new"
        )
    return _request(given)


def request_from(given: argparse.Namespace) -> Request:
    """The request of a face that asks questions; what was not given is left to be asked.

    Raises WrongUsage.
    """
    if "-" in (*given.paid, *given.unpaid):
        raise WrongUsage(
            "standard input is where you answer, so no export can be read from it; leave the file "
            "out and paste its text when it is asked for, or use --no-tui"
        )
    if given.profile == "demo" and not given.demo:
        raise WrongUsage(
            "the profile demo is for looking around: use --demo, or make your own with kara-tui "
            "profile new"
        )
    return _request(given)


def a_month(text: str | None) -> Month | None:
    """The month that was typed, or None when none was. Raises WrongUsage."""
    try:
        return Month.parse(text) if text else None
    except ValueError as error:
        raise WrongUsage(str(error)) from None


def a_date(text: str | None) -> date | None:
    """The day that was typed, or None when none was. Raises WrongUsage."""
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise WrongUsage(
            f"{text!r} is not a date: write it as YYYY-MM-DD, for example 2026-11-02"
        ) from None
    if not FIRST_DAY <= day <= LAST_DAY:
        raise WrongUsage(f"{text!r} lies too far away: days go from {FIRST_DAY} to {LAST_DAY}")
    return day


def the_day(text: str | None, *, demo: bool = False) -> date:
    """The day that was typed, else today by the user's own calendar. Raises WrongUsage."""
    today = a_date(text) or (DEMO_TODAY if demo else date.today())  # noqa: DTZ011 - a wall-clock day
    if not FIRST_DAY <= today <= LAST_DAY:
        raise WrongUsage(
            f"this computer's clock says {today}: set it right, or say the day with --today"
        )
    return today


def a_day_to_write(text: str | None, *also: date, demo: bool = False, is_meant: bool) -> date:
    """The day for what is written for good, else today; a slip of the pen is refused.

    A day too late would stand in the way of every invoice before it. More than a year ahead of the
    clock is one, unless it is that near to a day that was named also, as the billed month's last:
    then it is the clock that is wrong. ``is_meant`` takes any day. Raises WrongUsage.
    """
    day = the_day(text, demo=demo)
    clock = date.today()  # noqa: DTZ011 - a wall-clock day
    if not text or is_meant or demo or clock < FIRST_DAY:  # a clock that was never set says nothing
        return day
    newest = max((clock, *also))
    if (day - newest).days > _A_YEAR:
        raise WrongUsage(
            f"{day} is more than a year ahead of {newest}; what is dated so late would stand in "
            "the way of every invoice before it. If the day is right, say --clock-is-right"
        )
    return day


def _request(given: argparse.Namespace) -> Request:
    month = a_month(given.month)
    request = Request(
        profile=given.profile,
        today=a_day_to_write(
            given.today,
            *([month.last] if month else []),
            demo=given.demo,
            is_meant=given.clock_is_right,
        ),
        paid=tuple(_file(file) for file in given.paid),
        unpaid=tuple(_file(file) for file in given.unpaid),
        month=month,
        reading=HowToRead(given.date_order, given.decimal, given.time_zone),
        theme=given.theme,
        out=Path(given.out) if given.out else None,
        accept_clock=given.clock_is_right,
        dry_run=given.dry_run,
        demo=given.demo,
        late=Late(given.late),
        answers=_answers(given.decisions),
    )
    return demo_request(request) if given.demo else request


def _answers(file: str | None) -> tuple[Answer, ...]:
    if not file:
        return ()
    from kara_tui.month_end.decisions import read_answers

    return read_answers(Path(file))


def _file(text: str) -> Path:
    """A file named on the command line; absolute, because its place is kept for another day."""
    return Path(text) if text == "-" else Path(text).absolute()


def command_line(request: Request, *, demo_files: Iterable[Path] = ()) -> str:
    """The headless command that does the same as a request, quoted for a POSIX shell.

    The month always stands in it, so that it means the same on another day. ``demo_files`` are
    those that ``--demo`` brings by itself. Answers about unpaid sessions are kept by the ledger and
    need no option; what was said of single sessions has none, see ``not_in_command_line``.
    """
    bundled = set(demo_files)
    words = ["kara-tui", "--no-tui"]
    if request.demo:
        words.append("--demo")
    for option, files in (("--paid", request.paid), ("--unpaid", request.unpaid)):
        for file in files:
            if file not in bundled:
                words += [option, _as_argument(file)]
    words += ["--month", str(request.billed_month)]
    if request.profile != "default" and not request.demo:
        words += ["--profile", request.profile]
    for option, value in (
        ("--date-order", request.reading.date_order),
        ("--decimal", request.reading.decimal),
        ("--time-zone", request.reading.time_zone),
        ("--theme", request.theme),
        ("--late", "" if request.late is Late.ASK else request.late.value),
        ("--out", "" if request.out is None else _as_argument(request.out)),
    ):
        if value:
            words += [option, value]
    if request.accept_clock:
        words.append("--clock-is-right")
    if request.dry_run:
        words.append("--dry-run")
    return shlex.join(words)


def not_in_command_line(request: Request) -> str:
    """A sentence on what the command line cannot say, or an empty text."""
    by_hand = len(request.left_out) + len(request.bill) + len(request.corrections)
    if not by_hand:
        return ""
    return (
        f"What was left out or put right by hand ({counted(by_hand, 'session')}) is not in the "
        "command: name it in a file for --decisions."
    )


def _as_argument(path: Path) -> str:
    """The path as an option's value; a name that begins with a hyphen would be an option itself."""
    text = str(path)
    return f"./{text}" if text.startswith("-") and text != "-" else text
