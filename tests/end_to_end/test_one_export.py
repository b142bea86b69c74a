"""One export by itself: how it is understood, and a copy of it without clients."""

from __future__ import annotations

import csv
import importlib
import tomllib
from pathlib import Path

import pytest

from kara_tui.arguments import COMMANDS, Command
from tests.end_to_end.command import DEMO_PAID, DEMO_UNPAID, Desk, Run
from tests.end_to_end.payments import Payment, csv_text


@pytest.mark.parametrize("command", COMMANDS.values(), ids=lambda command: command.name)
def test_every_command_of_the_help_is_there(command: Command) -> None:
    module, _, function = command.does.partition(":")

    assert callable(getattr(importlib.import_module(module), function))


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


def renamed(text: str, **headers: str) -> str:
    """The export with other words in its header row."""
    first, rest = text.split("\r\n", 1)
    for header, other in headers.items():
        assert header.replace("_", " ") in first
        first = first.replace(header.replace("_", " "), other)
    return f"{first}\r\n{rest}"


def told_toml(run: Run) -> str:
    """The lines of TOML that the doctor tells to add."""
    _, told = run.out.split("profile:\n", 1)
    return "".join(line.removeprefix("  ") for line in told.splitlines(keepends=True))


def test_the_lines_that_the_doctor_tells_make_the_month(desk: Desk) -> None:
    paid = desk.file("paid.csv", renamed(csv_text([Payment()]), Sponsor="Sponsors name"))
    blocked = desk.bill("--paid", paid, "--dry-run")
    assert (blocked.code, "kara-tui doctor" in blocked.finding("column-missing")["hint"]) == (
        4,
        True,
    )

    run = desk.run("doctor", "--paid", paid)
    assert tomllib.loads(told_toml(run)) == {"reading": {"columns": {"Sponsors name": "sponsor"}}}
    profile = desk.write_profile()
    profile.write_text(profile.read_text("utf-8") + told_toml(run), "utf-8")

    assert desk.run("profile", "check").code == 0
    assert desk.bill("--paid", paid, "--dry-run").json["sessions"] == 1
    again = desk.run("doctor", "--paid", paid)
    assert (again.code, "sponsor              from “Sponsors name”" in again.out) == (0, True)
    assert desk.run("clean", "--paid", paid, "-o", "clean.csv").code == 0


def test_the_doctor_adds_to_the_columns_that_a_profile_has(desk: Desk) -> None:
    desk.write_profile(reading={"columns": {"Who pays": "sponsor"}})
    paid = desk.file("paid.csv", renamed(csv_text([Payment()]), Type="Types"))
    run = desk.run("doctor", "--paid", paid)
    assert "add below [reading.columns] in your profile" in run.out
    assert tomllib.loads(told_toml(run)) == {"Types": "type"}


def test_a_column_of_clients_needs_the_second_word_in_the_profile(desk: Desk) -> None:
    paid = desk.file(
        "paid.csv", renamed(csv_text([Payment()]), Client_Name="Name", Sponsor="Client firm")
    )
    desk.write_profile(reading={"columns": {"Client firm": "sponsor"}})
    refused = desk.bill("--paid", paid, "--dry-run")
    hint = refused.finding("column-of-clients")["hint"]
    line = hint.partition("under [reading.columns]: ")[2]

    desk.write_profile(reading={"columns": tomllib.loads(line)})
    assert (refused.code, desk.bill("--paid", paid, "--dry-run").json["sessions"]) == (4, 1)


def test_an_encoding_in_the_profile_is_used(desk: Desk) -> None:
    paid = desk.file("paid.csv", csv_text([Payment()]).encode("mac-iceland"))
    desk.write_profile(reading={"encoding": "mac-iceland"})
    assert desk.run("clean", "--paid", paid, "-o", "clean.csv").code == 0
    assert "Þóra Ægisdóttir" in (desk.folder / "clean.csv").read_text("utf-8")


def test_the_profile_says_which_date_decides(desk: Desk) -> None:
    text = csv_text([Payment(date="2026-11-02 09:00")])
    text = text.replace("\r\n", ",Session date\r\n", 1).rstrip() + ",2026-10-31\r\n"
    paid = desk.file("paid.csv", text)
    by_session = desk.bill("--paid", paid, "--dry-run")
    line = by_session.finding("session-date-used")["hint"].partition("[reading]: ")[2]

    desk.write_profile(reading=tomllib.loads(line))
    by_transaction = desk.bill("--paid", paid, "--dry-run")
    assert (by_session.json["sessions"], by_transaction.json["sessions"]) == (1, 0)
