"""After issuing: what is unsent, due and overdue, and an invoice found again."""

from __future__ import annotations

import contextlib
import csv
import json
import os
import shutil
import signal
import sqlite3
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import icalendar
import pytest

from tests.end_to_end.command import DEMO_PAID, PROGRAM, Desk
from tests.end_to_end.payments import Payment, csv_text
from tests.end_to_end.reading_back import attachments, mail

NEEDS_AN_INVOICE = {
    "show": ["show", "KC-0011"],
    "credit": ["credit", "KC-0011", "--reason", "x"],
    "sent": ["sent", "KC-0011"],
    "paid": ["paid", "KC-0011"],
    "verify": ["verify"],
    "repair": ["repair"],
    "backup": ["backup", "b"],
    "export": ["export", "e"],
}


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """October invoiced on 2 November 2026, and nothing done with it since: only to be looked at."""
    desk = Desk(tmp_path_factory.mktemp("issued"))
    desk.write_profile()
    assert desk.bill("--paid", DEMO_PAID).code == 0
    return desk


@pytest.mark.parametrize("command", NEEDS_AN_INVOICE)
def test_without_a_ledger_a_sentence_and_no_ledger_made(desk: Desk, command: str) -> None:
    run = desk.run(*NEEDS_AN_INVOICE[command])
    assert run.code == 3
    assert "Nothing was issued yet" in run.err
    assert desk.files().keys() == {"profiles/default.toml"}


@pytest.mark.parametrize("command", ["show", "credit", "sent", "paid"])
def test_a_wrong_number_is_a_sentence_that_says_where_to_look(issued: Desk, command: str) -> None:
    words = [word.replace("KC-0011", "KC-0099") for word in NEEDS_AN_INVOICE[command]]
    run = issued.run(*words)
    assert run.code == 3
    assert "KC-0099" in run.err
    assert "kara-tui invoices" in run.err


def test_before_anything_is_issued_status_shows_the_months_dates(desk: Desk) -> None:
    run = desk.run("status", "--json", "--today", "2026-11-02")
    assert run.code == 0
    assert run.json == {
        "version": 1,
        "status": "done",
        "today": "2026-11-02",
        "month": "2026-10",
        "invoiced": False,
        "deadlines": {"safe": "2026-11-03", "last": "2026-11-04", "pay": "2026-11-10"},
        "working_days_left": 2,
        "invoices": [],
        "findings": [],
    }
    assert desk.files().keys() == {"profiles/default.toml"}
    assert "No invoice was issued yet" in desk.run("invoices").out


def test_invoices_and_show_tell_the_same_of_one_document(issued: Desk) -> None:
    today = ("--json", "--today", "2026-11-02")
    (listed,) = issued.run("invoices", *today).json["invoices"]
    shown = issued.run("show", "KC-0011", *today).json

    assert shown == {"version": 1, "status": "done", **listed, "findings": []}
    assert listed == {
        "number": "KC-0011", "kind": "invoice", "state": "drafted", "month": "2026-10",
        "currency": "EUR", "sessions": 42, "net": "2730.00", "vat": "0.00", "total": "2730.00",
        "issued_on": "2026-11-02", "sent_on": None, "paid_on": None, "pay_on": "2026-11-10",
        "corrects": None, "credited_by": None,
    }  # fmt: skip


def test_invoices_of_one_year(issued: Desk) -> None:
    assert "KC-0011" in issued.run("invoices", "--year", "2026").out
    assert "No invoice was issued in 2025" in issued.run("invoices", "--year", "2025").out
    assert issued.run("invoices", "--year", "2025", "--json").json["invoices"] == []


def test_show_writes_the_very_pdf_that_was_issued(issued: Desk) -> None:
    run = issued.run("show", "KC-0011", "--pdf", "again.pdf")
    assert run.code == 0
    copy = (issued.copies / "KC-0011.pdf").read_bytes()
    assert (issued.folder / "again.pdf").read_bytes() == copy


def test_a_file_that_cannot_be_written_is_told_of(issued: Desk) -> None:
    run = issued.run("show", "KC-0011", "--pdf", "no-folder/again.pdf")
    assert run.code == 5
    assert "no-folder/again.pdf" in run.err


def test_the_dates_are_read_back_from_the_calendar(issued: Desk) -> None:
    run = issued.run("status", "--ics", "dates.ics", "--today", "2026-12-01")
    assert run.code == 0

    calendar = icalendar.Calendar.from_ical((issued.folder / "dates.ics").read_bytes())
    events = {
        str(event["SUMMARY"]): event.decoded("DTSTART")
        for event in calendar.walk("VEVENT")
        if str(event["STATUS"]) == "CONFIRMED"
    }
    assert sorted(events.values()) == [
        date(2026, 12, 2), date(2026, 12, 3), date(2026, 12, 9), date(2026, 12, 10),
    ]  # fmt: skip
    assert [day for name, day in events.items() if "KC-0011" in name] == [date(2026, 12, 10)]
    uids = [str(event["UID"]) for event in calendar.walk("VEVENT")]
    assert len(set(uids)) == len(uids)


def test_from_drafted_over_sent_and_overdue_to_paid(desk: Desk) -> None:
    desk.bill("--paid", DEMO_PAID)

    sent = desk.run("sent", "KC-0011", "--on", "2026-11-04")
    assert "Wednesday 4 November 2026" in sent.out
    assert "Tuesday 10 November 2026" in sent.out

    def state(today: str) -> tuple[str, str]:
        (one,) = desk.run("status", "--json", "--today", today).json["invoices"]
        return one["state"], one["pay_on"]

    assert state("2026-11-10") == ("sent", "2026-11-10")
    assert state("2026-11-11") == ("overdue", "2026-11-10")
    told = desk.run("status", "--today", "2026-11-11").out
    assert "Overdue:" in told
    assert "since 2026-11-10" in told

    follow_up = desk.run("status", "--today", "2026-11-11", "--follow-up", "follow")
    message = mail(desk.folder / "follow" / "KC-0011-follow-up.eml")
    assert follow_up.code == 0
    assert "Message → Send Again" in follow_up.err
    assert message["X-Unsent"] == "1"
    assert "KC-0011" in message["Subject"]
    assert attachments(message) == {"KC-0011.pdf": (desk.copies / "KC-0011.pdf").read_bytes()}

    early = desk.run("paid", "KC-0011", "--on", "2026-11-01")
    assert (early.code, "2026-11-02" in early.err) == (3, True)
    assert desk.run("paid", "KC-0011", "--on", "2026-11-12").code == 0
    assert state("2026-12-01") == ("paid", "2026-11-10")
    nothing = desk.run("status", "--today", "2026-12-01", "--follow-up", "none")
    assert "Nothing is overdue" in nothing.err
    assert not (desk.folder / "none").exists()


def test_an_invoice_sent_late_is_due_seven_working_days_later(desk: Desk) -> None:
    """Sent on Thursday 5 November, after the 3rd working day: the 7th after it is the 16th."""
    desk.bill("--paid", DEMO_PAID)
    assert "Monday 16 November 2026" in desk.run("sent", "KC-0011", "--on", "2026-11-05").out

    for today, state in (("2026-11-16", "sent"), ("2026-11-17", "overdue")):
        (one,) = desk.run("status", "--json", "--today", today).json["invoices"]
        assert (one["state"], one["pay_on"]) == (state, "2026-11-16")


def test_a_month_sent_too_late_is_warned_of_when_it_is_issued(desk: Desk) -> None:
    run = desk.bill("--paid", DEMO_PAID, "--today", "2026-11-20", "--dry-run", "--out", "out")
    finding = run.finding("send-by-passed")
    assert finding["severity"] == "warning"
    assert "2026-12-01" in finding["message"]


def test_verify_knows_its_head_again_and_finds_another_one(issued: Desk) -> None:
    verdict = issued.run("verify", "--json")
    assert verdict.code == 0
    assert verdict.json["whole"] is True
    assert (verdict.json["documents"], verdict.json["sessions"]) == (1, 42)

    assert issued.run("verify", "--expect", verdict.json["head"]).code == 0
    entries, _, digest = verdict.json["head"].partition(":")
    other = f"{entries}:{digest[::-1]}"
    assert issued.run("verify", "--expect", other).code == 4


def test_one_changed_byte_of_the_ledger_is_found(desk: Desk) -> None:
    desk.bill("--paid", desk.file("paid.csv", csv_text([Payment()])))
    content = desk.ledger.read_bytes()
    sponsor = "Norðurljós Software ehf.".encode()
    assert sponsor in content
    desk.ledger.write_bytes(content.replace(sponsor, sponsor[::-1].replace(b"\xb0\xc3", b"zz"), 1))

    run = desk.run("verify")
    assert run.code in (3, 4)
    assert run.err.strip()


def test_a_copy_that_was_changed_or_lost_is_written_anew(desk: Desk) -> None:
    desk.bill("--paid", DEMO_PAID)
    pdf, annex = desk.copies / "KC-0011.pdf", desk.copies / "KC-0011-sessions.xlsx"
    whole = pdf.read_bytes()
    pdf.chmod(0o600)
    pdf.write_bytes(whole[:-1] + b"x")
    annex.unlink()

    run = desk.run("repair")

    assert run.code == 0
    assert pdf.read_bytes() == whole
    assert annex.exists()
    assert "Written anew: KC-0011.pdf" in run.out
    assert "Set aside" in run.out
    (aside,) = desk.copies.glob("KC-0011.pdf.changed-*")
    assert aside.read_bytes() == whole[:-1] + b"x"
    assert "as it was issued" in desk.run("repair").out


def test_the_next_start_brings_a_lost_copy_back(desk: Desk) -> None:
    desk.bill("--paid", DEMO_PAID)
    pdf = desk.copies / "KC-0011.pdf"
    whole = pdf.read_bytes()
    pdf.unlink()

    run = desk.run("status")

    assert run.code == 0
    assert f"Written anew from the ledger: {pdf}" in run.err
    assert pdf.read_bytes() == whole
    assert not desk.run("status").err


def test_a_backup_brings_everything_back_and_never_an_older_one_in_silence(desk: Desk) -> None:
    desk.bill("--paid", DEMO_PAID)
    first = desk.run("backup", "backups")
    assert first.code == 0
    (backup,) = (desk.folder / "backups").iterdir()
    assert backup.name in first.out
    desk.run("credit", "KC-0011", "--reason", "x", "--today", "2026-11-03")

    refused = desk.run("restore", backup)
    assert refused.code == 3
    assert "KC-0012" in refused.err
    assert len(desk.run("invoices", "--json").json["invoices"]) == 2

    older = desk.run("restore", backup, "--older")
    assert older.code == 0
    assert "is kept as" in older.out
    assert len(desk.run("invoices", "--json").json["invoices"]) == 1
    assert desk.run("verify").code == 0

    desk.ledger.unlink()
    assert desk.run("restore", backup).code == 0
    assert "KC-0011" in desk.run("invoices").out


@pytest.mark.parametrize(("what", "code"), [("none.sqlite", 4), ("junk.sqlite", 3), (".", 4)])
def test_what_is_no_backup_is_refused_with_a_sentence(issued: Desk, what: str, code: int) -> None:
    issued.file("junk.sqlite", b"junk" * 100)
    before = issued.files()
    run = issued.run("restore", what)
    assert run.code == code
    assert run.err.strip()
    assert issued.files().keys() == before.keys()
    assert issued.run("invoices").out.startswith("KC-0011")


def test_a_failed_restore_on_a_fresh_machine_leaves_it_fresh(desk: Desk) -> None:
    assert desk.run("restore", "none.sqlite").code == 4
    assert "No invoice was issued yet" in desk.run("invoices").out
    paid = desk.file("paid.csv", csv_text([Payment()]))
    assert desk.bill("--paid", paid).numbers == ["KC-0011"]


def test_a_ledger_that_is_gone_is_not_taken_for_a_fresh_start(desk: Desk) -> None:
    paid = desk.file("paid.csv", csv_text([Payment()]))
    desk.bill("--paid", paid)
    desk.ledger.unlink()

    for run in (desk.bill("--paid", paid), desk.run("invoices"), desk.run("status")):
        assert run.code == 3
        assert "restore" in run.err
    assert not desk.ledger.exists()


def test_a_day_that_is_far_ahead_is_refused_unless_it_is_meant(desk: Desk) -> None:
    far = ("--paid", DEMO_PAID, "--month", "2026-10", "--today", "2062-11-02")
    run = desk.bill(*far)
    assert (run.code, run.out) == (2, "")
    assert "2062-11-02 is more than a year ahead" in run.err
    assert not desk.ledger.exists()
    assert desk.bill("--paid", DEMO_PAID).numbers == ["KC-0011"]
    for command in (["sent", "KC-0011", "--on"], ["paid", "KC-0011", "--on"],
                    ["credit", "KC-0011", "--reason", "x", "--today"]):  # fmt: skip
        assert desk.run(*command, "2062-11-02").code == 2
        assert desk.run(*command, "2062-11-02", "--clock-is-right").code == 0


def test_two_backups_in_one_second_are_two(issued: Desk) -> None:
    with ThreadPoolExecutor() as pool:
        runs = list(pool.map(lambda _: issued.run("backup", "kept"), range(4)))
    assert [run.code for run in runs] == [0] * 4
    paths = {run.out.splitlines()[0] for run in runs}
    assert len(paths) == 4
    assert {path.name for path in (issued.folder / "kept").iterdir()} == {
        Path(path).name for path in paths
    }


def test_copies_of_a_first_issue_that_was_cut_off_come_back(desk: Desk) -> None:
    issued = desk.bill("--paid", DEMO_PAID)
    # As a run leaves it that was killed right after the commit: no folder, nothing seen outside.
    shutil.rmtree(desk.copies)
    (desk.home / "issued-numbers.json").unlink()
    (desk.home / "ledger.sqlite3.lock").unlink()
    assert desk.run("status").code == 0
    assert Path(issued.json["invoices"][0]["pdf"]).exists()


def test_who_names_a_folder_of_their_own_gets_no_other_one(desk: Desk) -> None:
    desk.bill("--paid", DEMO_PAID, "--out", "own")
    assert desk.run("status").code == 0
    assert not desk.copies.exists()


@pytest.mark.parametrize("head", ["12:abc", "zz" * 32, "0" * 65, "5:"])
def test_a_head_that_was_mistyped_is_wrong_usage(issued: Desk, head: str) -> None:
    run = issued.run("verify", "--expect", head)
    assert (run.code, run.out) == (2, "")
    assert "is no head" in run.err
    right = issued.run("verify", "--json").json["head"]
    assert issued.run("verify", "--expect", right).code == 0
    assert issued.run("verify", "--expect", right.partition(":")[2][:12].upper()).code == 0


@pytest.mark.parametrize("command", [["status"], ["show", "KC-0011"], ["verify"], ["invoices"]])
def test_who_asks_for_json_gets_it_without_a_ledger_or_a_profile_too(
    desk: Desk, command: list[str]
) -> None:
    nothing = desk.run(*command, "--json")
    assert nothing.json["status"] == ("blocked" if nothing.code else "done")
    other = desk.run(*command, "--json", "--profile", "nobody")
    if command != ["verify"]:  # which looks at the ledger of all profiles
        assert (other.code, other.json["status"], other.codes) == (3, "blocked", ["no-profile"])


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_waiting_for_another_program_that_holds_the_ledger_ends_when_told(
    issued: Desk, number: signal.Signals, code: int
) -> None:
    with contextlib.closing(sqlite3.connect(issued.ledger, isolation_level=None)) as browser:
        browser.execute("BEGIN EXCLUSIVE")
        waiting = subprocess.Popen(
            [PROGRAM, "--no-tui", "--paid", DEMO_PAID, "--month", "2026-10"],
            env=issued.environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        while not _has_open(waiting.pid, issued.ledger):
            assert waiting.poll() is None
        waiting.send_signal(number)
        assert waiting.wait(timeout=8) == code


def _has_open(process: int, path: Path) -> bool:
    with contextlib.suppress(OSError):
        descriptors = Path(f"/proc/{process}/fd").iterdir()
        return any(os.path.realpath(one) == str(path.resolve()) for one in descriptors)
    return False


def test_the_whole_ledger_is_exported_as_json_lines_and_csv(issued: Desk) -> None:
    run = issued.run("export", "everything")
    assert run.code == 0
    folder = issued.folder / "everything"
    for path in folder.rglob("*.*"):
        assert path.name in run.out
    for copy in issued.copies.iterdir():
        assert (folder / "files" / copy.name).read_bytes() == copy.read_bytes()
    assert json.loads((folder / "files" / "KC-0011.json").read_bytes())

    lines = (folder / "ledger.jsonl").read_text("utf-8").splitlines()
    assert all(isinstance(json.loads(line), (dict, list)) for line in lines)
    with (folder / "lines.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == 42
    with (folder / "documents.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["number"] for row in csv.DictReader(file)] == ["KC-0011"]
