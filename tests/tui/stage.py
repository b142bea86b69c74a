"""A desk without a terminal: keys go in, lines come out, and work is done at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from kara_tui import month_end
from kara_tui.errors import UserError
from kara_tui.month_end import Request
from kara_tui.tui.acts import Acts
from kara_tui.tui.desk import Desk
from kara_tui.tui.drawing import plain
from kara_tui.tui.frame import framed
from kara_tui.tui.keeping import Kept

Result = TypeVar("Result")

NAMED = {" ": "space", "?": "question_mark", "/": "slash", "*": "asterisk", ".": "full_stop"}


class Stage:
    """The terminal's side, standing in: work is done when it is asked for, or when it is let go."""

    theme_name = "fjord"
    has_shades = True
    has_pictures = False

    def __init__(self) -> None:
        self.left: int | None = None
        self.drawn_anew = 0
        self.held: list[Callable[[], None]] | None = None
        self.pixels = b""

    def work(
        self,
        job: Callable[[], Result],
        done: Callable[[Result], None],
        failed: Callable[[UserError], None],
    ) -> None:
        def run() -> None:
            try:
                result = job()
            except UserError as error:
                failed(error)
            else:
                done(result)

        if self.held is None:
            run()
        else:
            self.held.append(run)

    def hold(self) -> None:
        """From now on work waits."""
        self.held = []

    def let_go(self) -> None:
        """Do the work that waits, and none waits any more."""
        held, self.held = self.held or [], None
        for run in held:
            run()

    def redraw(self) -> None:
        pass

    def draw_anew(self) -> None:
        self.drawn_anew += 1

    def leave(self, code: int) -> None:
        self.left = code

    def themes(self) -> list[tuple[str, str]]:
        return [("fjord", "Fjord, dark"), ("paper", "Paper, light")]

    def recolour(self, theme: str) -> str:
        self.theme_name = theme
        return ""

    def give_mouse(self) -> str:
        return "The mouse is the terminal's."

    def show_pixels(self, make: Callable[[int], bytes]) -> str:
        self.pixels = make(100)
        return ""


class Play:
    """A desk on a stage, and what a person does with it."""

    def __init__(self, request: Request, **changed: object) -> None:
        self.stage = Stage()
        self.kept: list[Kept] = []
        usual = Acts(downloads=lambda: Path("/nowhere"), listing=lambda _: (), entries=lambda _: [],
                     warm=lambda _: None)  # fmt: skip
        acts = replace(usual, **changed)  # type: ignore[arg-type]  # the fields of Acts by name
        self.desk = Desk(request, acts, self.stage, keep=self.kept.append)
        self.desk.page.opened()
        self.desk.read()

    def press(self, *keys: str) -> Play:
        """Press keys by name; a single character is typed."""
        for key in keys:
            character = key if len(key) == 1 else " " if key == "space" else None
            self.desk.press(NAMED.get(key, key), character)
        return self

    def type(self, text: str) -> Play:
        return self.press(*text)

    def lines(self, width: int = 80, height: int = 24) -> list[str]:
        return [plain(line) for line in framed(self.desk, width, height).lines]

    def screen(self, width: int = 80, height: int = 24) -> str:
        return "\n".join(self.lines(width, height))

    @property
    def at(self) -> str:
        return self.desk.page.id


def demo() -> Request:
    """The sample month."""
    return month_end.demo_request(Request(profile="demo", today=month_end.DEMO_TODAY))


def every_screen(play: Play, width: int, height: int) -> Iterator[tuple[str, Play]]:
    """The steps of the sample month in order, each as it is when one arrives, up to Send."""
    for _ in range(6):
        play.lines(width, height)
        yield play.at, play
        play.press("enter")
