"""Work beside the keys: it gives what it made, raises what it raised, and holds nobody up."""

from __future__ import annotations

import asyncio
import threading

import pytest

from kara_tui.tui.background import beside


def test_it_gives_the_result_and_raises_the_error() -> None:
    assert asyncio.run(beside(lambda: 7)) == 7
    with pytest.raises(ZeroDivisionError):
        asyncio.run(beside(lambda: 1 // 0))


def test_work_that_ends_after_the_wizard_disturbs_nobody() -> None:
    may_end = threading.Event()
    is_at_work = threading.Event()
    workers: list[threading.Thread] = []

    def job() -> int:
        workers.append(threading.current_thread())
        is_at_work.set()
        may_end.wait(5)
        return 1

    async def leaves() -> None:
        asyncio.get_running_loop().create_task(beside(job))
        while not is_at_work.is_set():
            await asyncio.sleep(0)

    asyncio.run(leaves())
    may_end.set()
    workers[0].join(5)
    assert not workers[0].is_alive()
    assert workers[0].daemon
