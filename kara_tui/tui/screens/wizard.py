"""The month end: seven steps in one screen, each a page; one shows."""

from __future__ import annotations

import asyncio
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.widgets import ContentSwitcher

from kara_tui.month_end.portal import StepId
from kara_tui.month_end.steps import STEPS
from kara_tui.month_end.wording import day_inline, month_name, send_by_said
from kara_tui.text import broken, cells_of
from kara_tui.tui.pages.base import ANSWERS, Page, Words
from kara_tui.tui.screens.base import KaraScreen
from kara_tui.tui.widgets.bars import ButtonLine, KeyBar, Steps

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from kara_tui.month_end.flow import Flow
    from kara_tui.tui.acts import Acts

# A page is made when it is first wanted, or after the first paint, one between two keys: seven at
# once make the first screen 105 ms later.
_PAGES: Mapping[StepId, tuple[str, str]] = {
    step: (f"kara_tui.tui.pages.{step.value}", f"{step.value.capitalize()}Page") for step in StepId
}
MOST_LINES = 2
TALL = 22  # rows from which on there is room for both


class WizardScreen(KaraScreen):
    """Title, steps, the page, its buttons and its keys."""

    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, flow: Flow, acts: Acts) -> None:
        super().__init__()
        self.flow = flow
        self.acts = acts
        self._adding = asyncio.Lock()

    def compose(self) -> ComposeResult:
        yield Words(id="title")
        yield Steps(id="steps")
        with ContentSwitcher(initial=self.flow.step.value, id="pages"):
            yield self._make(self.flow.step)
        yield Words(id="said")
        yield ButtonLine(id="buttons")
        yield KeyBar(id="keys")

    def _make(self, step: StepId) -> Page:
        module, name = _PAGES[step]
        made: Page = getattr(import_module(module), name)(self.flow, self.acts)
        return made

    def on_mount(self) -> None:
        self.show(arrived=True)

    @property
    def stands(self) -> bool:
        """Whether its parts are there: not before it is mounted, nor while it is taken down."""
        return self.is_mounted and bool(self.query("#title"))

    @property
    def page(self) -> Page:
        """The page that shows."""
        found = self.query_one("#pages", ContentSwitcher).visible_content
        assert isinstance(found, Page)  # noqa: S101 - only pages are ever put in
        return found

    @property
    def page_id(self) -> str:  # type: ignore[override]  # here it changes with the step
        return self.flow.step.value

    def unmade(self) -> Iterator[StepId]:
        """The steps whose pages are not made yet."""
        made = {child.id for child in self.query_one("#pages", ContentSwitcher).children}
        return (step for step in StepId if step.value not in made)

    async def make_one(self) -> bool:
        """Make one more page; says whether there was one to make."""
        if not self.query("#pages"):
            return False  # the wizard is being left
        step = next(self.unmade(), None)
        if step is None:
            return False
        await self._add(step)
        self.call_after_refresh(self.place_cursor)
        return True

    async def _add(self, step: StepId) -> None:
        """Make a page, once: who goes there while it is made beside the keys waits for it."""
        async with self._adding:
            if step in self.unmade():
                await self.query_one("#pages", ContentSwitcher).add_content(self._make(step))

    async def make_ready(self) -> None:
        """Draw what is known on the pages that do not show yet, one between two keys."""
        for page in self.query_one("#pages", ContentSwitcher).children:
            if isinstance(page, Page) and not page.display:
                page.show()
                await asyncio.sleep(0)

    async def show_step(self) -> None:
        """Bring the page of the flow's step to the front."""
        pages = self.query_one("#pages", ContentSwitcher)
        step = self.flow.step
        await self._add(step)
        with self.app.batch_update():
            pages.current = step.value
            self.show(arrived=True)
            await _all_heard()
        self.check_idle()  # it was idle while nothing was to be painted, and would wait for a key

    def show(self, *, arrived: bool = False) -> None:
        """Draw what the flow holds now: title, steps, page, buttons, keys."""
        flow = self.flow
        self.query_one("#title", Words).put(self._title())
        self.query_one("#steps", Steps).show(
            flow.step, {step.id: flow.state_of(step.id) for step in STEPS}
        )
        page = self.page
        if arrived:
            page.arrived()
        else:
            page.show()
        self.show_buttons()

    def on_resize(self) -> None:
        """The title has something at either end; the pages and bars see to themselves."""
        self.call_after_refresh(self._show_title)

    def _show_title(self) -> None:
        # In the meantime the screen may have gone, or not have its parts yet.
        for title in self.query("#title").results(Words):
            title.put(self._title())

    def show_buttons(self) -> None:
        """Draw the buttons, and what the step asks for beside them or in lines of its own."""
        page = self.page
        onward, back = page.onward()
        said: Content | str = page.said()
        if self.flow.is_reading:
            said = Content.styled("Reading the exports …", "$info")
        content = Content(said) if isinstance(said, str) else said
        buttons = self.query_one("#buttons", ButtonLine)
        beside = (back, page.beside_does)
        above = not buttons.fits(onward, beside, content)
        self.query_one("#said", Words).put(self._in_lines(content) if above else "")
        buttons.show(onward, beside, "" if above else content)
        self.refresh_keys()  # they say what Enter does, too

    def _in_lines(self, said: Content) -> Content:
        """At most two lines, or one where there are few; what is longer says where the rest is."""
        size = self.app.size
        most = MOST_LINES if size.height >= TALL else 1
        lines = list(broken(said.plain, size.width - 2))
        if len(lines) > most:
            more = f" …{ANSWERS}" if said.plain.endswith(ANSWERS) else " … ! shows all"
            last = lines[most - 1]
            while cells_of(last) + len(more) > size.width - 2:
                last = last.rpartition(" ")[0] or last[:-1]
            lines = [*lines[: most - 1], last + more]
        style = said.spans[0].style if said.spans else ""
        return Content.styled("\n".join(lines), style)

    def _title(self) -> Content:
        """``kara  October 2026`` on the left, what is to be done next on the right."""
        flow = self.flow
        left = Content.assemble(
            (" kara ", "bold $accent"), (f" {month_name(flow.request.billed_month)}", "bold $title")
        )
        next_, more = self._next_date()
        width = (self.size.width or self.app.size.width) - left.cell_length - 1
        right = f"{next_} · {more}" if more else next_
        if cells_of(right) >= width:
            right = next_
        return Content.assemble(left, " " * max(1, width - cells_of(right)), (right, "$muted"))

    def _next_date(self) -> tuple[str, str]:
        """What is to be done next and by when; the second part only where there is room."""
        flow = self.flow
        outcome = flow.standing.outcome
        if outcome is not None and flow.standing.is_issued:
            numbers = ", ".join(one.invoice.number or "" for one in outcome.invoices)
            if flow.standing.is_sent:
                pay = outcome.deadlines.pay if outcome.deadlines else None
                return f"{numbers} sent", f"money by {day_inline(pay)}" if pay else ""
            return f"{numbers} issued", "not sent yet"
        if flow.month_end is not None:
            from kara_tui.month_end.deadlines import working_days_left

            days, today = flow.month_end.deadlines, flow.request.today
            left = working_days_left(today, days.last, [flow.month_end.profile.calendar])
            return send_by_said(days, today, left)
        return "", ""

    def words(self) -> Mapping[str, str]:
        # The focus may be told of before the first page shows; it is told of again then.
        pages = self.query("#pages").results(ContentSwitcher)
        if not any(one.visible_content for one in pages):
            return {}
        return {"next": self.page.onward()[0] or "Next", **self.page.words()}

    # -- keys of every step

    async def action_next(self) -> None:
        self.page.go_on()

    async def action_back(self) -> None:
        await self.app.run_action("app.step_back")


async def _all_heard() -> None:
    """Let every part hear what changed, so that it is painted once: focus goes through five hands.

    A turn of the loop takes a message one hand further; how long that takes does not matter.
    """
    for _ in range(12):
        await asyncio.sleep(0)
