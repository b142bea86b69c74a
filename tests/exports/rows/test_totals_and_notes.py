"""The lines below a table: totals and notes are left out and said, payments never are."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kara_tui.exports import ExportKind, Unreadable
from tests.exports.samples import (
    HEADER,
    as_csv,
    blockers,
    codes,
    prices,
    read_bytes,
    read_large,
    read_text,
    refused,
    row,
    sessions,
    the,
)

TWO = as_csv([row(), row(price="80.00", date="2026-10-20 09:00")])
NOTE = "Generated on 2 November by the portal"


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


LABELS = [
    "Total EUR", "Summe EUR", "Total (2)", "Total paid", "Net total", "Total sessions", "Delsumma",
    "Zwischensumme", "Samtals:", "I alt", "Total October 2026", "Gesamtergebnis",
    "Blue Heron Total",
]  # fmt: skip


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("place", [0, 1, 3, 6])
def test_a_total_is_told_by_its_label_wherever_that_stands(label: str, place: int) -> None:
    # The type column holds it in a spreadsheet's subtotals, a client's column in others.
    cells = [""] * len(HEADER)
    cells[place], cells[4], cells[5] = label, "145.00", "EUR"
    export = read_text(TWO + ",".join(cells) + "\n")
    assert prices(export) == [6500, 8000]
    assert codes(export) == {"footer-left-out"}


def test_a_block_of_subtotal_tax_and_total_adds_up() -> None:
    block = "Subtotal,,,,145.00,,,,,\nVAT 24%,,,,34.80,,,,,\nTotal,,,,{},,,,,\n"
    assert "footer-differs" not in codes(read_text(TWO + block.format("179.80")))
    assert the(read_text(TWO + block.format("180.00")), "footer-differs").rows == (6,)


def test_of_two_totals_the_wrong_one_is_named() -> None:
    differs = the(read_text(TWO + "Total,,,,145.00,,,,,\nTotal,,,,999.00,,,,,\n"), "footer-differs")
    assert differs.rows == (5,)
    assert "999.00 EUR" in differs.message


def test_a_total_of_one_payment_type_adds_up_too() -> None:
    text = as_csv([row(), row(type="Cash", price="80.00")])
    assert "footer-differs" not in codes(read_text(text + "Total,,,,65.00,,,,,\n"))


def test_with_two_currencies_each_total_is_checked_in_its_own() -> None:
    text = as_csv([row(), row(price="700.00", currency="SEK")])
    ends = "Total EUR,,,,65.00,,,,,\nTotal,,,,{},SEK,,,,\n"
    assert codes(read_text(text + ends.format("700.00"))) == {"footer-left-out"}
    assert the(read_text(text + ends.format("70.00")), "footer-differs").rows == (5,)


def test_a_total_that_names_no_currency_among_two_is_said_to_be_unchecked() -> None:
    text = as_csv([row(), row(price="700.00", currency="SEK")])
    left_out = the(read_text(text + "Total,,,,765.00,,,,,\n"), "footer-left-out")
    assert "could not be checked: the payments are in EUR and SEK" in left_out.message


def test_an_amount_alone_is_a_total_only_when_it_is_the_sum() -> None:
    assert codes(read_text(TWO + ",,,,145.00,,,,,\n")) == {"footer-left-out"}
    assert blockers(read_text(TWO + ",,,,65.00,,,,,\n")) == {"footer-unclear"}
    # Below a single payment, the same amount may be another that lost its cells.
    assert blockers(read_text(as_csv([row()]) + ",,,,65.00,,,,,\n")) == {"footer-unclear"}


@pytest.mark.parametrize(
    "line",
    [
        ",Ylva Prov,ylva@client.example,,145.00,,,,,",
        ",Ylva Prov,,,145.00,,,,,",
        ",,,S1,145.00,,,3M,,",
        ",,,,145.00,,Credit,,,",
        "3,,,,145.00,,,,,",
        ",,,3,145.00,,,,,",
        "Total,Ylva Prov,,,145.00,,,,,",
    ],
)
@pytest.mark.parametrize("kind", [ExportKind.PAID, ExportKind.UNPAID])
def test_a_payment_that_lost_its_date_is_no_total_though_it_equals_the_sum(
    line: str, kind: ExportKind, tmp_path: Path
) -> None:
    data = (TWO + line + "\n").encode()
    assert "date-unreadable" in blockers(read_bytes(data, kind))
    assert "date-unreadable" in blockers(read_large(tmp_path, data))


@pytest.mark.parametrize("line", ["20.10.2026,,,Total,145.00,,,,,", ",,,Total,145.00,,7,,,"])
def test_a_line_with_a_date_or_a_type_is_a_payment_whatever_its_words(line: str) -> None:
    export = read_text(TWO + line + "\n")
    assert "footer-left-out" not in codes(export)
    assert blockers(export)


WHOLE = "2026-10-20 09:00,Ylva Prov,ylva@client.example,Session,65.00,EUR,Credit,Heron,Jon,j@x.is"


@pytest.mark.parametrize(
    "line",
    [
        WHOLE.replace(",", ";"),
        WHOLE.replace(",", "\t"),
        WHOLE.replace(",", "|"),
        f'"{WHOLE}"',
        f'"{WHOLE.partition(",")[2]}"',
        "20.10.2026 14:00 Individual session 60 EUR Credit",
        "Paid 31.10.2026: 60.00 EUR Credit Acme",
    ],
)
def test_a_payment_whose_cells_grew_together_is_no_note(line: str, tmp_path: Path) -> None:
    data = (TWO + line + "\n").encode()
    assert refused(data).findings[0].code == "records-ragged"
    with pytest.raises(Unreadable) as error:
        read_large(tmp_path, data)
    assert error.value.findings == refused(data).findings


@pytest.mark.parametrize(
    "note",
    ["Generated on 31.10.2026 at 14:30", "Payments from 2026-10-01 to 2026-10-31", "Page 1 of 1",
     "Questions? Write to Thora; she knows.", "Prices in EUR; VAT: none"],
)  # fmt: skip
def test_what_reports_print_below_a_table_is_a_note(note: str) -> None:
    export = read_text(TWO + f'"{note}"\n')
    assert codes(export) == {"note-left-out"}


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.sets(st.sampled_from(HEADER), min_size=1), st.sampled_from(["145.00", "65.00", "0"]))
def test_whatever_cells_the_last_payment_lost_it_is_not_left_out_unsaid(
    tmp_path: Path, left: set[str], price: str
) -> None:
    cells = row(price=price)
    cut = ",".join(cells[name] if name in left else "" for name in HEADER)
    data = (TWO + cut + "\n").encode()
    for export in (read_bytes(data), read_large(tmp_path, data)):
        if left == {"Service Price"} or left == {"Service Price", "Service Currency"}:
            # An amount alone, which the sum of the others may be.
            assert bool(blockers(export)) is (price != "145.00")
        else:
            assert export.rows == 3
            needed = {"Transaction date", "Service Price", "Service Currency", "Type"}
            assert bool(blockers(export)) is not (needed <= left)


def test_many_lone_texts_are_no_notes() -> None:
    export = read_text(TWO + ("lost" + "," * (len(HEADER) - 1) + "\n") * 21)
    assert blockers(export) == {"footer-unclear"}


def test_no_client_is_named_by_what_is_said_of_the_end_of_a_file() -> None:
    for line in (",Ylva Prov,,,145.00,,,,,", "Ylva Prov;a;b;c;d"):
        data = (TWO + line + "\n").encode()
        try:
            findings = read_bytes(data).findings
        except Unreadable as error:
            findings = error.findings
        assert "Ylva" not in repr(findings)
