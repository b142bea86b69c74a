"""The terminal's side, as the desk sees it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from kara_tui.errors import UserError

Result = TypeVar("Result")


class Host(Protocol):
    """What the desk needs of the terminal's side."""

    def work(
        self,
        job: Callable[[], Result],
        done: Callable[[Result], None],
        failed: Callable[[UserError], None],
    ) -> None:
        """Run a job beside the keys; its result comes back on the keys' side."""

    def redraw(self) -> None: ...

    def draw_anew(self) -> None:
        """Draw everything again, whatever has been written over it."""

    def leave(self, code: int) -> None: ...

    @property
    def theme_name(self) -> str: ...

    @property
    def has_pictures(self) -> bool: ...

    @property
    def has_shades(self) -> bool: ...

    def themes(self) -> list[tuple[str, str]]: ...

    def recolour(self, theme: str) -> str: ...

    def give_mouse(self) -> str: ...

    def show_pixels(self, make: Callable[[int], bytes]) -> str:
        """Show a PNG, made so many dots wide, until a key; says why it cannot be, or nothing."""
