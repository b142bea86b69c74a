"""Which files of a Downloads folder look like the portal's exports: by name and age alone.

No file is opened. What the portal calls its files is not
known, so a word in the name only moves a file up, and newest comes first.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kara_tui.text import counted

OFFERED = 9  # one digit each
_LOOKED_AT = 5_000  # files of a folder; more than that is no folder of downloads

_SUFFIXES = (".csv", ".tsv", ".txt", ".xls", ".xlsb", ".xlsx", ".ods", ".zip")
# Text files and archives are offered only when their name says so: most are something else.
_ONLY_IF_NAMED = (".txt", ".zip")
_WORDS = re.compile(
    r"payment|export|kara|session|transaction|greiðsl|greidsl|betaling|zahlung", re.IGNORECASE
)
_UNPAID = re.compile(r"un[-_ ]?paid|ógreidd|ogreidd|obetal|unbezahlt", re.IGNORECASE)
# Lock files, half-finished downloads and hidden files.
_PASSING = re.compile(r"^[.~]|^\$|\.(crdownload|part|partial|download|tmp)$", re.IGNORECASE)

_DAY_S = 24 * 60 * 60
_RECENT_DAYS = 45  # a file older than the month end before is not what is looked for first


@dataclass(frozen=True, slots=True)
class Listed:
    """A file of a folder: its name, when it was last changed (seconds since 1970), its bytes."""

    name: str
    modified: float
    size: int


@dataclass(frozen=True, slots=True)
class LikelyExport:
    """A file worth offering. ``age`` is said in words; ``is_unpaid`` goes by the name."""

    name: str
    age: str
    is_unpaid: bool


def downloads() -> Path:
    """The user's folder of downloads, whatever it is called here."""
    from platformdirs import user_downloads_path

    return user_downloads_path()


def offered(folder: Path) -> tuple[LikelyExport, ...]:
    """The folder's files that may be exports, the likeliest first; none if it cannot be read."""
    return likely_exports(_listing(folder), time.time())


def _listing(folder: Path) -> Iterator[Listed]:
    try:
        with os.scandir(folder) as entries:
            for _, entry in zip(range(_LOOKED_AT), entries, strict=False):
                try:
                    if entry.is_file():
                        about = entry.stat()
                        yield Listed(entry.name, about.st_mtime, about.st_size)
                except OSError:  # gone in the meantime
                    continue
    except OSError:  # no such folder, or not ours to look into: then nothing is offered
        return


def likely_exports(listing: Iterable[Listed], now: float) -> tuple[LikelyExport, ...]:
    """The files that may be exports, the likeliest first, at most OFFERED of them.

    ``now`` is in seconds since 1970. Files that are named like an export and are recent come first,
    then other recent ones, then older ones; among equals the newest.
    """
    likely = [file for file in listing if _may_be_one(file)]
    likely.sort(key=lambda file: (_rank(file, now), -file.modified, file.name))
    return tuple(
        LikelyExport(file.name, age_said(now - file.modified), bool(_UNPAID.search(file.name)))
        for file in likely[:OFFERED]
    )


def age_said(seconds: float) -> str:
    """``just now``, ``5 minutes ago``, ``2 hours ago``, ``yesterday``, ``12 days ago``."""
    minutes, hours, days = int(seconds // 60), int(seconds // 3600), int(seconds // _DAY_S)
    if minutes < 1:
        return "just now"
    if hours < 1:
        return f"{counted(minutes, 'minute')} ago"
    if days < 1:
        return f"{counted(hours, 'hour')} ago"
    return "yesterday" if days == 1 else f"{days} days ago"


def _may_be_one(file: Listed) -> bool:
    name = file.name.lower()
    if file.size == 0 or _PASSING.search(name) or not name.endswith(_SUFFIXES):
        return False
    return not name.endswith(_ONLY_IF_NAMED) or bool(_WORDS.search(name))


def _rank(file: Listed, now: float) -> int:
    recent = now - file.modified < _RECENT_DAYS * _DAY_S
    named = bool(_WORDS.search(file.name) or _UNPAID.search(file.name))
    return (0 if named else 1) if recent else 2
