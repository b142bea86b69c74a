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
from kara_tui.text import broken
from kara_tui.tui.actions import bindings
from kara_tui.tui.background import beside
from kara_tui.tui.dialogs.tell import Tell
from kara_tui.tui.messages import Answered
from kara_tui.tui.pages.base import Page, Pane, Panel, Panes, Words, aligned, finding_lines
from kara_tui.tui.said_here import hint_here, message_here, moments_here
from kara_tui.tui.widgets.choices import Choices
from kara_tui.tui.widgets.month_calendar import month_calendar
from kara_tui.tui.widgets.one_of import OneOf

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from kara_tui.month_end import MonthEnd

ROOMY = 70  # cells from which on kinds and what is said of them stand side by side
BESIDE = 48  # cells from which on a month, its sessions and what is said of it do
SIGN = 4  # cells of ``(•) `` before a month
# What the lines of the second panel are called; other findings come with their own words.
_ASKED = {
    "near-month-edge": "did they take place in this month?",
    "just-outside-month": "did they take place in this month all the same?",
}
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
        # What is information stands in the list; what has to be solved is said at the foot too.
        self._findings = findings_of(StepId.PAID, self.flow.standing)
        self._show_beside()
        if self._findings:
            nothing = ""
        elif self.not_understood:
            nothing = self.not_understood
        elif month_end is not None and month_end.left_out:
            nothing = f"Only the {counted(len(month_end.left_out), 'session')} left out on Credit."
        else:
            nothing = "Nothing: all that the files hold is on the invoice."
        self.query_one("#nothing", Words).put(Content.styled(nothing, "$muted"))
        self.query_one("#beside-panel", Panel).title(
            "In the files, but not on this invoice", "d shows the rows" if self._findings else ""
        )
        if month_end is not None:
            if self.has_side:
                days = [one.session.date for one in month_end.billed]
                self.query_one("#calendar", Words).put(month_calendar(month_end.month, days))
                self.query_one("#calendar-panel", Panel).title(month_name(month_end.month))
            if self._counted_for is not month_end:
                self._count(month_end)

    # Without a description Textual writes out every session of the month for one.
    @work(exclusive=True, description="count")
    async def _count(self, month_end: MonthEnd) -> None:
        """Count each month's Credit sessions, beside the keys."""
        self._counted_for = month_end
        self._months = await beside(lambda: self.acts.months(month_end))
        if self.is_attached:
            self._show_months()

    def on_resize(self) -> None:
        self._show_months()
        self._show_beside()

    def _show_months(self) -> None:
        billed = self.flow.request.billed_month
        months = self._months
        if billed not in dict(months):
            months = sorted([*months, (billed, 0)], reverse=True)
        self._months = months
        chosen = [month for month, _ in months].index(billed)
        self.query_one("#months", OneOf).put_lines(self._month_lines(), chosen)

    def _month_lines(self) -> list[Content]:
        """The months as columns; the sum goes below its month where it is too long."""
        request, month_end = self.flow.request, self.flow.month_end
        sums = ""
        if month_end is not None and month_end.month == request.billed_month and month_end.totals:
            sums = listed(map(amount_said, month_end.totals))
        counts = {
            month: counted(count, "session") if month_end is not None else ""
            for month, count in self._months
        }
        widest = max(map(len, counts.values()))
        rows = []
        for month, _ in self._months:
            parts = (sums if month == request.billed_month else "", _about(month, request.today))
            said = " · ".join(part for part in parts if part)
            rows.append((month_name(month), counts[month].rjust(widest), said))
        texts = [Content(f"\n{' ' * SIGN}".join(lines)) for lines in self._month_texts(rows)]
        at = [month for month, _ in self._months].index(request.billed_month)
        texts[at] = texts[at].stylize("bold", 0, len(rows[at][0]))
        return texts

    def _month_texts(self, rows: Sequence[tuple[str, str, str]]) -> Sequence[Sequence[str]]:
        if self.room >= BESIDE:
            return aligned(rows, 2, self.room - SIGN)
        return [
            [f"{month}  {count}".rstrip(), *(broken(said, self.room - SIGN) if said else ())]
            for month, count, said in rows
        ]

    def _show_beside(self) -> None:
        """What is left out, a kind a line, whole: what does not fit is broken below it."""
        panel = self.query_one("#beside-panel", Panel)
        if not self._findings:
            self.query_one("#beside", Choices).put([])
            panel.hold(2)
            return
        rows = [_told(finding, self.flow.month_end) for finding in self._findings]
        if self.room >= ROOMY:
            texts = aligned(rows, 2, self.room)
        else:
            texts = [
                [
                    f"{title}  {count.strip()}",
                    *("  " + line for line in broken(said, self.room - 2)),
                ]
                for title, count, said in rows
            ]
        panel.hold(sum(map(len, texts)))
        self.query_one("#beside", Choices).put([
            Content("\n".join(lines)).stylize(
                "$blocker" if finding.is_blocker else "$muted", 0, len(row[0])
            )
            for finding, row, lines in zip(self._findings, rows, texts, strict=True)
        ])  # fmt: skip

    def said(self) -> Content | str:
        """What has to be solved; the rest stands in the list."""
        blocker = next((one for one in self._findings if one.is_blocker), None)
        if blocker is None:
            return ""
        if blocker.code == "no-sessions":
            return Content.styled("! Another month? ↑ ↓ and Space choose it.", "bold $blocker")
        said = f"! {message_here(blocker, self.flow.month_end)} {hint_here(blocker)}"
        return Content.styled(said.strip(), "bold $blocker")

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
            Tell(
                _TITLES.get(finding.code, "Look at this"),
                lambda width: finding_lines((finding,), width),
            )
        )

    def action_how(self) -> None:
        """What to press in the portal."""
        self.app.push_screen(Tell("In the portal", step(StepId.PAID).portal))


def _about(month: Month, today: date) -> str:
    if month.last >= today:
        return "not over yet"
    return "the last full month" if month == Month.last_full(today) else ""


def _told(finding: Finding, month_end: MonthEnd | None) -> tuple[str, str, str]:
    """A finding's kind, how many it is about, and what is said of them."""
    title = _TITLES.get(finding.code, "Look at this")
    moments = moments_here(finding, month_end) if month_end is not None else ""
    _, colon, after = finding.message.partition(": ")
    lists = finding.code in ("other-payment-type", "other-month") and colon
    count = finding.count or len(finding.rows)
    if moments and finding.code in _ASKED:
        return title, f"{count:>3}", f"{moments}: {_ASKED[finding.code]}"
    return title, f"{count or '':>3}", after if lists else message_here(finding, month_end)
