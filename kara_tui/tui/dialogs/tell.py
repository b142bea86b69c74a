"""Something to read: it scrolls, and any of Enter, Esc and q closes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content

from kara_tui.tui.dialogs.base import Question
from kara_tui.tui.pages.base import Words, numbered, settled_scrollbar, settled_size

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from textual.widget import Widget

    Written = Callable[[int], Content]


class Text(VerticalScroll):
    """The text. Its scrollbar has its own column, so it is laid out and painted once."""

    DEFAULT_CSS = "Text { overflow-y: scroll; }"

    virtual_size = settled_size()
    show_vertical_scrollbar = settled_scrollbar(shown=True)


class Tell(Question[None]):
    """A text in a box, as high as it asks for.

    Several texts are steps, one after the other; a function gives the text for a width.
    """

    foot = "Enter or Esc closes it"

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,q", "close", "Close", show=False)]

    def __init__(self, title: str, text: Content | str | Sequence[str] | Written) -> None:
        super().__init__(title)
        self._words = text

    def inside(self) -> Iterable[Widget]:
        words = self._words
        if callable(words):
            words = words(self.room)
        elif not isinstance(words, (str, Content)):
            words = numbered(words, self.room)
        yield Text(Words(words), id="scroll")

    def on_mount(self) -> None:
        self.query_one("#scroll").focus()
