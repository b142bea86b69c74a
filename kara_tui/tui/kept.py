"""What the wizard remembers about itself: the colours that were chosen."""

from __future__ import annotations

import os

from kara_tui import settings
from kara_tui.toml_file import BadToml, read_toml

FILE = "wizard.toml"


def kept(key: str) -> str:
    """The value kept under a key, or an empty text; a file that cannot be read keeps nothing."""
    try:
        value = read_toml(settings.settings_folder() / FILE).get(key, "")
    except (OSError, BadToml):
        return ""
    return value if isinstance(value, str) else ""


def keep(key: str, name: str) -> str:
    """Keep a name (letters, digits, hyphens) under a key; says so, or why it could not be kept."""
    from kara_tui.settings.store import put

    file = settings.settings_folder() / FILE
    try:
        put(file, f'{key} = "{name}"\n'.encode())
    except OSError as error:
        return f"It holds for this time only: {file}: {os.strerror(error.errno or 0)}."
    return f"{name} is used from now on."
