"""The corpus: files of every shape that the field has, and the answers worked out by hand.

``corpus/manifest.toml`` says of each file where its shape comes from and what is in it.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kara_tui.exports import Export, ExportKind, Limits, Unreadable, read, select
from kara_tui.model import Finding, HowToRead, Month, Severity, total

CORPUS = Path(__file__).parent / "corpus"


@dataclass(frozen=True)
class Case:
    """One file of the manifest; ``sessions`` is None when it is not to be read at all."""

    name: str
    origin: str
    month: str
    findings: list[str]
    sessions: int | None = None
    total: dict[str, str] = field(default_factory=dict)
    kind: str = "paid"
    how: dict[str, Any] = field(default_factory=dict)


def cases() -> list[Case]:
    """Every file of the manifest."""
    table = tomllib.loads((CORPUS / "manifest.toml").read_text(encoding="utf-8"))
    return [Case(**one) for one in table["file"]]


def answer(export: Export, month: Month) -> tuple[int, dict[str, str]]:
    """How many sessions of the month there are, and what they come to in each currency."""
    prices = [session.price for session in select(export, month).sessions]
    sums = {
        currency: total([price for price in prices if price.currency == currency], currency).text
        for currency in {price.currency for price in prices}
    }
    return len(prices), sums


def said(findings: tuple[Finding, ...], expected: list[str]) -> set[str]:
    """The findings that matter, and those of the others that are expected."""
    return {
        finding.code
        for finding in findings
        if finding.severity is not Severity.INFO or finding.code in expected
    }


def reading(
    case: Case,
    path: Path | None = None,
    limits: Limits = Limits(),  # noqa: B008 - a frozen value
) -> Export | tuple[Finding, ...]:
    """The export, or why it is none; ``path`` is where the file lies when it was saved anew."""
    how, month = HowToRead(**case.how), Month.parse(case.month)
    path = path or CORPUS / case.name
    try:
        return read(path, ExportKind(case.kind), how, limits=limits, month=month)
    except Unreadable as error:
        return error.findings


def check(case: Case, read: Export | tuple[Finding, ...]) -> None:
    """Fail when the answer is another than the manifest's."""
    if not isinstance(read, Export):
        assert case.sessions is None
        assert {finding.code for finding in read} == set(case.findings)
        return
    found = (*read.findings, *select(read, Month.parse(case.month)).findings)
    assert said(found, case.findings) == set(case.findings)
    blocked = any(finding.is_blocker for finding in read.findings)
    sessions, sums = answer(read, Month.parse(case.month))
    if case.sessions is None:
        assert blocked
    else:
        assert sessions == case.sessions
        assert blocked or sums == case.total
