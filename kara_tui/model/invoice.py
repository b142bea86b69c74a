"""The invoice as a value: all that the paper says, summed up and checked, with no client in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from kara_tui.model.money import Money, total
from kara_tui.model.month import Month
from kara_tui.model.names import same
from kara_tui.model.party import BankAccount, Party
from kara_tui.model.session import Session, SessionKind
from kara_tui.model.vat import VatTreatment


class DocumentKind(StrEnum):
    """The document's type (codes 380 and 381 of UNTDID 1001)."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit-note"


class Mark(StrEnum):
    """What is printed across a document that is no invoice."""

    NONE = ""
    DRAFT = "draft"
    SAMPLE = "sample"


@dataclass(frozen=True, slots=True)
class Line:
    """One session on the invoice. ``position`` counts from 1; ``price`` is as in the export."""

    position: int
    date: date
    time: time | None
    service: str
    professional: str
    professional_email: str
    sponsor: str
    kind: SessionKind
    price: Money


@dataclass(frozen=True, slots=True)
class Subtotal:
    """The sessions of one sponsor, or of one professional, and what they come to."""

    name: str
    sessions: int
    amount: Money


@dataclass(frozen=True, slots=True)
class Invoice:
    """One document in one currency, complete and summed up.

    ``number`` is None until the invoice is issued. ``net`` + ``vat`` = ``total``. A credit note
    carries the lines of the invoice it cancels with the same positive prices, names that invoice
    in ``corrects``, with the day it was issued on, and says why in ``reason``; that its total is
    owed the other way is its kind's meaning (UNTDID 1001 code 381). Credit notes of the first
    ledgers say no day.
    Subtotals per professional are empty when there is only one professional.
    """

    kind: DocumentKind
    number: str | None
    mark: Mark
    issued_on: date
    due_on: date | None
    month: Month
    currency: str
    language: str
    supplier: Party
    customer: Party
    bank: BankAccount
    vat_treatment: VatTreatment
    lines: tuple[Line, ...]
    by_sponsor: tuple[Subtotal, ...]
    by_professional: tuple[Subtotal, ...]
    net: Money
    vat: Money
    total: Money
    corrects: str = ""
    reason: str = ""
    corrects_issued_on: date | None = None

    def __post_init__(self) -> None:
        if not self.lines:
            raise ValueError("an invoice has at least one session")
        prices = total((line.price for line in self.lines), self.currency)
        if self.vat_treatment.split(prices) != (self.net, self.vat):
            raise ValueError("net and VAT do not come from the sum of the lines")
        if self.net + self.vat != self.total:
            raise ValueError("net and VAT do not make the total")
        for subtotals in (self.by_sponsor, self.by_professional):
            if subtotals and total((sub.amount for sub in subtotals), self.currency) != prices:
                raise ValueError("the subtotals do not make the sum of the lines")
        if (self.kind is DocumentKind.CREDIT_NOTE) != bool(self.corrects):
            raise ValueError("a credit note names the invoice it cancels, an invoice names none")

    @property
    def sessions(self) -> int:
        """The number of sessions, as Kara Connect asks for it."""
        return len(self.lines)


def line_order(session: Session) -> tuple[object, ...]:
    """What an invoice is sorted by: date, time, professional, service, sponsor, file row."""
    return (
        session.date,
        session.time or time.min,
        session.time is not None and session.time.fold == 1,
        session.professional,
        session.service,
        session.sponsor,
        session.row,
    )


def lines_of(sessions: Iterable[Session]) -> tuple[Line, ...]:
    """The invoice's lines: the sessions in ``line_order``, numbered from 1."""
    return tuple(
        Line(
            position, s.date, s.time, s.service, s.professional, s.professional_email, s.sponsor,
            s.kind, s.price,
        )
        for position, s in enumerate(sorted(sessions, key=line_order), 1)
    )  # fmt: skip


def subtotals(
    lines: Sequence[Line], name_of: Callable[[Line], str], currency: str
) -> tuple[Subtotal, ...]:
    """The lines grouped by a name, in order of name, each group counted and summed.

    Spellings that are the same name are one group, under the spelling that most lines have.
    """
    prices: dict[str, list[Money]] = {}
    for line in lines:
        prices.setdefault(name_of(line), []).append(line.price)
    groups: dict[str, list[Money]] = {}
    spellings: dict[str, Counter[str]] = {}
    for name, subtotal_lines in prices.items():
        groups.setdefault(same(name), []).extend(subtotal_lines)
        spellings.setdefault(same(name), Counter())[name] += len(subtotal_lines)
    shown = {key: min(times, key=lambda name: (-times[name], name))
             for key, times in spellings.items()}  # fmt: skip
    return tuple(
        Subtotal(shown[key], len(groups[key]), total(groups[key], currency))
        for key in sorted(groups, key=shown.__getitem__)
    )
