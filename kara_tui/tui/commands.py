"""What the command palette finds: steps, places, actions, invoices by number, and colour themes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.reactive import Reactive

from kara_tui.month_end.portal import STEPS
from kara_tui.tui.actions import offered
from kara_tui.tui.background import beside
from kara_tui.tui.colours import all_themes
from kara_tui.tui.filters import veiled
from kara_tui.tui.painting import paint_at_once
from kara_tui.tui.screens.base import KaraScreen

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.await_complete import AwaitComplete
    from textual.filter import LineFilter
    from textual.widget import Widget

    from kara_tui.tui.app import KaraApp

Command = tuple[str, str, Callable[[], object]]


def app_of(provider: Provider) -> KaraApp:
    """The wizard's application."""
    from kara_tui.tui.app import KaraApp

    app = provider.app
    assert isinstance(app, KaraApp)  # noqa: S101 - the providers are given to no other
    return app


class KaraPalette(CommandPalette):
    """Textual's palette, painted once when it opens and once when it closes."""

    # As for the wizard's screens: a change of focus repaints what changes, not everything.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    def get_line_filters(self) -> Sequence[LineFilter]:
        return [*veiled(self), *super().get_line_filters()]

    def compose(self) -> ComposeResult:
        paint_at_once(self.app)
        return super().compose()

    def dismiss(self, result: None = None) -> AwaitComplete:
        paint_at_once(self.app)
        return super().dismiss(result)


@dataclass(frozen=True, slots=True)
class UseTheme:
    """The command that takes a theme; the palette's list shows it as soon as it is pointed at."""

    app: KaraApp
    theme: str

    def __call__(self) -> None:
        self.app.keep_theme(self.theme)


class KaraCommands(Provider):
    """Everything by its name; typing a part of it is enough."""

    async def startup(self) -> None:
        """Look up themes and invoices once, beside the keys; what comes first needs neither."""
        app = app_of(self)
        self._looked_up = asyncio.create_task(beside(lambda: [*_themes(app), *_invoices(app)]))

    async def shutdown(self) -> None:
        self._looked_up.cancel()

    async def discover(self) -> Hits:
        for words, about, does in self._commands():
            yield DiscoveryHit(words, does, help=about)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for words, about, does in (*self._commands(), *await self._looked_up):
            score = matcher.match(words)
            if score > 0:
                # Textual would read the brackets of a name as markup.
                marked = Content(words) if "[" in words else matcher.highlight(words)
                yield Hit(score, marked, does, help=about)

    def _commands(self) -> Iterator[Command]:
        app = app_of(self)
        yield "Home", "Where things stand: what is to be done, all invoices.", app.places.to_home
        yield (
            "My details",
            "Who you are, whom you bill, your bank account.",
            app.places.to_my_details,
        )
        if app.flow.request.demo:
            yield "Leave the sample month", "Back to your own.", app.places.leave_sample
        if app.wizard is not None:
            for step in STEPS:
                yield (
                    f"Step {step.position}: {step.title}",
                    step.purpose,
                    partial(app.places.to_step, step.id),
                )
        below = next(
            (one for one in reversed(app.screen_stack) if isinstance(one, KaraScreen)), None
        )
        page = below.page_id if below is not None else ""
        for action in offered(page, app.actions_now):
            if action.id not in ("palette", "home", "my-details", "pane"):
                yield (
                    action.words.rstrip(" …"),
                    action.help,
                    partial(app.action_press_action, action.id),
                )


def _themes(app: KaraApp) -> Iterator[Command]:
    for name, title in all_themes():
        yield f"Colour theme: {title}", "Use these colours from now on.", UseTheme(app, name)


def _invoices(app: KaraApp) -> Iterator[Command]:
    for number, about in app.acts.numbers(app.flow.request):
        yield f"Invoice {number}", about, partial(app.show_invoice, number)
