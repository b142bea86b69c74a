"""The commands about one export when they are asked for something odd."""

from __future__ import annotations

import csv
import io
import os

import pytest

from tests.end_to_end.command import DEMO_PAID, DEMO_UNPAID, Desk
from tests.end_to_end.payments import Payment, csv_text


def test_a_clean_copy_never_takes_the_place_of_the_only_original(desk: Desk) -> None:
    paid = desk.file("paid.csv", csv_text([Payment()]))
    before = paid.read_bytes()
    link = desk.folder / "link.csv"
    link.symlink_to(paid)
    for output in ("paid.csv", f"../{desk.folder.name}/paid.csv", "link.csv"):
        run = desk.run("clean", "--paid", paid, "-o", output)
        assert (run.code, "names the export itself" in run.err) == (2, True)
    assert paid.read_bytes() == before
    assert sorted(each.name for each in desk.folder.glob("*.csv")) == ["link.csv", "paid.csv"]


def test_a_clean_copy_goes_to_standard_output_and_the_words_beside_it(desk: Desk) -> None:
    run = desk.run("clean", "--paid", DEMO_PAID, "-o", "-")
    rows = list(csv.DictReader(io.StringIO(run.out)))
    assert (run.code, len(rows)) == (0, 56)
    assert "56 payments of payments-paid.csv." in run.err
    assert not [header for header in rows[0] if "client" in header.lower()]
    assert not (desk.folder / "-").exists()


def test_a_clean_copy_into_a_missing_folder_names_the_place_that_was_asked_for(desk: Desk) -> None:
    run = desk.run("clean", "--paid", DEMO_PAID, "-o", "nowhere/clean.csv")
    assert run.code == 5
    assert run.err.endswith("No such file or directory (nowhere/clean.csv).\n")


def test_a_clean_copy_is_written_to_files_only(desk: Desk) -> None:
    for place in (os.devnull, "."):
        run = desk.run("clean", "--paid", DEMO_PAID, "-o", place)
        assert (run.code, "needs the name of a file" in run.err) == (2, True)


def test_a_clean_copy_goes_where_a_link_leads(desk: Desk) -> None:
    shared = desk.file("shared.csv", "old")
    (desk.folder / "link.csv").symlink_to(shared)
    assert desk.run("clean", "--paid", DEMO_PAID, "-o", "link.csv", "--force").code == 0
    assert (desk.folder / "link.csv").is_symlink()
    assert shared.read_text("utf-8").startswith("Transaction date,")


@pytest.mark.parametrize("name", ["clean.xlsx", "clean", "clean.csv.pdf"])
def test_a_clean_copy_is_called_what_it_is(desk: Desk, name: str) -> None:
    run = desk.run("clean", "--paid", DEMO_PAID, "-o", name)
    assert (run.code, ".csv" in run.err) == (2, True)
    assert not (desk.folder / name).exists()


def test_a_clean_copy_replaces_a_file_only_when_it_is_told_to(desk: Desk) -> None:
    mine = desk.file("mine.csv", "mine")
    refused = desk.run("clean", "--paid", DEMO_PAID, "-o", "mine.csv")
    assert (refused.code, "--force" in refused.err) == (2, True)
    assert mine.read_text() == "mine"
    assert desk.run("clean", "--paid", DEMO_PAID, "-o", "mine.csv", "--force").code == 0
    assert mine.read_text().startswith("Transaction date,")


@pytest.mark.parametrize("command", [("doctor",), ("clean", "-o", "clean.csv")])
def test_a_second_file_is_refused_and_not_overlooked(desk: Desk, command: tuple[str, ...]) -> None:
    run = desk.run(*command, "--paid", DEMO_PAID, "--paid", DEMO_UNPAID)
    assert (run.code, "--paid was given twice" in run.err) == (2, True)


@pytest.mark.parametrize("command", [("doctor",), ("clean", "-o", "clean.csv")])
def test_a_profile_that_is_asked_for_has_to_be_there(desk: Desk, command: tuple[str, ...]) -> None:
    run = desk.run(*command, "--paid", DEMO_PAID, "--profile", "nosuch")
    assert run.code != 0
    assert "nosuch" in run.err
    assert desk.run(*command, "--paid", DEMO_PAID, "--profile", "demo").code == 0


def test_names_in_the_type_column_are_in_nothing_that_the_month_end_says(desk: Desk) -> None:
    names = ("Zaqary Berg", "zaqary olsen", "Zaqary")
    paid = desk.file("paid.csv", csv_text([Payment(), *(Payment(type=name) for name in names)]))
    desk.write_profile()
    run = desk.bill("--paid", paid, "--dry-run")
    assert run.json["sessions"] == 1
    assert "zaqary" not in (run.out + run.err).casefold()
    assert "types not shown (3)" in run.finding("other-payment-type")["message"]


def test_the_profile_sets_the_caps_on_an_export(desk: Desk) -> None:
    paid = desk.file("paid.csv", csv_text([Payment(), Payment(date="2026-10-15 10:00")]))
    for limits, code in (({"rows": 1}, 4), ({"rows": 2}, 0)):
        desk.write_profile(reading={"limits": limits})
        assert desk.run("profile", "check").code == 0
        run = desk.bill("--paid", paid, "--dry-run")
        assert run.code == code
        assert desk.run("doctor", "--paid", paid).code == code
        assert desk.run("clean", "--paid", paid, "-o", "clean.csv").code == code
        assert code == 0 or "file-too-large" in [found["code"] for found in run.json["findings"]]


def test_doctor_says_words_that_a_spreadsheet_may_have_changed_in_any_month(desk: Desk) -> None:
    months = [Payment(), Payment(date="2026-03-14 10:00", service="01:01:00")]
    paid = desk.file("paid.csv", csv_text(months))
    run = desk.run("doctor", "--paid", paid)
    assert run.code == 0
    assert "01:01:00" in run.err
    assert "row 3" in run.err.lower()


def test_doctor_does_not_say_it_of_a_payment_that_is_not_billed(desk: Desk) -> None:
    paid = desk.file("paid.csv", csv_text([Payment(), Payment(type="Gift", service="01:01:00")]))
    assert "01:01:00" not in desk.run("doctor", "--paid", paid).err
