"""The month end that the command line asks for: the arguments' words as a `Request`."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from kara_tui.model import Month
from kara_tui.month_end.acts import DEMO_TODAY, demo_request
from kara_tui.month_end.decisions import BadAnswers, read_answers
from kara_tui.month_end.request import Late, Request
from kara_tui.settings import Reading


class WrongUsage(Exception):
    """A value on the command line that makes no sense, in a sentence."""


def request_from(given: argparse.Namespace) -> Request:
    """The request of a face that asks questions; what was not given is left to be asked.

    ``given`` comes from ``kara_tui.arguments.parse``. Raises WrongUsage.
    """
    files = (*given.paid, *given.unpaid)
    if "-" in files:
        raise WrongUsage(
            "standard input is where you answer, so no export can be read from it; leave the file "
            "out and paste its text when it is asked for, or use --no-tui"
        )
    if given.profile == "demo" and not given.demo:
        raise WrongUsage(
            "the profile demo is for looking around: use --demo, or make your own with kara-tui "
            "profile new"
        )
    try:
        request = Request(
            profile=given.profile,
            today=_day(given.today) or (DEMO_TODAY if given.demo else date.today()),  # noqa: DTZ011 - a wall-clock day
            paid=tuple(Path(file).absolute() for file in given.paid),
            unpaid=tuple(Path(file).absolute() for file in given.unpaid),
            month=Month.parse(given.month) if given.month else None,
            reading=Reading(given.date_order, given.decimal, given.time_zone),
            theme=given.theme,
            out=Path(given.out).absolute() if given.out else None,
            demo=given.demo,
            late=Late(given.late),
            answers=read_answers(Path(given.decisions)) if given.decisions else (),
        )
    except (ValueError, BadAnswers) as error:
        raise WrongUsage(str(error)) from None
    return demo_request(request) if given.demo else request


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise WrongUsage(
            f"{text!r} is not a date: write it as YYYY-MM-DD, for example 2026-11-02"
        ) from None
