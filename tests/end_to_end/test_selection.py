"""Payments → Paid → the month → Credit: what is billed, and what is said of all the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tests.end_to_end.command import Desk, Run
from tests.end_to_end.payments import Payment, csv_text
from tests.end_to_end.reading_back import annex, table_rows


def tried(desk: Desk, payments: Sequence[Payment], *arguments: str | Path) -> Run:
    paid = desk.file("paid.csv", csv_text(payments))
    return desk.bill("--paid", paid, "--dry-run", "--out", "out", *arguments)


def billed(desk: Desk, run: Run) -> list[str]:
    """The services that stand on the invoice, which the tests use as names for rows."""
    sheet = annex(desk.folder / run.json["invoices"][0]["annex"])
    return [row["Service"] for row in sheet.sessions]


def test_credit_is_the_whole_cell_whatever_its_case(desk: Desk) -> None:
    types = [
        "Credit", "credit", "CREDIT", " Credit ", "Credit\u00a0", "Credit Card", "credit card",
        "Store Credit", "Cash", "POS", "Bank Transfer", "Other",
    ]  # fmt: skip
    run = tried(
        desk,
        [
            Payment(type=name, service=f"as {name.strip()!r}", date=f"2026-10-{day:02} 10:00")
            for day, name in enumerate(types, 5)
        ],
    )

    assert [name.lower() for name in billed(desk, run)] == ["as 'credit'"] * 5
    assert run.finding("other-payment-type")["count"] == 7


def test_both_edges_of_the_month_belong_to_it_to_the_minute(desk: Desk) -> None:
    whens = [
        "2026-09-30 23:59", "2026-10-01 00:00", "2026-10-01 00:01", "2026-10-31 23:59",
        "2026-11-01 00:00",
    ]  # fmt: skip
    run = tried(desk, [Payment(date=when, service=when) for when in whens])

    assert billed(desk, run) == whens[1:4]
    assert run.finding("other-month")["count"] == 2
    outside = run.finding("just-outside-month")
    assert (outside["rows"], outside["severity"]) == ([2, 6], "warning")
    inside = run.finding("near-month-edge")
    assert (inside["rows"], inside["severity"]) == ([3, 4, 5], "info")


def test_rows_of_other_months_and_types_are_counted(desk: Desk) -> None:
    run = tried(
        desk,
        [
            Payment(),
            *(Payment(date=f"2026-08-{day:02} 09:00") for day in range(1, 4)),
            Payment(type="Cash"),
            Payment(type="Credit Card", date="2026-09-03 09:00"),
        ],
    )

    other = run.finding("other-month")
    assert (other["count"], other["severity"]) == (3, "info")
    assert "August 2026 (3)" in other["message"]
    assert run.finding("other-payment-type")["count"] == 1
    assert run.json["sessions"] == 1


def test_the_default_month_is_the_last_full_one(desk: Desk) -> None:
    paid = desk.file("paid.csv", csv_text([Payment(), Payment(date="2026-09-08 10:00")]))
    words: list[str | Path] = ["--paid", paid, "--dry-run", "--out", "out"]
    assert desk.bill(*words, "--today", "2026-11-01").json["month"] == "2026-10"
    assert desk.bill(*words, "--today", "2026-10-31").json["month"] == "2026-09"


def test_a_month_that_is_not_over_is_warned_of(desk: Desk) -> None:
    run = tried(desk, [Payment()], "--month", "2026-10", "--today", "2026-10-31")
    assert run.code == 0
    assert run.finding("month-not-over")["severity"] == "warning"


def test_dates_without_times_are_a_warning_and_the_invoice_shows_dates(desk: Desk) -> None:
    run = tried(desk, [Payment(date="2026-10-14"), Payment(date="2026-10-15")])

    assert run.code == 0
    assert run.finding("no-time")["rows"] == [2, 3]
    rows = table_rows(desk.folder / run.json["invoices"][0]["pdf"])
    assert rows[1][:3] == ["1", "14 Oct 2026", "Individual session 50 min"]


def test_sponsorless_and_free_sessions_are_billed_with_a_warning(desk: Desk) -> None:
    free = Payment(date="2026-10-15 10:00", service="Free", price="0")
    run = tried(desk, [Payment(sponsor=""), free])

    assert run.code == 0
    assert run.json["sessions"] == 2
    assert run.finding("no-sponsor")["rows"] == [2]
    assert run.finding("zero-price")["rows"] == [3]
    assert run.json["invoices"][0]["total"] == "60.00"


def test_equal_rows_without_times_are_asked_about_and_others_of_that_day_are_not(
    desk: Desk,
) -> None:
    twice = Payment(date="2026-10-20")
    run = tried(desk, [twice, twice, replace(twice, service="Couples 80 min"), Payment()])

    assert run.code == 3
    assert run.finding("identical-rows")["rows"] == [2, 3]


def test_columns_that_are_not_read_are_named_by_their_headers(desk: Desk) -> None:
    run = tried(desk, [Payment()])
    dropped = run.finding("column-dropped")
    assert (dropped["count"], dropped["severity"]) == (2, "info")
    assert "“Client Name” and “Client Email”" in dropped["message"]


def test_a_sponsor_that_is_invoiced_elsewhere_is_left_out_and_said_to_be(desk: Desk) -> None:
    desk.write_profile(sponsors={"default": "kara", "names": {"Blue Heron": "elsewhere"}})
    run = tried(desk, [Payment(), Payment(sponsor="Blue Heron", service="Not ours")])

    assert billed(desk, run) == ["Individual session 50 min"]
    assert run.finding("left-out")["rows"] == [3]


def test_a_sponsor_that_nobody_has_settled_is_asked_about(desk: Desk) -> None:
    desk.write_profile(sponsors={"default": "ask", "names": {"Blue Heron": "kara"}})
    run = tried(desk, [Payment(sponsor="Blue Heron"), Payment(sponsor="Grey Heron")])

    assert run.code == 3
    finding = run.finding("sponsor-unsettled")
    assert finding["rows"] == [3]
    assert "“Grey Heron”" in finding["message"]


@pytest.mark.parametrize(
    ("header", "box"),
    [
        ("Sponsor", "Sponsor"),
        ("Transaction date", "Transaction date"),
        ("Service Name", "Service Name"),
        ("Service Price", "Service Price"),
        ("Service Currency", "Service Currency"),
        ("Professional Name", "Professional Name"),
        ("Type", "Type"),
    ],
)
def test_a_missing_column_names_the_box_to_tick(desk: Desk, header: str, box: str) -> None:
    paid = desk.file("paid.csv", csv_text([Payment()], without=[header]))
    run = desk.bill("--paid", paid)

    assert run.code == 4
    assert run.codes == ["column-missing"]
    assert f"“{box}”" in run.finding("column-missing")["hint"]
    assert not desk.ledger.exists()
