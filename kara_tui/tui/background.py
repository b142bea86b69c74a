"""Work that takes time, done beside the keys in a thread that never holds up leaving."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from functools import partial
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Result = TypeVar("Result")


async def beside(job: Callable[[], Result]) -> Result:
    """Do a job in a daemon thread and give its result, or raise what it raised.

    A thread of Textual's own, or of asyncio's, is waited for when the program ends: a large file
    that is still read would hold up leaving for as long as it takes.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[Result] = loop.create_future()

    def tell(act: Callable[[], None]) -> None:
        if not done.cancelled():
            act()

    def send(act: Callable[[], None]) -> None:
        # Who left meanwhile is told nothing: the loop is closed, and so says an error.
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(tell, act)

    def run() -> None:
        try:
            result = job()
        except BaseException as error:  # noqa: BLE001 - raised again where the job is awaited
            send(partial(done.set_exception, error))
        else:
            send(lambda: done.set_result(result))

    threading.Thread(target=run, name="kara-work", daemon=True).start()
    return await done
