"""A profile: whose invoice it is, to whom, how it is paid and numbered, and how files are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from kara_tui.model.how_to_read import HowToRead
from kara_tui.model.names import same
from kara_tui.model.routing import Routing

if TYPE_CHECKING:
    from kara_tui.model import BankAccount, Party, Series, VatTreatment


class SupplierKind(StrEnum):
    """Who sends the invoice: one professional, or a clinic for all of its professionals."""

    PERSON = "person"
    CLINIC = "clinic"


@dataclass(frozen=True, slots=True)
class HolidayCalendar:
    """Whose public holidays count: ISO 3166-1 alpha-2 and, where there is one, a subdivision."""

    country: str
    subdivision: str = ""


@dataclass(frozen=True, slots=True)
class MailSettings:
    """Where the invoice is mailed to, and whether the annex goes with it."""

    to: str = "accounts@karaconnect.com"
    cc: tuple[str, ...] = ()
    attach_annex: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything of an invoice that is the same each month. Frozen; changed by writing a new one.

    ``language`` is that of the invoice's labels. ``routing`` maps a sponsor, in any spelling that
    is the same name, to who is invoiced; ``routing_default`` holds for sponsors not named there.
    ``limits`` are the reader's caps that are not the usual ones, by the reader's names for them.
    ``folder`` is where copies go; empty for the usual folder.
    """

    name: str
    kind: SupplierKind
    supplier: Party
    customer: Party
    banks: tuple[BankAccount, ...]
    vat: VatTreatment
    numbering: Series
    currency: str
    language: str = "en"
    calendar: HolidayCalendar = HolidayCalendar("IS")
    mail: MailSettings = MailSettings()
    reading: HowToRead = field(default_factory=HowToRead)
    routing_default: Routing = Routing.KARA
    routing: dict[str, Routing] = field(default_factory=dict)
    theme: str = "classic"
    limits: Mapping[str, int] = field(default_factory=dict)
    folder: str = ""

    def bank_for(self, currency: str) -> BankAccount | None:
        """The account for a currency: the one that names it, else one that takes any."""
        named = (bank for bank in self.banks if bank.currency == currency)
        open_to_any = (bank for bank in self.banks if not bank.currency)
        return next(named, None) or next(open_to_any, None)

    def routing_of(self, sponsor: str) -> Routing:
        return routing_in(self.routing, sponsor) or self.routing_default


def routing_in(routing: Mapping[str, Routing], sponsor: str) -> Routing | None:
    """Who is invoiced for a sponsor by a table of names, None when it is in none of them.

    The very spelling counts first, then any that is the same name. Where several of these say
    different things it is not settled.
    """
    if sponsor in routing:
        return routing[sponsor]
    routings = _by_name(tuple(routing.items())).get(same(sponsor), frozenset())
    return next(iter(routings), None) if len(routings) < 2 else Routing.ASK


@lru_cache(maxsize=8)
def _by_name(routing: tuple[tuple[str, Routing], ...]) -> dict[str, frozenset[Routing]]:
    by_name: dict[str, frozenset[Routing]] = {}
    for name, way in routing:
        by_name[same(name)] = by_name.get(same(name), frozenset()) | {way}
    return by_name
