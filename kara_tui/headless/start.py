"""From the command line's words to an exit code: the month end without a screen."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import replace

from kara_tui import exit_codes
from kara_tui.defect import defect_said
from kara_tui.ending import end_when_told
from kara_tui.errors import UserError
from kara_tui.headless.progress import stage
from kara_tui.headless.report import (
    finding_lines,
    outcome_document,
    outcome_lines,
    write_json,
    write_lines,
)
from kara_tui.month_end import (
    MonthEnd,
    Outcome,
    Status,
    dry_run,
    issue,
    prepare,
    start_demo_anew,
    unreadable,
)
from kara_tui.month_end.acts import blocked
from kara_tui.month_end.cli_request import request_for_a_script
from kara_tui.streams import why_not_said

_CODES = {
    Status.ISSUED: exit_codes.DONE,
    Status.DRY_RUN: exit_codes.DONE,
    Status.BLOCKED: exit_codes.DECISION_NEEDED,
    Status.UNREADABLE: exit_codes.UNREADABLE,
}


# What changes something; the other commands only look.
_ACTS = ("month-end", "credit", "sent", "paid", "decide", "repair", "backup", "restore", "export")


def start(given: argparse.Namespace) -> int:
    """Run the month end or the command that the arguments name, and give the exit code.

    Errors that can be expected are sentences; a defect is said to be one, without the data it met.
    """
    end_when_told()
    try:
        return _said(given, _done(given))
    except UserError as error:
        write_lines([f"kara-tui: {error}"], error=True)
        return error.exit_code
    except BrokenPipeError:
        # Whoever read our output has gone, as `| head` does; what was done stays done.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return exit_codes.DONE
    except KeyboardInterrupt:
        write_lines(["kara-tui: interrupted; nothing was left half done."], error=True)
        return exit_codes.INTERRUPTED
    except Exception as error:
        if os.environ.get("KARA_TUI_DEBUG"):
            raise
        write_lines([f"kara-tui: {defect_said(error)}"], error=True)
        return exit_codes.DEFECT


def _done(given: argparse.Namespace) -> int:
    if given.command == "month-end":
        return _month_end(given)
    from kara_tui.headless.commands import run_command

    return run_command(given)


def _said(given: argparse.Namespace, code: int) -> int:
    """The exit code, once what was to be said is on its way; it counts only if it got there."""
    why_not = why_not_said()
    if not why_not:
        return code
    is_act = given.command in _ACTS and not getattr(given, "dry_run", False)
    done = (
        "What was asked for is done, so do not run it again; kara-tui status shows what is issued."
        if is_act and code == exit_codes.DONE
        else ""
    )
    write_lines([f"kara-tui: standard output: {why_not}. {done}".rstrip()], error=True)
    return code or (exit_codes.NOT_DELIVERED if is_act else exit_codes.UNREADABLE)


def _month_end(given: argparse.Namespace) -> int:
    request = request_for_a_script(given)
    if request.demo and not request.dry_run:
        start_demo_anew()
    try:
        month_end = prepare(request, stage)
        with stage("Making the invoice"):
            outcome = _tried_out(month_end) if request.dry_run else issue(month_end)
    except UserError as error:
        if error.exit_code == exit_codes.WRONG_USAGE:
            raise
        outcome = replace(
            unreadable(request, error.findings),
            status=Status.UNREADABLE
            if error.exit_code == exit_codes.UNREADABLE
            else Status.BLOCKED,
        )
        _report(outcome, as_json=given.json)
        return error.exit_code
    _report(outcome, as_json=given.json)
    if not outcome.undelivered:
        return _CODES[outcome.status]
    # 5 says that something is issued and must not be run again, which a dry run never is.
    return exit_codes.NOT_DELIVERED if outcome.status is Status.ISSUED else exit_codes.UNREADABLE


def _tried_out(month_end: MonthEnd) -> Outcome:
    """The dry run; a folder that takes no drafts is told of like one that takes no copies."""
    try:
        return dry_run(month_end)
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        sentence = f"The drafts could not be written: {error.strerror}{where}. Nothing was issued."
        return replace(blocked(month_end), status=Status.DRY_RUN, undelivered=(sentence,))


def _report(outcome: Outcome, *, as_json: bool) -> None:
    write_lines(finding_lines((*outcome.findings, *outcome.notices)), error=True)
    write_lines(outcome.undelivered, error=True)
    if as_json:
        write_json(outcome_document(outcome))
    else:
        write_lines(outcome_lines(outcome))
