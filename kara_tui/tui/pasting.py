"""An export whose text was pasted: it lives in a file in memory, and no longer than the wizard.

People who work over SSH have the portal's file on another computer. What they paste may hold
columns about clients, so it is put where no disk keeps it, where the system has such a place.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

_IN_MEMORY = Path("/dev/shm")  # noqa: S108 - the folder made in it is the user's alone
_folder: list[Path] = []


def keep_pasted(text: str, name: str) -> Path:
    """Put the text into a file of this name. Raises OSError."""
    if not _folder:
        place = _IN_MEMORY if os.access(_IN_MEMORY, os.W_OK | os.X_OK) else None
        _folder.append(Path(tempfile.mkdtemp(prefix="kara-tui-", dir=place)))
    path = _folder[0] / name
    at = 1
    while path.exists():
        at += 1
        path = _folder[0] / f"{Path(name).stem}-{at}{Path(name).suffix}"
    path.write_text(text.replace("\r\n", "\n").replace("\r", "\n"), "utf-8")
    return path


def is_pasted(path: Path) -> bool:
    """Whether a file is one of these."""
    return bool(_folder) and path.parent == _folder[0]


def forget_pasted() -> None:
    """Remove them all."""
    while _folder:
        shutil.rmtree(_folder.pop(), ignore_errors=True)
