"""Problems: all that was found, blockers first, and the way to where each is solved."""

from __future__ import annotations

from kara_tui.month_end.findings import step_of
from kara_tui.month_end.steps import step
from kara_tui.tui.desk import Desk
from kara_tui.tui.drawing import BLANK, Drawn, Line, wrapped
from kara_tui.tui.findings import MARKS, ROLES, finding_lines
from kara_tui.tui.page import Page, heading, with_list
from kara_tui.tui.pages.settle import can_settle, settling


class ProblemsPage(Page):
    """The findings as a list; below it the one under the cursor in full."""

    id = "problems"
    title = "Problems"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.does = {"next": self._there}
        self.words = {"next": "Go there"}
        self.opened()

    def opened(self) -> None:
        self.list.resize(len(self.desk.standing.findings))

    def body(self, width: int, height: int) -> Drawn:
        findings = self.desk.standing.findings
        if not findings:
            nothing = wrapped("Nothing was found that you should know.", width)
            return Drawn((*heading(self.title, "", width), BLANK, *nothing))
        head = [*heading(self.title, "Enter leads to where the one under the cursor is solved.",
                         width), BLANK]  # fmt: skip
        one = findings[self.list.cursor]
        foot = [BLANK, *finding_lines(one, width)]
        if one.source:
            foot += wrapped(f"File: {one.source}", width - 4, "muted", indent="    ")
        return with_list(self, head, foot, width, height, self._row)

    def _row(self, item: int) -> Line:
        one = self.desk.standing.findings[item]
        where = step(step_of(one.code)).title
        return ((f"{MARKS[one.severity]} ", ROLES[one.severity]), (f"{where:<9} ", "muted"),
                (one.message, "text"))  # fmt: skip

    def _there(self) -> None:
        findings = self.desk.standing.findings
        if not findings:
            self.desk.close()
            return
        one = findings[self.list.cursor]
        self.desk.close()
        self.desk.go(step_of(one.code))
        self.desk.page.show_rows(one.source, one.rows)
        if can_settle(one):
            self.desk.open(settling(self.desk, one))
