"""Work in a thread of its own, beside what goes on meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future

Result = TypeVar("Result")


def in_thread(work: Callable[[], Result]) -> Future[Result]:
    """Work that is begun at once; what it raises, a panic in Rust too, its ``result()`` raises.

    On the main thread Ctrl-C would arrive in Polars and then again in Python; it arrives once in
    the wait for a thread.
    """
    from concurrent.futures import ThreadPoolExecutor

    thread = ThreadPoolExecutor(max_workers=1)
    future = thread.submit(work)
    thread.shutdown(wait=False)
    return future
