"""One of several: nothing is chosen until the user moves to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.content import Content
from textual.widgets import OptionList

from kara_tui.tui.dialogs.base import List, Question, hanging
from kara_tui.tui.messages import Said

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget


class Choose(Question[int]):
    """Gives the place of the chosen line.

    ``now`` is the line that holds already: it is marked, and the cursor begins there. Without one
    the cursor begins nowhere, so Enter alone answers nothing.
    """

    foot = "↑ ↓ Enter Take it · Esc Not now"

    def __init__(
        self,
        title: str,
        text: Content | str,
        lines: Sequence[Content | str],
        now: int | None = None,
    ) -> None:
        super().__init__(title, text)
        self._offered = lines
        self._now = now

    def inside(self) -> Iterable[Widget]:
        yield List()

    def on_mount(self) -> None:
        choices = self.query_one(List)
        marks = ["  " if self._now is None else "(•) " if at == self._now else "( ) "
                 for at in range(len(self._offered))]  # fmt: skip
        choices.put([
            hanging(Content.assemble(mark, line), self.room, len(mark))
            for mark, line in zip(marks, self._offered, strict=True)
        ])  # fmt: skip
        choices.highlighted = self._now
        choices.focus()

    @on(OptionList.OptionSelected)
    def _taken(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_index)


class MustChoose(Choose):
    """One that stays until a line is taken, for going on without an answer would be one."""

    foot = "↑ ↓ Enter Take it"

    def action_close(self) -> None:
        """Say that it cannot be put off."""
        self.post_message(Said("Take one of them. Ctrl+Q leaves, and nothing is lost."))
