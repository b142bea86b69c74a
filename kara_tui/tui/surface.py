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

from kara_tui.tui import kitty
from kara_tui.tui.desk import Desk
from kara_tui.tui.drawing import Line, Styles, strip_of
from kara_tui.tui.driver import TerminalDriver
from kara_tui.tui.frame import Framed, framed
from kara_tui.tui.shifting import shift_between

if TYPE_CHECKING:
    from textual import events


class Surface(Widget, can_focus=True, inherit_bindings=False):
    """The desk's screen. ``styles_now`` gives the colours, which can change while it runs."""

    def __init__(self, desk: Desk, styles_now: Callable[[], Styles]) -> None:
        super().__init__()
        self.desk = desk
        self._styles_now = styles_now
        self._strips: list[Strip] = []
        self._drawn: list[Line] = []
        self._waiting: set[int] = set()
        self._picture: kitty.Placement | None = None
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
        shown = framed(self.desk, width, height)
        now = (*shown.lines, *((),) * (height - len(shown.lines)))
        anew = everything or len(self._drawn) != height or len(self._strips) != height
        before: list[Line] | None = None if anew else self._moved(now)
        styles = self._styles_now()
        changed = [y for y in range(height) if before is None or now[y] != before[y]]
        strips = self._strips if before is not None else [Strip.blank(width)] * height
        for y in changed:
            strips[y] = strip_of(now[y], width, styles)
        self._strips, self._drawn, self.shown = strips, list(now), shown
        self._ask_for(changed, height, width, Offset(*shown.cursor))
        if not self._waiting:
            self.was_sent()

    def forget(self) -> None:
        """Nothing of what was sent stands on the terminal any more, no picture either."""
        self._strips = []
        self._picture = None

    def _moved(self, now: tuple[Line, ...]) -> list[Line]:
        """The lines as they stand, after the terminal has moved a band of them if that saves some.

        What was asked for and is not shown yet moves with the band, and is asked for again.
        """
        driver = self.app._driver  # noqa: SLF001 - Textual has no public way to the terminal
        if not isinstance(driver, TerminalDriver):
            return self._drawn
        shift = shift_between(self._drawn, now)
        if shift is None:
            return self._drawn
        driver.write(shift.sequence)
        self._strips = shift.applied(self._strips, Strip.blank(self.size.width))
        waiting = shift.applied([y in self._waiting for y in range(len(now))], blank=True)
        self._waiting = {y for y, waits in enumerate(waiting) if waits}
        # Textual keeps the lines it has drawn by their place, and they have another one now.
        self._styles_cache.clear()
        # The line that came in is unlike any line, so it is drawn.
        return shift.applied(self._drawn, (("", ""),))

    def _ask_for(self, changed: list[int], height: int, width: int, cursor: Offset) -> None:
        """Have Textual send these lines, and the real cursor after them."""
        moved = self.app.cursor_position != cursor
        self.app.cursor_position = cursor
        self._waiting |= set(changed)
        if len(self._waiting) >= height:
            self.refresh()
        elif self._waiting:
            self.refresh(*(Region(0, y, width, 1) for y in sorted(self._waiting)))
        elif moved:
            # Nothing to draw, but the real cursor has moved: it is placed after a line is drawn.
            self.refresh(Region(0, min(cursor.y, height - 1), 1, 1))

    def was_sent(self) -> None:
        """Textual has sent what was asked for: a picture comes over it, or goes."""
        self._waiting.clear()
        picture = None if self.shown is None else self.shown.picture
        driver = self.app._driver  # noqa: SLF001 - Textual has no public way to the terminal
        if picture != self._picture and isinstance(driver, TerminalDriver):
            x, y = self.app.cursor_position
            driver.write(f"{kitty.sequence(self._picture, picture)}\x1b[{y + 1};{x + 1}H")
            self._picture = picture

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
