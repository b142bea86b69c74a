"""What the two pages with sessions share: the table, its filter, its marks."""

from __future__ import annotations

from collections.abc import Sequence

from kara_tui.month_end.billing_history import Candidate
from kara_tui.tui.desk import Desk
from kara_tui.tui.drawing import Line
from kara_tui.tui.field import Field
from kara_tui.tui.page import Page, field_line
from kara_tui.tui.table import COLUMNS, Column, Layout, haystack, layout, order


class SessionsPage(Page):
    """A page with a table of sessions. Marks are kept by fingerprint, whatever is shown."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.all: tuple[Candidate, ...] = ()
        self.shown: list[int] = []
        self.marked: set[str] = set()
        self._haystacks: list[str] = []
        self._filter = Field()
        self._column: Column | None = None
        self._backwards = False
        self._several = False
        self.does = {
            "mark": self._mark,
            "mark-all": self._mark_all,
            "filter": self._type_filter,
            "back": self._back,
        }

    # -- the rows

    def put(self, candidates: Sequence[Candidate]) -> None:
        """Other sessions, after something was changed; cursor, marks and filter stay."""
        candidates = tuple(candidates)  # the same tuple again, when it is one already
        if candidates is self.all:
            return
        under = self.under_cursor
        self.all = candidates
        self._haystacks = []
        self._prepare_filter(candidates)
        self._several = len({one.session.professional for one in candidates[:1000]}) > 1
        if self.marked:
            self.marked &= {one.fingerprint for one in candidates}
        self._order()
        if under is not None:
            self._point_at(under.fingerprint)

    def _prepare_filter(self, candidates: tuple[Candidate, ...]) -> None:
        """Have the words ready before they are looked for; of many sessions that takes a second."""

        def done(haystacks: list[str]) -> None:
            if candidates is self.all:
                self._haystacks = haystacks
                if self._filter.text:
                    self._order()

        self.desk.host.work(
            lambda: [haystack(one.session) for one in candidates], done, lambda _: None
        )

    def _order(self) -> None:
        if self._filter.text and not self._haystacks and self.all:
            self.desk.say("One moment: so many sessions take a second to look through.")
            return
        self.shown = order(
            [one.session for one in self.all] if self._column else self.all,  # type: ignore[arg-type]  # only counted when nothing is sorted
            self._haystacks,
            self._filter.text,
            self._column,
            backwards=self._backwards,
        )
        self.list.resize(len(self.shown))

    def _point_at(self, fingerprint: str) -> None:
        for position, at in enumerate(self.shown):
            if self.all[at].fingerprint == fingerprint:
                self.list.cursor = position
                return

    def show_rows(self, source: str, rows: tuple[int, ...]) -> None:
        for position, at in enumerate(self.shown):
            session = self.all[at].session
            if session.row in rows and source in ("", session.source):
                self.list.cursor = position
                return

    @property
    def under_cursor(self) -> Candidate | None:
        """The session under the cursor, if any shows."""
        if not 0 <= self.list.cursor < len(self.shown):
            return None
        return self.all[self.shown[self.list.cursor]]

    def chosen(self) -> list[Candidate]:
        """The marked sessions; when none is marked, the one under the cursor."""
        if self.marked:
            return [one for one in self.all if one.fingerprint in self.marked]
        under = self.under_cursor
        return [] if under is None else [under]

    # -- drawing

    def columns(self, width: int) -> Layout:
        return layout(width, several_professionals=self._several)

    def above_table(self, columns: Layout, indent: int, width: int, room: int) -> list[Line]:
        """The filter, if there is one, and the table's heads with what is sorted by.

        ``room`` is what the table and these lines have together: the heads say which part shows.
        """
        self.list.window(room - 2 - bool(self._filter.text or self.field is not None))
        lines: list[Line] = []
        if self._filter.text or self.field is not None:
            line, _ = field_line(self._filter, "Filter: ", min(width, 50))
            lines.append(line)
        place = f"   {self.list.place}" if self.list.place else ""
        sorted_by = ""
        if self._column is not None:
            way = "last first" if self._backwards else "first to last"
            sorted_by = f"   sorted by {self._column.title}, {way}"
        heads = " " * indent + columns.heads()
        lines.append(((heads, "accent"),))
        note = (place + sorted_by).strip()
        if note:
            lines.insert(len(lines) - 1, ((note, "muted"),))
        return lines

    def mark_of(self, candidate: Candidate) -> str:
        return "[x] " if candidate.fingerprint in self.marked else "[ ] "

    # -- what keys do

    def shows(self, action: str) -> bool:
        return bool(self.all) or action not in self.does or action in ("next", "back")

    def why_not(self, action: str) -> str:
        if action in ("mark", "mark-all", "filter", "sort") and not self.all:
            return "There is no session here."
        return ""

    def _mark(self) -> None:
        under = self.under_cursor
        if under is not None:
            self.marked ^= {under.fingerprint}
            self.list.move("down")

    def _mark_all(self) -> None:
        visible = {self.all[at].fingerprint for at in self.shown}
        self.marked = self.marked - visible if visible <= self.marked else self.marked | visible

    def sort(self) -> None:
        """By the next column, then by it backwards, then as the file has them."""
        choices: list[tuple[Column | None, bool]] = [(None, False)]
        choices += [(column, backwards) for column in COLUMNS for backwards in (False, True)]
        at = choices.index((self._column, self._backwards))
        self._column, self._backwards = choices[(at + 1) % len(choices)]
        self._order()

    def _type_filter(self) -> None:
        self.field = self._filter
        self.desk.say("Type a part of a name, a date or a price. Enter keeps it, Esc drops it.")

    def typed(self) -> None:
        self._order()

    def take_filter(self) -> bool:
        """Enter while the filter is typed: the list is in focus again."""
        if self.field is None:
            return False
        self.field = None
        return True

    def _back(self) -> None:
        if self._filter.text or self.field is not None:
            self._filter.put("")
            self.field = None
            self._order()
        elif not self.desk.stop_waiting():
            self.desk.backward()
