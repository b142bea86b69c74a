"""A line of text: typed, or taken from a list of usual answers below it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Button, Input, OptionList

from kara_tui.tui.dialogs.base import List, Question, button
from kara_tui.tui.pages.base import Words

if TYPE_CHECKING:
    from textual.widget import Widget

Check = Callable[[str], str]  # what is wrong with the text, in a sentence; empty when it is good


class Ask(Question[str]):
    """Gives the text. What is wrong with it is said below the field, and nothing is given then."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "to_usual", "Usual answers", show=False),
    ]

    def __init__(
        self,
        title: str,
        text: Content | str,
        *,
        value: str = "",
        placeholder: str = "",
        check: Check = lambda _: "",
        usual: Sequence[str] = (),
        does: str = "Take it",
    ) -> None:
        super().__init__(title, text)
        self._value = value
        self._placeholder = placeholder
        self._check = check
        self._usual = usual
        self._does = does
        if usual:
            self.foot = "↓ The list below · Esc Not now"

    def inside(self) -> Iterable[Widget]:
        yield Input(self._value, placeholder=self._placeholder, id="typed")
        yield Words(id="wrong")
        if self._usual:
            yield List()

    def buttons(self) -> Iterable[Button]:
        yield button("Not now", "no")
        yield button(self._does, "yes")

    def on_mount(self) -> None:
        if self._usual:
            self.query_one(List).put([Content(f"  {one}") for one in self._usual])
            self.query_one(List).highlighted = None
        typed = self.query_one(Input)
        typed.cursor_blink = False
        typed.focus()

    @on(Input.Changed)
    def _typed(self) -> None:
        self.query_one("#wrong", Words).put("")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        self._give(event.value)

    @on(OptionList.OptionSelected)
    def _usual_taken(self, event: OptionList.OptionSelected) -> None:
        self._give(self._usual[event.option_index])

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "yes":
            self._give(self.query_one(Input).value)
        else:
            self.dismiss(None)

    def action_to_usual(self) -> None:
        """From the field down to the list of usual answers."""
        if self._usual and self.query_one(Input).has_focus:
            choices = self.query_one(List)
            choices.highlighted = 0
            choices.focus()

    def _give(self, text: str) -> None:
        wrong = self._check(text)
        if wrong:
            self.query_one("#wrong", Words).put(Content.styled(f"! {wrong}", "$blocker"))
        else:
            self.dismiss(text)
