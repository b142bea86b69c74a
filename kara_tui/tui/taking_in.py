"""A profile file, or a backup of the ledger, from another computer: found, and taken in."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kara_tui.tui import making

if TYPE_CHECKING:
    from kara_tui.month_end import Request

_SQLITE = b"SQLite format 3\0"
_BACKUPS = "kara-ledger-*.sqlite"
SHOWN_AT_MOST = 6


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken in, in a sentence. A draft is a profile that is still to be mended."""

    said: str
    is_draft: bool = False


def to_take_in() -> list[Path]:
    """Backups, and TOML files that may be profiles, where people put files; the newest first."""
    from platformdirs import user_desktop_path, user_documents_path, user_downloads_path

    found: dict[Path, float] = {}
    for folder in (user_downloads_path(), user_desktop_path(), user_documents_path(), Path.home()):
        for pattern in (_BACKUPS, "*.toml"):
            try:
                for path in folder.glob(pattern):
                    if is_to_take_in(path):
                        found[path] = path.stat().st_mtime
            except OSError:
                continue
    return sorted(found, key=found.__getitem__, reverse=True)[:SHOWN_AT_MOST]


def is_to_take_in(path: Path) -> bool:
    """Whether a file may be a backup, or a profile. Raises OSError."""
    if path.suffix != ".toml":
        return path.match(_BACKUPS)
    with path.open("rb") as file:
        return b"[supplier]" in file.read(4096)


def take_in(path: Path, request: Request) -> Taken:
    """Make a file the profile, or a backup the ledger; its own bytes tell which it is.

    A profile with something that would make an invoice wrong is kept as a draft, to be mended in
    My details. Raises month_end.UserError, OSError.
    """
    from kara_tui import settings
    from kara_tui.issued import restore
    from kara_tui.month_end.letters import profile_problems
    from kara_tui.settings.prefixes import prefix_problems
    from kara_tui.settings.store import install

    with path.open("rb") as file:
        is_ledger = file.read(len(_SQLITE)) == _SQLITE
    if is_ledger:
        entries = restore(path, accept_older=False).head.entries
        return Taken(f"The ledger of {path.name} is here, whole, with {entries:,} entries.")
    profile = settings.read_profile(path, request.profile)
    problems = (*profile_problems(profile), *prefix_problems(profile))
    wrong = [one for one in problems if one.is_blocker]
    if wrong:
        making.keep_draft(request.profile, making.answers_from(profile))
        return Taken(f"To be mended first: {wrong[0]}", is_draft=True)
    install(path, request.profile)
    return Taken(f"Your details of {path.name} are here.")


def said_of(error: Exception) -> str:
    """Why a file could not be taken in."""
    from kara_tui.errors import UserError

    if isinstance(error, UserError):
        first = error.findings[0]
        return f"Nothing was taken in. {first.message} {first.hint}".strip()
    number = getattr(error, "errno", None)
    return f"The file cannot be read: {os.strerror(number) if number else error}."
