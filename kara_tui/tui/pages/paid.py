"""Paid: which month is billed, and what the exports hold that is not on the invoice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.content import Content

from kara_tui.model import Finding, Month
from kara_tui.month_end.portal import StepId, step
from kara_tui.month_end.steps import findings_of
from kara_tui.month_end.wording import amount_said, counted, listed, month_name
from kara_tui.tui.actions import bindings
from kara_tui.tui.background import beside
from kara_tui.tui.dialogs.tell import Tell
from kara_tui.tui.messages import Answered
from kara_tui.tui.pages.base import Page, Pane, Panel, Panes, Words, finding_lines
from kara_tui.tui.widgets.choices import Choices
from kara_tui.tui.widgets.month_calendar import month_calendar
from kara_tui.tui.widgets.one_of import OneOf

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from kara_tui.month_end import MonthEnd

# What the lines of the second panel are called; other findings come with their own words.
_TITLES = {
    "other-payment-type": "Other payment types",
    "other-month": "Other months",
    "near-month-edge": "Close to the edge",
    "just-outside-month": "Just outside",
    "month-issued": "Invoiced already",
    "month-not-over": "Not over yet",
    "no-sessions": "Nothing to bill",
}


class PaidPage(Page):
    """The months of the exports, one of them billed, and what is left beside it."""

    step_id = StepId.PAID
    focus_first = "#months"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("paid")]

    def compose(self) -> ComposeResult:
        with Panes(classes="panes"):
            with Pane(classes="main"):
                yield Panel(OneOf(id="months"), title="Which month?", id="months-panel")
                yield Panel(
                    Words(id="nothing"),
                    Choices(id="beside"),
                    title="In the files, but not on this invoice",
                    id="beside-panel",
                    classes="fills",
                )
                yield Words(
                    Content.styled(
                        "A session is missing? The date may be the day when Confirm was pressed: "
                        "export a few days more in the portal, then press r.",
                        "$muted",
                    ),
                    classes="hint",
                )
            with Pane(classes="side"):
                yield Panel(Words(id="calendar"), title="Sessions by day", id="calendar-panel")

    def on_mount(self) -> None:
        self._months: list[tuple[Month, int]] = []
        self._counted_for: MonthEnd | None = None
        self._findings: tuple[Finding, ...] = ()

    def show(self) -> None:
        month_end = self.flow.month_end
        self._show_months()
        self._findings = findings_of(StepId.PAID, self.flow.standing)
        self.query_one("#beside", Choices).put([self._line(one) for one in self._findings])
        self.query_one("#nothing", Words).put(
            "" if self._findings or month_end is None
            else Content.styled("Nothing: all that the files hold is on the invoice.", "$muted")
        )  # fmt: skip
        self.query_one("#beside-panel", Panel).title(
            "In the files, but not on this invoice", "d shows all of it" if self._findings else ""
        )
        if month_end is not None:
            days = [one.session.date for one in month_end.billed]
            self.query_one("#calendar", Words).put(month_calendar(month_end.month, days))
            self.query_one("#calendar-panel", Panel).title(month_name(month_end.month))
            if self._counted_for is not month_end:
                self._count(month_end)

    @work(exclusive=True)
    async def _count(self, month_end: MonthEnd) -> None:
        """Count each month's Credit sessions, beside the keys."""
        self._counted_for = month_end
        self._months = await beside(lambda: self.acts.months(month_end))
        self._show_months()

    def _show_months(self) -> None:
        billed = self.flow.request.billed_month
        months = self._months
        if billed not in dict(months):
            months = sorted([*months, (billed, 0)], reverse=True)
        self._months = months
        chosen = [month for month, _ in months].index(billed)
        self.query_one("#months", OneOf).put_lines(
            [self._month_line(month, count) for month, count in months], chosen
        )

    def _month_line(self, month: Month, count: int) -> Content:
        request, month_end = self.flow.request, self.flow.month_end
        total = ""
        if month == request.billed_month and month_end is not None and month_end.totals:
            total = listed(amount_said(one) for one in month_end.totals)
        about = ""
        if month.last >= request.today:
            about = "not over yet"
        elif month == Month.last_full(request.today):
            about = "the last full month"
        sessions = counted(count, "session") if count or month_end is not None else ""
        style = "bold" if month == request.billed_month else ""
        return Content.assemble(
            (f"{month_name(month):<15}", style),
            f"{sessions:>14}  {total:>16}   ",
            (about, "$muted"),
        )

    def _line(self, finding: Finding) -> Content:
        title = _TITLES.get(finding.code, "Look at this")
        style = "$blocker" if finding.is_blocker else "$muted"
        head = finding.message.split(": ", 1)
        lists = finding.code in ("other-payment-type", "other-month") and len(head) > 1
        detail = head[1] if lists else finding.message
        count = f"{finding.count or len(finding.rows) or '':>5}   "
        return Content.assemble((f"{title:<20}", style), count, detail)

    def onward(self) -> tuple[str, str]:
        return super().onward()

    @on(OneOf.Chosen, "#months")
    def _month_chosen(self, event: OneOf.Chosen) -> None:
        month = self._months[event.at][0]
        self.post_message(
            Answered(
                replace(self.flow.request, month=month),
                f"{month_name(month)} is the month to bill",
                f"{month_name(month)} is to be billed.",
            )
        )

    def words(self) -> Mapping[str, str]:
        return {"details": "Rows"}

    def action_details(self) -> None:
        """All of the line under the cursor, with its rows."""
        at = self.query_one("#beside", Choices).highlighted
        if not self._findings:
            self.tell("Nothing is left beside this invoice.")
            return
        finding = self._findings[at or 0]
        self.app.push_screen(
            Tell(_TITLES.get(finding.code, "Look at this"), finding_lines((finding,)))
        )

    def action_answer(self) -> None:
        """Answer what can be read or done in two ways."""
        self.app.run_worker(self.app.run_action("app.answer"))

    def action_how(self) -> None:
        """What to press in the portal."""
        self.app.push_screen(Tell("In the portal", "\n\n".join(step(StepId.PAID).portal)))
