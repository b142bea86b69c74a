"""Some sentences to read, on top of the page that shows them."""

from __future__ import annotations

from collections.abc import Sequence

from kara_tui.tui.desk import Desk
from kara_tui.tui.drawing import BLANK, Drawn, Line, wrapped
from kara_tui.tui.page import Page, heading
from kara_tui.tui.scroll import Scroll


class TextPage(Page):
    """A text that scrolls; Enter or Escape closes it."""

    id = "text"

    def __init__(self, desk: Desk, title: str, sentences: Sequence[str]) -> None:
        super().__init__(desk)
        self.title = title
        self._sentences = sentences
        self._scroll = Scroll()
        self.does = {"next": desk.close, **self._scroll.moves()}
        self.words = {"next": "Close"}

    def body(self, width: int, height: int) -> Drawn:
        head = [*heading(self.title, "", width), BLANK]
        lines: list[Line] = []
        for sentence in self._sentences:
            lines += wrapped(sentence, width) or [BLANK]
        return Drawn((*head, *self._scroll.show(lines, height - len(head))), (0, len(head)))
