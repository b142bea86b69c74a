"""The dates as an iCalendar file that can be made again and again (RFC 5545).

A calendar program goes by UID and SEQUENCE: an entry keeps its UID from file to file, whatever the
month or the machine, and its SEQUENCE is higher whenever its day or its state is another one. Both
come from what the ledger holds and not from the clock, so that the same state is the same entry.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from kara_tui.issued.overview import DocumentStanding, Overview
from kara_tui.model import DocumentKind
from kara_tui.month_end.deadlines import pay_day
from kara_tui.settings import Profile

# An invoice that is settled stays in the file for a year, as cancelled, so that its entry goes from
# a calendar that has it; older ones lie far behind in any calendar.
SETTLED_KEPT = timedelta(days=366)

# A change of state counts more than any delay in days: an invoice not sent for 27 years.
_STATE = 10_000


@dataclass(frozen=True, slots=True)
class _CalendarEntry:
    uid: str
    day: date
    summary: str
    sequence: int = 0
    is_cancelled: bool = False


def calendar_file(home: Overview, profile: Profile) -> bytes:
    """The month's dates, and the pay day of every open invoice, as an iCalendar file.

    Invoices that were paid or cancelled of late are in it as cancelled entries.
    """
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//kara-tui//month end//EN")
    calendar.add("version", "2.0")
    made = datetime.combine(home.today, datetime.min.time(), UTC)
    for entry in (*_of_month(home, profile), *_of_invoices(home, profile)):
        event = Event()
        event.add("uid", f"{entry.uid}.{profile.name}@kara-tui")
        event.add("sequence", entry.sequence)
        event.add("dtstamp", made)
        event.add("last-modified", made)
        event.add("dtstart", entry.day)
        event.add("summary", entry.summary)
        event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
        event.add("transp", "TRANSPARENT")  # a day to know of takes no time
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _of_month(home: Overview, profile: Profile) -> Iterator[_CalendarEntry]:
    """The days to send on, and the pay day as long as no invoice has one of its own."""
    month = home.month
    yield _CalendarEntry(
        f"{month}-safe", home.deadlines.safe, f"Send the {month} invoice to Kara Connect (safe)"
    )
    yield _CalendarEntry(
        f"{month}-last",
        home.deadlines.last,
        f"Last day to send the {month} invoice to Kara Connect",
    )
    open_months = {
        standing.document.month for standing in home.standings if standing.document.is_open
    }
    for each in sorted({month, *open_months}):
        of_month = [standing for standing in home.standings if standing.document.month == each]
        days = [_day(standing, profile) for standing in of_month if standing.document.stands]
        in_time = pay_day(each, each.last, [profile.calendar])
        day = max(days, default=home.deadlines.pay)
        yield _CalendarEntry(
            f"{each}-pay",
            day,
            f"Kara Connect pays the {each} invoice by today",
            # A document more is a change of the month, as what is said of one.
            _STATE * sum(1 + standing.document.changes for standing in of_month)
            + (day - in_time).days,
            is_cancelled=bool(days),
        )


def _of_invoices(home: Overview, profile: Profile) -> Iterator[_CalendarEntry]:
    for standing in home.standings:
        document = standing.document
        is_settled_long_ago = (
            not document.is_open and home.today - document.issued_on > SETTLED_KEPT
        )
        if document.kind is not DocumentKind.INVOICE or is_settled_long_ago:
            continue
        in_time = pay_day(document.month, document.month.last, [profile.calendar])
        day = _day(standing, profile)
        yield _CalendarEntry(
            document.number,
            day,
            f"Payment of {document.number} expected",
            _STATE * document.changes + (day - in_time).days,
            is_cancelled=not document.is_open,
        )


def _day(standing: DocumentStanding, profile: Profile) -> date:
    """When its money is expected; of one that was settled without being sent, when it was."""
    sent = standing.document.sent_on or standing.document.issued_on
    return standing.pay_on or pay_day(standing.document.month, sent, [profile.calendar])
