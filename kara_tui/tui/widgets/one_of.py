"""One of several that hold: a list where ``(•)`` marks what holds, and Space chooses another.

Textual's RadioSet shows the same signs for on and off; only their colour differs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from kara_tui.tui.widgets.choices import Choices

if TYPE_CHECKING:
    from collections.abc import Sequence


class OneOf(Choices):
    """The cursor walks freely; only Space, or a click, chooses."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *Choices.BINDINGS,
        Binding("space,x", "choose", "Choose", show=False),
    ]

    @dataclass
    class Chosen(Message):
        """Another line was chosen."""

        one_of: OneOf
        at: int

        @property
        def control(self) -> OneOf:
            return self.one_of

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._texts: Sequence[Content | str] = ()
        self.chosen = -1

    def put_lines(self, lines: Sequence[Content | str], chosen: int) -> None:
        """Show these lines, with the one that holds; -1 for none."""
        anew = len(lines) != len(self._texts)
        self._texts, self.chosen = lines, chosen
        self.put([
            Content.assemble(("(•) ", "$good") if at == chosen else ("( ) ", "$muted"), line)
            for at, line in enumerate(lines)
        ])  # fmt: skip
        if anew and chosen >= 0:
            self.highlighted = chosen

    def action_choose(self) -> None:
        """Choose the line under the cursor."""
        if self.highlighted is not None and self.highlighted != self.chosen:
            self.put_lines(self._texts, self.highlighted)
            self.post_message(self.Chosen(self, self.highlighted))

    def action_select(self) -> None:
        self.action_choose()
