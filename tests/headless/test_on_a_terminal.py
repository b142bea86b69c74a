"""What a person sees when standard output or standard error is a real terminal."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

from kara_tui.headless import terminal

DEMO = Path(terminal.__file__).parent.parent / "demo"
MONTH_END = [
    "-m",
    "kara_tui.cli",
    "--no-tui",
    "--dry-run",
    "--profile",
    "demo",
    "--month",
    "2026-10",
]


def command(tmp_path: Path, *arguments: str) -> list[str]:
    return [sys.executable, *MONTH_END, "--out", str(tmp_path / "out"), *arguments]


def surroundings(tmp_path: Path, **more: str) -> dict[str, str]:
    return {**os.environ, "KARA_TUI_HOME": str(tmp_path / "home"), "TERM": "xterm", **more}


def read_until(terminal_end: int, wanted: bytes) -> bytes:
    """All that a terminal was sent, up to the wanted words; raises when it ends without them."""
    seen = b""
    while wanted not in seen:
        seen += os.read(terminal_end, 4096)
    return seen


def read_all(terminal_end: int) -> bytes:
    seen = b""
    try:
        while chunk := os.read(terminal_end, 4096):
            seen += chunk
    except OSError:  # the other end is closed: Linux says EIO
        pass
    return seen


def test_a_terminal_is_told_what_takes_long_and_a_pipe_is_not(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        command(tmp_path, "--paid", "-"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=theirs,
        env=surroundings(tmp_path),
    )
    os.close(theirs)
    # The export has not come yet, so reading takes long: the line appears while we hold it back.
    read_until(ours, "Reading standard input …".encode())
    out, _ = process.communicate((DEMO / "payments-paid.csv").read_bytes(), timeout=60)
    os.close(ours)

    assert process.returncode == 0
    assert b"Reading" not in out

    quiet = subprocess.run(
        command(tmp_path, "--paid", str(DEMO / "payments-paid.csv")),
        capture_output=True,
        env=surroundings(tmp_path),
        check=True,
    )
    assert b"Reading" not in quiet.stderr
    assert b"\x1b" not in quiet.stdout + quiet.stderr


def run_on_a_terminal(tmp_path: Path, **more: str) -> str:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command(tmp_path, "--paid", str(DEMO / "payments-paid.csv")),
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        env=surroundings(tmp_path, **more),
    ) as process:
        os.close(theirs)
        seen = read_all(ours)
    os.close(ours)
    assert process.returncode == 0
    return seen.decode()


def test_a_terminal_gets_lines_that_fit_and_marks_beside_colours(tmp_path: Path) -> None:
    seen = run_on_a_terminal(tmp_path, COLUMNS="60")

    assert "\x1b[" in seen
    shown = re.sub(r"\x1b\[[0-9;]*m", "", seen).splitlines()
    assert any(line.startswith("[i] ") for line in shown)
    assert max(len(line) for line in shown if "/" not in line) <= 60


def test_a_dumb_terminal_gets_no_escapes(tmp_path: Path) -> None:
    seen = run_on_a_terminal(tmp_path, TERM="dumb")

    assert "\x1b" not in seen
    assert "42 sessions" in seen
