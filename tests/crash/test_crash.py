"""A slice of each disaster; ``python -m tests.crash`` runs them all."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import pytest

from kara_tui.ledger import open_ledger, restore_ledger
from tests.crash.child import now
from tests.crash.judging import judge
from tests.crash.killing import ACTS, calls_of, killed, prepare, refusals, refused
from tests.crash.power import crashes, survived
from tests.crash.tracing import MISSING, ROOT, Call, Refusal, has_strace, kill_at, refuse

Item = TypeVar("Item")

needs_strace = pytest.mark.skipif(not has_strace(), reason=MISSING)


def spread(items: Sequence[Item], count: int) -> list[Item]:
    """Some items, evenly from all of them."""
    return [items[index * len(items) // count] for index in range(count)]


@needs_strace
@pytest.mark.parametrize("act", ACTS)
def test_an_act_killed_at_a_system_call_is_done_whole_or_not_at_all(act: str) -> None:
    assert killed(act, spread(calls_of(act), 5)) == []


@needs_strace
def test_the_harness_sees_a_child_that_was_not_killed() -> None:
    (problem,) = killed("next", [Call("fsync", 9999, "", "")])
    assert problem.endswith("ended with 0 ")


@needs_strace
def test_an_issue_killed_around_its_commit_is_done_whole_or_not_at_all() -> None:
    around = [
        call
        for call in calls_of("next")
        if call.name in ("unlink", "fsync", "fdatasync") and "0x" not in call.arguments
    ]
    assert killed("next", spread(around, 6)) == []


@pytest.fixture
def cut_off_at_commit(tmp_path: Path) -> Path:
    """A ledger whose writer was killed when all was written but the journal was not yet removed."""
    folder = tmp_path / "run"
    prepare(folder, "next")
    commit = [
        call
        for call in calls_of("next")
        if call.name == "unlink" and "ledger.sqlite-journal" in call.arguments
    ]
    assert kill_at(folder, "next", commit[-1]).code == -9
    assert (folder / "data" / "ledger.sqlite-journal").exists()
    return folder / "data" / "ledger.sqlite"


@needs_strace
def test_a_reader_after_a_kill_sees_what_was_committed(cut_off_at_commit: Path) -> None:
    with open_ledger(cut_off_at_commit, now=now, read_only=True) as reader:
        assert [document.number for document in reader.invoices()] == ["KC-0001", "KC-0002"]
        assert reader.verify().whole


@needs_strace
def test_a_ledger_that_was_cut_off_is_kept_whole_when_it_is_replaced(
    cut_off_at_commit: Path, tmp_path: Path
) -> None:
    prepare(tmp_path / "other", "next")
    other = tmp_path / "other" / "data" / "ledger.sqlite"
    restored = restore_ledger(cut_off_at_commit, other, now=now, accept_older=True)
    assert restored.kept is not None
    for path in (restored.kept, cut_off_at_commit):
        with open_ledger(path, now=now, read_only=True) as reader:
            assert reader.verify().whole
            assert [document.number for document in reader.invoices()] == ["KC-0001", "KC-0002"]


@needs_strace
@pytest.mark.parametrize("act", ["first", "next"])
def test_a_disk_that_refuses_is_told_of_in_a_sentence_and_leaves_a_whole_ledger(act: str) -> None:
    assert refused(act, spread(refusals(calls_of(act)), 7)) == []


@pytest.fixture
def sync_of_the_commit() -> Call:
    """The sync of the folder after the journal was removed, which is the commit."""
    every = calls_of("next")
    removals = [
        place
        for place, call in enumerate(every)
        if call.name == "unlink" and "ledger.sqlite-journal" in call.arguments
    ]
    return next(call for call in every[removals[-1] :] if call.name in ("fsync", "fdatasync"))


@needs_strace
def test_a_commit_whose_last_sync_failed_once_is_synced_again(
    sync_of_the_commit: Call, tmp_path: Path
) -> None:
    prepare(tmp_path / "run", "next")
    ended = refuse(tmp_path / "run", "next", Refusal(sync_of_the_commit, "EIO"))
    assert (ended.code, ended.reported) == (0, ("issued KC-0003", "issued KC-0004"))
    judge(tmp_path / "run", "next", ended.reported)


@needs_strace
def test_a_commit_that_cannot_be_synced_is_not_reported_as_done(
    sync_of_the_commit: Call, tmp_path: Path
) -> None:
    prepare(tmp_path / "run", "next")
    ended = refuse(tmp_path / "run", "next", Refusal(sync_of_the_commit, "EIO", lasting=True))
    assert ended.code == 4
    assert ended.output.startswith("refused: Uncertain: The disk failed while the ledger")
    judge(tmp_path / "run", "next", ended.reported)


@needs_strace
def test_what_was_reported_as_issued_survives_a_power_loss() -> None:
    states = crashes("next", variants=1)
    assert len(states) > 100
    assert survived("next", spread(states, 40)) == []


@needs_strace
def test_the_replay_finds_a_ledger_that_is_not_synced(tmp_path: Path) -> None:
    """The harness can fail: with SQLite's syncs left out, states of the disk are not whole."""
    lost = crashes("next", variants=1, synced=False)
    assert survived("next", spread(lost, 30)) != []


def test_of_24_processes_that_issue_one_month_at_once_one_does(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    prepare(folder, "next")
    children = [
        subprocess.Popen(
            [sys.executable, "-S", "-m", "tests.crash.child", str(folder), "next"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(24)
    ]
    ended = [(*child.communicate(), child.returncode) for child in children]
    assert [errors for _, errors, _ in ended if errors] == []
    assert sorted({code for _, _, code in ended}) == [0, 4]
    assert [code for _, _, code in ended].count(0) == 1
    refusals_said = [output for output, _, code in ended if code == 4]
    assert all(
        "in use by another kara-tui" in said or "2026-11 is invoiced already" in said
        for said in refusals_said
    )
    with open_ledger(folder / "data" / "ledger.sqlite", now=now) as ledger:
        assert ledger.verify().whole
        numbers = [document.number for document in ledger.invoices()]
    assert numbers == ["KC-0001", "KC-0002", "KC-0003", "KC-0004"], json.dumps(refusals_said)
