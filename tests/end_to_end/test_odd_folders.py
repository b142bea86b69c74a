"""Folders for copies on odd file systems: what they refuse costs a sentence, never the copies."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.crash.tracing import MISSING, has_strace
from tests.end_to_end.command import DEMO_PAID, MONTH, PROGRAM, Desk, Run

NAMES = ["KC-0011-mail.eml", "KC-0011-sessions.xlsx", "KC-0011.pdf"]

needs_strace = pytest.mark.skipif(not has_strace(), reason=MISSING)


def bill_on_a_share(desk: Desk, folder: Path, refusal: str, *arguments: str) -> Run:
    """Issue October while strace plays the share: a call about the folder itself fails."""
    done = subprocess.run(
        ["strace", "-f", "-o", os.devnull, "-P", folder, "-e", f"inject={refusal}",
         PROGRAM, "--no-tui", *MONTH, "--paid", DEMO_PAID, "--out", folder, *arguments],
        env=desk.environment(), cwd=desk.folder, capture_output=True, check=False, timeout=120,
    )  # fmt: skip
    return Run(done.returncode, done.stdout, done.stderr)


@needs_strace
@pytest.mark.parametrize(
    "refusal",
    ["fsync:error=EINVAL", "fsync:error=EOPNOTSUPP", "fsync:error=EIO", "fsync:error=EBADF"],
)
def test_a_share_whose_folder_cannot_be_synced_gets_its_copies_and_a_warning(
    desk: Desk, refusal: str
) -> None:
    out = desk.folder / "out"
    out.mkdir()
    run = bill_on_a_share(desk, out, refusal, "--json")

    assert run.code == 0
    assert sorted(os.listdir(out)) == NAMES
    assert run.json["undelivered"] == []
    assert run.json["invoices"][0]["pdf"] == str(out / "KC-0011.pdf")
    finding = run.finding("copies-not-synced")
    assert finding["severity"] == "warning"
    assert str(out) in finding["message"]
    assert run.err.count("cannot be synced") == 1


@needs_strace
def test_a_folder_that_may_be_written_to_but_not_read_gets_its_copies(desk: Desk) -> None:
    out = desk.folder / "out"
    out.mkdir()
    run = bill_on_a_share(desk, out, "openat:error=EACCES")

    assert run.code == 0
    assert sorted(os.listdir(out)) == NAMES
    assert "cannot be synced" in run.err


@needs_strace
def test_the_folder_of_the_ledger_itself_must_keep_what_is_written(desk: Desk) -> None:
    desk.run("--no-tui", "--paid", DEMO_PAID, *MONTH, "--out", "out")
    done = subprocess.run(
        ["strace", "-f", "-o", os.devnull, "-P", desk.home,
         "-e", "inject=fsync,fdatasync:error=EINVAL",
         PROGRAM, "credit", "KC-0011", "--reason", "wrong", "--today", "2026-11-02"],
        env=desk.environment(), cwd=desk.folder, capture_output=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode != 0
    assert str(desk.home) in done.stderr.decode()


def test_a_failed_copy_is_told_by_its_own_name_and_how_to_write_it_anew(desk: Desk) -> None:
    desk.file("a file", "in the way")
    run = desk.bill("--paid", DEMO_PAID, "--out", "a file/below")

    assert run.code == 5
    (sentence,) = run.json["undelivered"]
    assert "ledger.sqlite3" not in sentence
    assert "kara-tui repair --out 'a file/below'" in sentence


def test_a_folder_whose_name_is_not_utf_8_is_written_to_and_said_without_a_defect(
    desk: Desk,
) -> None:
    out = os.fsdecode(b"rechnungen-\xfc")
    as_json = desk.bill("--paid", DEMO_PAID, "--out", out)
    assert as_json.code == 0
    assert sorted(os.listdir(desk.folder / out)) == NAMES
    assert as_json.json["invoices"][0]["pdf"] == f"{out}/KC-0011.pdf"
    as_text = desk.run("show", "KC-0011", "--pdf", f"{out}/again.pdf")
    assert as_text.code == 0
    assert (desk.folder / out / "again.pdf").read_bytes().startswith(b"%PDF")
    backup = desk.run("backup", out)
    assert backup.code == 0


def test_an_export_whose_name_is_not_utf_8_is_read(desk: Desk) -> None:
    name = os.fsdecode(b"greiddar-\xfe.csv")
    desk.file(name, DEMO_PAID.read_bytes())
    run = desk.bill("--paid", name, "--dry-run", "--out", "out")
    assert run.code == 0
    as_text = desk.run("--no-tui", "--paid", name, "--dry-run", "--out", "out", *MONTH)
    assert as_text.code == 0
    doctor = desk.run("doctor", "--paid", name)
    assert doctor.code == 0
