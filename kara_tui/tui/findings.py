"""Findings as lines: the mark, the sentence, and what to do about it below."""

from __future__ import annotations

from collections.abc import Iterable

from kara_tui.model import Finding, Severity
from kara_tui.month_end.wording import counted
from kara_tui.tui.drawing import Line, wrapped

MARKS = {Severity.BLOCKER: "[!]", Severity.WARNING: "[?]", Severity.INFO: "[i]"}
ROLES = {Severity.BLOCKER: "blocker", Severity.WARNING: "warning", Severity.INFO: "info"}


def finding_lines(finding: Finding, width: int, *, hint: bool = True) -> list[Line]:
    """One finding over as many lines as it needs."""
    role = ROLES[finding.severity]
    lines = wrapped(f"{MARKS[finding.severity]} {finding.message}", width, role, hang="    ")
    if hint and finding.hint:
        lines += wrapped(finding.hint, width, "muted", indent="    ")
    return lines


def found_lines(findings: Iterable[Finding], width: int, height: int) -> list[Line]:
    """Findings in so many lines: whole where there is room, else each one's sentence alone."""
    findings = list(findings)
    whole = [line for one in findings for line in finding_lines(one, width)]
    if len(whole) <= height:
        return whole
    lines: list[Line] = []
    for position, one in enumerate(findings):
        said = finding_lines(one, width, hint=False)
        last = position == len(findings) - 1
        if len(lines) + len(said) > height - (0 if last else 1):
            more = counted(len(findings) - position, "more finding" if lines else "finding")
            return [*lines, ((f"    {more}: p shows all that was found.", "muted"),)]
        lines += said
    return lines
