"""The files that are offered on Payments, in columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kara_tui.text import broken, cells_of, inert
from kara_tui.tui.pages.base import GAP, aligned

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


AGED = 48  # cells from which on a file's age is said


@dataclass(frozen=True, slots=True)
class Offer:
    """A file that can be chosen, with its age and what it holds in words where they are known."""

    path: Path
    age: str = ""
    holds: str = ""
    is_unpaid: bool = False


def in_columns(
    offers: Sequence[Offer], used: Sequence[str], room: int, year: int
) -> tuple[str, list[str]]:
    """The columns' heads, and the text of each file; months of this ``year`` are said without it.

    What a file holds goes below its name where both do not fit on one line.
    """
    if not offers:
        return "", []
    heads = ("Use as", "File", "When", "Holds")
    rows = [(use, inert(one.path.name), one.age, one.holds.replace(f" {year}", ""))
            for use, one in zip(used, offers, strict=True)]  # fmt: skip
    aged = room >= AGED and any(age for _, _, age, _ in rows)
    whole = [(use, name, *((age,) if aged else ()), holds)
             for use, name, age, holds in (heads, *rows)]  # fmt: skip
    needs = [max(map(cells_of, column)) for column in zip(*whole, strict=True)]
    if sum(needs) + GAP * (len(needs) - 1) <= room:
        head, *lines = aligned(whole, 1, room)
    else:
        head, *lines = aligned([row[:-1] for row in whole], 1, room)
        before = " " * (needs[0] + GAP)
        for shown, (_, _, _, holds) in zip(lines, rows, strict=True):
            shown += [before + part for part in broken(holds, room - len(before))]
    return head[0], ["\n".join(shown) for shown in lines]
