"""A list with a cursor, of any length: only the lines that show are ever looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kara_tui.tui.drawing import Line, padded, plain

# What stands before the line under the cursor, so that colour alone does not tell it.
POINTER = "> "
NO_POINTER = "  "


@dataclass(slots=True)
class ListBox:
    """Where the cursor is among ``count`` items, and which of them is the first to show.

    A cursor of -1 stands above the first item: nothing is chosen yet.
    """

    count: int = 0
    cursor: int = 0
    top: int = 0
    height: int = 1

    def resize(self, count: int) -> None:
        """Another number of items; the cursor stays where it can."""
        self.count = count
        self.cursor = max(0, min(self.cursor, count - 1))

    def move(self, action: str) -> bool:
        """Do what a list's action says; tells whether it was one."""
        step = {
            "up": -1, "down": 1, "page-up": -self.height, "page-down": self.height,
            "first": -self.count, "last": self.count,
        }.get(action)  # fmt: skip
        if step is None:
            return False
        self.cursor = max(0, min(self.cursor + step, self.count - 1))
        return True

    def window(self, height: int) -> range:
        """The items that show in so many lines, with the cursor among them."""
        self.height = max(1, height)
        self.top = max(0, min(self.top, self.count - self.height))
        if self.cursor < self.top:
            self.top = max(0, self.cursor)
        elif self.cursor >= self.top + self.height:
            self.top = self.cursor - self.height + 1
        return range(self.top, min(self.count, self.top + self.height))

    def draw(
        self, height: int, width: int, row: Callable[[int], Line]
    ) -> tuple[list[Line], dict[int, int], tuple[int, int] | None]:
        """The lines that show, which item each of them is, and where the cursor stands."""
        lines: list[Line] = []
        targets: dict[int, int] = {}
        at: tuple[int, int] | None = None
        for item in self.window(height):
            targets[len(lines)] = item
            if item == self.cursor:
                at = (0, len(lines))
                text = padded(plain(row(item)), width - len(POINTER))
                lines.append(((POINTER + text, "cursor"),))
            else:
                lines.append(((NO_POINTER, "text"), *row(item)))
        return lines, targets, at

    @property
    def place(self) -> str:
        """``12 to 30 of 412``, or nothing when all of it shows."""
        if self.count <= self.height:
            return ""
        last = min(self.count, self.top + self.height)
        return f"{self.top + 1:,} to {last:,} of {self.count:,}"
