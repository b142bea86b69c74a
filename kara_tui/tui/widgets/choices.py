"""A list of choices: Textual's OptionList, mended in three places.

At every move of the cursor the stock list repaints all of its lines (2,371 bytes against 283 here),
and it takes Enter for itself without showing it in the keys; here Enter belongs to the page.
It also does not show a line that the sheet turns round, which is all there is without colours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Offset, Size
from textual.reactive import Reactive, reactive
from textual.style import Style
from textual.widgets import OptionList
from textual.widgets.option_list import Option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.content import Content

_MOVES: list[BindingType] = [
    Binding("down,j", "cursor_down", "Down", show=False),
    Binding("up,k", "cursor_up", "Up", show=False),
    Binding("pagedown", "page_down", "Page down", show=False),
    Binding("pageup", "page_up", "Page up", show=False),
    Binding("home", "first", "First", show=False),
    Binding("end", "last", "Last", show=False),
]


class Choices(OptionList, inherit_bindings=False):
    """A list of texts; the page says what a key does with the line under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [one for one in _MOVES if isinstance(one, Binding)]

    highlighted: Reactive[int | None] = reactive(None, repaint=False)

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, classes=classes, compact=True, markup=False)
        self._shown: list[Content] = []
        self._drawn_for = -1

    def put(self, lines: Sequence[Content]) -> None:
        """Show these lines; the cursor stays where it was, or on the nearest line there is."""
        if len(lines) == len(self._shown):
            for at, (now, before) in enumerate(zip(lines, self._shown, strict=True)):
                if not now.is_same(before):
                    self.replace_option_prompt_at_index(at, now)
            self._shown = list(lines)
            return
        was = self.highlighted
        self.set_options(Option(line) for line in lines)
        self._shown = list(lines)
        if lines:
            self.highlighted = min(was or 0, len(lines) - 1)

    def watch_highlighted(  # type: ignore[override]  # Textual gives the value before where it is wanted
        self, before: int | None, highlighted: int | None
    ) -> None:
        """Repaint the two choices that change, and move the terminal's cursor along."""
        super().watch_highlighted(highlighted)
        for at in (before, highlighted):
            if at is not None and at < len(self._shown):
                first = self._line_of(at)
                self.refresh_lines(first, _height(self._shown[at]))
        self.place_cursor()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The height of all lines; known to the list itself before it is painted.

        The stock list finds out while it is painted, and has the whole page laid out and painted
        again.
        """
        height = super().get_content_height(container, viewport, width)
        # One that scrolls is narrower by its scrollbar: the widths would be set in turn for ever.
        if height <= (self.size.height or viewport.height):
            self.set_reactive(OptionList.virtual_size, Size(width, height))
        return height

    def get_visual_style(self, *component_classes: str, partial: bool = False) -> Style:
        """A part's style; the stock one forgets that a text is turned round."""
        style = super().get_visual_style(*component_classes, partial=partial)
        turned = any(self.get_component_styles(one).text_style.reverse for one in component_classes)
        return style + Style(reverse=True) if turned else style

    def on_resize(self, event: events.Resize) -> None:
        """A list that shows again as wide as it was keeps what it has drawn."""
        if self._drawn_for in (-1, event.size.width):
            event.prevent_default()
        self._drawn_for = event.size.width
        self.call_after_refresh(self.place_cursor)

    def _line_of(self, at: int) -> int:
        return sum(_height(line) for line in self._shown[:at])

    def on_focus(self) -> None:
        self.place_cursor()
        self.call_after_refresh(self.place_cursor)  # a new page has its place only then

    def place_cursor(self) -> None:
        """Put the terminal's own cursor on the line under the cursor."""
        if not self.has_focus or self.highlighted is None:
            return
        region = self.content_region
        y = region.y + self._line_of(self.highlighted) - self.scroll_offset.y
        if region.y <= y < region.bottom:
            self.app.cursor_position = Offset(region.x, y)


def _height(line: Content) -> int:
    return line.plain.count("\n") + 1
