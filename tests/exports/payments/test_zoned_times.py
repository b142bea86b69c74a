"""Times with a zone: each is converted, and what only a person can know is asked."""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kara_tui.exports import months
from kara_tui.ledger import fingerprints
from kara_tui.model import HowToRead, Month
from kara_tui.model.invoice import lines_of
from tests.exports.payments.test_date_column import when
from tests.exports.samples import (
    as_csv,
    blockers,
    codes,
    read_bytes,
    read_large,
    read_rows,
    row,
    sessions,
    the,
)

REYKJAVIK = HowToRead(time_zone="Atlantic/Reykjavik")
STOCKHOLM = HowToRead(time_zone="Europe/Stockholm")
NEW_YORK = HowToRead(time_zone="America/New_York")
UTC_TIMES = HowToRead(time_zone="UTC")
NOVEMBER = Month(2026, 11)


def test_times_without_a_zone_beside_zoned_ones_are_asked_about() -> None:
    dates = [row(date="2026-10-31T23:30:00Z"), row(date="2026-10-31 23:30"), row(date="2026-10-31")]
    export = read_rows(*dates, how=STOCKHOLM)
    found = the(export, "time-zone-mixed")
    assert found.is_blocker
    assert found.rows == (3,)
    assert "row 2, “2026-10-31T23:30:00Z”" in found.message
    assert "row 3, “2026-10-31 23:30”" in found.message
    # The zoned one is in November there, and the date alone is what it says.
    assert [session.row for session in sessions(export, NOVEMBER)] == [2]
    assert [session.row for session in sessions(export)] == [4]


@pytest.mark.parametrize(
    ("dates", "how", "means"),
    [
        (
            ["2026-10-31T23:30:00Z", "2026-10-31 23:30"],
            REYKJAVIK,
            ["2026-10-31 23:30:00", "2026-10-31 23:30:00"],
        ),
        (
            ["2026-10-20T10:00:00+02:00", "2026-10-31T10:00+01:00", "2026-10-21 9:00"],
            STOCKHOLM,
            ["2026-10-20 10:00:00", "2026-10-31 10:00:00", "2026-10-21 09:00:00"],
        ),
    ],
)
def test_times_without_a_zone_need_no_answer_where_both_readings_are_one(
    dates: list[str], how: HowToRead, means: list[str]
) -> None:
    assert when(*dates, how=how) == means


@pytest.mark.parametrize(
    ("dates", "zone"),
    [
        (["2026-01-14T10:00:00Z", "2026-07-14 10:00"], "Europe/London"),  # winter, then summer
        (["2026-07-14T10:00Z", "2026-07-15T10:00+02:00", "2026-07-16 10:00"], "Europe/Stockholm"),
    ],
)
def test_zones_that_are_not_all_the_user_s_settle_nothing(dates: list[str], zone: str) -> None:
    export = read_rows(*(row(date=date) for date in dates), how=HowToRead(time_zone=zone))
    assert blockers(export) == {"time-zone-mixed"}


def test_a_zoned_midnight_is_converted_like_every_other_time() -> None:
    dates = ["2026-11-01T00:00:00+02:00", "2026-10-05T09:00:00+02:00"]
    assert when(*dates, how=REYKJAVIK) == ["2026-10-31 22:00:00", "2026-10-05 07:00:00"]


@pytest.mark.parametrize(
    ("text", "how", "as_date", "as_moment"),
    [
        ("2026-11-01T00:00:00+02:00", REYKJAVIK, "1 November 2026", "31 October 2026 22:00"),
        ("2026-11-01T00:00:00Z", NEW_YORK, "1 November 2026", "31 October 2026 20:00"),
    ],
)
def test_midnights_alone_that_would_be_another_day_are_asked_about_with_both_readings(
    text: str, how: HowToRead, as_date: str, as_moment: str
) -> None:
    export = read_rows(row(date=text), how=how)
    found = the(export, "time-zone-needed")
    assert found.is_blocker
    assert as_date in found.message
    assert as_moment in found.message
    assert not months(export)


def test_the_two_answers_about_midnights_alone_are_both_understood() -> None:
    text = "2026-11-01T00:00:00Z"
    hint = the(read_rows(row(date=text), how=NEW_YORK), "time-zone-needed").hint
    assert "--time-zone UTC" in hint
    assert when(text, how=UTC_TIMES) == ["2026-11-01"]
    assert hint.endswith(" 2026-10-31 20:00")
    assert when("2026-10-31 20:00", how=NEW_YORK) == ["2026-10-31 20:00:00"]


def test_midnights_alone_on_the_same_day_in_both_readings_are_dates() -> None:
    export = read_rows(
        row(date="2026-10-31T00:00:00Z"), row(date="2026-10-14T00:00:00.000Z"), how=STOCKHOLM
    )
    assert "times-all-midnight" in codes(export)
    assert not blockers(export)
    assert [(str(s.date), s.time) for s in sessions(export)] == [
        ("2026-10-31", None),
        ("2026-10-14", None),
    ]


def test_midnights_alone_need_a_zone_as_other_times_do() -> None:
    assert blockers(read_rows(row(date="2026-10-31T00:00:00Z"))) == {"time-zone-needed"}


def test_local_midnights_that_a_program_wrote_in_utc_are_dates() -> None:
    # JavaScript's toISOString of dates, in Stockholm on both sides of the clocks' change.
    dates = ["2026-10-13T22:00:00.000Z", "2026-10-30T23:00:00.000Z"]
    export = read_rows(*(row(date=date) for date in dates), how=STOCKHOLM)
    assert "times-all-midnight" in codes(export)
    assert not export.has_times
    assert [(str(s.date), s.time) for s in sessions(export)] == [
        ("2026-10-14", None),
        ("2026-10-31", None),
    ]


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("2099-12-31T23:59:00-12:00", "Europe/Stockholm"),
        ("2000-01-01T00:30:00+12:00", "UTC"),
    ],
)
def test_a_time_that_leaves_the_years_of_the_reader_is_named(text: str, zone: str) -> None:
    export = read_rows(row(), row(date=text), how=HowToRead(time_zone=zone))
    found = the(export, "date-unreadable")
    assert found.rows == (3,)
    assert f"“{text}” is no date from 2000 to 2099 in {zone}" in found.message
    assert len(sessions(export)) <= 1


@pytest.mark.parametrize("offset", ["+25:00", "-13:00", "+14:30", "+99"])
@pytest.mark.parametrize("how", [HowToRead(), STOCKHOLM])
def test_an_offset_that_no_zone_has_is_the_cell_s_fault(offset: str, how: HowToRead) -> None:
    export = read_rows(row(date=f"2026-10-31T10:00:00{offset}"), how=how)
    assert blockers(export) == {"date-unreadable"}
    assert "-12:00 to +14:00" in the(export, "date-unreadable").message


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("2026-10-14 10:00 CEST", "2026-10-14 10:00:00"),
        ("2026-10-31 10:00 CET", "2026-10-31 10:00:00"),
        ("31.10.2026 10:00 EET", "2026-10-31 09:00:00"),
        ("2026-10-14 10:00 BST", "2026-10-14 11:00:00"),
        ("2026-10-14 10:00 WEST", "2026-10-14 11:00:00"),
        # The hour that comes twice, once in each.
        ("2026-10-25 02:30 CEST", "2026-10-25 02:30:00"),
        ("2026-10-25 02:30 CET", "2026-10-25 02:30:00"),
        ("2026-10-31 10:00 UTC+1", "2026-10-31 10:00:00"),
        ("Sat Oct 31 2026 10:00:00 GMT+0100 (Central European Time)", "2026-10-31 10:00:00"),
    ],
)
def test_a_zone_may_be_abbreviated_or_named(text: str, means: str) -> None:
    assert when(text, how=STOCKHOLM) == [means]


@pytest.mark.parametrize("text", ["2026-10-31 10:00 CEST", "2026-07-14 10:00 CET"])
def test_an_abbreviation_that_clocks_did_not_show_that_day_is_not_taken(text: str) -> None:
    export = read_rows(row(date=text), how=REYKJAVIK)
    assert "did not have on that day" in the(export, "date-unreadable").message


@pytest.mark.parametrize("name", ["Mars/Olympus", "../../etc/passwd", "Europe"])
def test_a_zone_that_is_none_blocks_with_the_option_that_names_one(name: str) -> None:
    export = read_rows(row(date="2026-10-31T10:00Z"), how=HowToRead(time_zone=name))
    found = the(export, "time-zone-needed")
    assert "not known on this system" in found.message
    assert "--time-zone" in found.hint


MOMENTS = st.datetimes(datetime(2026, 3, 1), datetime(2026, 11, 30)).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)
MIDNIGHTS = MOMENTS.map(lambda moment: moment.replace(hour=0, minute=0))
ZONES = st.sampled_from(
    ["Atlantic/Reykjavik", "Europe/Dublin", "Europe/Stockholm", "Atlantic/Azores", "Asia/Tokyo"]
)


@settings(deadline=None, max_examples=60)
@given(st.lists(MIDNIGHTS | MOMENTS, min_size=1, max_size=5), ZONES)
def test_what_a_zoned_cell_means_does_not_hang_on_the_other_rows(
    moments: list[datetime], name: str
) -> None:
    how = HowToRead(time_zone=name)
    together = dates_of([f"{moment.isoformat()}Z" for moment in moments], how)
    for moment, day in zip(moments, together, strict=True):
        expected = moment.replace(tzinfo=UTC).astimezone(ZoneInfo(name)).date()
        [alone] = dates_of([f"{moment.isoformat()}Z"], how)
        # A question is no answer; an answer is the same, alone and beside others.
        assert {str(expected), "None"} >= {day, alone}


def dates_of(texts: list[str], how: HowToRead) -> list[str]:
    frame = read_rows(*(row(date=text) for text in texts), how=how).frame.collect()
    return [str(day) for day in frame["date"].to_list()]


DUBLIN = HowToRead(time_zone="Europe/Dublin")
IN_DUBLIN = [
    ("2026-10-05 10:00 IST", "2026-10-05 10:00:00"),
    ("5 October 2026 10:00 am IST", "2026-10-05 10:00:00"),
    ("2026-10-26 10:00 GMT", "2026-10-26 10:00:00"),
    ("2026-10-05 10:00 GMT", "2026-10-05 11:00:00"),
    ("2026-10-05 10:00 (IST)", "2026-10-05 10:00:00"),
    ("2026-10-05T10:00:00+01:00[Europe/Dublin]", "2026-10-05 10:00:00"),
    ("2026-10-05T10:00[Europe/Dublin]", "2026-10-05 10:00:00"),
    ("2026-10-05 10:00 Europe/Stockholm", "2026-10-05 09:00:00"),
    ("2026-10-05 10:00 Etc/GMT-1", "2026-10-05 10:00:00"),
    ("Mon Oct 05 2026 10:00:00 GMT+0100 (Irish Standard Time)", "2026-10-05 10:00:00"),
    ("2026-10-05 10:00 +1", "2026-10-05 10:00:00"),
    ("2026-10-05 10:00 -3", "2026-10-05 14:00:00"),
    ("2026-10-05 10:00 +0130", "2026-10-05 09:30:00"),
    ("2026-10-05 10:00 UTC +01:00", "2026-10-05 10:00:00"),
    ("2026-10-05 10:00 (UTC+01:00)", "2026-10-05 10:00:00"),
    ("2026-10-05 12:00 MSK", "2026-10-05 10:00:00"),
    ("2026-10-05 10:00 BST", "2026-10-05 10:00:00"),
]


@pytest.mark.parametrize(("text", "means"), IN_DUBLIN)
def test_a_zone_is_read_by_the_user_s_own_clocks_and_by_its_place(text: str, means: str) -> None:
    assert when(text, how=DUBLIN) == [means]


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("2026-10-05 10:00 IST", "Asia/Kolkata"),
        ("2026-10-05 10:00 AEST", "Australia/Brisbane"),
        ("2026-01-05 10:00 EST", "America/New_York"),
    ],
)
def test_an_abbreviation_of_the_user_s_zone_is_that_one_s(text: str, zone: str) -> None:
    assert when(text, how=HowToRead(time_zone=zone)) == [f"{text[:16]}:00"]


@pytest.mark.parametrize("word", ["IST", "AEST", "EST", "CST"])
@pytest.mark.parametrize("how", [STOCKHOLM, HowToRead()])
def test_an_abbreviation_that_is_another_elsewhere_is_asked_about_by_name(
    word: str, how: HowToRead
) -> None:
    export = read_rows(row(date=f"2026-01-05 10:00 {word}"), how=how)
    found = the(export, "time-zone-needed")
    assert found.is_blocker
    assert f"“{word}” (first in row 2)" in found.message
    assert "--time-zone" in found.hint


def test_irish_time_in_winter_is_no_time_in_dublin() -> None:
    export = read_rows(row(date="2026-12-05 10:00 IST"), how=DUBLIN)
    assert "did not have on that day" in the(export, "date-unreadable").message


@pytest.mark.parametrize("text", ["2026-10-05 10:00 Anna", "2026-10-05 10:00[Mars/Olympus]"])
def test_a_word_that_no_clock_shows_is_no_zone_and_not_quoted(text: str) -> None:
    export = read_rows(row(date=text), how=DUBLIN)
    assert blockers(export) == {"date-unreadable"}
    assert text[17:] not in repr(export.findings)


def test_the_hour_that_comes_twice_is_two_moments(tmp_path: Path) -> None:
    rows = [
        row(date="2026-10-25 01:30 GMT"),
        row(date="2026-10-25 01:30 IST"),
        row(date="2026-10-26 09:00 GMT"),
    ]
    data = as_csv(rows).encode()
    for export in (read_bytes(data, how=DUBLIN), read_large(tmp_path, data, how=DUBLIN)):
        later, sooner, other = sessions(export)
        assert later.time == sooner.time == time(1, 30)
        assert [one.time and one.time.fold for one in (later, sooner, other)] == [1, 0, 0]
        assert len(set(fingerprints([later, sooner]))) == 2
        folds = [line.time and line.time.fold for line in lines_of([later, sooner, other])]
        assert folds == [0, 1, 0]
