"""A question of the profile as a field: its title, what is typed or chosen, and what is said of it.

Texts are typed, long lists (countries, currencies) are searched by typing, short ones show whole.
What the check says stands below the field; nothing is said before something was answered.
"""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Key
from textual.message import Message
from textual.validation import ValidationResult, Validator
from textual.widgets import Input, OptionList, Select, TextArea

from kara_tui.settings import Refused
from kara_tui.settings.interview import Question, offered
from kara_tui.settings.kinds import parts
from kara_tui.tui.pages.base import Words
from kara_tui.tui.widgets.one_of import OneOf

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult
    from textual.widget import Widget

    from kara_tui.settings import Problem

# A list of so many choices shows whole; VAT's does too, for a legal statement is read, not picked.
SHORT = 3
SHOWN_WHOLE = "vat.preset"
LONG_TEXT = "vat.text"
MOST_LINES = 5


class Chooser(Select[str], inherit_bindings=False):
    """Textual's Select. Enter belongs to the page, and a letter opens the list and searches it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,space", "show_overlay", "Show the list", show=False),
    ]

    def __init__(self, options: list[tuple[str, str]], value: str, prompt: str) -> None:
        there = value if value in {word for _, word in options} else Select.NULL
        super().__init__(options, prompt=prompt, value=there, compact=True)
        self._early: list[Key] = []

    def on_key(self, event: Key) -> None:
        """Open the list at the first letter; those typed before it has the focus are kept for it.

        The list forgets what it was searched for when it gets the focus.
        """
        letter = event.character
        if letter and event.is_printable and not letter.isspace() and self.has_focus:
            event.stop()
            event.prevent_default()
            self._early.append(Key(event.key, letter))
            if not self.expanded:
                self.action_show_overlay()

    def on_descendant_focus(self) -> None:
        """The list has the focus: search for what was typed meanwhile."""
        early, self._early = self._early, []
        for key in early:
            self.query_one(OptionList).post_message(key)


class Entry(Input):
    """Textual's Input, whose Enter stands in the key bar and in `keys.toml` as the page's own."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Next", show=False, id="next"),
    ]


class Lines(TextArea):
    """A text of several lines, or a long one; arrows leave it at its ends, Enter when empty."""

    @dataclass
    class Done(Message):
        """Enter was pressed where nothing more is typed."""

        lines: Lines

    def __init__(self, text: str, *, several: bool, placeholder: str) -> None:
        super().__init__(
            text, compact=True, soft_wrap=True, highlight_cursor_line=False, placeholder=placeholder
        )
        self.several = several
        self.cursor_blink = False

    def on_mount(self) -> None:
        self.fit()

    def fit(self) -> None:
        """As high as the text, and a line more to write on."""
        least = 2 if self.text or not self.several else 1
        self.styles.height = max(least, min(MOST_LINES, self.wrapped_document.height))

    def on_resize(self) -> None:
        # The lines are wrapped anew only after this.
        self.call_after_refresh(self.fit)

    @property
    def makes_line(self) -> bool:
        """Whether Enter makes a new line: where there are several, but for an empty last one."""
        row, _ = self.cursor_location
        last = row == self.document.line_count - 1
        return self.several and not (last and not self.document.get_line(row).strip())

    def on_key(self, event: Key) -> None:
        """Enter makes a line only where the text has several."""
        if event.key == "enter" and not self.makes_line:
            event.stop()
            event.prevent_default()
            self.post_message(self.Done(self))

    def action_cursor_down(self, select: bool = False) -> None:  # noqa: FBT001, FBT002 - Textual's signature
        before = self.cursor_location
        super().action_cursor_down(select)
        if self.cursor_location[0] == before[0] == self.document.line_count - 1 and not select:
            self.screen.focus_next()

    def action_cursor_up(self, select: bool = False) -> None:  # noqa: FBT001, FBT002 - Textual's signature
        before = self.cursor_location
        super().action_cursor_up(select)
        if before[0] == 0 and not select:
            self.screen.focus_previous()


class Accepted(Validator):
    """The question's own check as a validator of Textual's."""

    def __init__(self, detail: Detail) -> None:
        super().__init__()
        self._detail = detail

    def validate(self, value: str) -> ValidationResult:
        refused = self._detail.refusal(value)
        return self.failure(f"{refused.reason} {refused.mend}") if refused else self.success()


class Detail(Horizontal):
    """One question and its field."""

    @dataclass
    class Changed(Message):
        """Something else is typed or chosen now."""

        detail: Detail
        text: str

    def __init__(
        self, question: Question, answers: Mapping[str, str], *, is_answered: bool
    ) -> None:
        super().__init__(classes="detail stacked" if question.key == SHOWN_WHOLE else "detail")
        self.question = question
        self._answers = answers
        self._is_answered = is_answered
        self._problem: Problem | None = None

    def compose(self) -> ComposeResult:
        yield Words(self.question.title, classes="asked")
        with Vertical(classes="answer"):
            yield self._field()
            yield Words(classes="note")

    def _field(self) -> Widget:
        question, value = self.question, offered(self.question, self._answers)
        choices = question.choices(self._answers)
        if question.names is not None:
            named = [(one.title, one.word) for one in question.names()]
            return Chooser(named, value, "type its name")
        if len(choices) > SHORT and question.key != SHOWN_WHOLE:
            listed = [(one.title, one.word) for one in choices]
            return Chooser(listed, value, "nothing chosen yet")
        if choices:
            return OneOf()
        optional = "optional, " if question.optional else ""
        example = f"{optional}for example {question.example}"
        if question.several or question.key == LONG_TEXT:
            lines = "\n".join(parts(value)) if question.several else value
            hint = example.replace("; ", ", ")
            return Lines(lines, several=question.several, placeholder=hint)
        entry = Entry(
            value, placeholder=example, validators=[Accepted(self)], validate_on=["changed"],
            valid_empty=True, select_on_focus=False,
        )  # fmt: skip
        entry.cursor_blink = False
        return entry

    def on_mount(self) -> None:
        self.draw(self._answers, is_answered=self._is_answered)

    def on_resize(self) -> None:
        self.draw(self._answers, is_answered=self._is_answered)

    # -- what is answered

    @property
    def text(self) -> str:
        """What is typed or chosen now, as the interview takes it."""
        field = self.field
        if isinstance(field, Input):
            return field.value
        if isinstance(field, Lines):
            lines = [part.strip() for part in field.text.splitlines() if part.strip()]
            return ("; " if field.several else " ").join(lines)
        if isinstance(field, Select):
            return "" if field.value is Select.NULL else str(field.value)
        choices = self.question.choices(self._answers)
        chosen = field.chosen if isinstance(field, OneOf) else -1
        return choices[chosen].word if 0 <= chosen < len(choices) else ""

    @property
    def field(self) -> Widget:
        """The widget that has the answer."""
        return self.query_one(
            ".answer > Input, .answer > TextArea, .answer > Select, .answer > OneOf"
        )

    def put(self, answers: Mapping[str, str], *, is_answered: bool) -> None:
        """Show what is answered or proposed now, without telling anyone of a change."""
        self._answers = answers
        value, field = offered(self.question, answers), self.field
        with self.prevent(Input.Changed, TextArea.Changed, Select.Changed):
            if isinstance(field, Input) and field.value != value:
                field.value = value
            elif isinstance(field, Lines) and self.text != value:
                field.text = "\n".join(parts(value)) if field.several else value
                field.fit()
            elif isinstance(field, Select) and self.text != value:
                field.value = value or Select.NULL
        self.draw(answers, is_answered=is_answered)

    def draw(self, answers: Mapping[str, str], *, is_answered: bool) -> None:
        """Show the choices that there are now, and what is said of the answer."""
        self._answers, self._is_answered = answers, is_answered
        field = self.field
        if isinstance(field, OneOf):
            choices = self.question.choices(answers)
            words = [one.word for one in choices]
            value = offered(self.question, answers)
            room = max(20, (field.scrollable_content_region.width or 60) - len("(•) "))
            field.put_lines(
                ["\n    ".join(wrap(one.title, room)) for one in choices],
                words.index(value) if value in words else -1,
            )
        self.say()

    def refusal(self, text: str) -> Refused | None:
        """Why a text cannot be the answer, None when it can."""
        if not text.strip() and self.question.optional:
            return None
        try:
            self.question.accepted(text, self._answers)
        except Refused as refused:
            return refused
        return None

    def warn(self, problem: Problem | None) -> None:
        """Say below the field what the whole profile's check found about it."""
        self._problem = problem
        self.say()

    def say(self) -> None:
        """Say what the check says. Quietly while one still types; nothing before the first key."""
        self.query_one(".note", Words).put(self._said())
        if self.field.has_focus:
            # What is said of the field in use is seen, also below the last line of the panel.
            self.call_after_refresh(self.scroll_visible, animate=False)

    def _said(self) -> Content:
        text = self.text
        if not self._is_answered:
            return Content()
        refused = self.refusal(text)
        typing = self.field.has_focus
        if refused is not None:
            if typing and not text:
                return Content()
            style = "$muted" if typing else "$warning"
            return Content.styled(f"? {refused.reason} {refused.mend}", style)
        if self._problem is not None:
            sign, style = ("!", "$blocker") if self._problem.is_blocker else ("?", "$warning")
            return Content.styled(f"{sign} {self._problem.reason} {self._problem.mend}", style)
        if isinstance(self.field, Input) and text.strip():
            kept = self.question.accepted(text, self._answers)
            if kept != text.strip():
                return Content.styled(f"✓ read as {kept}", "$good")
        return Content()

    # -- what its parts tell

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Select.Changed)
    @on(OneOf.Chosen)
    def _changed(self, event: Message) -> None:
        event.stop()
        field: Any = self.field
        if isinstance(field, Lines):
            field.fit()
        self.post_message(self.Changed(self, self.text))

    def focus_inside(self) -> None:
        """Put the focus into the field."""
        self.field.focus()
