"""Yes or not yet: what it does is said in the box, and the safe button has the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.binding import Binding
from textual.widgets import Button

from kara_tui.tui.dialogs.base import Question, button

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.content import Content


class Confirm(Question[bool]):
    """A question whose yes cannot be taken back, or changes much."""

    BINDINGS = [  # noqa: RUF012 - Textual's way to declare keys
        Binding("left", "app.focus_previous", "Other button", show=False),
        Binding("right", "app.focus_next", "Other button", show=False),
    ]

    def __init__(self, title: str, text: Content | str, yes: str, no: str = "Not yet") -> None:
        super().__init__(title, text)
        self._yes = yes
        self._no = no

    def buttons(self) -> Iterable[Button]:
        yield button(self._no, "no")
        yield button(self._yes, "yes")

    def on_mount(self) -> None:
        self.query_one("#no").focus()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")
