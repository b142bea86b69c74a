"""What the tests tell stories with: sessions, orders, a drawing of fixed bytes, a clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from kara_tui.ledger import (
    BillableSession,
    CreditOrder,
    DraftInvoice,
    GoOnOrder,
    IssueOrder,
    Rendered,
    RenderedDocument,
    fingerprints,
    open_ledger,
)
from kara_tui.ledger.book import Ledger
from kara_tui.model import File, Money, Month, Routing, Series, Session, total

OCTOBER = Month(2026, 10)
NOVEMBER = Month(2026, 11)
START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


@dataclass
class Clock:
    """A clock that goes on by a second each time it is looked at."""

    at: datetime = START

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


def session(
    day: date,
    *,
    at: time | None = time(9, 0),
    price: int = 6500,
    currency: str = "EUR",
    service: str = "Therapy",
    professional: str = "Þóra Ægisdóttir",
    sponsor: str = "Acme",
    payment_id: str = "",
) -> Session:
    return Session(
        row=2, source="paid.csv", date=day, time=at, service=service, price=Money(price, currency),
        professional=professional, professional_email="thora@example.is", sponsor=sponsor,
        payment_id=payment_id,
    )  # fmt: skip


def month_of_sessions(month: Month, count: int = 3, *, currency: str = "EUR") -> list[Session]:
    return [
        session(
            month.first + timedelta(days=index % 28),
            at=time(9 + index // 28 % 12),
            currency=currency,
        )
        for index in range(count)
    ]


def draft(
    sessions: Sequence[Session], month: Month, prints: Sequence[str] | None = None
) -> DraftInvoice:
    currency = sessions[0].price.currency
    net = total((item.price for item in sessions), currency)
    return DraftInvoice(
        net=net,
        vat=Money(0, currency),
        total=net,
        due_on=month.next().first + timedelta(days=9),
        frozen=f'{{"month":"{month}"}}',
        sessions=tuple(
            BillableSession(item, mark, late=item.date < month.first)
            for item, mark in zip(sessions, prints or fingerprints(sessions), strict=True)
        ),
    )


def order(
    month: Month = OCTOBER,
    *drafts: DraftInvoice,
    profile: str = "default",
    supplier: str = "kennitala 1203894569",
    prefix: str = "KC-",
    last_used: int = 0,
    today: date | None = None,
) -> IssueOrder:
    return IssueOrder(
        profile=profile,
        supplier=supplier,
        series=Series(prefix, last_used),
        month=month,
        today=today or month.next().first,
        drafts=drafts or (draft(month_of_sessions(month), month),),
    )


def render(numbers: tuple[str, ...]) -> Rendered:
    return Rendered(
        tuple(
            RenderedDocument(
                File(f"{number}.pdf", b"%PDF-1.7 " + number.encode()),
                File(f"{number}.xlsx", b"PK " + number.encode()),
            )
            for number in numbers
        ),
        File(f"{'+'.join(numbers)}.eml", b"Subject: " + ", ".join(numbers).encode()),
    )


def credit_order(number: str, today: date = date(2026, 12, 31), profile: str = "") -> CreditOrder:
    return CreditOrder(number, "A session was wrong.", today, '{"credit":true}', profile)


def go_on_order(
    value: int,
    *,
    profile: str = "default",
    supplier: str = "kennitala 1203894569",
    prefix: str = "KC-",
) -> GoOnOrder:
    return GoOnOrder(
        profile, supplier, Series(prefix, 0), value, "The newer ledger is lost with its disk."
    )


def set_route(ledger: Ledger, profile: str, sponsor: str, route: Routing) -> None:
    """An answer about a sponsor as ledgers kept it before the profile did: it stays readable."""
    with ledger._act("route") as entry:
        entry.add("routes", profile=profile, sponsor=sponsor, route=route.value, note="")


def opened(folder: Path, clock: Clock | None = None) -> Ledger:
    return open_ledger(folder / "data" / "ledger.sqlite", now=clock or Clock())
