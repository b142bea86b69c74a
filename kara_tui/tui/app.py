"""The wizard's Textual side: it carries keys to the desk and the desk's screen to the terminal."""

from __future__ import annotations

import asyncio
import gc
import os
import threading
import traceback
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.app import App
from textual.reactive import Reactive
from textual.screen import Screen
from textual.theme import BUILTIN_THEMES, Theme

from kara_tui import settings
from kara_tui.errors import UserError
from kara_tui.tui import kitty
from kara_tui.tui.actions import BY_ID, Action
from kara_tui.tui.acts import Acts
from kara_tui.tui.bursts import looks_pasted
from kara_tui.tui.desk import Desk
from kara_tui.tui.drawing import Styles, styles_of
from kara_tui.tui.driver import TerminalDriver
from kara_tui.tui.keeping import Keeper, write_place
from kara_tui.tui.palette import BadTheme, Palette, palette
from kara_tui.tui.preflight import Terminal
from kara_tui.tui.surface import Surface

if TYPE_CHECKING:
    from textual.widget import Widget

    from kara_tui.month_end import Request

Result = TypeVar("Result")


class Whole(Screen[None], inherit_bindings=False):
    """The one screen. A change of focus repaints nothing: there is one thing in focus, always."""

    CSS = "Whole { overflow: hidden; } Surface { width: 100%; height: 100%; }"
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    def __init__(self, surface: Surface) -> None:
        super().__init__()
        self.surface = surface

    def compose(self) -> list[Widget]:
        return [self.surface]


class Wizard(App[int], inherit_bindings=False):
    """Textual's application around the desk."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[object]] = []  # type: ignore[assignment]  # none: the desk takes all keys
    # Keys reach the wizard whole; there is nothing to move between.
    AUTO_FOCUS = "Surface"

    def __init__(
        self,
        request: Request,
        terminal: Terminal,
        theme: str,
        acts: Acts | None = None,
        actions: Mapping[str, Action] = BY_ID,
        told: str = "",
        *,
        looks_only: bool = False,
    ) -> None:
        # The theme is chosen before Textual starts: only then does a terminal without colours get
        # none (an ANSI theme decides which filters there are).
        self._palette = _palette_or_default(theme, terminal)
        self._colourless = terminal.colourless
        self.theme_before = _textual_theme(self._palette)
        super().__init__(driver_class=TerminalDriver, ansi_color=self._palette.ansi)
        self.register_theme(self.theme_before)
        self.theme = self.theme_before.name
        if terminal.ascii:
            from kara_tui.tui.encodable import Encodable

            self._filters.append(Encodable())
        self.animation_level = "none"
        self.keeper = Keeper(write_place, self._not_kept)
        TerminalDriver.told = self
        self.desk = Desk(
            request, acts or Acts(), self, actions, self.keeper.keep, looks_only=looks_only
        )
        self.surface = Surface(self.desk, self._styles_now)
        if told:
            self.desk.say(told, "warning")
        self._styles: Styles | None = None
        self._keys_loop: asyncio.AbstractEventLoop | None = None
        self._mouse_is_ours = True
        self.crashed: list[str] = []

    def get_default_screen(self) -> Screen[None]:
        return Whole(self.surface)

    def on_ready(self) -> None:
        """Draw the first screen before anything else is begun."""
        self._keys_loop = asyncio.get_running_loop()
        self.surface.draw()
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        """The first screen is seen: now the heavy libraries may be loaded, beside the keys."""
        gc.freeze()
        gc.enable()
        self.desk.page.opened()
        self.desk.read()
        self.surface.draw()

    def _not_kept(self, why: str) -> None:
        """The keeper's thread could not write: said once, on the keys' side."""
        loop = self._keys_loop
        if loop is not None:
            said = f"Your answers cannot be kept: {why}"
            loop.call_soon_threadsafe(self._came, lambda text: self.desk.say(text, "warning"), said)

    # -- what the desk asks for

    def work(
        self,
        job: Callable[[], Result],
        done: Callable[[Result], None],
        failed: Callable[[UserError], None],
    ) -> None:
        """Run a job in a thread; a daemon, so that a slow one never holds up leaving."""
        loop = asyncio.get_running_loop()

        def run() -> None:
            try:
                result = job()
            except UserError as error:
                loop.call_soon_threadsafe(self._came, failed, error)
            except Exception as error:  # noqa: BLE001 - a defect in a thread ends the wizard, loudly
                loop.call_soon_threadsafe(self._handle_exception, error)
            else:
                loop.call_soon_threadsafe(self._came, done, result)

        threading.Thread(target=run, name="kara-work", daemon=True).start()

    def _came(self, then: Callable[[Result], None], result: Result) -> None:
        with self._context():
            then(result)
            self.surface.draw()

    def redraw(self) -> None:
        self.surface.draw()

    def draw_anew(self) -> None:
        """Draw everything, whatever has happened to the terminal meanwhile."""
        driver = self._driver
        if isinstance(driver, TerminalDriver):
            driver.wipe()
            driver.mouse(on=self._mouse_is_ours)
        self.surface.forget()
        self.surface.draw(everything=True)

    def leave(self, code: int) -> None:
        self.exit(code)

    @property
    def theme_name(self) -> str:
        return self._palette.name

    @property
    def has_pictures(self) -> bool:
        """Whether the terminal shows real pictures."""
        return not self._colourless and kitty.is_spoken(os.environ)

    @property
    def has_shades(self) -> bool:
        """Whether any colour can be shown, as a picture needs."""
        return not self._colourless and not self._palette.ansi

    def themes(self) -> list[tuple[str, str]]:
        """Every theme that can be used, by name, with its title."""
        found = []
        for name in settings.themes("terminal"):
            try:
                found.append((name, palette(name).title))
            except BadTheme:
                continue
        return found

    def recolour(self, theme: str) -> str:
        """Use another theme at once; says what went wrong, or nothing."""
        try:
            self._palette = palette(theme)
        except (BadTheme, settings.UnknownTheme, settings.BadName) as error:
            return str(error)
        self._styles = None
        made = _textual_theme(self._palette)
        self.register_theme(made)
        self.ansi_color = self._palette.ansi
        self.theme = made.name
        self.surface.draw(everything=True)
        return ""

    def give_mouse(self) -> str:
        """Hand the mouse to the terminal, or take it back."""
        driver = self._driver
        self._mouse_is_ours = not self._mouse_is_ours
        if isinstance(driver, TerminalDriver):
            driver.mouse(on=self._mouse_is_ours)
        return (
            "The mouse works here again."
            if self._mouse_is_ours
            else "The mouse is the terminal's: select and copy. Ctrl+T takes it back."
        )

    def show_pixels(self, make: Callable[[int], bytes]) -> str:
        """Show a picture in the terminal's own pixels; says why it cannot be, or nothing."""
        from kara_tui.tui.pixels import show_page

        with self.suspend():
            # Textual does not come back from an error that leaves this block.
            try:
                said = show_page(make)
            except UserError as error:
                said = error.findings[0].message
            except EOFError:
                TerminalDriver.ended()
                raise
        driver = self._driver
        if isinstance(driver, TerminalDriver) and not self._mouse_is_ours:
            driver.mouse(on=False)
        self.surface.draw(everything=True)
        return said

    # -- what the terminal's driver tells

    def came_back(self) -> None:
        self._came(lambda _: self.draw_anew(), None)

    def pasted_unmarked(self, text: str) -> None:
        self._came(lambda pasted: self.desk.paste(pasted, marked=False), text)

    def is_pasted(self, text: str) -> bool:
        desk = self.desk
        return looks_pasted(text, typing=desk.page.field is not None, awaited=desk.awaits_paste)

    def awaits_paste(self) -> bool:
        return self.desk.awaits_paste

    # -- Textual's side

    def post_display_hook(self) -> None:
        self.surface.was_sent()

    def _styles_now(self) -> Styles:
        if self._styles is None:
            self._styles = styles_of(self._palette, colourless=self._colourless)
        return self._styles

    def _handle_exception(self, error: Exception) -> None:
        """A defect: end, and say where, without any variable's value (it may be about a client)."""
        if not self.crashed:
            self.crashed = [
                f"{_module_path(frame.filename)}, line {frame.lineno}, in {frame.name}"
                for frame in traceback.extract_tb(error.__traceback__)
            ] + [type(error).__name__]
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._close_messages_no_wait()


def _module_path(file: str) -> str:
    """A file's place within its package: where the user keeps their programs is their affair."""
    within = file.replace(os.sep, "/").rpartition("/site-packages/")[2]
    return "kara_tui/" + within.rpartition("/kara_tui/")[2] if "/kara_tui/" in within else within


def _palette_or_default(theme: str, terminal: Terminal) -> Palette:
    try:
        return palette(theme or terminal.theme)
    except (BadTheme, settings.UnknownTheme, settings.BadName):
        return palette(terminal.theme)


def _textual_theme(chosen: Palette) -> Theme:
    """Only the ground that Textual itself paints; all else is drawn with the palette's roles."""
    if chosen.ansi:
        # Textual's own sheet needs variables that only its own ANSI themes have.
        return BUILTIN_THEMES["ansi-dark" if chosen.dark else "ansi-light"]
    colours = chosen.colours
    return Theme(
        name=f"kara-{chosen.name}",
        primary=colours["accent"],
        foreground=colours["text"],
        background=colours["background"],
        surface=colours["background"],
        dark=chosen.dark,
    )
