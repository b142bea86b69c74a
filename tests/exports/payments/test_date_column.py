"""Dates and times as people and spreadsheets write them, understood column by column."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kara_tui.exports import select
from kara_tui.model import HowToRead, Month
from tests.exports.samples import OCTOBER, blockers, codes, read_rows, row, sessions, the


def when(*dates: str, how: HowToRead = HowToRead()) -> list[str]:  # noqa: B008 - a frozen value
    export = read_rows(*(row(date=date) for date in dates), how=how)
    assert not blockers(export), export.findings
    every = [export.frame.collect().row(i, named=True) for i in range(export.rows)]
    return [f"{one['date']} {one['time'] or ''}".strip() for one in every]


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("2026-10-31", "2026-10-31"),
        ("2026-10-31 23:59", "2026-10-31 23:59:00"),
        ("2026-10-31T23:59:59", "2026-10-31 23:59:59"),
        ("2026-10-31 23:59:59.999", "2026-10-31 23:59:59"),
        ("2026/10/31 7:05", "2026-10-31 07:05:00"),
        ("2026.10.31", "2026-10-31"),
        ("20261031", "2026-10-31"),
        ("31.10.2026", "2026-10-31"),
        ("31. 10. 2026", "2026-10-31"),
        ("31.10.2026 kl. 14.30", "2026-10-31 14:30:00"),
        ("31/10/2026, 14:30", "2026-10-31 14:30:00"),
        ("31-10-2026 14:30:15", "2026-10-31 14:30:15"),
        ("31.10.26", "2026-10-31"),
        ("10/31/2026 2:30 PM", "2026-10-31 14:30:00"),
        ("10/31/2026 12:30 a.m.", "2026-10-31 00:30:00"),
        ("10/31/2026 12:30pm", "2026-10-31 12:30:00"),
        ("31 October 2026", "2026-10-31"),
        ("October 31, 2026 at 2:30 PM", "2026-10-31 14:30:00"),
        ("Sat, 31 Oct 2026 14:30", "2026-10-31 14:30:00"),
        ("31st October 2026", "2026-10-31"),
        ("31-Oct-26", "2026-10-31"),
        ("31. október 2026", "2026-10-31"),
        ("laugardagur, 31. okt. 2026 kl. 9:05", "2026-10-31 09:05:00"),
        ("lördag 31 oktober 2026", "2026-10-31"),
        ("31. desember 2026", "2026-12-31"),
        ("31. Dezember 2026 14:30 Uhr", "2026-12-31 14:30:00"),
        ("31. mai 2026", "2026-05-31"),
        ("46326", "2026-10-31"),
        ("46326.75", "2026-10-31 18:00:00"),
        ("46326,75", "2026-10-31 18:00:00"),
    ],
)
def test_a_date_that_can_be_read_in_one_way_is_read(text: str, means: str) -> None:
    assert when(text) == [means]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "31.02.2026",
        "2026-13-01",
        "2026-02-30",
        "2026-10-31 24:00",
        "2026-10-31 10:60",
        "2026-10-31 10:00:60",  # was moved to the next minute, and at the edge to the next month
        "10/31/2026 13:00 PM",
        "0026-10-31",
        "1926-10-31",
        "2126-10-31",
        "31.10.126",
        "2026-10-31 banana",
        "2026-10-31 10:00 CEST",
        "２０２６-10-31",
        "31.10-2026",
        "1e5",
        "Blursday 31 October 2026",
        "31 Octember 2026",
    ],
)
def test_what_is_no_date_blocks_with_its_row_and_column(text: str) -> None:
    export = read_rows(row(), row(date=text))
    found = the(export, "date-unreadable")
    assert found.is_blocker
    assert found.rows == (3,)
    assert found.column == "Transaction date"


def test_one_day_above_twelve_settles_the_order_of_the_whole_column() -> None:
    assert when("03.04.2026", "31.10.2026") == ["2026-04-03", "2026-10-31"]
    assert when("03/04/2026", "10/31/2026") == ["2026-03-04", "2026-10-31"]


def test_dates_that_can_be_read_two_ways_are_asked_about_with_both_readings() -> None:
    export = read_rows(row(date="10.10.2026"), row(date="03.04.2026"))
    found = the(export, "date-order")
    assert found.is_blocker
    assert (
        "row 3, “03.04.2026”, is 3 April 2026 with the day first or 4 March 2026" in found.message
    )
    assert "--date-order dmy" in found.hint
    assert "--date-order mdy" in found.hint


def test_the_user_s_answer_settles_the_order() -> None:
    assert when("03.04.2026", how=HowToRead(date_order="dmy")) == ["2026-04-03"]
    assert when("03.04.2026", how=HowToRead(date_order="mdy")) == ["2026-03-04"]
    assert when("03-04-05", how=HowToRead(date_order="ymd")) == ["2003-04-05"]


def test_dates_that_mean_the_same_in_every_order_are_not_asked_about() -> None:
    assert when("10.10.2026", "05.05.2026") == ["2026-10-10", "2026-05-05"]


def test_dates_of_two_orders_in_one_column_are_named_and_not_mended() -> None:
    # Excel turns 04.03.2026 into a date of its own order and leaves 31.03.2026 as text.
    found = the(read_rows(row(date="31/10/2026"), row(date="10/30/2026")), "date-mixed")
    assert found.is_blocker
    assert "row 2, “31/10/2026”" in found.message
    assert "row 3, “10/30/2026”" in found.message


def test_an_answer_that_does_not_fit_names_the_cells_it_does_not_fit() -> None:
    export = read_rows(row(date="31.10.2026"), how=HowToRead(date_order="mdy"))
    assert "month first" in the(export, "date-unreadable").message


def test_two_digit_years_are_never_years_of_the_first_century() -> None:
    assert when("31.10.26") == ["2026-10-31"]


def test_dashed_two_digit_years_may_come_first_and_are_asked_about() -> None:
    assert "date-order" in codes(read_rows(row(date="26-10-11")))
    assert when("26-10-31", "40-11-30") == ["2026-10-31", "2040-11-30"]


def test_months_by_name_and_iso_dates_are_no_evidence_for_the_others() -> None:
    assert "date-order" in codes(read_rows(row(date="2026-10-31"), row(date="03.04.2026")))


def test_day_numbers_are_said_to_have_been_read_as_such() -> None:
    found = the(read_rows(row(date="46326")), "date-serial")
    assert "2026-10-31" in found.message


def test_times_that_are_all_midnight_are_dates_without_times() -> None:
    export = read_rows(row(date="2026-10-30 00:00:00"), row(date="2026-10-31 00:00"))
    assert not export.has_times
    assert "times-all-midnight" in codes(export)
    assert all(session.time is None for session in sessions(export))


def test_one_other_time_makes_midnight_a_time() -> None:
    export = read_rows(row(date="2026-10-30 00:00"), row(date="2026-10-31 10:00"))
    assert export.has_times
    assert all(session.time is not None for session in sessions(export))


def test_zoned_times_need_the_zone_to_show_them_in() -> None:
    export = read_rows(row(date="2026-10-31T23:30:00Z"))
    assert the(export, "time-zone-needed").is_blocker
    assert not sessions(export)
    assert not sessions(export, Month(2026, 11))


@pytest.mark.parametrize(
    ("text", "zone", "means"),
    [
        ("2026-10-31T23:30:00Z", "Atlantic/Reykjavik", "2026-10-31 23:30:00"),
        ("2026-10-31T23:30:00Z", "Europe/Stockholm", "2026-11-01 00:30:00"),
        ("2026-10-31T23:30:00-02:00", "Atlantic/Reykjavik", "2026-11-01 01:30:00"),
        ("2026-10-31 23:30 +0200", "UTC", "2026-10-31 21:30:00"),
        ("Sat, 31 Oct 2026 23:30:00 GMT", "Europe/London", "2026-10-31 23:30:00"),
        # The hour that summer time skips in spring, and the one it gives twice in autumn.
        ("2026-03-29T01:30:00Z", "Europe/Stockholm", "2026-03-29 03:30:00"),
        ("2026-10-25T00:30:00Z", "Europe/Stockholm", "2026-10-25 02:30:00"),
        ("2026-10-25T01:30:00Z", "Europe/Stockholm", "2026-10-25 02:30:00"),
    ],
)
def test_zoned_times_become_wall_clock_times_of_the_chosen_zone(
    text: str, zone: str, means: str
) -> None:
    assert when(text, how=HowToRead(time_zone=zone)) == [means]


def test_an_unknown_zone_is_asked_about_and_not_guessed() -> None:
    export = read_rows(row(date="2026-10-31T10:00Z"), how=HowToRead(time_zone="Mars/Olympus"))
    assert the(export, "time-zone-needed").is_blocker


def test_times_without_a_zone_are_the_same_wherever_the_machine_stands() -> None:
    program = (
        "import io\n"
        "from kara_tui.exports import ExportKind, read, select\n"
        "from kara_tui.model import Month\n"
        "from tests.exports.samples import as_csv, row\n"
        "text = as_csv([row(date='2026-10-01 00:00'), row(date='2026-10-31 23:59'),"
        " row(date='2026-03-29 02:30')])\n"
        "export = read(io.BytesIO(text.encode()), ExportKind.PAID)\n"
        "print([str(s.time) for s in select(export, Month(2026, 10)).sessions],"
        " [str(s.time) for s in select(export, Month(2026, 3)).sessions])\n"
    )
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Stockholm"):
        done = subprocess.run(
            [sys.executable, "-c", program],
            env=os.environ | {"TZ": zone},
            cwd=Path(__file__).parents[3],
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout == "['00:00:00', '23:59:00'] ['02:30:00']\n"


def test_a_million_bad_cells_are_one_finding_with_a_count() -> None:
    export = read_rows(*(row(date=f"never {i}") for i in range(300)))
    found = the(export, "date-unreadable")
    assert found.count == 300
    assert found.rows == tuple(range(2, 22))


def test_rows_without_a_date_are_in_no_month() -> None:
    export = read_rows(row(date="x"), row())
    assert len(select(export, OCTOBER).sessions) == 1
