"""What kara-tui makes of a polluted file: exact, asked well, asked badly, or wrong."""

from __future__ import annotations

import io
from collections.abc import Callable
from enum import StrEnum

from kara_tui.exports import Export, ExportKind, Unreadable, read, select
from kara_tui.model import Finding, HowToRead, Month
from tests.benchmarks.pollock.export import MONTH
from tests.benchmarks.pollock.pollution import Ask, Polluted


class Verdict(StrEnum):
    """From best to worst."""

    EXACT = "exact"
    ASKED_WELL = "asked well"
    ASKED_BADLY = "asked badly"
    WRONG = "wrong"


def judged(
    file: Polluted, read_it: Callable[[bytes], Export] | None = None
) -> tuple[Verdict, tuple[Finding, ...]]:
    """The verdict on a file, and the findings that stopped it."""
    try:
        export = (read_it or read_small)(file.data)
    except Unreadable as error:
        return _asked(file.ask, error.findings), error.findings
    blockers = tuple(one for one in export.findings if one.is_blocker)
    if blockers:
        return _asked(file.ask, blockers), blockers
    right = file.answer is not None and texts(export) == file.answer.sessions
    return (Verdict.EXACT if right else Verdict.WRONG), export.findings


def read_small(data: bytes) -> Export:
    """The file as it is read record by record."""
    return read(io.BytesIO(data), ExportKind.PAID, HowToRead(), name="payments.csv")


def texts(export: Export) -> tuple[tuple[str, ...], ...]:
    """The month's sessions as the answer has them."""
    return tuple(
        sorted(
            (
                f"{one.date} {one.time:%H:%M}",
                one.service,
                f"{one.price.minor // 100}.{one.price.minor % 100:02}",
                one.sponsor,
                one.professional,
            )
            for one in select(export, Month.parse(MONTH)).sessions
        )
    )


def _asked(ask: Ask, found: tuple[Finding, ...]) -> Verdict:
    fits = all(one.code in ask.codes for one in found) and any(_is_true(ask, one) for one in found)
    return Verdict.ASKED_WELL if fits else Verdict.ASKED_BADLY


def _is_true(ask: Ask, one: Finding) -> bool:
    said = f"{one.message} {one.hint}".casefold()
    words = not ask.words or any(word.casefold() in said for word in ask.words if word)
    return words and (not ask.rows or bool(set(ask.rows) & set(one.rows)))
