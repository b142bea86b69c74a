"""The month end that the command line asks for: the arguments' words as a `Request`.

``given`` is always what ``kara_tui.arguments.parse`` made; its values are text.
"""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kara_tui.model.month import Month
from kara_tui.month_end.request import DEMO_TODAY, Late, Request, demo_request
from kara_tui.settings.profile import Reading

if TYPE_CHECKING:
    from kara_tui.month_end.decisions import Answer


class WrongUsage(Exception):
    """A value on the command line that makes no sense, in a sentence."""


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
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise WrongUsage(
            f"{text!r} is not a date: write it as YYYY-MM-DD, for example 2026-11-02"
        ) from None


def the_day(text: str | None, *, demo: bool = False) -> date:
    """The day that was typed, else today by the user's own calendar. Raises WrongUsage."""
    return a_date(text) or (DEMO_TODAY if demo else date.today())  # noqa: DTZ011 - a wall-clock day


def _request(given: argparse.Namespace) -> Request:
    request = Request(
        profile=given.profile,
        today=the_day(given.today, demo=given.demo),
        paid=tuple(_file(file) for file in given.paid),
        unpaid=tuple(_file(file) for file in given.unpaid),
        month=a_month(given.month),
        reading=Reading(given.date_order, given.decimal, given.time_zone),
        theme=given.theme,
        out=Path(given.out) if given.out else None,
        clock_is_right=given.clock_is_right,
        dry_run=given.dry_run,
        demo=given.demo,
        late=Late(given.late),
        answers=_answers(given.decisions),
    )
    return demo_request(request) if given.demo else request


def _file(text: str) -> Path:
    """A file named on the command line; absolute, because its place is kept for another day."""
    return Path(text) if text == "-" else Path(text).absolute()


def _answers(file: str | None) -> tuple[Answer, ...]:
    if not file:
        return ()
    from kara_tui.month_end.decisions import BadAnswers, read_answers

    try:
        return read_answers(Path(file))
    except BadAnswers as error:
        raise WrongUsage(str(error)) from None
