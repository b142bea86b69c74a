"""Help: what the page below is for, what to press in the portal, and its keys."""

from __future__ import annotations

from kara_tui.month_end.steps import STEPS
from kara_tui.tui.actions import key_shown, offered
from kara_tui.tui.desk import Desk
from kara_tui.tui.drawing import BLANK, Drawn, Line, wrapped
from kara_tui.tui.page import Page, heading
from kara_tui.tui.scroll import Scroll


class HelpPage(Page):
    """A text that scrolls."""

    id = "help"
    title = "Help"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._about = desk.page
        self._scroll = Scroll()
        self.does = {
            "next": desk.close,
            "back": desk.close,
            "help": desk.close,
            **self._scroll.moves(),
        }
        self.words = {"next": "Close"}

    def body(self, width: int, height: int) -> Drawn:
        head = heading(f"Help: {self._about.title}", "Up and Down scroll, Esc closes.", width)
        lines = self._scroll.show(self._text(width), height - len(head) - 1)
        return Drawn((*head, BLANK, *lines)[:height], (0, len(head) + 1))

    def _text(self, width: int) -> list[Line]:
        lines: list[Line] = []
        about = next((one for one in STEPS if one.id.value == self._about.id), None)
        if about is not None:
            lines += wrapped(about.purpose, width)
            lines += wrapped(about.here, width)
            lines.append(BLANK)
            if about.portal:
                lines.append((("In the portal", "accent"),))
            for number, words in enumerate(about.portal, 1):
                first, *rest = wrapped(words, width - 5)
                lines.append(((f" {number}. ", "accent"), *first))
                lines += [(("    ", "text"), *line) for line in rest]
            lines.append(BLANK)
        for words in self._about.help_lines():
            lines += [*wrapped(words, width), BLANK]
        lines.append((("Keys", "accent"),))
        for action in offered(self._about.id, self.desk.actions):
            keys = " ".join(key_shown(key) for key in action.keys)
            first, *rest = wrapped(action.help, width - 17)
            lines.append(((f" {keys:<16}", "strong"), *first))
            lines += [((" " * 17, "text"), *line) for line in rest]
        return lines
