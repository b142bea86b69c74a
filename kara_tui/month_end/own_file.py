"""Files that only their owner can read, from the first byte on."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path


def write_own(path: Path, chunks: Iterable[bytes]) -> Path:
    """Write a file with mode 0600, making its folder (0700) where there is none, and give its path.

    A file of that name is replaced; its mode becomes 0600 too. Raises OSError.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(path, "wb", opener=_opened) as file:
        os.chmod(file.fileno(), 0o600)  # noqa: PTH101 - of the open file, not of a name
        file.writelines(chunks)
    return path


def _opened(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
