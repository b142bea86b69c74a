"""What takes long says so: one line on standard error for anything over half a second."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 0.5


@contextmanager
def stage(doing: str) -> Iterator[None]:
    """Say ``doing`` on standard error if the block takes over PATIENCE seconds.

    Only a terminal is told; a log or a pipe gets nothing.
    """
    if not sys.stderr.isatty():
        yield
        return
    timer = threading.Timer(PATIENCE, sys.stderr.write, (f"{doing} …\n",))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
