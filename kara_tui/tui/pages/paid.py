"""Paid: the month to bill, and what the export holds outside it."""

from __future__ import annotations

from dataclasses import replace

from kara_tui.model import Month
from kara_tui.month_end.assess import MonthEnd
from kara_tui.month_end.steps import StepId, findings_of, step
from kara_tui.month_end.wording import counted, month_name
from kara_tui.tui.desk import Desk
from kara_tui.tui.drawing import BLANK, Drawn, Line, wrapped
from kara_tui.tui.findings import found_lines
from kara_tui.tui.page import Page, gap, heading, with_list


class PaidPage(Page):
    """The months of the exports, each with its Credit sessions; one of them is billed."""

    id = "paid"
    title = "Paid"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.months: list[tuple[Month, int]] = []
        self._read_for: MonthEnd | None = None
        self.does = {"next": self._next}

    def opened(self) -> None:
        month_end = self.desk.month_end
        if month_end is None or self._read_for is month_end:
            return
        self._read_for = month_end

        def found(months: list[tuple[Month, int]]) -> None:
            billed = self.desk.request.billed_month
            if billed not in dict(months):
                months = sorted([*months, (billed, 0)], reverse=True)
            self.months = months
            self.list.resize(len(months))
            self.list.cursor = [month for month, _ in months].index(billed)

        self.desk.host.work(lambda: self.desk.acts.months(month_end), found, lambda _: None)

    def body(self, width: int, height: int) -> Drawn:
        about = step(StepId.PAID)
        head = heading(about.title, about.purpose, width)
        if height >= 16:
            head += gap([line for words in about.portal for line in wrapped(words, width)])
        head += [((about.here, "strong"),)]
        found = found_lines(
            findings_of(StepId.PAID, self.desk.standing), width, max(3, height - len(head) - 6)
        )
        return with_list(self, head, [BLANK, *found], width, height, self._row)

    def _row(self, item: int) -> Line:
        month, sessions = self.months[item]
        chosen = month == self.desk.request.billed_month
        mark = ("(*) ", "good") if chosen else ("( ) ", "muted")
        words = "  this month is billed" if chosen else ""
        return (
            mark,
            (f"{month_name(month):<16}", "strong" if chosen else "text"),
            (f"{counted(sessions, 'Credit session'):>20}", "text"),
            (words, "muted"),
        )

    def clicked(self, item: int) -> None:
        super().clicked(item)
        self._choose()

    def _next(self) -> None:
        if not self._choose():
            self.desk.forward()

    def _choose(self) -> bool:
        """Bill the month under the cursor; says whether that was another one."""
        if not self.months:
            return False
        month = self.months[self.list.cursor][0]
        if month == self.desk.request.billed_month:
            return False
        self.desk.change(
            replace(self.desk.request, month=month), f"{month_name(month)} is billed. u undoes it."
        )
        return True
