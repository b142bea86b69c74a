"""The one widget: it shows a framed screen and sends to the terminal only the lines that changed.

A screen is drawn as a whole from plain state and compared with what stands there, so that a key
costs as many bytes as it changes. There is one thing in focus, always; the real cursor is put where
the list's or the field's cursor is, for people who read with braille or speech.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.geometry import Offset, Region
from textual.strip import Strip
from textual.widget import Widget

from kara_tui.tui.desk import Desk
from kara_tui.tui.drawing import Line, Styles, strip_of
from kara_tui.tui.frame import Framed, framed

if TYPE_CHECKING:
    from textual import events


class Surface(Widget, can_focus=True, inherit_bindings=False):
    """The desk's screen. ``styles_now`` gives the colours, which can change while it runs."""

    def __init__(self, desk: Desk, styles_now: Callable[[], Styles]) -> None:
        super().__init__()
        self.desk = desk
        self._styles_now = styles_now
        self._strips: list[Strip] = []
        self.shown: Framed | None = None

    @property
    def lines(self) -> tuple[Line, ...]:
        """The screen as it stands."""
        return () if self.shown is None else self.shown.lines

    def draw(self, *, everything: bool = False) -> None:
        """Draw the desk anew and ask for the lines that are not as they were."""
        width, height = self.size
        if not width or not height:
            return
        before = self.lines if len(self.lines) == height and len(self._strips) == height else ()
        shown = framed(self.desk, width, height)
        styles = self._styles_now()
        changed = [
            y for y in range(height)
            if everything or not before or y >= len(shown.lines) or shown.lines[y] != before[y]
        ]  # fmt: skip
        strips = self._strips if before else [Strip.blank(width)] * height
        for y in changed:
            strips[y] = strip_of(shown.lines[y] if y < len(shown.lines) else (), width, styles)
        self._strips = strips
        self.shown = shown
        x, y = shown.cursor
        moved = self.app.cursor_position != Offset(x, y)
        self.app.cursor_position = Offset(x, y)
        if len(changed) == height:
            self.refresh()
        elif changed:
            self.refresh(*(Region(0, y, width, 1) for y in changed))
        elif moved:
            # Nothing to draw, but the real cursor has moved: it is placed after a line is drawn.
            self.refresh(Region(0, min(y, height - 1), 1, 1))

    def render_line(self, y: int) -> Strip:
        return self._strips[y] if y < len(self._strips) else Strip.blank(self.size.width)

    def on_resize(self) -> None:
        self._strips = []
        self.draw(everything=True)

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        self.desk.press(event.key, event.character)
        self.draw()

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        self.desk.paste(event.text)
        self.draw()

    def on_click(self, event: events.Click) -> None:
        """A click on a list's line moves the cursor there; on the key bar it is the key."""
        shown = self.shown
        if shown is None:
            return
        if event.y == len(shown.lines) - 1:
            for first, last, action in shown.keys:
                if first <= event.x <= last:
                    self.desk.said = ("", "text")
                    self.desk.act(action)
        elif event.y in shown.items and event.x >= shown.left:
            self.desk.page.clicked(shown.items[event.y])
        self.draw()

    def on_mouse_scroll_down(self) -> None:
        self.desk.act("down")
        self.draw()

    def on_mouse_scroll_up(self) -> None:
        self.desk.act("up")
        self.draw()
