"""Opening a file or folder with the system's own program, where there is a screen for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def opener(environ: Mapping[str, str], platform: str = sys.platform) -> tuple[str, ...]:
    """The command that opens a file for the user here; empty where nothing can show it.

    Over SSH the screen is on another computer, and without a display there is none.
    """
    if environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"):
        return ()
    if platform == "darwin":
        return ("open",)
    if environ.get("WSL_DISTRO_NAME") and shutil.which("wslview", path=environ.get("PATH")):
        return ("wslview",)
    has_screen = environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")
    if has_screen and shutil.which("xdg-open", path=environ.get("PATH")):
        return ("xdg-open",)
    return ()


def open_path(path: Path) -> str:
    """Open it; says why that cannot be, or nothing when the system's program was started."""
    command = opener(os.environ)
    if not command:
        return "There is no screen here to open it on."
    try:
        process = subprocess.Popen(
            [*command, str(path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        return f"{command[0]} could not be started: {error.strerror}."
    try:
        code = process.wait(timeout=2)
    except subprocess.TimeoutExpired:
        return ""  # some openers stay until the program is closed
    return "" if code == 0 else f"{command[0]} could not open {path.name}."
