"""Ending at once when told to: every act is whole or not done, so there is nothing to tidy up."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from kara_tui import exit_codes


def end_when_told() -> None:
    """Leave with the documented exit code on a hang-up and on a request to terminate."""
    for name, code in (("SIGHUP", exit_codes.HUNG_UP), ("SIGTERM", exit_codes.TERMINATED)):
        number = getattr(signal, name, None)
        if number is not None:
            signal.signal(number, _ending_with(code))


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let a short act end before a signal that ends the process is heard: it comes right after."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(
        signal.SIG_BLOCK, (signal.SIGHUP, signal.SIGTERM, signal.SIGINT)
    )
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _ending_with(code: int) -> Callable[[int, FrameType | None], None]:
    def end(_number: int, _frame: FrameType | None) -> None:
        raise SystemExit(code)

    return end
