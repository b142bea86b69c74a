"""What every screen of the wizard shares."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widgets import Input

from kara_tui.tui.pages.base import WIDE, WIDER
from kara_tui.tui.painting import paint_at_once
from kara_tui.tui.widgets.bars import KeyBar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.widget import Widget


class KaraScreen(Screen[None], inherit_bindings=False):
    """A screen with a key bar at its foot.

    ``focused`` is declared anew because the stock one repaints the whole screen at every change of
    focus: 2.8 to 9 KB, where the two panels' borders are a few hundred bytes.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("shift+tab", "app.focus_previous", "Previous", show=False),
        Binding("ctrl+c,super+c", "screen.copy_text", "Copy the selection", show=False),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-usual"), (WIDE, "-wide"), (WIDER, "-wider")]  # noqa: RUF012 - Textual's way to declare them

    VERTICAL_BREAKPOINTS = [(0, "-short"), (18, "-tall"), (28, "-roomy")]  # noqa: RUF012 - as above

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    page_id = ""
    unoffered: ClassVar[frozenset[str]] = frozenset()  # keys of every screen that lead nowhere here

    def words(self) -> Mapping[str, str]:
        """Words for the key bar instead of the table's, by action."""
        return {}

    def refresh_keys(self) -> None:
        """Draw the key bar for what has the focus now."""
        active = [
            one for one in self.active_bindings.values() if one.binding.id not in self.unoffered
        ]
        for bar in self.query(KeyBar):
            bar.show(active, self.words())

    def watch_focused(self) -> None:
        self.refresh_keys()

    def on_screen_resume(self) -> None:
        """What had the focus before something lay on top has it again, with no event of its own."""
        self.place_cursor()

    def place_cursor(self) -> None:
        """Put the terminal's own cursor to what has the focus.

        A field takes it when its text changes, whether or not it is the one in use.
        """
        focused = self.focused
        if isinstance(focused, Input):
            self.app.cursor_position = focused.cursor_screen_offset
        elif (place := getattr(focused, "place_cursor", None)) is not None:
            place()

    async def action_next(self) -> None:
        """What the filled button does."""

    async def action_back(self) -> None:
        """Close this screen; the one below shows again."""
        self.close()

    def close(self) -> None:
        """Take this screen away. The stock way paints the one below twice."""
        paint_at_once(self.app)
        self.app.pop_screen()
