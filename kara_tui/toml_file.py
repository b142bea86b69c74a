"""The one way to read a TOML file that a person has written: every fault is a sentence.

A leaf that every room may import. Python's own reader gives up in more ways than it says: on lists
nested a thousand deep, on numbers of thousands of digits, on a file of gigabytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

DEEPEST = 50
_BITS = 64  # https://toml.io/en/v1.0.0#integer
LARGEST = 1_000_000  # bytes; a profile of 5 000 sponsors has half of that

_PLACE = re.compile(r" *\(at (?:line ([0-9]+), column [0-9]+|end of document)\)")


class BadToml(ValueError):
    """A file that is no TOML: ``line`` (0: all of it), what is ``found`` there, why, what to do."""

    def __init__(self, path: Path, line: int, found: str, reason: str, mend: str) -> None:
        where = f"{path}, line {line}" if line else str(path)
        super().__init__(f"{where}: {reason} {mend}")
        self.path = path
        self.line = line
        self.found = found
        self.reason = reason
        self.mend = mend


def read_toml(path: Path) -> dict[str, Any]:
    """What a TOML file holds. Raises BadToml; OSError when it cannot be opened."""
    return parse_toml(read_capped(path), path)


def read_capped(path: Path) -> bytes:
    """The bytes of a file that is to be TOML. Raises BadToml when there are too many; OSError."""
    with path.open("rb") as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise BadToml(
            path, 0, "", f"It is larger than {LARGEST:,} bytes.", "Is it another file?"
        )  # fmt: skip
    return content


def parse_toml(
    content: bytes, path: Path, *, parse_float: Callable[[str], Any] = float
) -> dict[str, Any]:
    """What the bytes of a TOML file hold; ``path`` is for the sentence. Raises BadToml."""
    # Imported here: 3 ms that a command without a profile does not need.
    import tomllib

    try:
        # Notepad and Excel put a byte order mark in front, which TOML does not know.
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadToml(
            path, line, "", "It holds letters that are not in UTF-8.",
            "Save the file anew with the encoding UTF-8.",
        ) from None  # fmt: skip
    try:
        document = tomllib.loads(text, parse_float=parse_float)
    except RecursionError:
        raise _syntax_error(path, text, "it is nested too deeply") from None
    except ValueError as error:
        raise _syntax_error(path, text, str(error)) from None
    too_much = _too_much(document)
    if too_much:
        raise BadToml(path, 0, "", too_much, "Is it another file?")
    return document


def _too_much(document: dict[str, Any]) -> str:
    """A sentence about what the reader lets through and what nothing that follows could take."""
    left: list[tuple[object, int]] = [(document, 0)]
    while left:
        value, depth = left.pop()
        if depth > DEEPEST:
            return "It is nested too deeply."
        if isinstance(value, int) and value.bit_length() > _BITS:
            return "It holds a whole number that is too large."
        if isinstance(value, dict):
            left += [(inner, depth + 1) for inner in value.values()]
        elif isinstance(value, list):
            left += [(inner, depth + 1) for inner in value]
    return ""


def _syntax_error(path: Path, text: str, message: str) -> BadToml:
    place = _PLACE.search(message)
    said = _PLACE.sub("", message).rstrip(". ")
    lines = text.splitlines()
    if place is not None:
        line = int(place[1]) if place[1] else len(lines)
    else:
        # It says no line, as for a number of thousands of digits: the longest is the likeliest.
        line = 1 + max(range(len(lines)), key=lambda at: len(lines[at]), default=0)
    return BadToml(
        path,
        line,
        lines[line - 1] if 0 < line <= len(lines) else "",
        f"This is not TOML: {said}.",
        'A line reads: name = "value" (texts in straight quotation marks).',
    )
