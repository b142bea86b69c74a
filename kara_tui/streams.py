"""Standard output and standard error that fail: full, closed, or with nobody reading them.

What kara-tui has to say must not undo what it has done. An error of standard error is passed over,
there is nobody to tell; one of standard output is remembered, and told at the end.
"""

from __future__ import annotations

import io
import os
import sys

TYPE_CHECKING = False  # typing itself takes longer to import than argparse
if TYPE_CHECKING:
    from typing import Any


class _PatientFile(io.FileIO):
    """A file that takes everything, and remembers why it could not pass it on."""

    failure: OSError | None = None

    def write(self, content: Any, /) -> int:
        try:
            return super().write(content)
        except OSError as error:
            self.failure = error
            return len(content)


def open_all_three() -> None:
    """Open what is closed: else the next file that is opened, the ledger, takes its number."""
    while (opened := os.open(os.devnull, os.O_RDWR)) <= 2:
        os.set_inheritable(opened, True)  # noqa: FBT003 - the only way it is called
    os.close(opened)
    if sys.stdin is None:
        sys.stdin = open(0, closefd=False)  # noqa: SIM115 - a number, for the process's life
    if sys.stdout is None:
        hold("stdout")


def hold(name: str) -> None:
    """Let ``stdout`` or ``stderr`` take everything from now on."""
    number = 1 if name == "stdout" else 2
    stream = getattr(sys, name)
    held = io.TextIOWrapper(
        io.BufferedWriter(_PatientFile(number, "wb", closefd=False)),
        encoding=getattr(stream, "encoding", None) or "utf-8",
        # A sign that the locale cannot write must not end in a defect either.
        errors="backslashreplace",
        line_buffering=name == "stderr" or os.isatty(number),
    )
    setattr(sys, name, held)


def why_not_said() -> str:
    """Why standard output did not take everything; empty when it did, or when its reader has gone.

    Whoever reads a part, as ``| head`` does, has what they wanted.
    """
    try:
        sys.stdout.flush()
    except OSError as error:
        failure: OSError | None = error
    else:
        raw = getattr(getattr(sys.stdout, "buffer", None), "raw", None)
        failure = raw.failure if isinstance(raw, _PatientFile) else None
    if failure is None or isinstance(failure, BrokenPipeError):
        return ""
    return failure.strerror or "it cannot be written to"
