"""Rows and lines of a text file: the same until a cell goes over several lines.

A row is numbered as a spreadsheet does it, and everything speaks of rows: findings, decisions,
``decide``. An editor shows lines, so the line is said where it differs.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from kara_tui.model import Finding

# Row numbers in our own sentences; what is quoted from the file stands in quotation marks.
_ROWS = re.compile(r"“[^”]*”|\b[Rr]ows? [0-9]+(?:(?:, | and )[0-9]+\b(?! more))*")
_NUMBER = re.compile(r"[0-9]+")


@dataclass(slots=True)
class LineNumbers:
    """Which line each row begins on: from some rows on, so many lines further down."""

    _rows: list[int] = field(default_factory=list)
    _further: list[int] = field(default_factory=list)

    def add(self, row: int, line: int) -> None:
        """Note that a row begins on a line. Rows come in order."""
        further = line - row
        if further != (self._further[-1] if self._further else 0):
            self._rows.append(row)
            self._further.append(further)

    def line_of(self, row: int) -> int:
        """The line on which a row begins where that is another number, else 0."""
        at = bisect_right(self._rows, row)
        return row + self._further[at - 1] if at and self._further[at - 1] else 0

    def with_lines(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """The findings with the line beside each row's number that is not the line's own."""
        if not self._rows:
            return tuple(findings)
        return tuple(
            replace(finding, message=_ROWS.sub(self._with_lines, finding.message))
            for finding in findings
        )

    def _with_lines(self, quoted: re.Match[str]) -> str:
        text = quoted.group()
        return text if text.startswith("“") else _NUMBER.sub(self._with_line, text)

    def _with_line(self, quoted: re.Match[str]) -> str:
        line = self.line_of(int(quoted.group()))
        return f"{quoted.group()} (line {line})" if line else quoted.group()
