"""Commands: every action, every step and every colour theme, found by typing a part of its name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from kara_tui.month_end.steps import STEPS
from kara_tui.tui.actions import key_shown, offered
from kara_tui.tui.desk import Desk
from kara_tui.tui.drawing import BLANK, Drawn, Line
from kara_tui.tui.field import Field
from kara_tui.tui.page import Page, field_line, heading, with_list


@dataclass(frozen=True, slots=True)
class Command:
    """Something to be chosen; ``show`` does it for a look while the cursor stands on it."""

    name: str
    about: str
    run: Callable[[], None]
    show: Callable[[], None] | None = None


class PalettePage(Page):
    """A field and the commands that fit what is typed. A theme is shown as the cursor moves."""

    id = "palette"
    title = "Commands"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        below = desk.page
        self._theme_before = desk.host.theme_name
        self._all = [
            *(
                Command(action.words, f"{key_shown(action.keys[0])}: {action.help}",
                        partial(desk.act, action.id))
                for action in offered(below.id, desk.actions)
                if action.id not in ("palette", "up", "down", "first", "last", "page-up",
                                     "page-down")
            ),
            *(
                Command(f"Go to {one.title}", one.purpose, partial(desk.go, one.id))
                for one in STEPS
            ),
            *(
                Command(f"Colours: {title}", "", partial(desk.keep_theme, name),
                        partial(self._look_at, name))
                for name, title in desk.host.themes()
            ),
        ]  # fmt: skip
        self.field = Field()
        self.does = {"next": self._run, "back": self._close}
        self.words = {"next": "Do it"}
        self.typed()

    def typed(self) -> None:
        assert self.field is not None  # noqa: S101 - made above, never taken away
        words = self.field.text.casefold().split()
        self._found = [
            one for one in self._all
            if all(word in f"{one.name} {one.about}".casefold() for word in words)
        ]  # fmt: skip
        # Names that begin with what was typed come first.
        start = self.field.text.casefold().strip()
        self._found.sort(key=lambda one: not one.name.casefold().startswith(start))
        self.list.cursor = 0
        self.list.resize(len(self._found))

    def body(self, width: int, height: int) -> Drawn:
        assert self.field is not None  # noqa: S101 - as above
        self._look()
        head = [*heading(self.title, "Type a part of the name; Enter does it.", width), BLANK]
        line, at = field_line(self.field, "> ", width)
        head += [line, BLANK]
        drawn = with_list(self, head, [], width, height, self._row)
        return Drawn(drawn.lines, (at, len(head) - 2), drawn.targets)

    def _row(self, item: int) -> Line:
        one = self._found[item]
        return ((f"{one.name:<28} ", "text"), (one.about, "muted"))

    def _look(self) -> None:
        """Show the theme under the cursor, or the one that was there before."""
        one = self._found[self.list.cursor] if self._found else None
        if one is not None and one.show is not None:
            one.show()
        elif self.desk.host.theme_name != self._theme_before:
            self._look_at(self._theme_before)

    def _look_at(self, name: str) -> None:
        if self.desk.host.theme_name != name:
            self.desk.host.recolour(name)

    def _run(self) -> None:
        if not self._found:
            self.desk.say("Nothing fits what is typed.")
            return
        chosen = self._found[self.list.cursor]
        self.desk.close()
        chosen.run()

    def _close(self) -> None:
        self._look_at(self._theme_before)
        self.desk.close()
