"""Large files go by a scan when their lines are proved to be their records; small ones stand in.

Every trap that a lazy CSV scan was seen to fall into is a file here, and the guard it holds up is
in the test's name.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kara_tui.exports import Export, ExportKind, Limits, Unreadable, months, read, select
from kara_tui.model import Finding, HowToRead, Month
from tests.exports.samples import (
    HEADER,
    OCTOBER,
    as_csv,
    blockers,
    codes,
    prices,
    read_bytes,
    read_large,
    row,
    sessions,
    the,
)

ROWS = [
    row(),
    row(price="80.00", date="2026-10-31 23:59:59"),
    row(type="Cash"),
    row(date="2026-09-30 08:00"),
    row(date="2026-03-01"),
]
TEXT = as_csv(ROWS)


def the_same(large: Export, small: Export) -> None:
    """All that an export tells is the same, whichever way it was read."""
    assert [f for f in large.findings if f.rows] == [f for f in small.findings if f.rows]
    assert codes(large) == codes(small)
    assert (large.rows, large.dropped, large.columns) == (small.rows, small.dropped, small.columns)
    assert (large.sha256, large.has_times) == (small.sha256, small.has_times)
    assert months(large) == months(small)
    for month in (OCTOBER, Month(2026, 9)):
        assert select(large, month) == select(small, month)
    assert large.frame.collect().to_dicts() == small.frame.collect().to_dicts()


@pytest.mark.parametrize("kept", [None, OCTOBER, Month(2026, 9)])
@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        TEXT.replace("\n", "\r\n"),
        "\ufeff" + TEXT,
        TEXT.rstrip("\n"),
        TEXT + "\n\n",
        TEXT + "Total,,,,355.00,,,,,\n",
        TEXT + "\nTotal,,,,1.00,,,,,\n\n",
        TEXT + "Total,,,,145.00,EUR,,,,\n",
        TEXT + "Client X,,,,355.00,,,,,\n",
        TEXT + "Net total,,,,145.00,,,,,\nVAT,,,,0.00,,,,,\nTotal EUR,,,,145.00,,,,,\n",
        "Payments\n\n" + TEXT,
        "sep=,\n" + TEXT,
        as_csv(ROWS, separator=";"),
        as_csv([row(service="Couples, 80 min"), row(service='Say "hi"'), *ROWS]),
        as_csv([*ROWS, row(service="  two  blanks\u00a0and\u200bmore "), row(type=" Credit ")]),
        as_csv([row(date="31.10.2026 14:30"), row(date="1.10.2026")]),
        as_csv([row(date="2026-10-30 00:00"), row(date="2026-10-31")]),
        as_csv([row(sponsor="", email="") for _ in range(3)]),
        as_csv([row(date="2026-02-30")]),
        as_csv([row(date="never"), row(price="x"), row(currency="XX"), row(type="")]),
        as_csv([row(price="12.500"), row(date="03.04.2026")]),
        as_csv(ROWS, [*HEADER, "Start time"]),
        as_csv([one | {"Session date": "2026-10-30"} for one in ROWS], [*HEADER, "Session date"]),
    ],
)
def test_a_large_file_tells_the_same_as_a_small_one(
    tmp_path: Path, text: str, kept: Month | None
) -> None:
    data = text.encode()
    large = read_large(tmp_path, data, month=kept)
    assert large.large
    the_same(large, read_bytes(data))


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace("Klara Sentinel", '"two\nlines"', 1),
        TEXT.replace("\n", "\r"),
        TEXT.replace("\n2026", "\n\n2026", 1),
        TEXT.replace("Sentinel", 'Sen"tinel'),
        TEXT.replace("Klara Sentinel", '"Klara\x1fSentinel"'),
    ],
)
def test_lines_that_are_not_records_are_split_one_by_one(tmp_path: Path, text: str) -> None:
    large = read_large(tmp_path, text.encode())
    assert not large.large
    the_same(large, read_bytes(text.encode()))


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("date", ["2026-10-14 10:00", "31.10.2026"])
@pytest.mark.parametrize("blank", [",,,,,,,,,", ' ,,"",,,,,,,'])
def test_rows_of_separators_alone_are_blank_rows(
    tmp_path: Path, end: str, date: str, blank: str
) -> None:
    header, *lines = as_csv([row(date=date), row(date=date, price="80.00")]).splitlines()
    data = (end.join([header, lines[0], blank, blank, lines[1]]) + end).encode()
    large = read_large(tmp_path, data, month=OCTOBER)
    assert large.large
    assert prices(large) == [6500, 8000]
    the_same(large, read_bytes(data))


def test_a_row_with_only_a_client_in_it_is_not_blank(tmp_path: Path) -> None:
    data = (TEXT.replace("\n", "\nKlara Sentinel,,,,,,,,,\n", 2)).encode()
    large = read_large(tmp_path, data, month=OCTOBER)
    assert "date-unreadable" in blockers(large)
    assert codes(large) == codes(read_bytes(data))


def test_the_month_s_payments_are_found_again_wherever_they_stand(tmp_path: Path) -> None:
    # Longer than what is looked at at once, with lines of every length over the joints.
    many = [
        row(date="2026-10-10 09:00" if number % 97 == 0 else "2026-01-10", service="x" * number)
        for number in range(1, 1200)
    ]
    for text in (as_csv(many), as_csv([*many, row(service="a, b")])):
        large = read_large(tmp_path, text.encode(), month=OCTOBER)
        assert large.large
        the_same(large, read_bytes(text.encode()))


def refused_large(folder: Path, text: str) -> str:
    with pytest.raises(Unreadable) as error:
        read_large(folder, text.encode())
    return error.value.findings[0].code


def test_short_rows_are_not_padded(tmp_path: Path) -> None:
    assert refused_large(tmp_path, TEXT + "2026-10-14,a,b\n" + TEXT.partition("\n")[2]) == (
        "records-ragged"
    )


def test_a_long_row_does_not_make_up_for_a_short_one(tmp_path: Path) -> None:
    # The separators of the file add up, and the last column has empty cells anyway.
    lines = as_csv([row(email="") for _ in range(4)]).splitlines()
    # The first line below the header is looked at by Polars; the others are for us to look at.
    lines[3] += ",,"
    lines[2] = lines[2].removesuffix(",").rpartition(",")[0]
    assert refused_large(tmp_path, "\n".join(lines) + "\n") == "records-ragged"


def test_a_stray_quotation_mark_in_a_dropped_column_loses_no_row(tmp_path: Path) -> None:
    lines = TEXT.splitlines()
    lines[1] = lines[1].replace("Klara Sentinel", '"Klara')
    assert refused_large(tmp_path, "\n".join(lines) + "\n") == "quotes-broken"


def test_a_quotation_mark_far_beyond_the_first_bytes_is_found(tmp_path: Path) -> None:
    many = as_csv([row()] * 1000)
    text = many + as_csv([row(service="Couples, 80 min")]).partition("\n")[2] + "\n"
    export = read_large(tmp_path, text.encode())
    assert export.large
    assert export.rows == 1001
    assert sessions(export)[-1].service == "Couples, 80 min"
    broken = many.replace("Klara", 'Kl"ara') + 'x,"\n'
    assert refused_large(tmp_path, broken) == "quotes-broken"


def test_letters_that_are_not_utf8_are_read_the_careful_way(tmp_path: Path) -> None:
    data = as_csv([row(professional="Þóra"), row()]).encode("cp1252")
    assert sessions(read_large(tmp_path, data))[0].professional == "Þóra"


def test_many_different_prices_are_understood_all_the_same(tmp_path: Path) -> None:
    text = as_csv([row(price=f"{number}.50") for number in range(300)])
    export = read_large(tmp_path, text.encode())
    assert export.large
    assert prices(export) == [number * 100 + 50 for number in range(300)]


def test_caps_hold_for_large_files_too(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as error:
        read_large(tmp_path, TEXT.encode(), rows=3)
    assert error.value.findings[0].code == "file-too-large"


def test_a_stream_that_is_large_is_read_whole(tmp_path: Path) -> None:
    import io

    limits = Limits(careful_bytes=0, spool_bytes=16)
    export = read(io.BytesIO(TEXT.encode()), ExportKind.PAID, limits=limits)
    the_same(export, read_bytes(TEXT.encode(), name="standard input"))


def test_a_bad_cell_in_a_large_file_is_named_by_its_row(tmp_path: Path) -> None:
    text = as_csv([row()] * 50) + as_csv([row(date="2026-10-32 10:00")]).partition("\n")[2]
    found = the(read_large(tmp_path, text.encode(), month=OCTOBER), "date-unreadable")
    assert found.rows == (52,)


@pytest.mark.parametrize("date", ["2026-02-30", "2026-10-32 10:00", "31.10.2026", "soon"])
def test_a_bad_date_far_beyond_the_first_bytes_is_found(tmp_path: Path, date: str) -> None:
    data = as_csv([row()] * 1000 + [row(date=date)]).encode()
    the_same(read_large(tmp_path, data, month=OCTOBER), read_bytes(data))


def test_the_user_s_answers_hold_for_large_files(tmp_path: Path) -> None:
    data = as_csv([row(date="03.10.2026 10:00", price="12.500")]).encode()
    export = read_large(tmp_path, data, HowToRead(date_order="dmy", decimal=","))
    assert not blockers(export)
    assert prices(export) == [1250000]


def outcome(reading: Callable[[], Export]) -> Export | tuple[Finding, ...]:
    try:
        return reading()
    except Unreadable as error:
        return error.findings


CELL = st.text(st.sampled_from('a,"\n\r 0Þ'), max_size=6)


@settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(CELL, CELL), max_size=4), st.booleans())
def test_whatever_stands_in_a_dropped_column_no_payment_is_lost(
    tmp_path: Path, junk: list[tuple[str, str]], kept: bool
) -> None:
    # Raw cells, quoted or not: the file may be broken, but never read as another.
    lines = [",".join(HEADER)]
    for first, second in [("x", "y"), *junk]:
        lines.append(
            as_csv([row()]).splitlines()[1].replace("Klara Sentinel", first + "," + second, 1)
        )
    lines = [line.replace(",klara.sentinel@example.com", "", 1) for line in lines]
    data = ("\n".join(lines) + "\n").encode()
    small = outcome(lambda: read_bytes(data))
    large = outcome(lambda: read_large(tmp_path, data, month=OCTOBER if kept else None))
    if isinstance(small, Export) and isinstance(large, Export):
        the_same(large, small)
    else:
        assert large == small


def test_the_month_of_a_file_with_other_dates_is_kept_from_one_reading(tmp_path: Path) -> None:
    header = [*HEADER, "Session date"]
    rows = [
        row(date="1.11.2026") | {"Session date": "30.10.2026"},
        row(date="31.10.2026", price="80.00") | {"Session date": ""},
        row(date="31.10.2026", price="95.00") | {"Session date": "3.11.2026"},
        row(date="1.1.2026", type="Cash") | {"Session date": "1.10.2026"},
        row(date="1.1.2026") | {"Session date": "1.1.2026"},
    ]
    data = as_csv(rows, header).encode()
    large = read_large(tmp_path, data, month=OCTOBER)
    (tmp_path / "payments.csv").unlink()  # the file is not needed any more
    assert select(large, OCTOBER) == select(read_bytes(data), OCTOBER)
    assert prices(large) == [6500, 8000]


@pytest.mark.parametrize("date", ["2026-10-14 10:00", "31.10.2026"])
def test_types_that_are_the_same_once_clean_are_counted_together(tmp_path: Path, date: str) -> None:
    types = ("Cash", " Cash", "Cash\u200b", "Gift", "\u200bAsh", "Credit", "Credit ")
    data = as_csv([row(date=date, type=type_) for type_ in types]).encode()
    large = read_large(tmp_path, data, month=OCTOBER)
    counted = {tally.type: tally.payments for tally in large.tallies}
    assert counted == {"Ash": 1, "Cash": 3, "Credit": 2, "Gift": 1}
    assert large.tallies == read_bytes(data).tallies


@pytest.mark.parametrize("date", ["2026-10-14 10:00", "31.10.2026"])
@pytest.mark.parametrize("length", [40_000, 300_000])
def test_a_cell_longer_than_any_payment_s_is_refused_in_a_large_file_too(
    tmp_path: Path, date: str, length: int
) -> None:
    rows = [row(date=date), row(date=date, service="x" * length), row(date=date)]
    with pytest.raises(Unreadable) as error:
        read_large(tmp_path, as_csv(rows).encode(), month=OCTOBER)
    assert error.value.findings[0].code == "file-too-large"
    assert error.value.findings[0].rows == (3,)


def test_the_last_hours_near_a_month_are_kept_from_one_reading(tmp_path: Path) -> None:
    data = as_csv([row(), row(date="2026-11-02 23:59"), row(date="2026-11-03 00:00")]).encode()
    large = read_large(tmp_path, data, month=OCTOBER)
    assert large.kept is not None
    assert [session.row for session in select(large, OCTOBER).near_edge] == [3]
