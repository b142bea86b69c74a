"""What a polluted file is, what it comes to, and which reason for asking is a true one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tests.benchmarks.pollock.export import Answer


@dataclass(frozen=True)
class Ask:
    """A true reason for not reading a file.

    Every blocker must have one of ``codes``; one of them must hold, in its message or hint, one of
    the words (in any case) and name one of ``rows``, where these are given.
    """

    codes: tuple[str, ...]
    words: tuple[str, ...] = ()
    rows: tuple[int, ...] = ()


@dataclass(frozen=True)
class Polluted:
    """A file. ``answer`` is None where what the clean file held cannot be known any more."""

    kind: str
    name: str
    data: bytes
    answer: Answer | None
    ask: Ask


def polluted(
    kind: str,
    name: str,
    text: str | bytes,
    answer: Answer | None,
    codes: str,
    words: str = "",
    rows: Iterable[int] = (),
) -> Polluted:
    """A file from a text; codes and words are parted by ``|``."""
    data = text if isinstance(text, bytes) else text.encode()
    said = tuple(words.split("|")) if words else ()
    return Polluted(kind, name, data, answer, Ask(tuple(codes.split("|")), said, tuple(rows)))
