"""The exit codes are a promise to scripts, and so is what goes to which stream."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from pathlib import Path

import pytest

from tests.end_to_end.command import DEMO_PAID, MONTH, PROGRAM, Desk
from tests.end_to_end.payments import Payment, csv_text, unpaid_text

WRONG_USAGE = {
    "an unknown option": ["--no-tui", "--paid", "x.csv", "--colour"],
    "an option cut short": ["--no-tui", "--pai", "x.csv"],
    "an unknown command": ["invoice"],
    "a file without --paid": ["payments.csv"],
    "no export": ["--no-tui"],
    "a month that is none": ["--no-tui", "--paid", "x.csv", "--month", "2026-13"],
    "a day that is none": ["--no-tui", "--paid", "x.csv", "--today", "2026-02-30"],
    "standard input twice": ["--no-tui", "--paid", "-", "--unpaid", "-"],
    "json in the wizard": ["--json", "--paid", "x.csv"],
    "two faces": ["--no-tui", "--plain", "--paid", "x.csv"],
    "a date order that is none": ["--no-tui", "--paid", "x.csv", "--date-order", "myd"],
    "the sample profile for real": ["--no-tui", "--paid", "x.csv", "--profile", "demo"],
    "a profile's name that is none": ["--no-tui", "--paid", str(DEMO_PAID), "--profile", "../a"],
    "a theme that is none": ["--no-tui", "--paid", str(DEMO_PAID), *MONTH, "--theme", "none"],
    "answers that are not there": ["--no-tui", "--paid", "x.csv", "--decisions", "none.toml"],
    "no reason for a credit note": ["credit", "KC-0011"],
    "an empty reason": ["credit", "KC-0011", "--reason", " "],
    "a day of sending that is none": ["sent", "KC-0011", "--on", "yesterday"],
    "a year that is none": ["invoices", "--year", "last"],
    "a row that is none": [
        "decide", "--unpaid", "x.csv", "--row", "two", "--decision", "void"
    ],
    "a decision without its session": ["decide", "--decision", "void"],
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG_USAGE)
def test_wrong_usage_ends_with_2_and_a_sentence(desk: Desk, what: str) -> None:
    before = desk.files()
    run = desk.run(*WRONG_USAGE[what])

    assert run.code == 2
    assert len(run.err.strip()) > 20
    assert desk.files() == before


def test_help_and_version_end_with_0(desk: Desk) -> None:
    for words in (["--help"], ["--version"], ["credit", "--help"]):
        run = desk.run(*words)
        assert (run.code, run.err) == (0, "")
        assert run.out.strip()


def test_what_needs_a_decision_ends_with_3(desk: Desk) -> None:
    unpaid = desk.file("unpaid.csv", unpaid_text([Payment(date="2026-10-15 10:00")]))
    run = desk.run("--no-tui", "--paid", DEMO_PAID, "--unpaid", unpaid, *MONTH)

    assert run.code == 3
    assert "Nothing was issued" in run.out
    assert "[!] 1 session of October 2026 with a sponsor is still Unpaid" in run.err


def test_no_profile_ends_with_3_and_says_how_to_make_one(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    run = desk.bill("--paid", DEMO_PAID)

    assert run.code == 3
    assert run.codes == ["no-profile"]
    assert "kara-tui profile new" in run.err
    assert not desk.home.exists()


def test_a_profile_that_cannot_be_read_names_the_field_and_the_mend(desk: Desk) -> None:
    desk.write_profile(vat={"preset": "none-of-them"})
    run = desk.bill("--paid", DEMO_PAID)

    assert run.code == 3
    finding = run.finding("profile-problem")
    assert "vat.preset" in finding["message"]
    assert "none-of-them" in finding["message"]
    assert "exempt-health" in finding["message"] + finding["hint"]


def test_an_account_number_with_wrong_check_digits_stops_the_month(desk: Desk) -> None:
    account = {"holder": "Þ", "iban": "IS72 9999 2600 0001 0101 3029 88", "bic": "SAMPISRE"}
    desk.write_profile(bank=[account])
    run = desk.bill("--paid", DEMO_PAID)

    assert run.code == 3
    (bank, *_) = [f for f in run.json["findings"] if f["code"] == "profile-problem"]
    assert "iban" in bank["message"]
    assert bank["severity"] == "blocker"
    assert bank["hint"]
    assert not desk.ledger.exists()


def test_an_export_that_cannot_be_read_ends_with_4(desk: Desk) -> None:
    run = desk.bill("--paid", "none.csv")

    assert run.code == 4
    assert run.json["status"] == "unreadable"
    assert run.json["invoices"] == []
    assert run.codes == ["file-missing"]


def test_copies_that_cannot_be_written_end_with_5_and_are_repaired_later(desk: Desk) -> None:
    desk.file("a-file", "in the way")
    run = desk.bill("--paid", DEMO_PAID, "--out", "a-file/below")

    assert run.code == 5
    assert run.json["status"] == "issued"
    assert run.numbers == ["KC-0011"]
    assert run.json["invoices"][0]["pdf"] is None
    assert run.json["mail"]["eml"] is None
    (sentence,) = run.json["undelivered"]
    assert "a-file" in sentence
    assert "kara-tui repair" in sentence

    repaired = desk.run("repair", "--out", "later")

    assert repaired.code == 0
    names = ["KC-0011-mail.eml", "KC-0011-sessions.xlsx", "KC-0011.pdf"]
    assert sorted(path.name for path in (desk.folder / "later").iterdir()) == names
    assert all(name in repaired.out for name in names)
    again = desk.bill("--paid", DEMO_PAID)
    assert "month-issued" in again.codes


def test_with_json_standard_output_holds_one_document_and_the_rest_is_on_the_other_stream(
    desk: Desk,
) -> None:
    run = desk.bill("--paid", DEMO_PAID, "--dry-run", "--out", "out")

    assert run.stdout.count(b"\n}\n") == 1
    assert json.loads(run.stdout) == run.json
    for finding in run.json["findings"]:
        assert finding["message"] in run.err


def test_an_export_is_read_from_standard_input(desk: Desk) -> None:
    run = desk.bill("--paid", "-", "--dry-run", "--out", "out", stdin=DEMO_PAID.read_bytes())

    assert run.code == 0
    assert run.json["sessions"] == 42
    assert run.finding("other-month")["file"] == "standard input"


def test_a_reader_that_has_gone_is_nobodys_error(desk: Desk) -> None:
    """``kara-tui invoices | head -0``: the pipe is closed before anything is written."""
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [PROGRAM, "--help"], stdout=writing, stderr=subprocess.PIPE,
        env=desk.environment(), cwd=desk.folder, timeout=60, check=False,
    )  # fmt: skip
    os.close(writing)
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGHUP, 129), (signal.SIGINT, 130), (signal.SIGTERM, 143)],
    ids=["hung up", "interrupted", "terminated"],
)
def test_a_signal_while_reading_ends_with_its_code_and_leaves_nothing(
    desk: Desk, number: signal.Signals, code: int
) -> None:
    before = desk.files()
    with subprocess.Popen(
        [PROGRAM, "--no-tui", "--paid", "-", *MONTH],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=desk.environment(), cwd=desk.folder,
    ) as process:  # fmt: skip
        assert process.stdin is not None
        text = csv_text([Payment()]).encode()
        # More than a pipe holds: when the last of it is taken, the program is reading.
        process.stdin.write(text + b"\r\n" * 100_000)
        process.stdin.flush()
        process.send_signal(number)
        _, err = process.communicate(timeout=60)

    assert process.returncode == code
    assert b"Traceback" not in err
    assert desk.files() == before
