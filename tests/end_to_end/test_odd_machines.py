"""Machines that are not as they should be: full, without a home, with the clock of another time."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.crash.tracing import MISSING, has_strace
from tests.end_to_end.command import DEMO_PAID, MONTH, PROGRAM, Desk

FULL = Path("/dev/full")
needs_full = pytest.mark.skipif(not FULL.exists(), reason="there is no /dev/full here")
ISSUE = ("--no-tui", *MONTH, "--paid", str(DEMO_PAID))


def shell(desk: Desk, line: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """A line of the shell in which ``"$@"`` is the command with these arguments."""
    return subprocess.run(
        ["bash", "-c", f"set -o pipefail; {line}", "bash", PROGRAM, *arguments],
        env=desk.environment(), cwd=desk.folder, capture_output=True, check=False, timeout=60,
    )  # fmt: skip


def is_issued(desk: Desk) -> bool:
    return "KC-0011" in desk.run("invoices").out


@needs_full
@pytest.mark.parametrize("line", ['"$@" 2>/dev/full', '"$@" 2>&-', '"$@" 2> >(exec true)'])
def test_standard_error_that_takes_nothing_changes_nothing(desk: Desk, line: str) -> None:
    done = shell(desk, line, *ISSUE, "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["status"] == "issued"


@needs_full
@pytest.mark.parametrize("how", [("--json",), ()])
def test_standard_output_that_is_full_is_told_and_what_is_issued_stays(
    desk: Desk, how: tuple[str, ...]
) -> None:
    done = shell(desk, '"$@" >/dev/full', *ISSUE, *how)
    assert done.returncode == 5
    assert b"standard output: No space left on device" in done.stderr
    assert b"do not run it again" in done.stderr
    assert b"defect" not in done.stderr
    assert is_issued(desk)


@needs_full
def test_a_full_standard_output_of_a_dry_run_is_no_issued_invoice(desk: Desk) -> None:
    done = shell(desk, '"$@" >/dev/full', *ISSUE, "--dry-run")
    assert done.returncode == 4
    assert b"No space left on device" in done.stderr
    assert b"run it again" not in done.stderr


@needs_full
@pytest.mark.parametrize(
    "arguments", [["--version"], ["--help"], ["status"], ["invoices"], ["profile", "show"]]
)
def test_what_only_tells_ends_with_4_when_nothing_could_be_told(
    desk: Desk, arguments: list[str]
) -> None:
    done = shell(desk, '"$@" >/dev/full', *arguments)
    assert done.returncode == 4
    assert b"Traceback" not in done.stderr
    assert b"defect" not in done.stderr


@needs_full
def test_wrong_usage_is_wrong_usage_on_a_full_disk(desk: Desk) -> None:
    assert shell(desk, '"$@" 2>/dev/full', "--no-such-option").returncode == 2


@pytest.mark.parametrize("line", ['"$@" >&-', '"$@" >&- 2>&- <&-', '"$@" | true'])
def test_nobody_who_reads_is_no_reason_to_fail(desk: Desk, line: str) -> None:
    done = shell(desk, line, *ISSUE, "--json")
    assert done.returncode == 0, done.stderr
    assert is_issued(desk)


def test_a_file_opened_by_the_program_is_never_taken_for_standard_error(desk: Desk) -> None:
    shell(desk, '"$@" >&- 2>&- <&-', *ISSUE)
    assert desk.run("verify").code == 0


@pytest.mark.parametrize(
    "day", ["0001-01-01", "1999-12-31", "2100-01-01", "2300-05-05", "9999-12-31"]
)
@pytest.mark.parametrize(
    "arguments",
    [("--no-tui", "--paid", str(DEMO_PAID), "--dry-run"), ("status",), ("invoices",)],
    ids=["month", "status", "invoices"],
)
def test_a_day_too_far_away_is_wrong_usage(
    desk: Desk, day: str, arguments: tuple[str, ...]
) -> None:
    run = desk.run(*arguments, "--today", day)
    assert run.code == 2
    assert day in run.err


@pytest.mark.parametrize("day", ["2001-01-01", "2098-12-31"])
def test_the_first_and_the_last_day_are_worked_with(desk: Desk, day: str) -> None:
    far = ("--clock-is-right",)  # a day more than a year ahead is asked about
    assert desk.run("status", "--today", day).code == 0
    assert desk.run("status", "--today", day, "--ics", "dates.ics").code == 0
    run = desk.run("--no-tui", "--json", "--paid", DEMO_PAID, "--dry-run", "--today", day, *far)
    assert run.code in (0, 3)


@pytest.mark.parametrize("month", ["0000-00", "1999-12", "2100-01", "9999-12", "2026-13"])
def test_a_month_that_cannot_be_is_wrong_usage(desk: Desk, month: str) -> None:
    run = desk.run("--no-tui", "--paid", DEMO_PAID, "--dry-run", "--month", month)
    assert run.code == 2


@pytest.mark.parametrize(
    "zone", ["nonsense", ":", "../../etc/passwd", "Europe/Nowhere", "x" * 5000]
)
def test_a_zone_that_there_is_not_does_no_harm(desk: Desk, zone: str) -> None:
    run = desk.run("status", "--today", "2026-11-02", env={"TZ": zone})
    assert run.code == 0


@pytest.mark.parametrize("home", ["~nobody-here/x", "{file}", "{file}/below", "/tmp/" + "x" * 300])
@pytest.mark.parametrize(
    "arguments",
    [
        ("status",),
        ("profile", "list"),
        ("--demo", "--no-tui"),
        ("doctor", "--paid", str(DEMO_PAID)),
    ],
    ids=["status", "profile", "demo", "doctor"],
)
def test_a_home_that_cannot_be_a_folder_is_said(
    desk: Desk, home: str, arguments: tuple[str, ...]
) -> None:
    file = desk.file("file", "")
    run = desk.run(*arguments, env={"KARA_TUI_HOME": home.format(file=file)})
    assert run.code == 2
    assert "KARA_TUI_HOME is" in run.err


@pytest.mark.parametrize("home", ["", "relative", "/proc/none"])
def test_an_odd_home_is_no_defect(desk: Desk, home: str) -> None:
    given = {"HOME": home, "KARA_TUI_HOME": "", "XDG_DATA_HOME": str(desk.folder / "data")}
    for arguments in (("status",), ("--no-tui", "--demo"), ("profile", "path")):
        run = desk.run(*arguments, env={**given, "XDG_CONFIG_HOME": str(desk.folder / "config")})
        assert run.code in (0, 3, 5)


def test_what_is_asked_for_as_a_file_is_its_owners_alone(desk: Desk) -> None:
    assert desk.bill("--paid", DEMO_PAID).code == 0
    before = os.umask(0)
    try:
        assert desk.run("show", "KC-0011", "--pdf", "mine.pdf").code == 0
        assert desk.run("status", "--today", "2026-11-02", "--ics", "mine.ics").code == 0
    finally:
        os.umask(before)
    for name in ("mine.pdf", "mine.ics"):
        assert stat.S_IMODE((desk.folder / name).stat().st_mode) == 0o600
    done = shell(desk, '"$@" | head -c 5', "show", "KC-0011", "--pdf", "/dev/stdout")
    assert done.stdout == b"%PDF-"


@pytest.mark.skipif(not has_strace(), reason=MISSING)
def test_no_core_dump_can_hold_an_export(desk: Desk) -> None:
    log = desk.folder / "log"
    subprocess.run(
        ["strace", "-f", "-o", log, "-e", "trace=prctl,prlimit64,openat",
         PROGRAM, "doctor", "--paid", DEMO_PAID],
        env=desk.environment(), cwd=desk.folder, capture_output=True, check=True, timeout=60,
    )  # fmt: skip
    calls = log.read_text("utf-8", "replace")
    before = calls[: calls.index(DEMO_PAID.name)]
    assert "PR_SET_DUMPABLE, SUID_DUMP_DISABLE" in before
    assert "RLIMIT_CORE, {rlim_cur=0" in before


def test_it_is_a_module_of_python_too(desk: Desk) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kara_tui", "--version"],
        env=desk.environment(), cwd=desk.folder, capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0
    assert done.stdout.startswith(b"kara-tui ")
