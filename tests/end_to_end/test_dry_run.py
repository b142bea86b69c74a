"""Trying a month out leaves no trace but a paper that says it is a draft."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.end_to_end.command import DEMO_PAID, DEMO_UNPAID, Desk, Run
from tests.end_to_end.payments import Payment, csv_text, unpaid_text
from tests.end_to_end.reading_back import annex, on_paper, said

BLOCKED = {
    "an unpaid session with a sponsor": (csv_text([Payment()]), unpaid_text([Payment()])),
    "a negative price": (csv_text([Payment(), Payment(price="-60.00")]), None),
    "nothing to bill": (csv_text([Payment(type="Cash")]), None),
    "a price that cannot be read": (csv_text([Payment(), Payment(price="sixty")]), None),
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = Desk(tmp_path_factory.mktemp("dry"))
    desk.write_profile()
    return desk


@pytest.fixture(scope="module")
def tried(desk: Desk) -> Run:
    run = desk.bill("--paid", DEMO_PAID, "--unpaid", DEMO_UNPAID, "--dry-run", "--out", "out")
    assert run.code == 0
    return run


def test_a_dry_run_takes_no_number_and_makes_no_ledger(desk: Desk, tried: Run) -> None:
    assert tried.json["status"] == "dry-run"
    assert tried.numbers == [None]
    assert tried.json["invoices"][0]["total"] == "2730.00"
    assert desk.files().keys() == {"profiles/default.toml"}


def test_a_dry_run_writes_paper_and_annex_but_no_mail(desk: Desk, tried: Run) -> None:
    assert tried.json["mail"]["eml"] is None
    assert sorted(path.name for path in (desk.folder / "out").iterdir()) == [
        "DRAFT-2026-10-EUR-sessions.xlsx",
        "DRAFT-2026-10-EUR.pdf",
    ]
    assert len(annex(desk.folder / tried.json["invoices"][0]["annex"]).sessions) == 42


def test_the_paper_of_a_dry_run_says_draft_and_has_no_number(desk: Desk, tried: Run) -> None:
    pdf = desk.folder / tried.json["invoices"][0]["pdf"]
    assert "not an invoice" in on_paper(pdf)
    assert "DRAFT" in on_paper(pdf)
    assert "KC-00" not in said(pdf)


def test_a_dry_run_can_be_repeated(desk: Desk, tried: Run) -> None:
    before = (desk.folder / "out" / "DRAFT-2026-10-EUR.pdf").read_bytes()
    again = desk.bill("--paid", DEMO_PAID, "--unpaid", DEMO_UNPAID, "--dry-run", "--out", "out")
    assert again.json == tried.json
    assert (desk.folder / "out" / "DRAFT-2026-10-EUR.pdf").read_bytes() == before


def test_the_sample_profile_serves_for_a_dry_run_before_any_set_up(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    run = desk.bill("--paid", DEMO_PAID, "--profile", "demo", "--dry-run", "--out", "out")

    assert run.code == 0
    assert run.numbers == [None]
    assert not desk.home.exists()


@pytest.mark.parametrize("why", BLOCKED)
@pytest.mark.parametrize("mode", [(), ("--dry-run",)], ids=["issue", "dry-run"])
def test_a_month_with_a_blocker_writes_nothing_at_all(
    desk: Desk, why: str, mode: tuple[str, ...]
) -> None:
    paid, unpaid = BLOCKED[why]
    files: list[str | Path] = ["--paid", desk.file("paid.csv", paid)]
    if unpaid is not None:
        files += ["--unpaid", desk.file("unpaid.csv", unpaid)]
    before = desk.files()

    run = desk.bill(*files, *mode, "--out", desk.folder / "nothing-here")

    assert run.code == 3
    assert run.json["status"] == "blocked"
    assert run.json["invoices"] == []
    assert run.json["findings"][0]["severity"] == "blocker"
    assert run.json["findings"][0]["hint"]
    assert desk.files() == before
    assert not (desk.folder / "nothing-here").exists()


def test_blockers_stand_before_warnings_and_infos(desk: Desk) -> None:
    payments = [Payment(), Payment(price="0.00"), Payment(type="Cash"), Payment(price="-1.00")]
    run = desk.bill("--paid", desk.file("mixed.csv", csv_text(payments)), "--dry-run")

    severities = [finding["severity"] for finding in run.json["findings"]]
    assert severities == sorted(severities, key=["blocker", "warning", "info"].index)
    assert set(severities) == {"blocker", "warning", "info"}


def test_a_folder_that_takes_no_file_is_told_of(desk: Desk) -> None:
    desk.file("a-file", "in the way")
    run = desk.bill("--paid", DEMO_PAID, "--dry-run", "--out", "a-file/below")

    assert run.code == 4  # 5 would say that it is issued and must not be run again
    (sentence,) = run.json["undelivered"]
    assert "a-file" in sentence
    assert "Nothing was issued" in sentence
    assert not desk.ledger.exists()


def test_a_profile_of_several_professionals_is_shown_as_it_would_be_issued(desk: Desk) -> None:
    desk.write_profile("clinic", supplier={"kind": "clinic", "name": "Sálfræðistofan ehf."})
    ann, bo = (
        Payment(professional="Ann Ek", price="61.00"),
        Payment(professional="Bo Å", price="0.30"),
    )
    paid = desk.file("clinic.csv", csv_text([ann, bo, replace(ann, date="2026-10-15 10:00")]))
    run = desk.bill("--paid", paid, "--profile", "clinic", "--dry-run", "--out", "clinic")

    assert run.code == 0
    assert "several-professionals" not in run.codes
    text = said(desk.folder / run.json["invoices"][0]["pdf"])
    assert "Ann Ek thora@example.is 2 122.00" in text
    assert "Bo Å thora@example.is 1 0.30" in text
    assert "Total EUR 122.30" in text
