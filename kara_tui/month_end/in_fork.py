"""Work done in a process beside this one, while the main one imports Polars.

The public holidays and the checks of account numbers come from libraries whose import alone takes
longer than making the PDF. A fork costs a millisecond and a second core does the rest.
"""

from __future__ import annotations

import os
import pickle
import sys
import threading
from collections.abc import Callable
from typing import TypeVar, cast

Result = TypeVar("Result")


def in_fork(work: Callable[[], Result]) -> Callable[[], Result]:
    """Start ``work`` in a forked process; the function returned waits for its result.

    Where a fork cannot be had, or is not safe because threads run, or the other process fails for
    any reason, the work is done here when the result is asked for, with the same outcome.
    """
    # Once Polars is there its own threads run, which Python does not count.
    if not hasattr(os, "fork") or threading.active_count() > 1 or "polars" in sys.modules:
        return work
    read_end, write_end = os.pipe()
    try:
        child = os.fork()
    except OSError:
        os.close(read_end)
        os.close(write_end)
        return work
    if child == 0:
        _work_and_end(work, write_end)
    os.close(write_end)

    def result() -> Result:
        with os.fdopen(read_end, "rb") as pipe:
            answer = pipe.read()
        _, status = os.waitpid(child, 0)
        # The bytes come from our own child over a pipe nobody else holds.
        return cast("Result", pickle.loads(answer)) if status == 0 else work()  # noqa: S301

    return result


def _work_and_end(work: Callable[[], object], write_end: int) -> None:
    """The child's whole life. It never returns, and leaves the parent's buffers alone."""
    status = 1
    try:
        answer = pickle.dumps(work())
        with os.fdopen(write_end, "wb") as pipe:
            pipe.write(answer)
        status = 0
    except BaseException:  # noqa: BLE001, S110 - the parent does the work itself and meets the error
        pass
    finally:
        os._exit(status)
