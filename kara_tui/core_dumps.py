"""No core dump: what a crash leaves on the disk would hold the export, clients and all.

The process that reads workbooks sets the same limit for itself, since it imports nothing of this.
"""

from __future__ import annotations

import sys

_PR_SET_DUMPABLE = 4  # linux/prctl.h


def leave_none() -> None:
    """Let this process leave no core dump, nor be looked into by others of the same user.

    Processes that it starts inherit the limit, and nothing else.
    """
    try:
        import resource
    except ImportError:  # Windows
        return
    # Only the soft limit: the hard one may be an administrator's wish, and cannot be raised again.
    _, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, hard))
    if sys.platform.startswith("linux"):
        # A program that collects dumps (core_pattern with a pipe) is called whatever the limit is.
        try:
            import ctypes

            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
        except (ImportError, OSError, AttributeError):  # a Python without it, another C library
            return
