"""The sample month: from the bundled exports to a PDF, an annex and a mail, told as JSON."""

from __future__ import annotations

import csv
import hashlib
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tests.end_to_end.command import DEMO_PAID, Desk, Run
from tests.end_to_end.reading_back import annex, attachments, mail, on_paper, said, table_rows


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module")
def demo(desk: Desk) -> Run:
    """The sample month issued on a machine without any settings."""
    run = desk.run("--demo", "--no-tui", "--json", "--out", "out")
    assert run.code == 0
    return run


@pytest.fixture(scope="module")
def pdf(desk: Desk, demo: Run) -> Path:
    return desk.folder / str(demo.json["invoices"][0]["pdf"])


def october() -> list[dict[str, str]]:
    """The Credit rows of the month, chosen by a plain reader."""
    with DEMO_PAID.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return sorted(
        (
            row
            for row in rows
            if row["Type"] == "Credit" and row["Transaction date"].startswith("2026-10")
        ),
        key=lambda row: row["Transaction date"],
    )


def test_the_json_is_as_documented(demo: Run) -> None:
    value = dict(demo.json)
    findings = value.pop("findings")

    assert value == {
        "version": 1,
        "status": "issued",
        "month": "2026-10",
        "sessions": 42,
        "invoices": [
            {
                "number": "KC-0011",
                "currency": "EUR",
                "sessions": 42,
                "total": "2730.00",
                "pdf": "out/SAMPLE-KC-0011.pdf",
                "annex": "out/SAMPLE-KC-0011-sessions.xlsx",
            }
        ],
        "mail": {"to": "accounts@karaconnect.com", "eml": "out/SAMPLE-KC-0011-mail.eml"},
        "deadlines": {"safe": "2026-11-03", "last": "2026-11-04", "pay": "2026-11-10"},
        "undelivered": [],
    }
    assert {"code", "severity", "rows", "message", "hint"} <= findings[0].keys()
    assert demo.codes == [
        "unpaid-without-sponsor", "other-payment-type", "other-month", "near-month-edge",
        "column-dropped", "column-dropped",
    ]  # fmt: skip


def test_the_total_is_the_decimal_sum_of_the_months_credit_rows(demo: Run) -> None:
    rows = october()
    assert demo.json["sessions"] == len(rows)
    assert Decimal(demo.json["invoices"][0]["total"]) == sum(
        Decimal(row["Service Price"]) for row in rows
    )


def test_the_total_on_paper_is_the_invoices_total(pdf: Path) -> None:
    assert "Net EUR 2,730.00 VAT EUR 0.00 Total EUR 2,730.00" in said(pdf)
    by_sponsor = [Decimal(row[2]) for row in table_rows(pdf) if len(row) == 3 and row[1].isdigit()]
    assert sum(by_sponsor) == Decimal("2730.00")


def test_the_paper_has_every_session_with_date_and_time_in_order(pdf: Path) -> None:
    sessions = [row for row in table_rows(pdf) if row[0].isdigit()]
    whens = [datetime.fromisoformat(row["Transaction date"]) for row in october()]

    assert [row[0] for row in sessions] == [str(n) for n in range(1, 43)]
    assert [f"{row[1]} {row[2]}" for row in sessions] == [
        f"{when.day} {when:%b %Y %H:%M}" for when in whens
    ]


def test_the_paper_says_what_kara_connect_asks_for(pdf: Path) -> None:
    text = said(pdf)
    for needed in (
        "KC-0011", "42", "October 2026", "Þóra Ægisdóttir", "thora@example.is",
        "IS72 9999 2600 0001 0101 3029 89", "Kara Connect (sample", "Harbour Lane Logistics Ltd",
        "Exempt, VAT Act 50/1988 Art. 2(3)1", "2 November 2026",
    ):  # fmt: skip
        assert needed in text, needed


def test_the_paper_says_that_it_is_a_sample(pdf: Path) -> None:
    assert "SAMPLE" in on_paper(pdf).upper()


def test_the_annex_sums_to_the_total(desk: Desk, demo: Run) -> None:
    sheet = annex(desk.folder / demo.json["invoices"][0]["annex"])
    assert len(sheet.sessions) == 42
    assert sheet.total == Decimal(demo.json["invoices"][0]["total"])
    assert not [header for header in sheet.headers if "client" in header.lower()]


def test_the_mail_is_a_draft_with_the_very_bytes_on_disk(desk: Desk, demo: Run, pdf: Path) -> None:
    message = mail(desk.folder / demo.json["mail"]["eml"])

    assert message["X-Unsent"] == "1"
    assert not {"Date", "Message-ID"} & set(message.keys())
    assert message["To"] == "accounts@karaconnect.com"
    assert message["From"].addresses[0].display_name == "Þóra Ægisdóttir"
    assert "KC-0011" in message["Subject"]
    assert attachments(message) == {"SAMPLE-KC-0011.pdf": pdf.read_bytes()}
    body = message.get_body()
    assert body is not None
    text = body.get_content()
    assert "42" in text
    assert "2,730.00" in text or "2730.00" in text


def test_it_is_said_how_the_draft_becomes_a_mail(desk: Desk) -> None:
    said = desk.run("--demo", "--no-tui", "--out", "told").out
    assert "Apple Mail: Message → Send Again" in said
    assert "Thunderbird: Message → Edit As New Message" in said


def test_issued_files_can_only_be_read_and_only_by_their_owner(desk: Desk, demo: Run) -> None:
    modes = {path.stat().st_mode & 0o777 for path in (desk.folder / "out").iterdir()}
    assert modes == {0o400}
    assert (desk.folder / "out").stat().st_mode & 0o777 == 0o700


def test_the_sample_month_touches_no_ledger_but_its_own(desk: Desk, demo: Run) -> None:
    assert {name.split("/")[0] for name in desk.files()} == {"demo"}


def test_a_second_run_makes_the_same_bytes(desk: Desk, demo: Run) -> None:
    again = desk.run("--demo", "--no-tui", "--out", "again")

    assert again.code == 0
    first, second = (
        {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest()
            for path in (desk.folder / folder).iterdir()
        }
        for folder in ("out", "again")
    )
    assert len(first) == 3
    assert second == first


def test_without_json_the_paths_are_told_to_a_person(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    run = desk.run("--demo", "--no-tui")

    assert run.code == 0
    told = run.out
    assert "42 sessions" in told
    assert "2730.00 EUR" in told
    for path in (desk.home / "demo" / "invoices").iterdir():
        assert path.name in told
    assert "Client Name" in run.err
    assert "\x1b" not in run.out + run.err


def test_a_trial_of_the_sample_month_does_not_meet_what_was_issued_before(
    desk: Desk, demo: Run
) -> None:
    tried = desk.run("--demo", "--no-tui", "--json", "--dry-run", "--out", "tried")

    assert tried.code == 0
    assert tried.json["status"] == "dry-run"
    assert "month-issued" not in tried.codes
    assert tried.numbers == [None]
    assert (desk.folder / str(demo.json["invoices"][0]["pdf"])).exists()
