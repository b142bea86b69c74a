"""What a headless month end writes to standard output: one JSON document, or plain text.

Texts come from files and from the user's settings; whatever could steer a terminal is taken out
here once more, though the reader has done so before.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from kara_tui.issued.delivery import NO_SEND_BUTTON
from kara_tui.model import Finding, Severity
from kara_tui.month_end.outcome import Outcome, Status
from kara_tui.month_end.wording import counted, day_said, month_name
from kara_tui.text import inert

JSON_VERSION = 1

_MARKS = {Severity.BLOCKER: "[!]", Severity.WARNING: "[?]", Severity.INFO: "[i]"}


def write_json(document: dict[str, Any]) -> None:
    """One JSON document and a line end, UTF-8 whatever the locale (RFC 8259, section 8.1)."""
    text = json.dumps(document, ensure_ascii=False, indent=1)
    sys.stdout.flush()
    # A path that is not UTF-8 holds half characters: written as \udc80, which is JSON too, and by
    # which Python's os.fsencode finds the file again.
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")


def outcome_document(outcome: Outcome) -> dict[str, Any]:
    """The outcome as the documented JSON value; amounts are strings."""
    days = outcome.deadlines
    return {
        "version": JSON_VERSION,
        "status": str(outcome.status),
        "month": str(outcome.month),
        "sessions": outcome.sessions,
        "invoices": [
            {
                "number": done.invoice.number,
                "currency": done.invoice.currency,
                "sessions": done.invoice.sessions,
                "total": done.invoice.total.text,
                "pdf": None if done.pdf is None else str(done.pdf),
                "annex": None if done.annex is None else str(done.annex),
            }
            for done in outcome.invoices
        ],
        "mail": {
            "to": outcome.mail_to or None,
            "eml": None if outcome.eml is None else str(outcome.eml),
        },
        "deadlines": None
        if days is None
        else {
            "safe": days.safe.isoformat(),
            "last": days.last.isoformat(),
            "pay": days.pay.isoformat(),
        },
        "findings": [
            finding_document(finding) for finding in (*outcome.findings, *outcome.notices)
        ],
        "undelivered": list(outcome.undelivered),
    }


def finding_document(finding: Finding) -> dict[str, Any]:
    """A finding as JSON; ``count`` counts all rows, ``rows`` are the first of them."""
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "rows": list(finding.rows),
        "count": finding.count,
        "file": finding.source or None,
        "column": finding.column or None,
        "message": finding.message,
        "hint": finding.hint,
    }


def finding_lines(findings: Iterable[Finding]) -> Iterator[str]:
    """Findings as lines of text: a mark, the sentence, and what to do below it."""
    for finding in findings:
        yield f"{_MARKS[finding.severity]} {finding.message}"
        if finding.hint:
            yield f"    {finding.hint}"


def outcome_lines(outcome: Outcome) -> Iterator[str]:
    """The outcome as plain lines for a person."""
    name = month_name(outcome.month)
    match outcome.status:
        case Status.UNREADABLE:
            yield f"{name}: the input cannot be read. Nothing was issued."
            return
        case Status.BLOCKED:
            blockers = sum(finding.is_blocker for finding in outcome.findings)
            yield (
                f"{name}: {counted(blockers, 'decision')} needed before the invoice can be made. "
                "Nothing was issued."
            )
            return
        case Status.DRY_RUN:
            yield f"{name}: {counted(outcome.sessions, 'session')}. A dry run: nothing was issued."
        case Status.ISSUED:
            yield f"{name}: {counted(outcome.sessions, 'session')} invoiced."
    for done in outcome.invoices:
        invoice = done.invoice
        yield (
            f"  {invoice.number or 'no number yet':<14} {counted(invoice.sessions, 'session'):<14} "
            f"{invoice.total.text:>14} {invoice.currency}"
        )
        if done.pdf is not None:
            yield f"    PDF    {done.pdf}"
        if done.annex is not None:
            yield f"    annex  {done.annex}"
    if outcome.eml is not None:
        yield f"  Mail to {outcome.mail_to}, ready to open and send:"
        yield f"    draft  {outcome.eml}"
        yield f"    {NO_SEND_BUTTON}"
    days = outcome.deadlines
    if days is not None and not any(
        finding.code == "send-by-passed" for finding in outcome.findings
    ):
        yield f"  Send it by {day_said(days.safe)}, at the latest on {day_said(days.last)}."
        yield f"  Sent in time, it is paid by {day_said(days.pay)}."
    elif outcome.invoices and outcome.invoices[0].invoice.due_on is not None:
        due_on = outcome.invoices[0].invoice.due_on
        yield f"  Send it today: its payment can then be expected by {day_said(due_on)}."


def write_lines(lines: Iterable[str], *, error: bool = False) -> None:
    """Write lines of text to standard output, or to standard error, inert whatever they hold.

    A terminal gets them wrapped and coloured; a pipe or a file gets them as they are.
    """
    stream = sys.stderr if error else sys.stdout
    if isinstance(stream, io.TextIOWrapper):
        # A letter that the locale cannot write is no reason to end after a number was taken.
        stream.reconfigure(errors="backslashreplace")
    texts = [inert(line) for line in lines]
    if texts and stream.isatty():
        from kara_tui.headless.terminal import show

        show(stream, texts)
        return
    for text in texts:
        stream.write(text + "\n")
