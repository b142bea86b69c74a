"""Work beside the main process: its result, or the same work done here."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable

import pytest

from kara_tui.month_end.in_fork import in_fork

# The test's process does have threads, of Polars and of pytest-xdist; the children here use none.
pytestmark = pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning")


@pytest.fixture(params=["forked", "threads run", "Polars is there", "no fork"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The ways in which the work can be done."""
    _alone(monkeypatch)
    if request.param == "threads run":
        monkeypatch.setattr(threading, "active_count", lambda: 2)
    if request.param == "Polars is there":
        monkeypatch.setitem(sys.modules, "polars", sys)
    if request.param == "no fork":
        monkeypatch.setattr(os, "fork", _no_fork)
    return str(request.param)


def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the test's process look as the command's does before it has read anything."""
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    monkeypatch.delitem(sys.modules, "polars", raising=False)


def _no_fork() -> int:
    raise OSError("no more processes")


def _where() -> tuple[int, str]:
    return os.getpid(), "Þóra"


def test_the_result_comes_back(way: str) -> None:
    pid, name = in_fork(_where)()
    assert name == "Þóra"
    assert (pid != os.getpid()) is (way == "forked")


def _fails() -> None:
    raise ValueError("the work cannot be done")


def test_an_error_is_met_here(way: str) -> None:
    with pytest.raises(ValueError, match="the work cannot be done"):
        in_fork(_fails)()


def test_what_cannot_be_sent_back_is_worked_out_here(way: str) -> None:
    def work() -> Callable[[], int]:
        return lambda: 7

    assert in_fork(work)()() == 7


def test_a_child_that_dies_is_replaced_by_work_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    _alone(monkeypatch)
    parent = os.getpid()

    def work() -> str:
        if os.getpid() != parent:
            os.kill(os.getpid(), 9)
        return "done"

    assert in_fork(work)() == "done"


def test_a_large_result_does_not_block(monkeypatch: pytest.MonkeyPatch) -> None:
    _alone(monkeypatch)
    assert len(in_fork(lambda: b"x" * 1_000_000)()) == 1_000_000
