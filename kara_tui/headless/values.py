"""Values typed on the command line, read into the model's own types."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from kara_tui.model import Month
from kara_tui.month_end import DEMO_TODAY, Answer, BadAnswers, Late, Request, read_answers
from kara_tui.settings import Reading


class WrongUsage(Exception):
    """A value on the command line that makes no sense, in a sentence."""


def month_end_request(given: argparse.Namespace) -> Request:
    """The month end that the arguments ask for. Raises WrongUsage."""
    return Request(
        profile=given.profile,
        today=the_day(given.today, demo=given.demo),
        paid=tuple(Path(file) for file in given.paid),
        unpaid=tuple(Path(file) for file in given.unpaid),
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


def _answers(file: str | None) -> tuple[Answer, ...]:
    try:
        return read_answers(Path(file)) if file else ()
    except BadAnswers as error:
        raise WrongUsage(str(error)) from None
