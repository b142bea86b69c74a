"""A calendar month, the unit Kara Connect is invoiced by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})\Z")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month of the wall clock; both edges belong to it, to the minute."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not (2000 <= self.year <= 2099 and 1 <= self.number <= 12):
            raise ValueError(f"{self.year}-{self.number:02} is not a month from 2000 to 2099")

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read ``YYYY-MM``. Raises ValueError with a sentence for the user."""
        match = _MONTH.match(text)
        if match is None:
            raise ValueError(f"{text!r} is not a month: write it as YYYY-MM, for example 2026-10")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: date) -> Month:
        """The month a day lies in."""
        return cls(day.year, day.month)

    @classmethod
    def last_full(cls, today: date) -> Month:
        """The last month that is over on the given day."""
        return cls.of(today).previous()

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        return self.next().first - timedelta(days=1)

    def next(self) -> Month:
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    def previous(self) -> Month:
        return Month.of(self.first - timedelta(days=1))

    def contains(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"
