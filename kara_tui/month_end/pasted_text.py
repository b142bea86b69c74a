"""Where the pasted text of an export lies while it is needed."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

_IN_MEMORY = Path("/dev/shm")  # noqa: S108 - the folder made in it is the user's alone
_PASTED = "kara-tui-pasted-"


PastedTexts = tempfile.TemporaryDirectory[str]


def pasted_texts() -> PastedTexts:
    """A folder for pasted exports, in memory where the system has such a place, and gone after.

    What is pasted may hold columns about clients, so it never outlives the conversation; what a
    kill or a power cut left behind is swept away by the next one.
    """
    sweep_pasted()
    return tempfile.TemporaryDirectory(
        prefix=f"{_PASTED}{os.getpid()}-", dir=_place(), ignore_cleanup_errors=True
    )


def sweep_pasted() -> None:
    """Remove what processes have left that are no more."""
    for left in _place().glob(f"{_PASTED}*"):
        if _is_ours_and_left(left):
            shutil.rmtree(left, ignore_errors=True)


def _place() -> Path:
    return _IN_MEMORY if os.access(_IN_MEMORY, os.W_OK | os.X_OK) else Path(tempfile.gettempdir())


def _is_ours_and_left(folder: Path) -> bool:
    """Whether the process that made it, which stands in its name, is no more."""
    if os.name != "posix":  # elsewhere a signal 0 is no mere question
        return False
    process = folder.name.removeprefix(_PASTED).partition("-")[0]
    try:
        if folder.stat().st_uid != os.getuid() or not process.isdecimal():
            return False
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):  # somebody else's, or gone in the meantime
        return False
    return False
