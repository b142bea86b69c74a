"""Work beside the main process: its result, or the same work done here."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable

import pytest

from kara_tui.month_end.aside import beside


@pytest.fixture(params=["forked", "threads run", "no fork"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The three ways in which the work can be done."""
    if request.param == "threads run":
        monkeypatch.setattr(threading, "active_count", lambda: 2)
    else:
        monkeypatch.setattr(threading, "active_count", lambda: 1)
    if request.param == "no fork":
        monkeypatch.setattr(os, "fork", _no_fork)
    return str(request.param)


def _no_fork() -> int:
    raise OSError("no more processes")


def _where() -> tuple[int, str]:
    return os.getpid(), "Þóra"


def test_the_result_comes_back(way: str) -> None:
    pid, name = beside(_where)()
    assert name == "Þóra"
    assert (pid != os.getpid()) is (way == "forked")


def _fails() -> None:
    raise ValueError("the work cannot be done")


def test_an_error_is_met_here(way: str) -> None:
    with pytest.raises(ValueError, match="the work cannot be done"):
        beside(_fails)()


def test_what_cannot_be_sent_back_is_worked_out_here(way: str) -> None:
    def work() -> Callable[[], int]:
        return lambda: 7

    assert beside(work)()() == 7


def test_a_child_that_dies_is_replaced_by_work_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    parent = os.getpid()

    def work() -> str:
        if os.getpid() != parent:
            os.kill(os.getpid(), 9)
        return "done"

    assert beside(work)() == "done"


def test_a_large_result_does_not_block(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    assert len(beside(lambda: b"x" * 1_000_000)()) == 1_000_000
