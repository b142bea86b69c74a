"""A series of invoice numbers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Series:
    """A continuous series of numbers: a prefix and at least ``width`` digits, as in ``KC-0011``.

    ``last_used`` is where the user's own series stood before the first number of it given out here.
    """

    prefix: str
    last_used: int
    width: int = 4

    def __post_init__(self) -> None:
        if self.last_used < 0 or self.width < 1:
            raise ValueError("a series stands at 0 or more and its numbers have a digit or more")
        if not self.prefix.isprintable():
            raise ValueError("a prefix is printable")

    def number(self, value: int) -> str:
        """A number of the series as it is printed."""
        return f"{self.prefix}{value:0{self.width}}"
