"""A file that is made here and goes to the ledger, to disk and into a mail: its name, its bytes."""

from __future__ import annotations

from dataclasses import dataclass

NAME_BYTES = 200  # file systems allow 255; the rest is room for the names of temporary files


@dataclass(frozen=True, slots=True)
class File:
    """A file's bytes and the name that its copy on disk gets: a bare name, not hidden."""

    name: str
    content: bytes

    def __post_init__(self) -> None:
        if (
            not self.name
            or self.name.startswith(".")
            or "/" in self.name
            or "\\" in self.name
            or not self.name.isprintable()
            or len(self.name.encode()) > NAME_BYTES
        ):
            raise ValueError(f"{self.name[:40]!r} is not a plain file name")
