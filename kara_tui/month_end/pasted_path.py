"""What file is meant by a path that was typed, pasted or dropped into a terminal."""

from __future__ import annotations

import shlex
from pathlib import Path
from urllib.parse import unquote, urlsplit

_QUOTES = ("'", '"')


def paths_meant(text: str, home: Path) -> tuple[Path, ...]:
    """The paths that a text may mean, the likeliest first; the caller takes the first there is.

    Understood are ``~`` (``home``), paths in quotation marks, ``file://`` addresses as file
    managers copy them (RFC 8089), and the backslashes that a terminal puts in front of blanks when
    a file is dropped on it. A name that really holds such characters is found by its plain text.
    """
    text = text.strip()
    if not text or "\0" in text:
        return ()
    readings = [text]
    if text.lower().startswith("file:"):
        address = urlsplit(text)
        if address.netloc in ("", "localhost"):
            # What looks like a query or a fragment belongs to the name: the scheme has neither.
            name = text[len("file:") :].removeprefix("//").removeprefix("localhost")
            readings.insert(0, unquote(name))
    elif len(text) > 1 and text[0] in _QUOTES and text[-1] == text[0]:
        readings.append(text[1:-1])
    try:
        words = shlex.split(text)
    except ValueError:
        words = []
    if len(words) == 1:
        readings.append(words[0])
    return tuple(dict.fromkeys(_at_home(reading, home) for reading in readings if reading))


def _at_home(text: str, home: Path) -> Path:
    if text == "~":
        return home
    return home / text[2:] if text.startswith("~/") else Path(text)
