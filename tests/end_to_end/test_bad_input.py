"""What cannot be read gets a sentence, its place, what to do, and the right code; nothing else."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from tests.end_to_end.command import DEMO_PAID, Desk
from tests.end_to_end.payments import HEADERS, Payment, csv_text, write_workbook


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = Desk(tmp_path_factory.mktemp("bad"))
    desk.write_profile()
    book = write_workbook(desk.folder / "whole.xlsx", [tuple(Payment().__dict__.values())])
    desk.file("torn.xlsx", book.read_bytes()[: book.stat().st_size // 2])
    return desk


def unreadable(desk: Desk, name: str) -> Path | str | bytes:
    junk = random.Random(20261102).randbytes(4000)
    files: dict[str, bytes | str] = {
        "empty.csv": b"",
        "blank.csv": b"\r\n \r\n",
        "header-only-junk.csv": b"a,b,c\r\n1,2,3\r\n",
        "junk.csv": junk,
        "junk.xlsx": junk,
        "zip.xlsx": b"PK\x03\x04" + junk,
        "paper.csv": b"%PDF-1.7\n" + junk,
        "nul.csv": csv_text([Payment()]).encode().replace(b"Individual", b"Indi\x00dual"),
        "ragged.csv": csv_text([Payment()]) + "2026-10-15 10:00,x\r\n",
        "twice.csv": csv_text([Payment()]).replace("Client Name", "Service"),
        "quote.csv": csv_text([Payment(), Payment()]).replace("Individual", '"Individual', 1),
    }
    return desk.file(name, files[name]) if name in files else desk.folder / name


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("none.csv", ["file-missing"]),
        (".", ["file-is-a-folder"]),
        ("empty.csv", ["file-empty"]),
        ("blank.csv", ["file-empty", "header-missing"]),
        ("header-only-junk.csv", ["header-missing"]),
        ("junk.csv", ["encoding-unknown", "file-torn", "header-missing"]),
        ("junk.xlsx", ["encoding-unknown", "file-torn", "header-missing", "workbook-torn"]),
        ("zip.xlsx", ["workbook-torn", "archive-unclear"]),
        ("torn.xlsx", ["workbook-torn", "archive-unclear"]),
        ("paper.csv", ["not-an-export"]),
        ("nul.csv", ["file-torn"]),
        ("ragged.csv", ["records-ragged"]),
        ("twice.csv", ["column-twice"]),
        ("quote.csv", ["quotes-broken", "records-swallowed"]),
    ],
)
def test_a_file_that_is_no_export_ends_with_4_and_says_what_to_do(
    desk: Desk, name: str, codes: list[str]
) -> None:
    path = unreadable(desk, name)
    assert isinstance(path, Path)
    before = desk.files()

    run = desk.bill("--paid", path, "--out", "nothing")

    assert run.code == 4
    assert run.json["status"] == "unreadable"
    assert run.codes[0] in codes
    finding = run.json["findings"][0]
    assert finding["message"].endswith((".", "…", ":"))
    assert finding["hint"]
    assert finding["message"] in run.err
    assert desk.files() == before
    assert not (desk.folder / "nothing").exists()


# A row with one bad cell each: its column, what stands there, and what it is told to be.
BAD_CELLS = {
    3: ("date", "the 14th", "date-unreadable"),
    4: ("date", "2026-02-30 10:00", "date-unreadable"),
    5: ("date", "", "date-unreadable"),
    6: ("price", "sixty", "price-unreadable"),
    7: ("price", "", "price-unreadable"),
    8: ("price", "１２", "price-unreadable"),
    9: ("price", "1e3", "price-unreadable"),
    10: ("price", "60.0051", "price-fraction"),
    11: ("price", "9" * 20, "price-too-large"),
    12: ("currency", "XXX", "currency-unknown"),
    13: ("currency", "", "currency-unknown"),
    14: ("type", "", "type-empty"),
}
HEADER_OF = {
    "date": "Transaction date", "price": "Service Price", "currency": "Service Currency",
    "type": "Type",
}  # fmt: skip


def test_every_cell_that_cannot_be_read_is_named_by_row_and_column(desk: Desk) -> None:
    payments = [Payment(), *(replace(Payment(), **{c: what}) for c, what, _ in BAD_CELLS.values())]
    run = desk.bill("--paid", desk.file("cells.csv", csv_text(payments)), "--out", "nothing")

    assert run.code == 3
    for row, (cell, what, code) in BAD_CELLS.items():
        (finding,) = [
            finding
            for finding in run.json["findings"]
            if finding["code"] == code and row in finding["rows"]
        ]
        assert finding["severity"] == "blocker"
        assert finding["file"] == "cells.csv"
        assert HEADER_OF[cell] in (finding["column"], *finding["message"].split("”")[0].split("“"))
        assert finding["hint"], code
        # A text where a number belongs may be a name that slipped a column: it is described only.
        shown = what in finding["message"] or "not shown" in finding["message"]
        assert shown or len(finding["rows"]) > 1, finding
    assert not (desk.folder / "nothing").exists()


def test_dates_that_read_two_ways_show_both_and_the_option_that_settles_them(desk: Desk) -> None:
    payments = [Payment(date="05/10/2026 10:00"), Payment(date="10/10/2026 10:00")]
    paid = desk.file("dates.csv", csv_text(payments))

    asked = desk.bill("--paid", paid)
    day_first = desk.bill("--paid", paid, "--date-order", "dmy", "--dry-run", "--out", "dmy")
    month_first = desk.bill(
        "--paid", paid, "--date-order", "mdy", "--month", "2026-05", "--today", "2026-11-02",
        "--dry-run", "--out", "mdy",
    )  # fmt: skip

    assert asked.code == 3
    finding = asked.finding("date-order")
    told = finding["message"] + finding["hint"]
    assert "5 October 2026" in told or "2026-10-05" in told
    assert "10 May 2026" in told or "2026-05-10" in told
    assert "--date-order" in told
    assert (day_first.code, day_first.json["sessions"]) == (0, 2)
    assert (month_first.code, month_first.json["sessions"]) == (0, 1)


def test_amounts_that_read_two_ways_show_both_and_the_option_that_settles_them(
    desk: Desk,
) -> None:
    payments = [Payment(price="1.500"), Payment(price="2.500", date="2026-10-15 10:00")]
    paid = desk.file("amounts.csv", csv_text(payments))

    asked = desk.bill("--paid", paid)
    grouped = desk.bill("--paid", paid, "--decimal", ",", "--dry-run", "--out", "comma")
    pointed = desk.bill("--paid", paid, "--decimal", ".", "--dry-run", "--out", "point")

    assert asked.code == 3
    finding = asked.finding("price-style")
    told = finding["message"] + finding["hint"]
    assert "1500" in told or "1,500" in told
    assert "1.50" in told
    assert "--decimal" in told
    assert grouped.json["invoices"][0]["total"] == "4000.00"
    assert pointed.json["invoices"][0]["total"] == "4.00"


def test_an_answer_in_the_profile_settles_it_for_good(desk: Desk) -> None:
    desk.write_profile("settled", reading={"date_order": "dmy", "decimal": ","})
    paid = desk.file("settled.csv", csv_text([Payment(date="05/10/2026 10:00", price="1.500")]))
    run = desk.bill("--paid", paid, "--profile", "settled", "--dry-run", "--out", "settled")
    assert (run.code, run.json["invoices"][0]["total"]) == (0, "1500.00")


ENCODED = {
    "utf-8-sig": ("utf-8-sig", ",", "\r\n"),
    "utf-16": ("utf-16", "\t", "\n"),
    "cp1252 with semicolons": ("cp1252", ";", "\r\n"),
}


@pytest.mark.parametrize("how", ENCODED)
def test_encodings_separators_titles_and_totals_make_the_same_month(desk: Desk, how: str) -> None:
    encoding, separator, end = ENCODED[how]
    rows = [HEADERS, *(tuple(payment.__dict__.values()) for payment in (Payment(), Payment(
        date="2026-10-15 10:00", price="0.50")))]  # fmt: skip
    lines = ["Payments – October 2026", "", *(separator.join(row) for row in rows)]
    lines += ["", separator.join(["Total", "", "", "", "60.50", *[""] * 5])]
    path = desk.file("encoded.csv", end.join([*lines, ""]).encode(encoding))

    run = desk.bill("--paid", path, "--dry-run", "--out", "encoded")

    assert run.code == 0, run.err
    assert (run.json["sessions"], run.json["invoices"][0]["total"]) == (2, "60.50")


def test_a_broken_second_file_stops_the_good_one(desk: Desk) -> None:
    run = desk.bill("--paid", DEMO_PAID, "--unpaid", desk.file("e.csv", b""), "--out", "nothing")
    assert run.code == 4
    assert run.finding("file-empty")["file"] == "e.csv"
    assert not (desk.folder / "nothing").exists()
