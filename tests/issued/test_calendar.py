"""The calendar made again: every entry keeps its name, and moves when its day does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import icalendar
import pytest

from kara_tui import issued
from kara_tui.headless.standings import home_document
from kara_tui.model import Month
from kara_tui.month_end import Request, issue, prepare
from kara_tui.settings import load
from tests.month_end.test_acts import a_home, october, row


@pytest.fixture
def home() -> Iterator[Path]:
    """October is invoiced on 2 November 2026 and not sent."""
    with a_home() as folder:
        issue(prepare(october(folder, row())))
        yield folder


@dataclass(frozen=True)
class Entry:
    day: date
    sequence: int
    is_cancelled: bool
    summary: str


def entries(today: date, profile: str = "default") -> dict[str, Entry]:
    """The file of a day as a calendar program reads it, by UID."""
    mine = load(profile)
    calendar = icalendar.Calendar.from_ical(
        issued.calendar_file(issued.overview_of(mine, today), mine)
    )
    events = calendar.walk("VEVENT")
    found = {
        str(event["UID"]): Entry(
            event.decoded("DTSTART"),
            event.decoded("SEQUENCE"),
            str(event["STATUS"]) == "CANCELLED",
            str(event["SUMMARY"]),
        )
        for event in events
    }
    assert len(found) == len(events)
    return found


def of(number: str, today: date) -> Entry:
    return entries(today)[f"{number}.default@kara-tui"]


def november(home: Path, today: date) -> Request:
    request = october(home, row("2026-11-12 10:00"))
    return replace(request, today=today, month=Month(2026, 11))


def credited(home: Path) -> None:
    request = replace(october(home), today=date(2026, 11, 3))
    issued.cancel(request, "KC-0011", "A session was missing.")


def test_each_open_invoice_has_a_day_of_its_own_by_when_it_was_sent(home: Path) -> None:
    """November is sent on Tuesday 8 December, late: the 7th working day after it is the 17th."""
    issued.mark_sent("KC-0011", "default", date(2026, 11, 3))
    issue(prepare(november(home, date(2026, 12, 2))))
    issued.mark_sent("KC-0012", "default", date(2026, 12, 8))
    today = date(2026, 12, 8)
    now = issued.overview_of(load("default"), today)

    assert of("KC-0011", today).day == date(2026, 11, 10)
    assert of("KC-0012", today).day == date(2026, 12, 17)
    assert {one.document.number: one.pay_on for one in now.standings} == {
        "KC-0011": date(2026, 11, 10), "KC-0012": date(2026, 12, 17),
    }  # fmt: skip
    assert home_document(now)["deadlines"]["pay"] == "2026-12-17"
    assert date(2026, 12, 9) not in {one.day for one in entries(today).values()}


def test_an_entry_keeps_its_uid_from_month_to_month(home: Path) -> None:
    uids = [
        {uid for uid, one in entries(today).items() if "KC-0011" in one.summary}
        for today in (date(2026, 11, 2), date(2026, 12, 8), date(2027, 1, 5), date(2027, 11, 5))
    ]
    assert uids == [{"KC-0011.default@kara-tui"}] * 4


def test_two_profiles_share_no_entry(home: Path) -> None:
    other = (home / "profiles" / "default.toml").read_bytes()
    (home / "profiles" / "clinic.toml").write_bytes(other)
    today = date(2026, 11, 2)
    assert not entries(today).keys() & entries(today, "clinic").keys()


@pytest.mark.parametrize(
    "changes",
    [
        [
            lambda: issued.mark_sent("KC-0011", "default", date(2026, 11, 9)),
            lambda: issued.mark_sent("KC-0011", "default", date(2026, 11, 3)),
            lambda: issued.mark_sent("KC-0011", "default", date(2026, 11, 6)),
            lambda: issued.mark_paid("KC-0011", "default", date(2026, 11, 12)),
        ],
        [lambda: issued.mark_paid("KC-0011", "default", date(2026, 11, 12))],
        [
            lambda: issued.mark_sent("KC-0011", "default", date(2026, 11, 5)),
            lambda: issued.mark_paid("KC-0011", "default", date(2026, 11, 12)),
        ],
    ],
)
def test_the_sequence_rises_with_every_change(
    home: Path, changes: list[Callable[[], object]]
) -> None:
    today = date(2026, 11, 12)
    seen = [
        of("KC-0011", date(2026, 11, 2)),
        of("KC-0011", date(2026, 11, 5)),
        of("KC-0011", today),
    ]
    for change in changes:
        change()
        seen.append(of("KC-0011", today))
    assert seen[-1].is_cancelled
    assert [one.sequence for one in seen] == sorted({one.sequence for one in seen})


def test_an_invoice_not_sent_moves_on_and_its_sequence_with_it(home: Path) -> None:
    days = [of("KC-0011", date(2026, 11, day)) for day in range(2, 31)]
    for earlier, later in pairwise(days):
        assert (later.day > earlier.day) == (later.sequence > earlier.sequence)
        assert (later.day == earlier.day) == (later.sequence == earlier.sequence)
    assert days[0].day == date(2026, 11, 10)
    assert days[-1].day == date(2026, 12, 9)


def test_the_same_state_is_the_same_entry_on_any_day(home: Path) -> None:
    issued.mark_sent("KC-0011", "default", date(2026, 11, 5))
    assert of("KC-0011", date(2026, 11, 5)) == of("KC-0011", date(2027, 3, 1))


def test_a_cancelled_invoice_is_cancelled_in_the_calendar_and_the_month_is_open_again(
    home: Path,
) -> None:
    today = date(2026, 11, 3)
    pay = "2026-10-pay.default@kara-tui"
    before = entries(today)
    credited(home)
    now = entries(today)

    assert before[pay].is_cancelled
    assert not before["KC-0011.default@kara-tui"].is_cancelled
    assert now["KC-0011.default@kara-tui"].is_cancelled
    assert (now[pay].day, now[pay].is_cancelled) == (date(2026, 11, 10), False)
    assert all(now[uid].sequence > before[uid].sequence for uid in before if "-safe" not in uid
               and "-last" not in uid)  # fmt: skip
    assert not [uid for uid in now if "KC-0012" in uid]


def test_a_settled_invoice_leaves_the_file_after_a_year(home: Path) -> None:
    issued.mark_sent("KC-0011", "default", date(2026, 11, 3))
    assert not of("KC-0011", date(2027, 11, 30)).is_cancelled
    issued.mark_paid("KC-0011", "default", date(2026, 11, 10))
    assert of("KC-0011", date(2027, 11, 3)).is_cancelled
    assert "KC-0011.default@kara-tui" not in entries(date(2027, 11, 30))


def test_a_month_not_invoiced_in_time_is_paid_later_and_says_so_everywhere() -> None:
    """On Thursday 5 November the last day has passed: seven working days later is the 16th."""
    with a_home() as folder:
        today = date(2026, 11, 5)
        now = issued.overview_of(load("default"), today)
        assert home_document(now)["deadlines"] == {
            "safe": "2026-11-03", "last": "2026-11-04", "pay": "2026-11-16",
        }  # fmt: skip
        early, late = entries(date(2026, 11, 4)), entries(today)
        pay = "2026-10-pay.default@kara-tui"
        assert (early[pay].day, late[pay].day) == (date(2026, 11, 10), date(2026, 11, 16))
        assert late[pay].sequence > early[pay].sequence
        month_end = prepare(replace(october(folder, row()), today=today))
        assert month_end.deadlines.pay == month_end.invoices[0].due_on == date(2026, 11, 16)
