"""From the command line's words to an exit code: the month end without a screen."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import FrameType

from kara_tui import exit_codes
from kara_tui.headless.progress import stage
from kara_tui.headless.report import (
    finding_lines,
    outcome_document,
    outcome_lines,
    write_json,
    write_lines,
)
from kara_tui.headless.values import WrongUsage, month_end_request
from kara_tui.month_end import (
    Outcome,
    Status,
    Trouble,
    demo_request,
    dry_run,
    issue,
    prepare,
    start_demo_anew,
    troubles,
    unreadable,
)

_CODES = {
    Status.ISSUED: exit_codes.DONE,
    Status.DRY_RUN: exit_codes.DONE,
    Status.BLOCKED: exit_codes.DECISION_NEEDED,
    Status.UNREADABLE: exit_codes.UNREADABLE,
}


def start(given: argparse.Namespace) -> int:
    """Run the month end or the command that the arguments name, and give the exit code.

    Errors that can be expected are sentences; a defect is said to be one, without the data it met.
    """
    _listen_to_signals()
    try:
        if given.command == "month-end":
            return _month_end(given)
        from kara_tui.headless.commands import run_command

        return run_command(given)
    except WrongUsage as error:
        write_lines([f"kara-tui: {error}"], error=True)
        return exit_codes.WRONG_USAGE
    except KeyboardInterrupt:
        write_lines(["kara-tui: interrupted; nothing was left half done."], error=True)
        return exit_codes.INTERRUPTED
    except Exception as error:
        if os.environ.get("KARA_TUI_DEBUG"):
            raise
        write_lines(_defect(error), error=True)
        return exit_codes.DEFECT


def _month_end(given: argparse.Namespace) -> int:
    request = month_end_request(given)
    if given.profile == "demo" and not (given.demo or given.dry_run):
        raise WrongUsage(
            "the profile demo is for looking around: use it with --dry-run, or make your own "
            "with kara-tui profile new"
        )
    if given.demo:
        request = demo_request(request)
        if not request.dry_run:
            start_demo_anew()
    try:
        with troubles():
            month_end = prepare(request, stage)
            with stage("Making the invoice"):
                outcome = dry_run(month_end) if request.dry_run else issue(month_end)
    except Trouble as trouble:
        outcome = replace(
            unreadable(request, trouble.findings),
            status=Status.UNREADABLE
            if trouble.exit_code == exit_codes.UNREADABLE
            else Status.BLOCKED,
        )
        _report(outcome, as_json=given.json)
        return trouble.exit_code
    _report(outcome, as_json=given.json)
    return exit_codes.NOT_DELIVERED if outcome.undelivered else _CODES[outcome.status]


def _report(outcome: Outcome, *, as_json: bool) -> None:
    write_lines(finding_lines(outcome.findings), error=True)
    write_lines(outcome.undelivered, error=True)
    if as_json:
        write_json(outcome_document(outcome))
    else:
        write_lines(outcome_lines(outcome))


def _defect(error: Exception) -> list[str]:
    """Where a defect showed itself. The error's own words are left out: they may quote a cell."""
    place = "an unknown place"
    trace = error.__traceback__
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        if "kara_tui" in file.parts:
            place = f"{'/'.join(file.parts[-2:])} line {trace.tb_lineno}"
        trace = trace.tb_next
    return [
        f"kara-tui: this is a defect of kara-tui: {type(error).__name__} in {place}.",
        "    What was issued before is safe in the ledger. Please report this line; it holds no "
        "data of yours.",
    ]


def _listen_to_signals() -> None:
    """End at once when told to: every act is whole or not done, so there is nothing to tidy up."""
    for name, code in (("SIGHUP", exit_codes.HUNG_UP), ("SIGTERM", exit_codes.TERMINATED)):
        number = getattr(signal, name, None)
        if number is not None:
            signal.signal(number, _ending_with(code))


def _ending_with(code: int) -> Callable[[int, FrameType | None], None]:
    def end(_number: int, _frame: FrameType | None) -> None:
        sys.stderr.flush()
        raise SystemExit(code)

    return end
