"""Putting a session right: its time of day, and what the credit paid for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.content import Content
from textual.widgets import Button, Input

from kara_tui.model import Session, SessionKind
from kara_tui.month_end.corrections import Correction, time_of_day
from kara_tui.tui.dialogs.base import Question, button
from kara_tui.tui.pages.base import Words
from kara_tui.tui.widgets.one_of import OneOf

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

KINDS = (
    (SessionKind.HELD, "A session that took place"),
    (SessionKind.LATE_CANCELLATION, "A late cancellation"),
    (SessionKind.NO_SHOW, "A no-show"),
)


class Correct(Question[Correction]):
    """Gives what was put right. The time comes first; walking over the kinds chooses none."""

    def __init__(
        self, title: str, session: Session, names: Sequence[str] = (), *, several: int = 1
    ) -> None:
        """``names`` are the fields that the invoice's font cannot print: only these get a line."""
        text = (
            f"For {several:,} sessions. " if several > 1 else ""
        ) + "The date, the price and the names are the portal's, and are put right there."
        super().__init__(title, Content.styled(text, "$muted"))
        self._session = session
        self._names = names
        self._several = several

    def inside(self) -> Iterable[Widget]:
        time = f"{self._session.time:%H:%M}" if self._session.time else ""
        yield Words(Content.styled("Time, such as 9:00 or 14:30", "$accent"))
        yield Input("" if self._several > 1 else time, placeholder="as it is", id="time")
        yield Words(id="wrong")
        yield Words(Content.styled("What the credit paid for: Space chooses", "$accent"))
        yield OneOf(id="kind")
        for name in self._names:
            yield Words(
                Content.styled(
                    f"{name.capitalize()}, in letters that the invoice's font has", "$accent"
                )
            )
            yield Input(getattr(self._session, name), id=name)

    def buttons(self) -> Iterable[Button]:
        yield button("Not now", "no")
        yield button("Put right", "yes")

    def on_mount(self) -> None:
        kinds = [kind for kind, _ in KINDS]
        self.query_one("#kind", OneOf).put_lines(
            [words for _, words in KINDS],
            -1 if self._several > 1 else kinds.index(self._session.kind),
        )
        typed = self.query_one("#time", Input)
        typed.cursor_blink = False
        typed.focus()

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self._give()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "yes":
            self._give()
        else:
            self.dismiss(None)

    def _give(self) -> None:
        typed = self.query_one("#time", Input).value.strip()
        try:
            moment = time_of_day(typed) if typed else None
        except ValueError as error:
            self.query_one("#wrong", Words).put(Content.styled(f"! {error}", "$blocker"))
            return
        chosen = self.query_one("#kind", OneOf).chosen
        kind = KINDS[chosen][0] if chosen >= 0 else None
        alone = self._several == 1
        names = {}
        for name in self._names:
            text = " ".join(self.query_one(f"#{name}", Input).value.split())
            if text and text != getattr(self._session, name):
                names[name] = text
        self.dismiss(
            Correction(
                None if alone and moment == self._session.time else moment,
                None if alone and kind is self._session.kind else kind,
                **names,
            )
        )
