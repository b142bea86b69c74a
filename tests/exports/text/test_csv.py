"""CSV files as portals, spreadsheets and editors write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kara_tui.exports import ExportKind, months, read, select
from kara_tui.model import Month
from tests.exports.samples import (
    HEADER,
    OCTOBER,
    as_csv,
    codes,
    prices,
    read_bytes,
    read_rows,
    read_text,
    refused,
    row,
    sessions,
    the,
)

DEMO = Path(__file__).parents[3] / "kara_tui" / "demo"
TWO = as_csv([row(), row(price="80.00", date="2026-10-20 09:00")])


def test_the_sample_month_has_42_sessions_that_come_to_2730_euros() -> None:
    export = read(DEMO / "payments-paid.csv", ExportKind.PAID)
    chosen = select(export, OCTOBER)
    assert len(chosen.sessions) == 42
    assert sum(session.price.minor for session in chosen.sessions) == 273_000
    assert {session.price.currency for session in chosen.sessions} == {"EUR"}
    assert all(session.time is not None for session in chosen.sessions)
    assert set(chosen.other_types) == {"Credit Card", "Cash", "Bank Transfer"}
    assert dict(chosen.other_months) == {Month(2026, 9): 3, Month(2026, 11): 2}
    assert export.dropped == ("Client Name", "Client Email")
    assert not [finding for finding in export.findings if finding.is_blocker]


def test_the_sample_unpaid_list_has_no_sponsor() -> None:
    export = read(DEMO / "payments-unpaid.csv", ExportKind.UNPAID)
    chosen = select(export, OCTOBER)
    assert len(chosen.sessions) == 3
    assert {session.sponsor for session in chosen.sessions} == {""}


def test_a_session_carries_what_the_row_says_and_the_row_s_own_number() -> None:
    [first, second] = sessions(read_text(TWO))
    assert (first.row, second.row) == (2, 3)
    assert first.service == "Individual session 50 min"
    assert first.professional == "Þóra Ægisdóttir"
    assert first.professional_email == "thora@example.is"
    assert first.sponsor == "Blue Heron Insurance"
    assert f"{first.date} {first.time}" == "2026-10-14 14:30:00"
    assert str(second.price) == "80.00 EUR"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends_are_told_from_the_header(separator: str, line_end: str) -> None:
    text = as_csv([row(), row(price="80.00")], separator=separator, line_end=line_end)
    assert prices(read_text(text)) == [6500, 8000]


def test_a_first_line_that_declares_the_separator_is_heeded_and_counted_as_a_row() -> None:
    # Excel writes and reads such a line.
    [first, _] = sessions(read_text("sep=;\r\n" + as_csv([row(), row()], separator=";")))
    assert first.row == 3


def test_cells_over_several_lines_are_one_cell_and_rows_keep_a_spreadsheet_s_numbers() -> None:
    export = read_rows(row(service="Individual\nsession"), row(price="80.00"))
    first, second = sessions(export)
    assert first.service == "Individual session"
    assert (first.row, second.row) == (2, 3)
    assert (first.place, second.place) == ("2", "3 (line 4)")


def test_a_stray_quotation_mark_that_swallows_payments_is_refused() -> None:
    # Polars returned two of three such rows without a word when columns were projected away.
    lines = as_csv([row(), row(), row()]).splitlines(keepends=True)
    lines[1] = lines[1].replace("Klara Sentinel", '"Klara')
    lines[3] = lines[3].replace("Klara Sentinel", 'Sentinel"')
    assert refused("".join(lines).encode()).findings[0].code in {
        "records-swallowed",
        "records-ragged",
        "quotes-broken",
    }


def test_a_cell_that_is_whole_lines_is_refused_even_when_the_cells_add_up() -> None:
    width = len(HEADER)
    inner = ",".join(["x"] * width)
    text = TWO + f'2026-10-15 10:00,"a\n{inner}\n{inner}",c,s,1.00,EUR,Credit,x,y,z\n'
    error = refused(text.encode())
    assert error.findings[0].code == "records-swallowed"
    assert error.findings[0].rows == (4,)


def test_text_after_a_closing_quotation_mark_is_refused_with_its_row() -> None:
    error = refused((TWO + '2026-10-15,"a"b,c,s,1.00,EUR,Credit,x,y,z\n').encode())
    assert error.findings[0].code == "quotes-broken"
    assert error.findings[0].rows == (4,)


def test_a_file_that_ends_inside_quotation_marks_is_refused() -> None:
    assert refused((TWO + '2026-10-15,"a').encode()).findings[0].code == "quotes-broken"


@pytest.mark.parametrize("line", ["2026-10-15 10:00,a,b", "1,2,3,4,5,6,7,8,9,10,11"])
def test_short_and_long_rows_are_named_and_never_padded_or_skipped(line: str) -> None:
    lines = TWO.splitlines(keepends=True)
    error = refused("".join([*lines[:2], line + "\n", *lines[2:]]).encode())
    assert error.findings[0].code == "records-ragged"
    assert error.findings[0].rows[0] == 3


def test_a_row_s_blank_cells_are_a_payment_and_not_a_blank_line() -> None:
    export = read_text(TWO + ",Klara Sentinel,,,,,,,,\n")
    assert export.rows == 3
    assert {"date-unreadable", "type-empty", "currency-unknown"} <= codes(export)


def test_months_are_counted_newest_first_and_by_credit_only() -> None:
    export = read_rows(
        row(date="2026-09-30 23:59"),
        row(),
        row(date="2026-10-31 23:59:59"),
        row(type="Credit Card"),
    )
    assert [(str(count.month), count.sessions) for count in months(export)] == [
        ("2026-10", 2),
        ("2026-09", 1),
    ]


def test_both_edges_belong_to_the_month_to_the_minute_and_near_ones_are_handed_over() -> None:
    dates = [
        "2026-09-28 10:00", "2026-09-29 00:00", "2026-09-30 23:59", "2026-10-01 00:00",
        "2026-10-31 23:59:59", "2026-11-01 00:00", "2026-11-02 12:00", "2026-11-03 00:00",
    ]  # fmt: skip
    chosen = select(read_rows(*(row(date=date) for date in dates)), OCTOBER)
    assert [session.row for session in chosen.sessions] == [5, 6]
    assert [session.row for session in chosen.near_edge] == [3, 4, 7, 8]
    assert sum(chosen.other_months.values()) == 6


@pytest.mark.parametrize("word", ["Credit", "credit", "CREDIT", "\u00a0Credit\u200b "])
def test_credit_is_the_whole_cell_whatever_its_case(word: str) -> None:
    assert len(sessions(read_rows(row(type=word)))) == 1


@pytest.mark.parametrize("word", ["Credit Card", "Credits", "Credit note", "Kredit"])
def test_what_only_begins_with_credit_is_not_credit(word: str) -> None:
    export = read_rows(row(), row(type=word))
    assert len(sessions(export)) == 1
    assert dict(select(export, OCTOBER).other_types) == {word: 1}


def test_a_session_date_decides_over_the_transaction_date_and_that_is_said() -> None:
    # A session of 31 October that was confirmed on 2 November.
    rows = [
        row(date="2026-11-02 09:00") | {"Session date": "2026-10-31 17:00"},
        row(date="2026-10-05 09:00") | {"Session date": ""},
    ]
    export = read_text(as_csv(rows, [*HEADER, "Session date"]))
    first, second = sessions(export)
    assert f"{first.date} {first.time}" == "2026-10-31 17:00:00"
    assert (str(second.date), second.time) == ("2026-10-05", None)
    assert "session-date-used" in codes(export)
    assert the(export, "session-date-missing").rows == (3,)


def test_a_time_column_gives_the_time() -> None:
    rows = [row(date="2026-10-05") | {"Start time": t} for t in ("14:30", "9.05", "2:15 PM", "")]
    export = read_text(as_csv(rows, [*HEADER, "Start time"]))
    assert [str(session.time) for session in sessions(export)] == [
        "14:30:00",
        "09:05:00",
        "14:15:00",
        "None",
    ]


def test_a_payment_id_is_kept_when_there_is_one() -> None:
    export = read_text(as_csv([row() | {"Payment ID": "P-17"}], [*HEADER, "Payment ID"]))
    assert sessions(export)[0].payment_id == "P-17"


def test_an_unpaid_list_needs_no_type_and_gives_every_row() -> None:
    header = [name for name in HEADER if name != "Type"]
    export = read_bytes(as_csv([row(), row(sponsor="")], header).encode(), ExportKind.UNPAID)
    assert [session.sponsor for session in sessions(export)] == ["Blue Heron Insurance", ""]
