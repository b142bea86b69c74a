"""A run that is forked says and writes what one does that is started as a person starts it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests import forked
from tests.end_to_end.command import DEMO_PAID, DEMO_UNPAID, MONTH, Desk
from tests.end_to_end.payments import Payment, csv_text

BILL = ("--no-tui", *MONTH, "--paid", str(DEMO_PAID), "--unpaid", str(DEMO_UNPAID))
ACTS = [
    ("status", "--today", "2026-11-02"),
    ("doctor", "--paid", "bad.csv"),
    (*BILL, "--dry-run", "--json"),
    ("--no-tui", *MONTH, "--paid", "-", "--dry-run"),
    (*BILL, "--json", "--out", "out"),
    ("show", "KC-0011"),
    ("credit", "KC-0011", "--reason", "wrong", "--today", "2026-11-03"),
    ("invoices", "--json"),
    ("verify",),
    ("--plain", *MONTH),
    ("no-such-command",),
]


@pytest.fixture
def two(tmp_path: Path) -> list[Desk]:
    desks = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        desks.append(Desk(tmp_path / name))
        desks[-1].write_profile()
        desks[-1].file("bad.csv", csv_text([Payment(price="free", service="\x1b[31m=1+1 \u202e")]))
    return desks


def heard(desk: Desk, run: Any, words: Sequence[str], given: bytes) -> tuple[int, bytes, bytes]:
    """What a run says, but for its folder and the ledger's head, which knows the time."""
    code, *both = run(words, given, desk.environment(), desk.folder)
    out, err = (re.sub(rb"[0-9a-f]{64}", b"", one.replace(bytes(desk.folder), b"")) for one in both)
    return code, out, err


def test_both_are_the_same(two: list[Desk]) -> None:
    # More than a pipe holds, and most acts read nothing of it.
    given = csv_text([Payment()] * 2000).encode()
    for words in ACTS:
        assert heard(two[0], forked.run, words, given) == heard(
            two[1], forked.started, words, given
        )
    assert [name.rpartition("/")[2] for name in two[0].files()] == [
        name.rpartition("/")[2] for name in two[1].files()
    ]
    out = [
        {path.name: path.read_bytes() for path in (desk.folder / "out").iterdir()} for desk in two
    ]
    assert out[0] == out[1] != {}


@pytest.mark.parametrize("run", [forked.run, forked.started])
def test_the_environment_is_the_runs_own(two: list[Desk], run: Any) -> None:
    home = {"KARA_TUI_HOME": str(two[0].folder / "elsewhere"), "TZ": "Pacific/Kiritimati"}
    code, out, _ = run(["profile", "path"], b"", two[0].environment(**home), two[0].folder)
    assert code == 0
    assert b"elsewhere" in out
