"""One question with a few answers to choose from, on top of the page that asks it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kara_tui.tui.desk import Desk
from kara_tui.tui.drawing import BLANK, Drawn, Line, wrapped
from kara_tui.tui.page import Page, gap, heading, with_list


class ChoicePage(Page):
    """Answers with marks; ``now`` is the one that holds, ``take`` gets the position chosen."""

    id = "choice"

    def __init__(
        self,
        desk: Desk,
        title: str,
        asked: Sequence[str],
        answers: Sequence[str],
        take: Callable[[int], None],
        *,
        now: int = 0,
        words: str = "Take it",
    ) -> None:
        super().__init__(desk)
        self.title = title
        self._asked = asked
        self._answers = tuple(answers)
        self._take = take
        self.list.resize(len(self._answers))
        self.list.cursor = now
        self.does = {"next": self._next}
        self.words = {"next": words}

    def body(self, width: int, height: int) -> Drawn:
        head = [*heading(self.title, "", width), BLANK]
        for words in self._asked:
            head += gap(wrapped(words, width))
        return with_list(self, head, [], width, height, self._row)

    def _row(self, item: int) -> Line:
        return (("(*) " if item == self.list.cursor else "( ) ", "text"),
                (self._answers[item], "text"))  # fmt: skip

    def _next(self) -> None:
        chosen = self.list.cursor
        self.desk.close()
        self._take(chosen)
