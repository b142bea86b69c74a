"""What a credit paid for and when: put right for one session, or the kind for several.

A name has a line only where the invoice's look cannot print it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import time

from kara_tui.model import Session, SessionKind
from kara_tui.month_end.billing_history import Candidate
from kara_tui.month_end.corrections import Correction, time_of_day
from kara_tui.month_end.letters import unprintable_fields
from kara_tui.tui.desk import Desk
from kara_tui.tui.drawing import BLANK, Drawn, Line, wrapped
from kara_tui.tui.field import Field
from kara_tui.tui.listbox import POINTER
from kara_tui.tui.page import Page, field_line, gap, heading, with_list
from kara_tui.tui.table import session_said

KINDS = (
    (SessionKind.HELD, "A session that took place"),
    (SessionKind.LATE_CANCELLATION, "A late cancellation"),
    (SessionKind.NO_SHOW, "A no-show"),
)
_MOVES = ("up", "down", "first", "last", "page-up", "page-down")


class CorrectPage(Page):
    """The kinds with marks and, for one session, lines for its time and its names below them.

    The kind stays the one the cursor was on last when it goes down to the lines. ``take`` gets the
    corrections of the sessions that change, by fingerprint.
    """

    id = "correct"
    title = "Edit"

    def __init__(
        self,
        desk: Desk,
        chosen: Sequence[Candidate],
        take: Callable[[dict[str, Correction]], None],
    ) -> None:
        super().__init__(desk)
        self._chosen = tuple(chosen)
        self._take = take
        self._one = self._chosen[0].session if len(self._chosen) == 1 else None
        self._time = Field()
        self._names: dict[str, Field] = {}
        self._lines: list[tuple[str, Field]] = []
        if self._one is not None:
            self._time.put(_shown(self._one.time))
            self._names = {name: Field() for name in self._unprintable(self._one)}
            for name, field in self._names.items():
                field.put(getattr(self._one, name))
            named = [(f"{name.capitalize()}: ", field) for name, field in self._names.items()]
            self._lines = [("Time: ", self._time), *named]
        self._kind = [kind for kind, _ in KINDS].index(self._chosen[0].session.kind)
        self.list.resize(len(KINDS) + len(self._lines))
        self.list.cursor = self._kind
        self.does = {"next": self._next, **{move: self._mover(move) for move in _MOVES}}
        self.words = {"next": "Take it"}

    def body(self, width: int, height: int) -> Drawn:
        head = [*heading(self.title, "", width), BLANK]
        head += gap(wrapped(self._about, width))
        foot: list[Line] = []
        if self._one is not None:
            about = (
                "The invoice's font cannot print a name below as it is: type how it is printed. "
                if self._names
                else "Date, price and names are put right in the portal. "
            )
            foot = [BLANK, *wrapped(self._wrong or f"{about}Without a time here it is as the "
                    "export has it.", width,
                    "warning" if self._wrong else "muted")]  # fmt: skip
        drawn = with_list(self, head, foot, width, height, lambda item: self._row(item, width))
        if self.field is None or drawn.cursor is None:
            return drawn
        label, field = self._lines[self.list.cursor - len(KINDS)]
        _, at = field_line(field, label, width)
        return replace(drawn, cursor=(len(POINTER) + at, drawn.cursor[1]))

    def help_lines(self) -> list[str]:
        return [
            "Kara Connect charges credits for late cancellations and no-shows too, and the export "
            "does not tell them from sessions that took place.",
            "Up and Down choose what the credit paid for. Below it, the time of day is typed; "
            "Enter takes both.",
        ]

    def clicked(self, item: int) -> None:
        super().clicked(item)
        self._arrive()

    def _unprintable(self, session: Session) -> tuple[str, ...]:
        month_end = self.desk.month_end
        if month_end is None:
            return ()
        return unprintable_fields(session, month_end.profile, self.desk.request.theme)

    @property
    def _about(self) -> str:
        if self._one is not None:
            return f"{session_said(self._one)}. What did the credit pay for, and when was it?"
        return (f"What did the credit pay for? The answer holds for all {len(self._chosen)} marked "
                "sessions; each keeps its time.")  # fmt: skip

    @property
    def _wrong(self) -> str:
        text = self._time.text.strip()
        try:
            if text:
                time_of_day(text)
        except ValueError as error:
            return str(error)
        return ""

    def _row(self, item: int, width: int) -> Line:
        if item < len(KINDS):
            mark = "(*) " if item == self._kind else "( ) "
            return ((mark, "text"), (KINDS[item][1], "text"))
        label, field = self._lines[item - len(KINDS)]
        return field_line(field, label, width - len(POINTER))[0]

    def _mover(self, move: str) -> Callable[[], None]:
        def do() -> None:
            self.list.move(move)
            self._arrive()

        return do

    def _arrive(self) -> None:
        """On a kind it is chosen, on a line it is typed."""
        if self.list.cursor < len(KINDS):
            self._kind = self.list.cursor
            self.field = None
        else:
            self.field = self._lines[self.list.cursor - len(KINDS)][1]

    def _next(self) -> None:
        if self._wrong:
            self.list.cursor = len(KINDS)
            self._arrive()
            self.desk.say(self._wrong, "warning")
            return
        kind = KINDS[self._kind][0]
        corrections = {}
        for one in self._chosen:
            session = one.session
            shown = _shown(session.time)
            typed = shown if self._one is None else self._time.text.strip()
            at = session.time if typed == shown else time_of_day(typed) if typed else None
            names = {
                name: text
                for name, field in self._names.items()
                if (text := " ".join(field.text.split())) not in ("", getattr(session, name))
            }
            if (at, kind) != (session.time, session.kind) or names:
                # All as it is now: what was put right earlier stays.
                before = self.desk.request.corrections.get(one.fingerprint, Correction())
                corrections[one.fingerprint] = replace(before, time=at, kind=kind, **names)
        self.desk.close()
        if corrections:
            self._take(corrections)
        else:
            self.desk.say("Nothing was changed.")


def _shown(at: time | None) -> str:
    return "" if at is None else f"{at:%H:%M}"
