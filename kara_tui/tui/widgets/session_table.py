"""The list of sessions: a table that draws the lines it shows and no others.

Textual's DataTable takes 45 ms and 4.5 KB for a key that scrolls, and ten seconds before the first
of 100,000 rows shows; by the line API it is 6 ms and half a kilobyte, whatever the number of rows.
The scrollbar is drawn with the lines, too: Textual's is a widget of its own, painted once more when
a page shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.reactive import Reactive, reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from kara_tui.tui.columns import GAP, MEASURED, Column, Layout, layout

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.style import Style
    from textual import events
    from textual.selection import Selection

    from kara_tui.model import Session


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands before a session: a sign, and the style class of its line."""

    sign: str
    style: str = ""


class SessionTable(ScrollView, can_focus=True, inherit_bindings=False):
    """Sessions as lines, with a cursor. The page says what is shown and what a key does with it."""

    DEFAULT_CSS = """
    SessionTable { height: 1fr; overflow-x: hidden; scrollbar-size-vertical: 0;
      & > .session-table--head { color: $accent; }
      & > .session-table--thumb { color: $line; }
      & > .session-table--out { color: $muted; }
      & > .session-table--open { color: $warning; }
      & > .session-table--cursor {
        color: $block-cursor-blurred-foreground; background: $block-cursor-blurred-background;
      }
      &:focus > .session-table--cursor {
        color: $block-cursor-foreground; background: $block-cursor-background;
      }
      &:nocolor > .session-table--cursor { text-style: reverse; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "session-table--head", "session-table--thumb", "session-table--out", "session-table--open",
        "session-table--cursor",
    }  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("up", "move(-1)", "Up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("home", "edge(0)", "First", show=False),
        Binding("end", "edge(1)", "Last", show=False),
    ]

    # The scrollbar takes no room of its own, so nothing is laid out anew when it comes.
    show_vertical_scrollbar: Reactive[bool] = reactive(False, repaint=False)  # noqa: FBT003 - Textual's way

    # A page watches it, for what it shows of the session changes in the same frame; a message comes
    # a frame later.
    cursor: Reactive[int] = reactive(0, repaint=False)

    @dataclass
    class HeadClicked(Message):
        """A column's head was clicked."""

        column: Column

    @dataclass
    class Pressed(Message):
        """A session was clicked twice, or its sign once."""

        at: int

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._all: Sequence[Session] = ()
        self._shown: Sequence[int] = ()
        self._marks: Callable[[int], Marks] = lambda _: Marks(" ")
        self._tail: Callable[[int], str] = lambda _: ""
        self._tail_head = ""
        self._tail_cells = 0
        self._sorted: tuple[Column | None, bool] = (None, False)
        self._layout: Layout | None = None
        self._laid_out_in = 0

    def put(
        self,
        sessions: Sequence[Session],
        shown: Sequence[int],
        marks: Callable[[int], Marks],
        *,
        tail: Callable[[int], str] | None = None,
        tail_head: str = "",
        tail_least: int = 0,
        sorted_by: tuple[Column | None, bool] = (None, False),
    ) -> None:
        """Show these sessions in this order. ``marks`` and ``tail`` are asked for a line's own.

        The tail has ``tail_least`` cells at least, so that no column moves when it is answered.
        """
        cells = 0
        if tail is not None:
            cells = max((cell_len(tail(at)) for at in shown[:MEASURED]), default=0)
            cells = max(cells, len(tail_head), tail_least) + GAP
        if cells != self._tail_cells or self._all != sessions:
            self._layout = None
        self._all, self._shown, self._marks = sessions, shown, marks
        self._tail, self._tail_head, self._tail_cells = tail or (lambda _: ""), tail_head, cells
        self._sorted = sorted_by
        self.virtual_size = Size(1, len(shown) + 1)
        self.cursor = max(0, min(self.cursor, len(shown) - 1))
        self.refresh()

    def redraw_row(self, position: int) -> None:
        """Draw one line again: its mark has changed."""
        self._refresh_row(position)

    @property
    def under_cursor(self) -> int | None:
        """The place of the session under the cursor among all of them, if any shows."""
        return self._shown[self.cursor] if 0 <= self.cursor < len(self._shown) else None

    def point_at(self, at: int) -> None:
        """Put the cursor on a session, if it shows."""
        for position, each in enumerate(self._shown):
            if each == at:
                self.cursor = position
                return

    # -- drawing

    @property
    def _width(self) -> int:
        """The cells of a line, without the scrollbar's."""
        return max(0, self.size.width - 1)

    def render_line(self, y: int) -> Strip:
        width = self._width
        if y == 0:
            return Strip.join([self._head(width), Strip.blank(1, self.rich_style)])
        row = y - 1 + self.scroll_offset.y
        if row >= len(self._shown):
            return Strip.blank(width + 1, self.rich_style)
        at = self._shown[row]
        name = "cursor" if row == self.cursor else self._marks(at).style
        style = self.get_component_rich_style(f"session-table--{name}") if name else self.rich_style
        line = _strip(self._line(at), width, style).apply_offsets(0, row + 1)
        return Strip.join([line, self._bar(y - 1)])

    def _bar(self, y: int) -> Strip:
        """The scrollbar's part in a line: a block where the page is within the whole."""
        first, height = self._thumb()
        if first <= y < first + height:
            return _strip("█", 1, self.get_component_rich_style("session-table--thumb"))
        return Strip.blank(1, self.rich_style)

    def _thumb(self) -> tuple[int, int]:
        """The scrollbar's block: its first line below the head, and its height; 0 for none."""
        room, rows = self._room, len(self._shown)
        if rows <= room:
            return 0, 0
        height = max(1, room * room // rows)
        return round(self.scroll_offset.y * (room - height) / (rows - room)), height

    @property
    def _room(self) -> int:
        """The lines below the head."""
        return max(1, self.size.height - 1)

    def _line(self, at: int) -> str:
        tail = self._tail(at)
        line = f"{self._marks(at).sign:<2} {self._row(self._all[at])}"
        return f"{line}{' ' * GAP}{tail}" if tail else line

    def _head(self, width: int) -> Strip:
        style = self.get_component_rich_style("session-table--head")
        return _strip(self._heads(), width, style)

    def _heads(self) -> str:
        """The columns' heads; the sign of sorting stands in the gap behind a head on the left."""
        column, backwards = self._sorted
        line = "   "
        for one in self._columns().columns:
            title = one.title + ((" ▾" if backwards else " ▴") if one.column is column else "")
            if one.column.right:
                line += title.rjust(one.cells) + " " * GAP
            else:
                line += set_cell_size(title, one.cells + GAP)
        return line + self._tail_head

    def _row(self, session: Session) -> str:
        return (" " * GAP).join(
            _fitted(one.text(session), one.cells, right=one.column.right)
            for one in self._columns().columns
        )

    def _columns(self) -> Layout:
        width = self._width
        if self._layout is None or width != self._laid_out_in:
            self._layout = layout(max(10, width - 3 - self._tail_cells), self._all)
            self._laid_out_in = width
        return self._layout

    def on_resize(self) -> None:
        if self._keep_in_sight():
            self.refresh()
        self.place_cursor()

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The text that the mouse selected, of lines out of sight too."""
        lines = [self._heads(), *(self._line(at) for at in self._shown)]
        return selection.extract("\n".join(lines)), "\n"

    # -- the cursor

    def watch_cursor(self, before: int, now: int) -> None:
        if before != now and self._keep_in_sight():
            self.refresh()
        else:
            self._refresh_row(before)
            self._refresh_row(now)
        self.place_cursor()

    def _refresh_row(self, row: int) -> None:
        y = row - self.scroll_offset.y + 1
        if 1 <= y < self.size.height:
            self.refresh(Region(0, y, self._width, 1))

    def _keep_in_sight(self) -> bool:
        """Scroll by half a page when the cursor leaves the page; says whether it scrolled.

        Scrolling by a line would send every line at each key.
        """
        room = self._room
        top = int(self.scroll_offset.y)
        if top <= self.cursor < top + room:
            return False
        most = max(0, len(self._shown) - room)
        self.scroll_to(
            y=max(0, min(most, self.cursor - room // 2)), animate=False, immediate=True, force=True
        )
        return True

    def place_cursor(self) -> None:
        """Put the terminal's own cursor on the line, for those who hear or feel it."""
        if self.has_focus:
            y = self.cursor - int(self.scroll_offset.y) + 1
            self.app.cursor_position = self.content_region.offset + Offset(0, max(0, y))

    def on_focus(self) -> None:
        self._refresh_row(self.cursor)
        self.place_cursor()

    def on_blur(self) -> None:
        self._refresh_row(self.cursor)

    def action_move(self, by: int) -> None:
        self.cursor = max(0, min(len(self._shown) - 1, self.cursor + by))

    def action_page(self, by: int) -> None:
        self.action_move(by * max(1, self.size.height - 2))

    def action_edge(self, last: int) -> None:
        self.cursor = max(0, len(self._shown) - 1) if last else 0

    def on_click(self, event: events.Click) -> None:
        if event.y == 0:
            column = self._columns().at(event.x - 3)
            if column is not None:
                self.post_message(self.HeadClicked(column))
            return
        if event.x >= self._width:
            return
        row = event.y - 1 + int(self.scroll_offset.y)
        if 0 <= row < len(self._shown):
            self.cursor = row
            if event.x < 3 or event.chain == 2:
                self.post_message(self.Pressed(self._shown[row]))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        if event.x >= self._width and event.y > 0:
            self.capture_mouse()
            self._drag_to(event.y)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self.app.mouse_captured is self:
            self._drag_to(event.y)

    def on_mouse_up(self) -> None:
        self.release_mouse()

    def _drag_to(self, y: int) -> None:
        """Scroll to where the mouse holds the scrollbar."""
        room, rows = self._room, len(self._shown)
        top = round((y - 1) / max(1, room - 1) * max(0, rows - room))
        self.scroll_to(y=max(0, min(rows - room, top)), animate=False, immediate=True, force=True)


def _strip(text: str, width: int, style: Style) -> Strip:
    return Strip([Segment(set_cell_size(text, width), style)], width)


def _fitted(text: str, cells: int, *, right: bool) -> str:
    size = cell_len(text)
    if size > cells:
        return set_cell_size(text, cells - 1) + "…"
    return " " * (cells - size) + text if right else text + " " * (cells - size)
