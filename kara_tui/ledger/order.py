"""What is asked of the ledger: an order to issue, what the drawing gives back, a credit note."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kara_tui.model import File, Money, Month, Series, Session, total


@dataclass(frozen=True, slots=True)
class GoOnOrder:
    """Numbers up to ``value`` of a profile's series are spent without the ledger, and why."""

    profile: str
    supplier: str
    series: Series
    value: int
    reason: str


@dataclass(frozen=True, slots=True)
class BillableSession:
    """A session on a draft and its fingerprint; ``late`` when it is of an earlier month."""

    session: Session
    fingerprint: str
    late: bool = False


@dataclass(frozen=True, slots=True)
class DraftInvoice:
    """An invoice in one currency that waits for its number.

    ``frozen`` is the canonical JSON of all that the document is drawn from, kept for good.
    ``sessions`` stand in the order of the invoice's lines. The sum of their prices is ``net``, or
    ``total`` where prices include VAT.
    """

    net: Money
    vat: Money
    total: Money
    due_on: date | None
    frozen: str
    sessions: tuple[BillableSession, ...]

    def __post_init__(self) -> None:
        if not self.sessions:
            raise ValueError("a draft has at least one session")
        if self.net + self.vat != self.total:
            raise ValueError("net and VAT do not make the total")
        prices = total((item.session.price for item in self.sessions), self.currency)
        if prices not in (self.net, self.total):
            raise ValueError("the sessions' prices make neither the net sum nor the total")

    @property
    def currency(self) -> str:
        return self.total.currency


@dataclass(frozen=True, slots=True)
class IssueOrder:
    """One month of one profile, a draft for each of its currencies: issued together or not at all.

    ``supplier`` names who issues, as the law sees it (a tax number, else the name): two profiles
    of one supplier must not share a prefix. ``today`` is the date printed on the invoices.
    """

    profile: str
    supplier: str
    series: Series
    month: Month
    today: date
    drafts: tuple[DraftInvoice, ...]

    def __post_init__(self) -> None:
        if not self.drafts or not self.profile or not self.supplier:
            raise ValueError("an order names a profile and a supplier and has a draft or more")
        if len({draft.currency for draft in self.drafts}) < len(self.drafts):
            raise ValueError("an order has one draft for each currency")
        items = [item for draft in self.drafts for item in draft.sessions]
        if len({item.fingerprint for item in items}) < len(items):
            raise ValueError("a fingerprint stands twice on one order")
        for item in items:
            if item.session.date > self.month.last:
                raise ValueError(f"a session of {item.session.date} cannot be billed yet")
            if item.late != (item.session.date < self.month.first):
                raise ValueError("late are the sessions of earlier months, and only they")


@dataclass(frozen=True, slots=True)
class CreditOrder:
    """A credit note for the document ``number``, which it cancels whole. ``reason`` is printed.

    ``profile`` is needed only where two profiles have a document of that number.
    """

    number: str
    reason: str
    today: date
    frozen: str
    profile: str = ""

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise ValueError("a credit note says why")


@dataclass(frozen=True, slots=True)
class RenderedDocument:
    """What a draft became: the PDF, and the annex where there is one."""

    pdf: File
    annex: File | None = None


@dataclass(frozen=True, slots=True)
class Rendered:
    """What the drawing gives back: a document for each number, in order, and one mail for all."""

    documents: tuple[RenderedDocument, ...]
    mail: File
