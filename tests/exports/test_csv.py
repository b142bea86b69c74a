"""CSV files as portals, spreadsheets and editors write them."""

from __future__ import annotations

import io
import os
import threading
from pathlib import Path

import pytest

from kara_tui.exports import ExportKind, HowToRead, Limits, Unreadable, months, read, select
from kara_tui.model import Month

from .files import (
    HEADER,
    OCTOBER,
    as_csv,
    codes,
    prices,
    read_bytes,
    read_large,
    read_rows,
    read_text,
    refused,
    row,
    sessions,
    the,
)

DEMO = Path(__file__).parents[2] / "kara_tui" / "demo"
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


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"],
)
def test_the_same_file_in_any_usual_encoding_gives_the_same_sessions(encoding: str) -> None:
    export = read_bytes(TWO.encode(encoding))
    assert sessions(export) == sessions(read_text(TWO))


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends_are_told_from_the_header(separator: str, line_end: str) -> None:
    text = as_csv([row(), row(price="80.00")], separator=separator, line_end=line_end)
    assert prices(read_text(text)) == [6500, 8000]


def test_a_first_line_that_declares_the_separator_is_heeded_and_counted_as_a_row() -> None:
    # Excel writes and reads such a line.
    [first, _] = sessions(read_text("sep=;\r\n" + as_csv([row(), row()], separator=";")))
    assert first.row == 3


def test_title_rows_blank_lines_and_a_total_around_the_table_are_told_from_payments() -> None:
    # A report saved from a spreadsheet.
    text = "Payments,,,\n\nOctober 2026\n" + TWO + "\n,,,,145.00,,,,,\n"
    export = read_text(text)
    assert export.rows == 2
    assert [session.row for session in sessions(export)] == [5, 6]
    assert the(export, "rows-above").message.startswith("2 rows")
    assert the(export, "footer-left-out").rows == (8,)
    assert "footer-differs" not in codes(export)


@pytest.mark.parametrize("word", ["Total", "SAMTALS:", "Summa", "I alt", "Gesamt"])
def test_a_total_that_is_not_our_sum_is_a_warning(word: str) -> None:
    export = read_text(TWO + f"{word},,,,200.00,,,,,\n")
    differs = the(export, "footer-differs")
    assert "200.00 EUR" in differs.message
    assert "145.00 EUR" in differs.message
    assert len(sessions(export)) == 2


def test_a_short_total_line_below_the_table_is_a_total_too() -> None:
    assert "footer-left-out" in codes(read_text(TWO + "Total,,,,145.00\n"))


def test_a_total_line_between_payments_is_not_skipped() -> None:
    lines = TWO.splitlines(keepends=True)
    export = read_text("".join([*lines[:2], "Total,,,,65.00,,,,,\n", *lines[2:]]))
    assert the(export, "date-unreadable").rows == (3,)


def test_cells_over_several_lines_are_one_cell_and_rows_keep_an_editor_s_numbers() -> None:
    export = read_rows(row(service="Individual\nsession"), row(price="80.00"))
    first, second = sessions(export)
    assert first.service == "Individual session"
    assert (first.row, second.row) == (2, 4)


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


def test_nul_bytes_are_a_damaged_file_and_not_data() -> None:
    error = refused(TWO.encode().replace(b"Klara", b"\0\0"))
    assert error.findings[0].code == "file-torn"
    assert error.findings[0].rows == (2,)


def test_one_wrong_byte_among_proper_utf8_letters_is_damage_and_not_another_encoding() -> None:
    data = TWO.encode() + b"2026-10-15,\xff,,,,,,,,\n"
    assert refused(data).findings[0].code == "encoding-unknown"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file-empty"),
        (b"%PDF-1.7 ...", "not-an-export"),
        (b"\x1f\x8b\x08\x00", "not-an-export"),
        (b"\x89PNG\r\n", "not-an-export"),
        (b"<html><table>", "not-an-export"),
        (b'{"a": 1}', "not-an-export"),
        (b"hello\nworld\n", "header-missing"),
        (b"a,b,c\n1,2,3\n", "header-missing"),
        (b"\n\n\n", "header-missing"),
    ],
)
def test_what_is_no_export_is_refused_for_what_it_is(data: bytes, code: str) -> None:
    assert refused(data).findings[0].code == code


def test_each_missing_column_is_named_with_the_box_to_tick() -> None:
    header = [name for name in HEADER if name not in ("Sponsor", "Service Currency")]
    error = refused(as_csv([row()], header).encode())
    assert [finding.code for finding in error.findings] == ["column-missing"] * 2
    hints = " ".join(finding.hint for finding in error.findings)
    assert "“Sponsor”" in hints
    assert "“Service Currency”" in hints


def test_two_columns_for_one_field_are_asked_about_with_both_headers() -> None:
    header = [*HEADER, "Payment method"]
    error = refused(as_csv([row()], header).encode())
    assert error.findings[0].code == "column-twice"
    assert "“Type” (column 7)" in error.findings[0].message
    assert "“Payment method” (column 11)" in error.findings[0].message


@pytest.mark.parametrize(
    "drift",
    [
        {"Type": "Payment type"},
        {"Type": "PAYMENT_METHOD"},
        {"Transaction date": "transaction\u00a0date"},
        {"Service Currency": " Currency "},
        {"Service Price": "Price:"},
        {"Professional Name": "Professional"},
        {"Type": "Tegund greiðslu", "Service Price": "Verð", "Sponsor": "Styrktaraðili"},
        {"Type": "Betalningstyp", "Service Currency": "Valuta", "Service Name": "Tjänst"},
        {"Type": "Zahlungsart", "Service Currency": "Währung", "Service Price": "Betrag"},
    ],
)
def test_the_portal_s_names_and_their_drift_name_the_same_fields(drift: dict[str, str]) -> None:
    text = as_csv([row()], [drift.get(name, name) for name in HEADER])
    renamed = {drift.get(name, name): value for name, value in row().items()}
    text = as_csv([renamed], [drift.get(name, name) for name in HEADER])
    assert len(sessions(read_text(text))) == 1


def test_a_bare_name_or_email_is_never_taken_for_the_professional_s() -> None:
    header = ["Name" if name == "Professional Name" else name for name in HEADER]
    error = refused(as_csv([row()], header).encode())
    assert "professional" in error.findings[0].message


def test_a_file_s_name_is_only_a_name(tmp_path: Path) -> None:
    # Polars took brackets for a pattern and opened another file, and unpacked by the name's end.
    (tmp_path / "payments1.csv").write_text(as_csv([row(price="99.00")]))
    for name in ("payments[1].csv", "payments*.csv", "https:__x.csv.gz", "~"):
        path = tmp_path / name
        path.write_text(as_csv([row()]))
        assert prices(read(path, ExportKind.PAID)) == [6500]


def test_missing_files_and_folders_are_said_to_be_so(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "no.csv", "file-missing"), (tmp_path, "file-is-a-folder")):
        with pytest.raises(Unreadable) as error:
            read(path, ExportKind.PAID)
        assert error.value.findings[0].code == code


def test_a_pipe_is_read_like_a_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=(TWO,))
    writer.start()
    assert prices(read(pipe, ExportKind.PAID)) == [6500, 8000]
    writer.join()


def test_a_stream_larger_than_memory_s_share_is_read_from_a_temporary_file() -> None:
    export = read_bytes(TWO.encode(), limits=Limits(spool_bytes=10))
    assert prices(export) == [6500, 8000]


@pytest.mark.parametrize(
    "limits",
    [
        Limits(file_bytes=100),
        Limits(rows=1),
        Limits(columns=5),
        Limits(distinct=1),
    ],
)
def test_caps_are_said_and_not_run_into(limits: Limits) -> None:
    assert refused(TWO.encode(), limits).findings[0].code == "file-too-large"


def test_a_gigabyte_on_one_line_is_refused_before_it_is_split() -> None:
    data = TWO.encode() + b"x" * 500_000
    assert refused(data, Limits(columns=20)).findings[0].code == "file-too-large"


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


def test_columns_in_any_order_and_more_of_them_give_the_same_sessions() -> None:
    shuffled = ["Notes", *reversed(HEADER), "State"]
    assert sessions(read_text(as_csv([row()], shuffled))) == sessions(read_rows(row()))


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


def test_the_digest_is_of_the_file_s_bytes() -> None:
    import hashlib

    assert read_text(TWO).sha256 == hashlib.sha256(TWO.encode()).hexdigest()


def test_reading_leaves_a_path_s_file_as_it_was_and_a_stream_is_read_once() -> None:
    stream = io.BytesIO(TWO.encode())
    assert prices(read(stream, ExportKind.PAID, HowToRead())) == [6500, 8000]


NOTE = "Generated on 2 November by the portal"


@pytest.mark.parametrize(
    "end",
    [f"{NOTE}\n", f"\n{NOTE}", f"Total,,,,145.00\n{NOTE}\n\n", NOTE + "," * (len(HEADER) - 1)],
)
def test_a_note_below_the_table_is_left_out_and_said(tmp_path: Path, end: str) -> None:
    # Reports print such lines; spreadsheets save them short or with every separator.
    for export in (read_text(TWO + end), read_large(tmp_path, (TWO + end).encode())):
        assert prices(export) == [6500, 8000]
        assert len(the(export, "note-left-out").rows) == 1
        assert not [finding for finding in export.findings if finding.is_blocker]
        assert NOTE not in repr(export.findings)


@pytest.mark.parametrize(
    "end", ["2026-10-31\n", "31 October 2026\n", NOTE, f"{NOTE},x\n", f"{NOTE}\n" + TWO[-40:]]
)
def test_what_may_be_a_payment_that_was_cut_is_no_note(end: str) -> None:
    assert refused((TWO + end).encode()).findings[0].code == "records-ragged"


def test_a_note_between_payments_is_not_skipped() -> None:
    lines = TWO.splitlines(keepends=True)
    between = [*lines[:2], NOTE + "," * (len(HEADER) - 1) + "\n", *lines[2:]]
    assert the(read_text("".join(between)), "date-unreadable").rows == (3,)
