"""Problems: all that was found, the blockers first, with the way to where each is solved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.content import Content
from textual.widgets import OptionList

from kara_tui.month_end.findings import step_of
from kara_tui.month_end.portal import step
from kara_tui.tui.dialogs.base import List, Question, hanging
from kara_tui.tui.pages.base import SEVERITY_STYLES
from kara_tui.tui.said_here import hint_here, message_here

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from kara_tui.model import Finding
    from kara_tui.month_end import MonthEnd


class ProblemsScreen(Question[int]):
    """Gives the place of the finding to go to."""

    foot = "↑ ↓ Enter Go where it is solved · Esc Close"

    def __init__(self, findings: Sequence[Finding], month_end: MonthEnd | None) -> None:
        super().__init__("All that was found")
        self._findings = findings
        self._month_end = month_end

    def inside(self) -> Iterable[Widget]:
        yield List(classes="wraps")

    def on_mount(self) -> None:
        choices = self.query_one(List)
        choices.put([self._line(finding) for finding in self._findings])
        choices.highlighted = 0 if self._findings else None
        choices.focus()

    @on(OptionList.OptionSelected)
    def _taken(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_index)

    def _line(self, finding: Finding) -> Content:
        sign, style = SEVERITY_STYLES[finding.severity]
        where = "My details" if finding.setting else step(step_of(finding.code)).title
        said = f"{sign} {message_here(finding, self._month_end)}"
        parts = [hanging(Content.styled(said, style), self.room, 2)]
        hint = hint_here(finding)
        if hint:
            parts.append(hanging(Content.styled(f"  {hint}", "$muted"), self.room, 2))
        parts.append(Content.styled(f"  → {where}", "$accent"))
        return Content("\n").join(parts)
