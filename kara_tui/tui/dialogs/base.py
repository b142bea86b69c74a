"""What every dialog shares: a titled box over the page, Esc closes it, Tab goes on within it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import Reactive
from textual.screen import ModalScreen
from textual.widgets import Button

from kara_tui.text import broken
from kara_tui.tui.filters import veiled
from kara_tui.tui.messages import Said
from kara_tui.tui.pages.base import Panes, Words, settled_size
from kara_tui.tui.painting import paint_at_once
from kara_tui.tui.widgets.choices import Choices

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.app import ComposeResult
    from textual.await_complete import AwaitComplete
    from textual.filter import LineFilter
    from textual.widget import Widget

Answer = TypeVar("Answer")
# The box's width in cells, its share of a narrow screen, and the cells of its border, padding and
# scrollbar; the sheet has the first two as well.
BOX, BOX_SHARE, BOX_OWN = 64, 0.96, 5


class Dialog(Vertical):
    """The box of a dialog."""

    virtual_size = settled_size()


class Question(ModalScreen[Answer], inherit_bindings=False):
    """A dialog. A subclass composes what stands in the box in ``inside``, and its buttons.

    Esc gives no answer. Enter presses the button that has the focus, or takes the line under the
    cursor; a dialog opens with nothing chosen that would change anything.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Not now", show=False),
        Binding("tab", "app.focus_next", "Next", show=False),
        Binding("shift+tab", "app.focus_previous", "Previous", show=False),
        Binding("ctrl+q", "app.leave", "Leave", show=False),
        Binding("ctrl+l", "app.redraw", "Redraw", show=False),
        Binding("ctrl+c,super+c", "screen.copy_text", "Copy the selection", show=False),
    ]
    AUTO_FOCUS = ""
    VERTICAL_BREAKPOINTS = [(0, "-short"), (16, "-tall")]  # noqa: RUF012 - Textual's way to declare them
    foot: str = "Esc Not now"  # in the border: the keys that no button stands for

    # As for the wizard's screens: a change of focus repaints what changes, not everything.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    def __init__(self, title: str, text: Content | str = "") -> None:
        super().__init__()
        self._heading = title
        self._text = text

    def get_line_filters(self) -> Sequence[LineFilter]:
        return [*veiled(self), *super().get_line_filters()]

    def compose(self) -> ComposeResult:
        paint_at_once(self.app)
        self.app.clear_notifications()  # what was said before must not lie on the buttons
        with Dialog() as box:
            box.border_title = Content(self._heading)
            box.border_subtitle = Content(self.foot)
            if self._text:
                yield Words(self._text, id="text")
            yield from self.inside()
            buttons = list(self.buttons())
            if buttons:
                yield Panes(*buttons, classes="buttons")

    @property
    def room(self) -> int:
        """The cells of a line in the box, without its border, its padding and a scrollbar."""
        return min(BOX, int(self.app.size.width * BOX_SHARE)) - BOX_OWN

    def inside(self) -> Iterable[Widget]:
        """What stands between the text and the buttons."""
        return ()

    def buttons(self) -> Iterable[Button]:
        """The buttons, the safe one first."""
        return ()

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        paint_at_once(self.app)
        return super().dismiss(result)

    def action_close(self) -> None:
        """Close it without an answer."""
        self.dismiss(None)


def hanging(line: Content, width: int, indent: int) -> Content:
    """A line over as many lines as it takes, all but the first moved in."""
    if line.cell_length <= width:
        return line
    first, *rest = broken(line.plain.lstrip(), width - indent)
    lead = line.plain[: len(line.plain) - len(line.plain.lstrip())]
    text = "\n".join([lead + first, *(" " * indent + one for one in rest)])
    return Content.styled(text, line.spans[0].style) if line.spans else Content(text)


def button(words: str, id: str) -> Button:  # noqa: A002 - Textual's name
    """A button of a dialog: one line, filled when it has the focus."""
    return Button(Content(f"[ {words} ]"), id=id, compact=True)


class List(Choices):
    """A list in a dialog: here Enter takes the line under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *Choices.BINDINGS,
        Binding("enter", "select", "Take it", show=False),
    ]

    def action_select(self) -> None:
        """Take the line under the cursor, or say that it is on none yet."""
        if self.highlighted is None:
            self.post_message(Said("Nothing is chosen yet: ↓ goes to a line, Enter takes it."))
        else:
            super().action_select()
