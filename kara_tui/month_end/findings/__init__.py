"""What the month end has to say: one table of its findings, and the one way to make one.

``finding`` makes one of a code of the table; ``step_of`` is the step that solves a code, the
reader's and the ledger's too; ``blockers_first`` is the order in which every face shows them.
"""

from __future__ import annotations

from collections.abc import Iterable

from kara_tui.model import Finding, Severity
from kara_tui.month_end.findings.table import MEANINGS, Meaning
from kara_tui.month_end.portal import StepId

__all__ = ["MEANINGS", "Meaning", "blockers_first", "finding", "step_of"]

_ORDER = (Severity.BLOCKER, Severity.WARNING, Severity.INFO)


def finding(
    code: str,
    message: str,
    hint: str = "",
    *,
    rows: Iterable[int] = (),
    count: int = 0,
    source: str = "",
    column: str = "",
    setting: str = "",
) -> Finding:
    """A finding with the severity that the table gives its code."""
    severity = MEANINGS[code].severity
    return Finding(code, severity, message, hint, tuple(rows), count, source, column, setting)


def step_of(code: str) -> StepId:
    """The step where a finding of this code is solved.

    What the reader finds is about the file, so it is solved where the file is chosen.
    """
    return MEANINGS[code].solved_in if code in MEANINGS else StepId.PAYMENTS


def blockers_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings by severity, each kind in the order in which it came."""
    return tuple(sorted(findings, key=lambda one: _ORDER.index(one.severity)))
