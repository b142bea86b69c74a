"""Saying where a defect showed itself, and nothing that a user's file or a client's name is in."""

from __future__ import annotations

from pathlib import Path


def defect_said(error: BaseException) -> str:
    """The kind of error and the last line of ours that it went through.

    Its own words are left out: they may quote a cell.
    """
    place = "an unknown place"
    trace = error.__traceback__
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        if "kara_tui" in file.parts:
            place = f"{'/'.join(file.parts[-2:])} line {trace.tb_lineno}"
        trace = trace.tb_next
    return (
        f"This is a defect of kara-tui: {type(error).__name__} in {place}. What was issued before "
        "is safe in the ledger. Please report this sentence; it holds no data of yours."
    )
