"""What stays in the terminal after the wizard has closed; and after a defect, without any value."""

from __future__ import annotations

import os
import platform
from typing import TYPE_CHECKING

from kara_tui import __version__, settings
from kara_tui.month_end.cli_request import command_line, not_in_command_line
from kara_tui.month_end.wording import counted, day_said
from kara_tui.text import inert

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kara_tui.month_end.steps import Standing


def farewell(standing: Standing) -> str:
    """A short summary: numbers, totals, files, and the headless command that does the same."""
    lines: list[str] = []
    outcome = standing.outcome
    request = standing.request
    if outcome is not None and standing.is_issued:
        for one in outcome.invoices:
            invoice = one.invoice
            lines.append(
                f"{invoice.number}: {counted(invoice.sessions, 'session')}, {invoice.total}"
            )
            lines += [f"  {path}" for path in (one.pdf, one.annex) if path is not None]
        if outcome.eml is not None:
            lines.append(f"  {outcome.eml}")
        lines += [*outcome.undelivered, *(notice.message for notice in outcome.notices)]
        if outcome.deadlines is not None and not standing.is_sent:
            in_time = request.today <= outcome.deadlines.last
            by = f"by {day_said(outcome.deadlines.safe)}" if in_time else "today"
            lines.append(f"Send it {by}.")
        lines += ["Without the wizard:", f"  {_command(standing)}"]
        said = not_in_command_line(request)
        lines += [said] if said else []
    elif request.paid:
        lines.append("Nothing was issued, and no number was taken.")
        if not request.demo:
            lines.append("Your answers are kept: kara-tui goes on where you left.")
        lines += ["Without the wizard:", f"  {_command(standing)}"]
    return "".join(f"{inert(line)}\n" for line in lines)


def _command(standing: Standing) -> str:
    request = standing.request
    folder = settings.demo_folder()
    bundled = [folder / "payments-paid.csv", folder / "payments-unpaid.csv"] if request.demo else []
    return command_line(request, demo_files=bundled)


def crash_report(frames: Sequence[str], standing: Standing) -> str:
    """What to say after a defect: where it was, what is kept, and how to report it.

    Names of files and lines of the program only: values of variables may be about clients.
    """
    if standing.is_issued:
        kept = "The invoice is issued and kept; kara-tui status shows it."
    else:
        kept = "Nothing was issued by it. What you had answered is kept for the next start."
    return "\n".join((
        "kara-tui has ended because of a defect of its own.",
        kept,
        "Please report these lines; there is nothing about your clients in them:",
        f"  kara-tui {__version__}, Python {platform.python_version()}, {platform.system()}",
        *(f"  {frame}" for frame in frames),
        "",
    ))  # fmt: skip


def frames_of(error: Exception) -> tuple[str, ...]:
    """Where an error was raised, outermost frame first, then its kind; without its words."""
    import traceback

    return (
        *(
            f"{_module_path(frame.filename)}, line {frame.lineno}, in {frame.name}"
            for frame in traceback.extract_tb(error.__traceback__)
        ),
        type(error).__name__,
    )


def _module_path(file: str) -> str:
    """A file's place within its package: where the user keeps their programs is their affair."""
    within = file.replace(os.sep, "/").rpartition("/site-packages/")[2]
    return "kara_tui/" + within.rpartition("/kara_tui/")[2] if "/kara_tui/" in within else within
