"""The wizard's application: it owns the flow, does what pages ask for, and shows what came."""

from __future__ import annotations

import contextlib
import gc
import os
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.command import CommandPalette
from textual.events import AppFocus, Key, Paste
from textual.filter import LineFilter, NoColor

from kara_tui.errors import UserError
from kara_tui.month_end.flow import Flow
from kara_tui.month_end.portal import StepId, step
from kara_tui.tui.actions import (
    BY_ID,
    OF_THE_APP,
    Action,
    bindings,
    elsewhere,
    key_shown,
    keymap_of,
    where_said,
)
from kara_tui.tui.acts import WARM_AT_MOST, Acts
from kara_tui.tui.background import beside
from kara_tui.tui.colours import Colours, palette_or_default
from kara_tui.tui.commands import KaraCommands, KaraPalette, UseTheme
from kara_tui.tui.filters import Encodable, Inert, Joined
from kara_tui.tui.held_keys import HeldKeys, is_a_rest, is_export_in_a_field
from kara_tui.tui.keeping import Keeper, Kept, write_place
from kara_tui.tui.messages import (
    Answered,
    FilesChosen,
    Go,
    IssueWanted,
    Onward,
    PasteAwaited,
    ReadAgain,
    Said,
)
from kara_tui.tui.places import Places
from kara_tui.tui.screens.base import KaraScreen
from kara_tui.tui.screens.wizard import WizardScreen
from kara_tui.tui.settling import ask_what_settles, show_findings
from kara_tui.tui.stopped import STEADY, Stopped, mouse, write
from kara_tui.tui.themes import textual_theme, variables_without_a_theme

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rich.console import RenderableType
    from textual.events import Event

    from kara_tui.month_end import MonthEnd, Request
    from kara_tui.tui.preflight import Terminal


SAID_TOGETHER = 0.1  # seconds


class KaraApp(App[int], inherit_bindings=False):
    """The wizard. Screens draw the flow and post messages; only here it is changed."""

    CSS_PATH = Path(__file__).with_name("kara.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(""),
        Binding("ctrl+c", "say_how_to_leave", "How to leave", show=False),
    ]
    COMMANDS = {KaraCommands}  # noqa: RUF012 - Textual's way to name providers
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"

    def __init__(
        self,
        request: Request,
        terminal: Terminal,
        theme: str = "",
        acts: Acts | None = None,
        actions: Mapping[str, Action] = BY_ID,
        first: str = "wizard",
        told: str = "",
        *,
        looks_only: bool = False,
        demo_anew: bool = False,
    ) -> None:
        # The theme is chosen before Textual starts: only then does a terminal without colours get
        # none (an ANSI theme decides which filters there are).
        chosen = palette_or_default(theme, terminal)
        first_theme = textual_theme(chosen)
        super().__init__(ansi_color=chosen.ansi)
        self.colours = Colours(self, chosen)
        self.places = Places(self)
        self.terminal = terminal
        self.acts = acts or Acts()
        self.flow = Flow(request)
        self.actions_now = actions
        self.looks_only = looks_only
        self._demo_anew = demo_anew
        self.crashed: tuple[str, ...] = ()
        self.keeper = Keeper(write_place, self._not_kept)
        self.when_leaving: Callable[[], None] = lambda: None
        self._first = first
        self._told = told
        self._net: list[LineFilter] = [Inert()]
        if terminal.ascii:
            self._net.append(Encodable())
        if terminal.colourless:
            # Then the sheet reverses what has the cursor, also where NO_COLOR is not set.
            self.no_color = True
            self._net.append(NoColor())
        self._net.append(Joined())
        for name in list(self.available_themes):
            self.unregister_theme(name)
        self.register_theme(first_theme)
        self.theme = first_theme.name
        self.animation_level = "none"
        self._mouse_is_ours = True
        self._said_at = 0.0
        self._onward_when_read = False
        self._is_leaving = False
        self._stopped = Stopped(self, self._whole_again)
        self._keys = HeldKeys(self, self._pass_on)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variables_without_a_theme()

    def get_line_filters(self) -> Sequence[LineFilter]:
        return [*super().get_line_filters(), *self._net]

    # -- from the first paint on

    def on_mount(self) -> None:
        if not self.is_headless:
            self._stopped.watch()
        if self.terminal.ascii:
            self.add_class("-ascii")
        self.set_keymap(keymap_of(self.actions_now))
        self.push_screen(self.places.first(self._first))
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        """The first screen is seen: now the heavy libraries may be loaded, beside the keys."""
        gc.freeze()
        gc.enable()
        # A large month is many values that stay. The usual threshold looks through the newest at
        # every seven hundredth of them, which takes a tenth of the time to read it.
        gc.set_threshold(50_000, 20, 100)
        self.colours.watch()
        if self._told:
            self.say(self._told, "warning")
        self.places.ask_which_month()
        self.read()
        self.make_pages()

    @work(group="pages", exclusive=True)
    async def make_pages(self) -> None:
        """Make the pages that are not there yet, one between two keys."""
        screen = self.wizard
        if screen is not None:
            screen.page.seen()
        while screen is not None and await screen.make_one():
            pass
        month_end = self.flow.month_end
        # A very large month takes long to draw, and nobody waits for it but who goes there.
        if screen is not None and month_end is not None and month_end.sessions <= WARM_AT_MOST:
            await screen.make_ready()

    def shows(self, page: str) -> bool:
        """Whether a page or screen is in front, by its name."""
        return isinstance(self.screen, KaraScreen) and self.screen.page_id == page

    @property
    def wizard(self) -> WizardScreen | None:
        """The screen with the steps, if it is there."""
        return next((one for one in self.screen_stack if isinstance(one, WizardScreen)), None)

    # -- the flow

    def changed(self) -> None:
        """Keep what was said, and show what is known now."""
        self.save()
        if self.wizard is not None and self.wizard.stands:
            self.wizard.show()

    def save(self) -> None:
        """Keep the step and the answers for the next start; the sample month is not kept.

        Until a month is begun, or taken up, there is none: the place of the last time stays.
        """
        flow = self.flow
        if self.wizard is None or self.places.is_undecided:
            return
        if not flow.standing.is_issued and not flow.request.demo and not self.looks_only:
            self.keeper.keep(Kept(flow.step.value, flow.request, flow.month_end))

    @work(group="reading", exclusive=True)
    async def read(self, then: Callable[[], None] | None = None) -> None:
        """Read the exports and work the month end out, beside the keys."""
        flow = self.flow
        if not flow.request.paid:
            self.changed()
            return
        ticket, request = flow.ask(), flow.request
        if self.wizard is not None and self.wizard.stands:
            self.wizard.show_buttons()
        try:
            month_end = await beside(lambda: self._prepare(request))
        except UserError as trouble:
            taken = flow.could_not_read(ticket, trouble.findings)
        else:
            taken = flow.read(ticket, month_end)
            if taken:
                self._warm(month_end)
                self.make_pages()
        if taken:
            self.changed()
            if then is not None:
                then()
            onward, self._onward_when_read = self._onward_when_read, False
            if onward and flow.month_end is not None:
                await self._arrived(flow.forward())

    def _prepare(self, request: Request) -> MonthEnd:
        if self._demo_anew:
            from kara_tui.month_end import start_demo_anew

            self._demo_anew = False
            start_demo_anew()
        return self.acts.prepare(request)

    # Without a description Textual writes out every session of the month for one.
    @work(group="warming", exclusive=True, description="warm")
    async def _warm(self, month_end: Any) -> None:
        """Load what the next steps need; what goes wrong is met, and said, when it is wanted."""
        with contextlib.suppress(UserError):
            await beside(lambda: self.acts.warm(month_end))

    @on(Answered)
    def _answered(self, message: Answered) -> None:
        said = self.flow.change(message.request, message.name)
        if said:
            self.say(said, "warning")
            return
        if message.said:
            self.say(f"{message.said} u takes it back.")
        self.changed()
        self.read()

    @on(FilesChosen)
    def _files_chosen(self, message: FilesChosen) -> None:
        said = self.flow.choose_files(message.request)
        if said:
            self.say(said, "warning")
            return
        self.changed()
        self.read(message.then)

    @on(Go)
    async def _go(self, message: Go) -> None:
        await self.go(message.step, from_review=message.from_review)

    async def go(self, step: StepId, *, from_review: bool = False) -> None:
        """Show a step, or say what it needs first."""
        said = self.flow.visit(step) if from_review else self.flow.go(step)
        await self._arrived(said)

    @on(Onward)
    async def _onward(self) -> None:
        if self.flow.is_stale:
            self.read()
        if self.flow.is_reading:
            self._onward_when_read = True
            self.say("Reading; the next step follows by itself.")
            return
        await self._arrived(self.flow.forward())

    async def action_step_back(self) -> None:
        """One step back; while a file is read, stop waiting for it."""
        self._onward_when_read = False
        if self.flow.stop_waiting():
            self.workers.cancel_group(self, "reading")
            self.say("Stopped. What was read before still holds.")
            self.changed()
            return
        await self._arrived(self.flow.backward())

    async def _arrived(self, said: str) -> None:
        if said:
            self.say(said, "warning")
        elif self.wizard is not None:
            self.save()
            await self.wizard.show_step()

    async def action_step(self, step: str) -> None:
        """A step was clicked."""
        await self.go(StepId(step))

    @on(ReadAgain)
    def action_read_again(self) -> None:
        """Read the exports again, after a change in the portal, a file or the details."""
        self.say("Reading the exports again.")
        self._look_again(anew=True)
        self.read()

    @on(AppFocus)
    def _back_from_the_browser(self) -> None:
        """What was exported meanwhile is offered at once."""
        self._look_again()

    def _look_again(self, *, anew: bool = False) -> None:
        page = self.wizard.page if self.wizard is not None and self.wizard.is_mounted else None
        if page is not None:
            page.look_again(anew=anew)

    async def action_undo(self) -> None:
        """Take the newest answer back, on the step where it was given."""
        before = self.flow.step
        said = self.flow.undo()
        if self.flow.step is not before:
            said = f"{said} This is the step {step(self.flow.step).title}."
        self.say(said)
        self.save()
        if self.wizard is not None and self.flow.step is not before:
            await self.wizard.show_step()
        else:
            self.changed()
        self.read()

    @on(IssueWanted)
    def _issue_wanted(self) -> None:
        self.issue()

    @work(group="issuing", exclusive=True)
    async def issue(self) -> None:
        """Issue the month, once."""
        prepared = self.flow.month_end
        if prepared is None or self.flow.is_reading or self.flow.standing.is_issued:
            return
        if self.flow.is_stale:
            self.action_read_again()
            return
        if self.looks_only:
            self.say("Another kara-tui is open on this data, so this one only looks.", "warning")
            return
        try:
            outcome, _ = await beside(lambda: self.acts.issue(prepared))
        except UserError as trouble:
            first = trouble.findings[0]
            self.say(f"Nothing was issued. {first.message} {first.hint}".strip(), "error")
            self.read()
            return
        self.flow.issued(outcome)
        if self.wizard is not None:
            await self.wizard.show_step()

    def mark_sent(self, on_day: object) -> None:
        """The mail was sent."""
        from datetime import date

        self.flow.sent(on_day if isinstance(on_day, date) else None)
        self.changed()

    # -- what is said

    def say(self, text: str, severity: str = "information") -> None:
        """Show a sentence for a moment, instead of what was said before and not on top of it.

        What is said at the same moment stays beside it.
        """
        if text:
            now = monotonic()
            if now - self._said_at > SAID_TOGETHER:
                self.clear_notifications()
            self._said_at = now
            self.notify(text, severity=severity, timeout=6, markup=False)  # type: ignore[arg-type]  # one of Textual's three words

    @on(Said)
    def _said(self, message: Said) -> None:
        self.say(message.text, message.severity)

    def action_say_how_to_leave(self) -> None:
        """Ctrl+C copies what is selected; with nothing selected it says how to leave."""
        self.say("Ctrl+Q leaves; everything is kept. Ctrl+C copies what the mouse has selected.")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What the app does for a step is offered where that step's page offers it."""
        wizard = self.wizard
        of_a_step = f"app.{action}" in {BY_ID[id_].method for id_ in OF_THE_APP}
        if of_a_step and wizard is not None and wizard.is_mounted:
            return wizard.page.check_action(action, parameters)
        return super().check_action(action, parameters)

    # -- keys that work everywhere

    async def action_next(self) -> None:
        """What Enter does where nothing nearer takes it: the filled button of the screen."""
        await self.run_action("screen.next")

    async def action_back(self) -> None:
        """Close what lies on top, or one step back."""
        await self.run_action("screen.back")

    def action_pane(self) -> None:
        self.screen.focus_next()

    async def action_press_action(self, id_: str) -> None:
        """An action was clicked in the key bar: as if its key had been pressed."""
        for one in self.screen.active_bindings.values():
            if one.binding.id == id_:
                await self.run_action(one.binding.action, one.node)
                return

    def action_command_palette(self) -> None:
        if not isinstance(self.screen, KaraPalette):
            self.push_screen(KaraPalette())

    def action_redraw(self) -> None:
        """Draw the whole screen again, over whatever another program has written there."""
        write(STEADY)
        mouse(on=self._mouse_is_ours)
        self.refresh(repaint=True, layout=True)

    def _whole_again(self) -> None:
        """The terminal is ours again: draw all of it, once Textual's own modes are written.

        Those go through a thread; what is said about the mouse must come after them.
        """
        self.set_timer(0.05, self.action_redraw)

    def exit(
        self,
        result: int | None = None,
        return_code: int = 0,
        message: RenderableType | None = None,
    ) -> None:
        """Leave. What is half made is taken down and may miss its parts: that is no defect."""
        self._is_leaving = True
        self.when_leaving()
        super().exit(result, return_code, message)

    def action_leave(self) -> None:
        self.exit(0)

    async def on_event(self, event: Event) -> None:
        """Keys and pastes from the terminal wait until it is clear what they are.

        A test's keys come one by one, and are passed on as they come.
        """
        if self.is_headless or getattr(event, "is_forwarded", True):
            await super().on_event(event)
        elif isinstance(event, Key):
            await self._keys.take(event)
        elif isinstance(event, Paste):
            await self._keys.paste(event)
        else:
            await super().on_event(event)

    async def _pass_on(self, event: Event) -> None:
        if isinstance(event, Paste) and is_export_in_a_field(self, event):
            self.on_paste(event)
        else:
            await super().on_event(event)

    @on(PasteAwaited)
    def _paste_awaited(self) -> None:
        self._keys.await_paste()

    def on_paste(self, event: Paste) -> None:
        """A paste that nothing took. One that comes in pieces is said once."""
        if not is_a_rest(event):
            text = "Nothing was taken: an export's text is pasted on the step Payments."
            self.say(text, "warning")

    def on_key(self, event: Key) -> None:
        """A key that does nothing here says so, and where it belongs."""
        screen = self.screen
        if event.key in screen.active_bindings:
            return
        page = screen.page_id if isinstance(screen, KaraScreen) else ""
        if not page or (not event.is_printable and not event.key.startswith(("ctrl+", "f"))):
            return
        other = elsewhere(event.key, page, self.actions_now)
        self.clear_notifications()
        does = f": “{other.words}” works on {where_said(other)}" if other else ""
        self.say(f"{key_shown(event.key)} does nothing here{does}. ? shows the keys.")

    # -- places

    def action_home(self) -> None:
        self.places.to_home()

    def action_my_details(self, changing: str = "") -> None:
        self.places.to_my_details(changing)

    def action_problems(self) -> None:
        show_findings(self)

    def action_answer(self) -> None:
        ask_what_settles(self)

    def action_help(self) -> None:
        """What this page is for, and its keys."""
        from kara_tui.tui.screens.help import help_for

        screen = self.screen
        page = screen.page_id if isinstance(screen, KaraScreen) else ""
        self.push_screen(help_for(page, self.actions_now))

    @work(group="showing", exclusive=True)
    async def show_invoice(self, number: str) -> None:
        """Show a document by its number."""
        from kara_tui.tui.dialogs.tell import Tell

        request = self.flow.request
        try:
            lines = await beside(lambda: self.acts.shown(request, number))
        except UserError as trouble:
            self.say(trouble.findings[0].message, "error")
            return
        self.push_screen(Tell(number, "\n".join(lines)))

    # -- pictures and the mouse

    def show_pixels(self, make: Callable[[int], bytes]) -> None:
        """Show a picture in the terminal's own pixels, while the wizard stands aside."""
        from kara_tui.tui.pixels import show_page

        with self.suspend():
            # Textual does not come back from an error that leaves this block.
            try:
                said = show_page(make)
            except UserError as trouble:
                said = trouble.findings[0].message
            except EOFError:
                said = ""  # the terminal has gone away, and the watch on it ends us
        self._whole_again()
        self.say(said, "warning")

    def action_mouse(self) -> None:
        """Hand the mouse to the terminal, or take it back."""
        self._mouse_is_ours = not self._mouse_is_ours
        mouse(on=self._mouse_is_ours)
        self.say(
            "The mouse works here again." if self._mouse_is_ours
            else "The mouse is the terminal's: select and copy. Ctrl+T takes it back."
        )  # fmt: skip

    # -- colours

    def keep_theme(self, name: str) -> None:
        """Use a theme from now on, also at the next start."""
        self.say(self.colours.use(name) or self.acts.keep_theme(name))

    @on(CommandPalette.OptionHighlighted)
    def _theme_looked_at(self, message: CommandPalette.OptionHighlighted) -> None:
        """A theme shows while the cursor is on it; word of it may come when the list is closed."""
        if not isinstance(self.screen, KaraPalette):
            return
        hit = getattr(message.highlighted_event.option, "hit", None)
        command = getattr(hit, "command", None)
        self.colours.look_at(command.theme if isinstance(command, UseTheme) else "")

    @on(CommandPalette.Closed)
    def _palette_closed(self, message: CommandPalette.Closed) -> None:
        self.colours.looked(taken=message.option_selected)

    # -- what goes wrong

    def _not_kept(self, why: str) -> None:
        """The keeper's thread could not write: said once, on the keys' side."""
        self.call_from_thread(self.say, f"Your answers cannot be kept: {why}", "warning")

    def _handle_exception(self, error: Exception) -> None:
        """A defect: end, and say where, without any variable's value (it may be about a client).

        The one private name of Textual's here: it is the only place that has the error's frames,
        and the stock one prints every local variable.
        """
        if self._is_leaving:
            return
        if not self.crashed:
            from kara_tui.tui.farewell import frames_of

            self.crashed = frames_of(error)
        if os.environ.get("KARA_TUI_DEBUG"):
            super()._handle_exception(error)
            return
        self.exit(return_code=1)
