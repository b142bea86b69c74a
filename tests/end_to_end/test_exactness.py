"""Money is exact from the cell to the paper, whatever the file's kind."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from tests.end_to_end.command import Desk
from tests.end_to_end.payments import Payment, csv_text, write_workbook
from tests.end_to_end.reading_back import annex, said

FIRST = datetime(2026, 10, 1)


def test_a_thousand_rows_of_a_tenth_make_a_hundred(desk: Desk) -> None:
    payments = [
        Payment(date=f"{FIRST + timedelta(minutes=40 * n):%Y-%m-%d %H:%M}", price="0.10")
        for n in range(1000)
    ]
    run = desk.bill("--paid", desk.file("paid.csv", csv_text(payments)), "--out", "out")

    assert run.code == 0
    assert run.json["sessions"] == 1000
    assert run.json["invoices"][0]["total"] == "100.00"
    assert "Total EUR 100.00" in said(desk.folder / run.json["invoices"][0]["pdf"])
    assert annex(desk.folder / run.json["invoices"][0]["annex"]).total == Decimal(100)


def test_three_hundred_doubles_of_a_tenth_make_thirty(desk: Desk) -> None:
    rows = [
        (FIRST + timedelta(hours=n), "Unnur", "u@client.example", "Session", 0.1, "EUR", "Credit",
         "Norðurljós", "Þóra Ægisdóttir", "thora@example.is")
        for n in range(300)
    ]  # fmt: skip
    run = desk.bill("--paid", write_workbook(desk.folder / "paid.xlsx", rows), "--out", "out")

    assert run.code == 0
    assert run.json["sessions"] == 300
    assert run.json["invoices"][0]["total"] == "30.00"
    assert "Total EUR 30.00" in said(desk.folder / run.json["invoices"][0]["pdf"])


def test_isk_has_no_smaller_unit_and_its_point_groups_thousands(desk: Desk) -> None:
    desk.write_profile(invoice={"currency": "ISK"})
    payments = [
        Payment(price="12.500", currency="ISK"),
        Payment(price="9.900", currency="ISK", date="2026-10-15 10:00"),
        Payment(price="650", currency="ISK", date="2026-10-16 10:00"),
    ]
    run = desk.bill("--paid", desk.file("paid.csv", csv_text(payments)), "--out", "out")

    assert run.json["invoices"][0]["total"] == "23050"
    assert "Total ISK 23,050" in said(desk.folder / run.json["invoices"][0]["pdf"])


def test_a_fraction_of_a_cent_is_never_rounded_away(desk: Desk) -> None:
    paid = desk.file("paid.csv", csv_text([Payment(), Payment(price="60.005")]))
    run = desk.bill("--paid", paid)

    assert run.code == 3
    # Beside 65.00 it may as well be sixty thousand and five.
    assert run.finding("price-style")["rows"] == [3]
    assert not desk.ledger.exists()


def test_four_decimals_of_a_cent_are_never_rounded_away(desk: Desk) -> None:
    paid = desk.file("paid.csv", csv_text([Payment(), Payment(price="60.0051")]))
    run = desk.bill("--paid", paid)

    assert run.code == 3
    assert run.finding("price-fraction")["rows"] == [3]
    assert not desk.ledger.exists()


def test_vat_is_reckoned_once_from_the_sum(desk: Desk) -> None:
    """24 % of 3 × 0.10 is 0.072, which is 0.07; row by row it would be 0.06 (3 × 0.02)."""
    # The VAT in the supplier's own currency has to stand in the words about it.
    vat = {"preset": "taxed", "text": "VSK 24 % (10 ISK)", "rate": 24, "prices": "net"}
    desk.write_profile(vat=vat, supplier={"tax_ids": {"kennitala": "010130-2989", "vsk": "00011"}})
    payments = [Payment(price="0.10", date=f"2026-10-{day} 10:00") for day in (13, 14, 15)]
    run = desk.bill("--paid", desk.file("paid.csv", csv_text(payments)), "--dry-run", "--out", "o")

    assert run.code == 0, run.err
    assert run.json["invoices"][0]["total"] == "0.37"
    assert "Net EUR 0.30" in said(desk.folder / run.json["invoices"][0]["pdf"])
