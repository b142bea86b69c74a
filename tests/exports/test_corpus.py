"""Files of every shape that the field has, read: the answer is the one worked out by hand.

``corpus/manifest.toml`` says of each file where its shape comes from and what is in it.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from kara_tui.exports import Export, ExportKind, HowToRead, Limits, Unreadable, read, select
from kara_tui.model import Finding, Month, Severity, total

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


def reading(case: Case, limits: Limits) -> Export | tuple[Finding, ...]:
    """The export, or why it is none."""
    how, month = HowToRead(**case.how), Month.parse(case.month)
    try:
        return read(CORPUS / case.name, ExportKind(case.kind), how, limits=limits, month=month)
    except Unreadable as error:
        return error.findings


def check(case: Case, read: Export | tuple[Finding, ...]) -> None:
    if not isinstance(read, Export):
        assert case.sessions is None
        assert {finding.code for finding in read} == set(case.findings)
        return
    assert said(read.findings, case.findings) == set(case.findings)
    blocked = any(finding.is_blocker for finding in read.findings)
    sessions, sums = answer(read, Month.parse(case.month))
    if case.sessions is None:
        assert blocked
    else:
        assert sessions == case.sessions
        assert blocked or sums == case.total


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_each_file_has_the_answer_that_was_worked_out_by_hand(case: Case) -> None:
    check(case, reading(case, Limits()))


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_read_as_a_large_file_each_has_the_same_answer(case: Case) -> None:
    check(case, reading(case, Limits(careful_bytes=0)))


def test_the_manifest_names_every_file_of_the_corpus_and_says_where_its_shape_comes_from() -> None:
    named = [case.name for case in cases()]
    there = {path.name for path in CORPUS.iterdir()} - {"manifest.toml", ".gitattributes"}
    assert sorted(named) == sorted(there)
    assert all(case.origin.endswith(".") for case in cases())
    assert len(named) >= 30
