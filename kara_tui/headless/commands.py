"""The commands beside the month end: what was issued, marks, and the ledger's keeping."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from kara_tui import exit_codes, issued, settings
from kara_tui.arguments import COMMANDS
from kara_tui.errors import UserError, WrongUsage
from kara_tui.headless.report import (
    JSON_VERSION,
    finding_document,
    finding_lines,
    write_json,
    write_lines,
)
from kara_tui.headless.standings import (
    document_lines,
    home_document,
    home_lines,
    standing_document,
    standing_line,
)
from kara_tui.issued.calendar import calendar_file
from kara_tui.issued.delivery import NO_SEND_BUTTON
from kara_tui.model import Decision, Finding, HowToRead
from kara_tui.month_end import Request, Status, acts
from kara_tui.month_end.cli_request import a_day_to_write, a_month, the_day
from kara_tui.month_end.wording import counted, day_said, month_name, short
from kara_tui.private_file import write_private

_HEAD_DIGITS = 64  # of a SHA-256


def _write_asked_for(path: str, content: bytes) -> None:
    """Write a file that the user named, readable by them alone: what stands in it is private."""
    write_private(Path(path), content, tolerant=True, follow=True)


def run_command(given: argparse.Namespace) -> int:
    """Do a command and give its exit code. Raises WrongUsage; defects pass."""
    try:
        module, _, name = COMMANDS[given.command].does.partition(":")
        code: int = getattr(import_module(module), name)(given)
    except (WrongUsage, BrokenPipeError):
        raise
    except issued.NothingThere as error:
        return _refused(given, error, [error.message])
    except UserError as error:
        return _refused(given, error, finding_lines(error.findings))
    except OSError as error:
        place = f" ({error.filename})" if error.filename else ""
        write_lines(
            [f"kara-tui: a file could not be written: {error.strerror}{place}."], error=True
        )
        return exit_codes.NOT_DELIVERED
    return code


def _refused(given: argparse.Namespace, error: UserError, lines: Iterable[str]) -> int:
    """Say why the command could not be done; a script that asked for JSON gets its document too."""
    write_lines(lines, error=True)
    if getattr(given, "json", False):
        unreadable = error.exit_code == exit_codes.UNREADABLE
        write_json(
            {
                "version": JSON_VERSION,
                "status": str(Status.UNREADABLE if unreadable else Status.BLOCKED),
                "findings": [finding_document(finding) for finding in error.findings],
            }
        )
    return error.exit_code


def _with_findings(findings: Sequence[Finding], document: dict[str, Any]) -> dict[str, Any]:
    """A command's JSON document: what was asked for, and what to know about the ledger."""
    return {
        "version": JSON_VERSION,
        "status": str(Status.BLOCKED) if _code(findings) else "done",
        **document,
        "findings": [finding_document(finding) for finding in findings],
    }


def _code(findings: Sequence[Finding]) -> int:
    """A ledger that was put back is looked at all the same, and that is no good end."""
    blocked = any(finding.is_blocker for finding in findings)
    return exit_codes.DECISION_NEEDED if blocked else exit_codes.DONE


def status(given: argparse.Namespace) -> int:
    """Where things stand; the calendar and follow-up mails where they are asked for."""
    profile = settings.load(given.profile)
    again = issued.repair_at_start()
    write_lines([f"Written anew from the ledger: {name}" for name in again], error=True)
    now = issued.overview_of(profile, the_day(given.today))
    if given.ics:
        _write_asked_for(given.ics, calendar_file(now, profile))
        write_lines([f"The dates were written to {given.ics}."], error=True)
    if given.follow_up:
        written = issued.write_follow_ups(now, profile, Path(given.follow_up), demo=False)
        write_lines([f"Follow-up draft: {path}" for path in written], error=True)
        if written:
            write_lines([NO_SEND_BUTTON], error=True)
        else:
            write_lines(["Nothing is overdue, so there is no follow-up to write."], error=True)
    write_lines(finding_lines(now.findings), error=True)
    if given.json:
        write_json(_with_findings(now.findings, home_document(now)))
    else:
        write_lines(home_lines(now))
    return _code(now.findings)


def invoices(given: argparse.Namespace) -> int:
    """The invoices issued."""
    profile = settings.load(given.profile)
    today = the_day(given.today)
    year = _a_year(given.year)
    standings = [
        issued.standing_of(document, profile, today)
        for document in issued.documents(given.profile, year)
    ]
    about = issued.about_the_ledger(given.profile)
    write_lines(finding_lines(about), error=True)
    if given.json:
        write_json(
            _with_findings(
                about, {"invoices": [standing_document(standing) for standing in standings]}
            )
        )
    elif standings:
        write_lines(standing_line(standing) for standing in standings)
    else:
        write_lines(["No invoice was issued" + (f" in {year}." if year else " yet.")])
    return _code(about)


def show(given: argparse.Namespace) -> int:
    """One invoice again, and its PDF."""
    profile = settings.load(given.profile)
    stored = issued.stored(given.number, given.profile)
    if given.pdf:
        _write_asked_for(given.pdf, stored.pdf.content)
        write_lines(
            [f"The PDF of {stored.document.number} was written to {given.pdf}."], error=True
        )
    standing = issued.standing_of(stored.document, profile, the_day(given.today))
    about = issued.about_the_ledger(given.profile)
    write_lines(finding_lines(about), error=True)
    if given.json:
        write_json(_with_findings(about, standing_document(standing)))
    else:
        write_lines(document_lines(standing))
    return _code(about)


def credit(given: argparse.Namespace) -> int:
    """Cancel an invoice. Raises WrongUsage for a reason without a word."""
    if not given.reason.strip():
        raise WrongUsage("--reason needs a word on why: it is printed on the credit note")
    request = Request(
        given.profile,
        a_day_to_write(given.today, is_meant=given.clock_is_right),
        out=Path(given.out) if given.out else None,
        accept_clock=given.clock_is_right,
    )
    done = issued.cancel(request, given.number, given.reason)
    note = done.note.invoice
    write_lines(
        [
            f"{note.number} cancels {given.number}: {note.total}.",
            f"The {counted(note.sessions, 'session')} of {month_name(note.month)} can be billed "
            "anew.",
        ]
    )
    write_lines(finding_lines(done.notices), error=True)
    if done.undelivered:
        write_lines(done.undelivered, error=True)
        return exit_codes.NOT_DELIVERED
    write_lines([f"  PDF    {done.note.pdf}", f"  draft  {done.mail}", f"  {NO_SEND_BUTTON}"])
    return exit_codes.DONE


def sent(given: argparse.Namespace) -> int:
    """Note that an invoice was sent."""
    on = a_day_to_write(given.on or given.today, is_meant=given.clock_is_right)
    document = issued.mark_sent(given.number, given.profile, on, accept_clock=given.clock_is_right)
    profile = settings.load(given.profile)
    standing = issued.standing_of(document, profile, the_day(given.today))
    write_lines([f"{document.number}: sent on {day_said(on)}."])
    if standing.pay_on is not None:
        write_lines([f"Expect the money by {day_said(standing.pay_on)}."])
    return exit_codes.DONE


def paid(given: argparse.Namespace) -> int:
    """Note that an invoice was paid."""
    on = a_day_to_write(given.on or given.today, is_meant=given.clock_is_right)
    document = issued.mark_paid(given.number, given.profile, on, accept_clock=given.clock_is_right)
    write_lines([f"{document.number}: paid on {day_said(on)}."])
    return exit_codes.DONE


def decide(given: argparse.Namespace) -> int:
    """Say what holds for unpaid sessions. Raises WrongUsage when something is not said."""
    if not (given.unpaid and given.row and given.decision):
        raise WrongUsage("decide needs --unpaid FILE, --row N and --decision WORD")
    try:
        rows = tuple(int(row) for row in given.row)
    except ValueError:
        raise WrongUsage("--row takes the number of a row in the file") from None
    request = Request(
        given.profile,
        the_day(given.today),
        unpaid=(Path(given.unpaid),),
        month=a_month(given.month),
        reading=HowToRead(given.date_order, given.decimal, given.time_zone),
        accept_clock=given.clock_is_right,
    )
    try:
        chosen = acts.decide(request, rows, Decision(given.decision), given.note)
    except LookupError as error:
        write_lines([f"kara-tui: {error}"], error=True)
        return exit_codes.DECISION_NEEDED
    for session in (payment.session for payment in chosen):
        write_lines(
            [f"Row {session.place}, {session.date}, {short(session.service)}: {given.decision}."]
        )
    return exit_codes.DONE


def verify(given: argparse.Namespace) -> int:
    """Check the ledger from the first entry to the last."""
    verdict, about = issued.verify(_a_head(given.expect))
    write_lines(finding_lines(about), error=True)
    if given.json:
        document = {
            "whole": verdict.whole,
            "head": f"{verdict.head.entries}:{verdict.head.hash}",
            "documents": verdict.documents,
            "sessions": verdict.sessions,
            "problems": list(verdict.problems),
        }
        write_json(_with_findings(about, document))
    else:
        write_lines(verdict.problems, error=True)
        state = "whole" if verdict.whole else "NOT whole"
        write_lines(
            [
                f"The ledger is {state}: {counted(verdict.documents, 'document')}, "
                f"{counted(verdict.sessions, 'billed session')}, "
                f"{verdict.head.entries:,} entries.",
                f"Head: {verdict.head.entries}:{verdict.head.hash}",
            ]
        )
    return _code(about) if verdict.whole else exit_codes.UNREADABLE


def repair(given: argparse.Namespace) -> int:
    """Write missing or damaged copies anew."""
    done, notices = issued.repair(Path(given.out) if given.out else None)
    write_lines(finding_lines(notices), error=True)
    if not done.written and not done.set_aside:
        write_lines(["Every copy is as it was issued."])
    write_lines(f"Written anew: {name}" for name in done.written)
    write_lines(f"Set aside, because it was changed: {name}" for name in done.set_aside)
    return exit_codes.DONE


def backup(given: argparse.Namespace) -> int:
    """A verified copy of the ledger."""
    done = issued.backup(Path(given.folder))
    write_lines([f"{done.path}", f"Head: {done.head.entries}:{done.head.hash}"])
    return exit_codes.DONE


def restore(given: argparse.Namespace) -> int:
    """Bring a backup back."""
    if not Path(given.file).is_file():
        missing = f"kara-tui: there is no file {given.file!r} to bring back."
        write_lines([missing], error=True)
        return exit_codes.UNREADABLE
    done = issued.restore(Path(given.file), accept_older=given.older)
    write_lines([f"Restored, up to entry {done.head.entries:,}."])
    if done.kept is not None:
        write_lines([f"The ledger that was there is kept as {done.kept}."])
    return exit_codes.DONE


def go_on(given: argparse.Namespace) -> int:
    """Go on after a number that the ledger does not know. Raises WrongUsage."""
    if not given.reason.strip():
        raise WrongUsage("--reason needs a word on why: it is kept in the ledger beside the gap")
    try:
        following = issued.go_on(given.number, given.profile, given.reason.strip())
    except ValueError as error:
        raise WrongUsage(str(error)) from None
    write_lines(
        [
            f"The next number is {following}. {given.number} and those before it are not given "
            "out again.",
            "Sessions that were billed on numbers which this ledger does not know are not known "
            "as billed: leave them out of the next invoice.",
        ]
    )
    return exit_codes.DONE


def export(given: argparse.Namespace) -> int:
    """The whole ledger in open formats."""
    write_lines(str(path) for path in issued.export(Path(given.folder)))
    return exit_codes.DONE


def _a_head(text: str) -> str:
    """The hash of a head that was noted down, whole or its first 12 digits. Raises WrongUsage.

    The head is shown with the number of entries before it; the hash alone decides.
    """
    _, _, digits = text.rpartition(":")
    is_one = 12 <= len(digits) <= _HEAD_DIGITS and set(digits.lower()) <= set("0123456789abcdef")
    if text and not is_one:
        raise WrongUsage(
            f"{text[:80]!r} is no head: it has 12 to {_HEAD_DIGITS} digits of 0-9 and a-f, as "
            "kara-tui verify and backup show it, and may have the number of entries before it"
        )
    return digits


def _a_year(text: str | None) -> int | None:
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise WrongUsage(f"{text!r} is not a year")
    return int(text)
