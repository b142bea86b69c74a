"""The colours that are used now: chosen, looked at for a moment, and read anew when they change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kara_tui import settings
from kara_tui.tui.themes import CLEAR, BadTheme, Palette, palette, textual_theme

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import App
    from textual.timer import Timer

    from kara_tui.tui.preflight import Terminal

# Moving on through a list of themes must not wait for each to be painted.
PREVIEW_SECONDS = 0.15
LOOK_SECONDS = 1.0

Stamp = tuple[int, int]  # a file's time of change in nanoseconds, and its size


def palette_or_default(theme: str, terminal: Terminal) -> Palette:
    """The theme of that name; the terminal's usual one when there is none or it is broken."""
    try:
        return palette(theme or terminal.theme)
    except (BadTheme, settings.UnknownTheme, settings.BadName):
        return palette(terminal.theme)


def all_themes() -> list[tuple[str, str]]:
    """Every theme that can be used, by name, with its title; each has a clear variant."""
    found = []
    for name in settings.themes("terminal"):
        for variant in (name, f"{name}{CLEAR}"):
            try:
                one = palette(variant)
            except BadTheme:
                continue
            if not (one.ansi and one.clear):
                found.append((variant, one.title))
    return found


class Colours:
    """What the app is painted in."""

    def __init__(self, app: App[int], now: Palette) -> None:
        self._app = app
        self.now = now
        self._before: str | None = None  # what held before a theme was only looked at
        self._preview: Timer | None = None
        self._watch: Timer | None = None
        self._stamp = _stamp(own_file(now))

    def use(self, name: str) -> str:
        """Use another theme at once; says what went wrong, or nothing."""
        try:
            self.now = palette(name)
        except (BadTheme, settings.UnknownTheme, settings.BadName) as error:
            return str(error)
        self._stamp = _stamp(own_file(self.now))
        made = textual_theme(self.now)
        is_same = made.name == self._app.theme
        self._app.register_theme(made)
        self._app.ansi_color = self.now.ansi
        self._app.theme = made.name
        if is_same:
            self._app.refresh_css(animate=False)
        # Textual leaves out the palette, in which a theme is looked at.
        self._app.call_next(lambda: self._app.stylesheet.update(self._app.screen))
        self.watch()
        return ""

    # -- looked at for a moment

    def look_at(self, name: str) -> None:
        """Show a theme while it is under the cursor; an empty name shows the one that holds."""
        if self._preview is not None:
            self._preview.stop()
        if not name and self._before is None:
            return
        if self._before is None:
            self._before = self.now.name
        wanted = name or self._before
        self._preview = self._app.set_timer(PREVIEW_SECONDS, lambda: self._show(wanted))

    def looked(self, *, taken: bool) -> None:
        """The list was closed: what was only looked at is taken back unless it was taken."""
        if self._preview is not None:
            self._preview.stop()
        before, self._before = self._before, None
        if before is not None and not taken:
            self._show(before)

    def _show(self, name: str) -> None:
        if name != self.now.name:
            self.use(name)

    # -- a theme file of the user's own

    def watch(self) -> None:
        """Look at the file of the theme once a second, if it is the user's own."""
        if own_file(self.now) is None:
            if self._watch is not None:
                self._watch.pause()
        elif self._watch is None:
            self._watch = self._app.set_interval(LOOK_SECONDS, self._look)
        else:
            self._watch.resume()

    def _look(self) -> None:
        stamp = _stamp(own_file(self.now))
        if stamp in (None, self._stamp):
            return
        self._stamp = stamp
        said = self.use(self.now.name)
        if said:
            self._app.notify(said, severity="warning", markup=False)


def own_file(one: Palette) -> Path | None:
    """The theme's file, if it is the user's own; None for one that comes with the program."""
    try:
        file = settings.theme_folder("terminal", one.name.removesuffix(CLEAR) if one.clear
                                     else one.name)  # fmt: skip
    except (settings.UnknownTheme, settings.BadName):
        return None
    return None if file.is_relative_to(settings.shipped_themes()) else file


def _stamp(file: Path | None) -> Stamp | None:
    if file is None:
        return None
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
