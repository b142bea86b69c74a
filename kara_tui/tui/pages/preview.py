"""The page as it will be printed, drawn in half-blocks: two dots of the picture in each cell."""

from __future__ import annotations

from kara_tui.tui.desk import Desk
from kara_tui.tui.drawing import BLANK, Drawn, Line, wrapped
from kara_tui.tui.page import Page, heading
from kara_tui.tui.picture import Picture
from kara_tui.tui.scroll import Scroll

# Shades of one ink on paper, in which a page's layout can be seen whatever colours there are:
# a cell's upper and lower dot are each ink or paper.
_CELLS = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}
_INK_BELOW = 200  # of 255: grey rules and thin letters count as ink


class PreviewPage(Page):
    """The first page; it scrolls, and is drawn anew for another width."""

    id = "preview"
    title = "Page"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._scroll = Scroll()
        self.does = {
            "next": desk.close,
            "back": desk.close,
            "preview": desk.close,
            **self._scroll.moves(),
        }
        self.words = {"next": "Close"}
        self._picture: list[Line] = []
        self._width = 0

    def body(self, width: int, height: int) -> Drawn:
        head = heading(self.title, "as it will be printed. Up and Down scroll, Esc closes.", width)
        if self._width != width:
            self._width = width
            self._draw(width)
        lines = self._picture or wrapped("Drawing the page …", width, "muted")
        shown = self._scroll.show(lines, height - len(head) - 1)
        return Drawn((*head, BLANK, *shown)[:height], (0, len(head) + 1))

    def _draw(self, width: int) -> None:
        month_end = self.desk.month_end
        if month_end is None:
            return

        def done(picture: Picture) -> None:
            self._picture = in_half_blocks(picture)

        self.desk.host.work(
            lambda: self.desk.acts.picture(month_end, width),
            done,
            lambda trouble: self.desk.say(trouble.findings[0].message, "warning"),
        )


def in_half_blocks(picture: Picture) -> list[Line]:
    """The picture as lines of text, two rows of dots in each; ink on the terminal's paper."""
    lines: list[Line] = []
    for y in range(0, len(picture.rows), 2):
        upper = picture.rows[y]
        lower = (
            picture.rows[y + 1] if y + 1 < len(picture.rows) else ((255, 255, 255),) * len(upper)
        )
        text = "".join(
            _CELLS[_is_ink(above), _is_ink(below)]
            for above, below in zip(upper, lower, strict=True)
        )
        lines.append(((text, "text"),))
    return lines


def _is_ink(dot: tuple[int, int, int]) -> bool:
    return sum(dot) < 3 * _INK_BELOW
