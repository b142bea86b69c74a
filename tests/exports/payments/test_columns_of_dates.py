"""Several columns that say when: which rules, and which the user's answer is for."""

from __future__ import annotations

from datetime import time

import pytest

from kara_tui.exports import Export
from kara_tui.model import HowToRead
from tests.exports.samples import (
    HEADER,
    Cell,
    as_csv,
    blockers,
    codes,
    read_bytes,
    read_text,
    row,
    sessions,
    the,
    workbook,
)

AS_WRITTEN = HowToRead()


def with_column(
    name: str, cells: list[str], date: str = "2026-10-14", how: HowToRead = AS_WRITTEN
) -> Export:
    """Payments with one more column, and the date that goes for each."""
    rows = [row(date=date) | {name: cell} for cell in cells]
    return read_text(as_csv(rows, [name, *HEADER]), how)


def test_a_session_start_that_holds_clock_times_is_the_time_and_not_the_date() -> None:
    export = with_column("Session start", ["10:00", "11.30 - 12.20", "2:30 PM", ""])
    assert not blockers(export)
    assert "“Session start”" in the(export, "start-time-used").message
    assert "session-date-used" not in codes(export)
    found = [(str(s.date), s.time) for s in sessions(export)]
    assert found == [
        ("2026-10-14", clock) for clock in (time(10), time(11, 30), time(14, 30), None)
    ]


def test_a_session_start_with_typed_times_is_the_time_too() -> None:
    rows: list[list[Cell]] = [
        ["Session start", *HEADER],
        [10 / 24, *row(date="2026-10-14").values()],
    ]
    [session] = sessions(read_bytes(workbook(rows)))
    assert (str(session.date), session.time) == ("2026-10-14", time(10))


def test_a_session_start_with_dates_is_the_date_as_before() -> None:
    export = with_column("Session start", ["2026-10-13 10:00", "2026-10-12 11:00"])
    assert "session-date-used" in codes(export)
    assert [str(session.date) for session in sessions(export)] == ["2026-10-13", "2026-10-12"]


@pytest.mark.parametrize("cells", [["10:00", "2026-10-13"], ["14.10", "15.10"], ["10:00", "soon"]])
def test_a_session_column_that_is_not_all_times_is_read_as_dates(cells: list[str]) -> None:
    # 14.10 may be 14 October without its year.
    found = the(with_column("Session start", cells), "date-unreadable")
    assert found.is_blocker
    assert found.column == "Session start"


def test_an_answer_about_the_order_is_for_the_column_that_asked() -> None:
    cells = ["10/05/2026", "10/06/2026"]
    asked = with_column("Session date", cells, "14/10/2026 10:00")
    assert the(asked, "date-order").column == "Session date"
    export = with_column("Session date", cells, "14/10/2026 10:00", HowToRead(date_order="mdy"))
    assert not blockers(export)
    assert [str(session.date) for session in sessions(export)] == ["2026-10-05", "2026-10-06"]


def test_an_answer_that_no_column_asked_for_is_held_against_all() -> None:
    export = with_column("Session date", ["13/10/2026"], "14/10/2026", HowToRead(date_order="mdy"))
    assert blockers(export) == {"date-unreadable"}


def test_one_payment_without_a_session_date_is_said_in_the_singular() -> None:
    export = with_column("Session date", ["2026-10-13", ""])
    assert the(export, "session-date-missing").message.startswith("1 payment has nothing")
