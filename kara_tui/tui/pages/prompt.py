"""One question with one line for the answer, on top of the page that asks it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kara_tui.tui.desk import Desk
from kara_tui.tui.drawing import BLANK, Drawn, Line, wrapped
from kara_tui.tui.field import Field
from kara_tui.tui.page import Page, gap, heading, with_field


class PromptPage(Page):
    """Asks, checks as it is typed, and gives the answer on.

    ``check`` says in a sentence what is wrong with a text, or nothing. ``answers`` are offered to
    be taken with up and down.
    """

    id = "prompt"

    def __init__(
        self,
        desk: Desk,
        title: str,
        asked: str,
        take: Callable[[str], None],
        *,
        label: str = "",
        text: str = "",
        answers: Sequence[str] = (),
        check: Callable[[str], str] = lambda _: "",
        words: str = "Take it",
    ) -> None:
        super().__init__(desk)
        self.title = title
        self._asked = asked
        self._take = take
        self._label = label or f"{title}: "
        self._answers = tuple(answers)
        self._check = check
        self.field = Field()
        self.field.put(text)
        self._pointed = -1
        self.does = {"next": self._next, "up": self._up, "down": self._down}
        self.words = {"next": words}

    def body(self, width: int, height: int) -> Drawn:
        assert self.field is not None  # noqa: S101 - it is made above and never taken away
        head = [*heading(self.title, "", width), BLANK, *gap(wrapped(self._asked, width))]
        wrong = self._check(self.field.text) if self.field.text else ""
        below: list[Line] = [BLANK, *wrapped(wrong, width, "warning")] if wrong else []
        if self._answers:
            below += [BLANK, (("Often said (Up and Down take one):", "muted"),)]
            below += [((f"  {one}", "text"),) for one in self._answers]
        return with_field(self.field, self._label, head, below, width, height)

    def _next(self) -> None:
        assert self.field is not None  # noqa: S101 - as above
        text = self.field.text.strip()
        wrong = self._check(text)
        if wrong:
            self.desk.say(wrong, "warning")
            return
        self.desk.close()
        self._take(text)

    def _up(self) -> None:
        self._point(-1)

    def _down(self) -> None:
        self._point(1)

    def _point(self, by: int) -> None:
        if self._answers and self.field is not None:
            self._pointed = (self._pointed + by) % len(self._answers)
            self.field.put(self._answers[self._pointed])
