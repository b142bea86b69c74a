"""The lines below a table: totals and notes are left out and said, payments never are."""

from __future__ import annotations

from pathlib import Path

import pytest

from .files import (
    HEADER,
    as_csv,
    codes,
    prices,
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
