"""An export whose text was pasted: it lives in a file in memory, and no longer than the wizard.

People who work over SSH have the portal's file on another computer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from kara_tui.month_end.pasted_text import PastedTexts

_folder: list[PastedTexts] = []


def keep_pasted(text: str, name: str) -> Path:
    """Put the text into a file of this name. Raises OSError."""
    from pathlib import Path

    from kara_tui.month_end.pasted_text import pasted_texts

    if not _folder:
        _folder.append(pasted_texts())
    folder = Path(_folder[0].name)
    path = folder / name
    at = 1
    while path.exists():
        at += 1
        path = folder / f"{Path(name).stem}-{at}{Path(name).suffix}"
    path.write_text(text.replace("\r\n", "\n").replace("\r", "\n"), "utf-8")
    return path


def is_pasted(path: Path) -> bool:
    """Whether a file is one of these."""
    return bool(_folder) and str(path.parent) == _folder[0].name


def forget_pasted() -> None:
    """Remove them all."""
    while _folder:
        _folder.pop().cleanup()
