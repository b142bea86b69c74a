"""What a page is: it draws itself as lines, says what it can do, and does it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING

from kara_tui.tui.drawing import BLANK, Drawn, Line, filled, padded, wrapped
from kara_tui.tui.field import Field
from kara_tui.tui.listbox import ListBox

if TYPE_CHECKING:
    from kara_tui.tui.desk import Desk


class Page(ABC):
    """A page on the desk. It holds what the user is looking at, never a number of its own making.

    A subclass fills ``does``: the actions it has, each with what it does. ``why_not`` says in a
    sentence why one of them does nothing now. ``words`` are said in the key bar instead of the
    table's where the page has better ones.
    """

    id = ""
    title = ""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.list = ListBox()
        self.field: Field | None = None
        self.does: dict[str, Callable[[], None]] = {}
        self.words: dict[str, str] = {}

    @abstractmethod
    def body(self, width: int, height: int) -> Drawn:
        """The page's lines, exactly ``height`` of them."""

    def why_not(self, action: str) -> str:  # noqa: ARG002 - pages that have reasons look at it
        """Why an action of this page does nothing now; empty when it does something."""
        return ""

    def shows(self, action: str) -> bool:  # noqa: ARG002 - pages that hide some look at it
        """Whether the key bar has this action now; a key that is not in it still says why."""
        return True

    @property
    def words_now(self) -> dict[str, str]:
        """Words for the key bar that change with what is under the cursor."""
        return self.words

    def help_lines(self) -> list[str]:
        """What the page is for, in sentences, for its help."""
        return []

    def opened(self) -> None:  # noqa: B027 - a page that does not care does nothing
        """The page has come to the front, for the first time or again."""

    def typed(self) -> None:  # noqa: B027 - a page that does not care does nothing
        """The text in the field has changed."""

    def pasted(self, text: str, *, marked: bool = True) -> None:  # noqa: ARG002 - one page asks how
        """Text was pasted; a page with a field takes it there, unless it is a whole export."""
        from kara_tui.tui.bursts import looks_like_export

        if looks_like_export(text):
            self.desk.say("Nothing was taken: an export's text is pasted on the step Payments.",
                          "warning")  # fmt: skip
        elif self.field is not None:
            self.field.insert(" ".join(text.split()))
            self.typed()
        else:
            self.desk.say("There is nowhere to paste on this page.", "warning")

    def show_rows(self, source: str, rows: tuple[int, ...]) -> None:  # noqa: B027 - not all have rows
        """Put the cursor on the first of these rows of a file, if the page shows rows."""

    def clicked(self, item: int) -> None:
        """A line of the list was clicked: the cursor goes there."""
        self.list.cursor = item


def with_list(
    page: Page,
    head: list[Line],
    foot: list[Line],
    width: int,
    height: int,
    row: Callable[[int], Line],
) -> Drawn:
    """A page of three parts: words above, the list with what room is left, words below."""
    foot = foot[: max(0, height - 4)]
    head = head[: max(0, height - len(foot) - 3)]
    room = height - len(head) - len(foot)
    lines, targets, at = page.list.draw(room, width, row)
    start = len(head)
    return Drawn(
        tuple(filled(head + lines + foot, height)),
        None if at is None else (at[0], at[1] + start),
        {y + start: item for y, item in targets.items()},
    )


def field_line(field: Field, label: str, width: int) -> tuple[Line, int]:
    """A field with its label as one line, and the column of its cursor."""
    shown, at = field.shown(max(8, width - len(label) - 2))
    room = width - len(label)
    return ((label, "strong"), (padded(shown, room), "field")), len(label) + at


def with_field(
    field: Field, label: str, head: list[Line], below: list[Line], width: int, height: int
) -> Drawn:
    """A page of words, a field, and what is said about what is typed; the field always shows."""
    line, at = field_line(field, label, width)
    head = head[: max(0, height - 1 - min(2, len(below)))]
    return Drawn(tuple(filled([*head, line, *below], height)), (at, len(head)))


def heading(title: str, words: str, width: int) -> list[Line]:
    """A page's title with what it is for, on one line or two."""
    first = f"{title} · " if words else title
    lines = wrapped(words, width - len(first) - 1, "muted")
    head: list[Line] = [((first, "title"), *lines[0])] if lines else [((first, "title"),)]
    return head + [((" " * len(first), "text"), *line) for line in lines[1:]]


def gap(lines: list[Line]) -> list[Line]:
    """The lines with a blank one below, if there are any."""
    return [*lines, BLANK] if lines else []
