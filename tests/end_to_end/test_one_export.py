"""One export by itself: how it is understood, and a copy of it without clients."""

from __future__ import annotations

import csv
from pathlib import Path

from kara_tui.arguments import COMMANDS
from kara_tui.headless.commands import _COMMANDS
from tests.end_to_end.command import DEMO_PAID, DEMO_UNPAID, Desk
from tests.end_to_end.payments import Payment, csv_text


def test_every_command_of_the_help_is_there() -> None:
    assert _COMMANDS.keys() == COMMANDS.keys()


def test_the_doctor_says_what_was_taken_for_what_before_any_set_up(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    run = desk.run("doctor", "--paid", DEMO_PAID)

    assert run.code == 0
    assert "payments-paid.csv: 56 payments." in run.out
    assert "transaction date     from “Transaction date”" in run.out
    assert "“Client Name”, “Client Email”" in run.out
    assert not desk.home.exists()


def test_the_doctor_names_the_box_of_a_missing_column(desk: Desk) -> None:
    paid = desk.file("paid.csv", csv_text([Payment()], without=["Service Price"]))
    run = desk.run("doctor", "--paid", paid)

    assert run.code == 4
    assert "cannot be used" in run.out
    assert "missing: tick the box “Service Price”" in run.out
    assert "“Service Price”" in run.err


def test_the_doctor_ends_with_3_when_a_cell_needs_a_decision(desk: Desk) -> None:
    run = desk.run("doctor", "--paid", desk.file("paid.csv", csv_text([Payment(price="sixty")])))
    assert run.code == 3
    assert "[!] Row 2" in run.err


def test_a_clean_copy_has_no_client_and_makes_the_same_month(desk: Desk) -> None:
    cleaned = desk.run("clean", "--paid", DEMO_PAID, "-o", "clean.csv")
    assert (cleaned.code, "56 payments" in cleaned.out) == (0, True)

    with (desk.folder / "clean.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 56
    assert not [header for header in rows[0] if "client" in header.lower()]
    run = desk.bill("--paid", desk.folder / "clean.csv", "--dry-run", "--out", "out")
    assert (run.json["sessions"], run.json["invoices"][0]["total"]) == (42, "2730.00")


def test_an_unpaid_export_is_cleaned_too_and_never_onto_nothing(desk: Desk) -> None:
    assert desk.run("clean", "--unpaid", DEMO_UNPAID, "-o", "unpaid.csv").code == 0
    nowhere = desk.run("clean", "--unpaid", DEMO_UNPAID, "-o", "no-folder/unpaid.csv")
    assert (nowhere.code, "no-folder" in nowhere.err) == (5, True)
    broken = desk.file("broken.csv", csv_text([Payment(price="sixty")]))
    assert desk.run("clean", "--paid", broken, "-o", "broken-clean.csv").code == 3
    assert not (desk.folder / "broken-clean.csv").exists()


def test_one_export_is_asked_for(desk: Desk) -> None:
    for words in ((), ("--paid", DEMO_PAID, "--unpaid", DEMO_UNPAID)):
        run = desk.run("doctor", *words)
        assert (run.code, "one export" in run.err) == (2, True)
