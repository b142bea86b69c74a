"""The page as it will be printed: a picture where the terminal has them, else half-blocks."""

from __future__ import annotations

from kara_tui.tui.desk import Desk
from kara_tui.tui.drawing import BLANK, Drawn, Line, wrapped
from kara_tui.tui.kitty import Placement
from kara_tui.tui.page import Page, heading
from kara_tui.tui.picture import Picture, read_png, size_of
from kara_tui.tui.scroll import Scroll

# A cell's upper and lower dot, each ink or paper: what shows where there are no colours.
_CELLS = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}
_INK_BELOW = 200  # of 255: grey rules and thin letters count as ink
_PAPER = (255, 255, 255)
CELL = (10, 20)  # dots that a cell is taken to have; the terminal scales to the cells it has
WIDEST = 100  # cells; a page as wide as a very large screen is not read better
_SHADES = 16  # fewer shades make longer runs, and a page is mostly paper


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
            "sharp": self._sharp,
            **self._scroll.moves(),
        }
        self.words = {"next": "Close"}
        self._png = b""
        self._blocks: list[Line] = []
        self._width = 0

    def body(self, width: int, height: int) -> Drawn:
        head = heading(self.title, "as it will be printed. Up and Down scroll, Esc closes.", width)
        head.append(BLANK)
        if self._width != width:
            self._width = width
            self._ask_for(width)
        room = height - len(head)
        if self._png and self.desk.host.has_pictures:
            return self._placed(head, width, room)
        lines = self._blocks or wrapped("Drawing the page …", width, "muted")
        return Drawn((*head, *self._scroll.show(lines, room))[:height], (0, len(head)))

    def why_not(self, action: str) -> str:
        if action == "sharp" and self.desk.host.has_pictures:
            return "The page is shown in the terminal's own pixels already."
        if action == "sharp" and not self._png:
            return "The page is not drawn yet."
        return ""

    def shows(self, action: str) -> bool:
        return not self.why_not(action)

    def _sharp(self) -> None:
        month_end = self.desk.month_end
        if month_end is None:
            return
        said = self.desk.host.show_pixels(lambda dots: self.desk.acts.picture(month_end, dots))
        if said:
            self.desk.say(said, "warning")

    def _placed(self, head: list[Line], width: int, room: int) -> Drawn:
        """Blank lines, and the part of the page that lies over them."""
        dots, tall = size_of(self._png)
        lines = [BLANK] * -(-tall // CELL[1])
        shown = self._scroll.show(lines, room)
        top = self._scroll.top * CELL[1]
        part = min(room * CELL[1], tall - top)
        columns = min(width, dots // CELL[0])
        picture = Placement(self._png, 0, len(head), columns, -(-part // CELL[1]), dots, top, part)
        return Drawn((*head, *shown), (0, len(head)), picture=picture)

    def _ask_for(self, width: int) -> None:
        month_end = self.desk.month_end
        if month_end is None:
            return
        host = self.desk.host
        dots = min(width, WIDEST) * CELL[0] if host.has_pictures else width

        def drawn() -> tuple[bytes, list[Line]]:
            png = self.desk.acts.picture(month_end, dots)
            if host.has_pictures:
                return png, []
            return png, in_half_blocks(read_png(png), shaded=host.has_shades)

        def done(made: tuple[bytes, list[Line]]) -> None:
            self._png, self._blocks = made

        host.work(drawn, done, lambda error: self.desk.say(error.findings[0].message, "warning"))


def in_half_blocks(picture: Picture, *, shaded: bool) -> list[Line]:
    """The picture as lines of text, two rows of dots in each.

    ``shaded`` cells have the dots' own greys, foreground above background; otherwise a dot is ink
    or paper in the terminal's own colours.
    """
    lines: list[Line] = []
    for y in range(0, len(picture.rows), 2):
        upper = picture.rows[y]
        lower = (
            picture.rows[y + 1] if y + 1 < len(picture.rows) else ((255, 255, 255),) * len(upper)
        )
        if shaded:
            lines.append(tuple(
                ("▀", f"{_shade(above)} on {_shade(below)}")
                for above, below in zip(upper, lower, strict=True)
            ))  # fmt: skip
        else:
            text = "".join(
                _CELLS[_is_ink(above), _is_ink(below)]
                for above, below in zip(upper, lower, strict=True)
            )
            lines.append(((text, "text"),))
    return [_joined(line) for line in lines]


def _joined(line: Line) -> Line:
    """Neighbours of one role as one run: fewer bytes to the terminal."""
    joined: list[tuple[str, str]] = []
    for text, role in line:
        if joined and joined[-1][1] == role:
            joined[-1] = (joined[-1][0] + text, role)
        else:
            joined.append((text, role))
    return tuple(joined)


def _shade(dot: tuple[int, int, int]) -> str:
    step = 255 / (_SHADES - 1)
    return "#" + "".join(f"{round(round(one / step) * step):02x}" for one in dot)


def _is_ink(dot: tuple[int, int, int]) -> bool:
    return sum(dot) < 3 * _INK_BELOW
