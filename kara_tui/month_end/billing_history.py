"""What the ledger knows that a month end must respect, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from kara_tui.model import Decision, Month, Routing, Session
from kara_tui.model.names import are_near
from kara_tui.settings.profile import Profile, routing_in

if TYPE_CHECKING:
    from kara_tui.ledger import BilledSession, NearMatch


@dataclass(frozen=True, slots=True)
class Candidate:
    """A session with its fingerprint, the name under which the ledger knows it."""

    fingerprint: str
    session: Session


@dataclass(frozen=True, slots=True)
class IssuedBefore:
    """An invoice of the month: its number and day, and whether a credit note cancelled it."""

    number: str
    issued_on: date
    currency: str
    stands: bool


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A session that the user confirmed in the portal or put off, not billed yet."""

    fingerprint: str
    description: str


@dataclass(frozen=True, slots=True)
class BillingHistory:
    """The ledger's knowledge about one profile, as far as this month end needs it.

    ``last_used`` is where the profile's series stands, 0 when it has not begun. ``billed`` maps
    the fingerprint of each session that stands on an invoice to its number; ``issued`` the months
    already invoiced to their invoices, cancelled ones too; ``decisions`` the answers about unpaid
    sessions; ``routes`` who is invoiced for a sponsor, where the user was asked. ``with_ids`` are
    the billed sessions of a payment id that the exports have.
    """

    last_used: int = 0
    billed: Mapping[str, str] = field(default_factory=dict)
    issued: Mapping[Month, tuple[IssuedBefore, ...]] = field(default_factory=dict)
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    routes: Mapping[str, Routing] = field(default_factory=dict)
    near: tuple[NearMatch, ...] = ()
    with_ids: Mapping[str, tuple[BilledSession, ...]] = field(default_factory=dict)
    confirmed: tuple[Unsettled, ...] = ()
    put_off: tuple[Unsettled, ...] = ()

    def routing_of(self, sponsor: str, profile: Profile) -> Routing:
        """Who is invoiced for a sponsor: the answer that was kept, else what the profile says."""
        return routing_in(self.routes, sponsor) or profile.routing_of(sponsor)

    def near_to(self, sponsor: str, profile: Profile) -> str:
        """A sponsor of whom something else was said and whose name is nearly this one, if any.

        A sponsor of whom something was said is not asked about again.
        """
        if not sponsor or routing_in(self.routes, sponsor) or routing_in(profile.routing, sponsor):
            return ""
        now = profile.routing_default
        routing = {**profile.routing, **self.routes}
        return next(
            (name for name, way in routing.items() if way is not now and are_near(name, sponsor)),
            "",
        )
