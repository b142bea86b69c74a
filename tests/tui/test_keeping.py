"""The place that is kept, by a thread of its own; and that only one wizard writes."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kara_tui import settings
from kara_tui.month_end import Request
from kara_tui.month_end.place import load_place
from kara_tui.tui.keeping import Keeper, Kept, take_turn, write_place
from kara_tui.tui.pasting import forget_pasted, keep_pasted

TODAY = date(2026, 11, 2)


def own(**changed: object) -> Request:
    return replace(Request("default", TODAY), **changed)  # type: ignore[arg-type]  # the fields of Request by name


# -- the keeper


def test_it_writes_the_newest_passes_over_the_older_and_holds_nobody_up() -> None:
    written: list[str] = []
    begun, may_write = threading.Event(), threading.Event()

    def write(kept: str) -> None:
        begun.set()
        assert may_write.wait(5)
        written.append(kept)

    keeper = Keeper(write, lambda _: None)
    keeper.keep("payments")
    assert begun.wait(5)
    # While the first is being written, two more come; neither waits.
    keeper.keep("paid")
    keeper.keep("credit")
    may_write.set()
    keeper.finish(5)
    assert written == ["payments", "credit"]


def test_it_says_once_what_went_wrong() -> None:
    told: list[str] = []

    def write(_: str) -> None:
        raise OSError("the disk is full")

    keeper = Keeper(write, told.append)
    for step in ("payments", "paid"):
        keeper.keep(step)
        keeper.finish(5)
    assert told == ["the disk is full"]


def test_what_could_not_be_written_is_tried_again_at_the_end() -> None:
    is_held = True
    written: list[str] = []
    tried = threading.Semaphore(0)

    def write(kept: str) -> None:
        if is_held:
            tried.release()
            raise OSError("another program holds it")
        written.append(kept)

    keeper = Keeper(write, lambda _: None)
    keeper.keep("paid")
    assert tried.acquire(timeout=5)
    is_held = False
    keeper.finish(5)
    assert written == ["paid"]


def test_what_could_not_be_written_is_tried_again_after_a_while_by_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kara_tui.tui.keeping.AGAIN_SECONDS", 0.01)
    written: list[str] = []
    done = threading.Event()
    holds = iter((True, False))

    def write(kept: str) -> None:
        if next(holds):
            raise OSError("another program holds it")
        written.append(kept)
        done.set()

    Keeper(write, lambda _: None).keep("credit")
    assert done.wait(5)
    assert written == ["credit"]


def test_an_older_place_that_failed_never_comes_after_a_newer_one() -> None:
    written: list[str] = []
    holds = iter((True, False, False))
    tried = threading.Semaphore(0)

    def write(kept: str) -> None:
        tried.release()
        if next(holds):
            raise OSError("another program holds it")
        written.append(kept)

    keeper = Keeper(write, lambda _: None)
    keeper.keep("old")
    assert tried.acquire(timeout=5)
    keeper.keep("new")
    keeper.finish(5)
    keeper.finish(5)
    assert written == ["new"]


# -- the place


def test_pasted_files_are_left_out_of_the_place_and_the_step_is_the_first(tmp_path: Path) -> None:
    try:
        pasted = keep_pasted("a,b\n", "pasted.csv")
        file = tmp_path / "payments.csv"

        write_place(Kept("credit", own(paid=(pasted,), left_out={"one": "later"}), None))
        alone = load_place(own())
        write_place(Kept("credit", own(paid=(file, pasted)), None))
        beside = load_place(own())
    finally:
        forget_pasted()
    assert alone is not None
    assert (alone.step.value, alone.request.paid) == ("payments", ())
    assert alone.request.left_out == {"one": "later"}
    assert beside is not None
    assert (beside.step.value, beside.request.paid) == ("credit", (file,))


def test_a_ledger_that_cannot_be_written_is_an_error_in_a_sentence(home: Path) -> None:
    home.mkdir()
    settings.ledger_file().mkdir()
    with pytest.raises(OSError, match=r"cannot be opened: Is a directory\.$"):
        write_place(Kept("paid", own(), None))


# -- one writer

HOLDS = """
import sys
from kara_tui.tui.keeping import take_turn
print(take_turn(demo=sys.argv[1] == "demo"), flush=True)
sys.stdin.read()
"""


def test_only_the_first_has_its_turn_until_it_ends_however_it_ends(home: Path) -> None:
    environ = {**os.environ, "KARA_TUI_HOME": str(home)}
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDS, "own"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        env=environ, text=True,
    )  # fmt: skip
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "True\n"
        assert not take_turn(demo=False)
        # The sample month has a ledger of its own, and so a turn of its own.
        assert take_turn(demo=True)
        holder.kill()
        holder.wait(5)
        assert take_turn(demo=False)


def test_where_nothing_can_be_locked_nothing_is_refused(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.write_text("a file where the folder should be", "utf-8")
    assert take_turn(demo=False)
    home.unlink()

    def no_locks(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr("fcntl.flock", no_locks)
    assert take_turn(demo=False)
    assert settings.data_folder().is_dir()
