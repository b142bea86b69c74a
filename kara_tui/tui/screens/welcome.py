"""The first start: what kara-tui is, and three ways to begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work
from textual.content import Content
from textual.widgets import OptionList

from kara_tui.errors import UserError
from kara_tui.text import broken
from kara_tui.tui.background import beside
from kara_tui.tui.pages.base import PANEL, Pane, Panel, Panes, Words, side_of
from kara_tui.tui.screens.base import KaraScreen
from kara_tui.tui.taking_in import said_of
from kara_tui.tui.widgets.bars import ButtonLine, KeyBar
from kara_tui.tui.widgets.choices import Choices

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from textual.app import ComposeResult

    from kara_tui.month_end.request import Request
    from kara_tui.tui.acts import Acts

_WAYS = (
    ("Set up my details", "five short pages, about five minutes; stop and go on whenever you like"),
    (
        "Look at a sample month first",
        "an invented psychologist; nothing is sent, nothing of yours is touched",
    ),
    ("Use a profile file or a backup", "from another computer"),
)


_BROWSE = "Look for it in my folders …"
_WHAT_COMES_OUT = """\
Invoice                 2,730.00 EUR
KC-0011    42 sessions, October 2026

1   1 Oct   09:00   Session    65.00
2   1 Oct   10:30   Session    65.00
3   2 Oct   13:00   Session    65.00
                                   …

A PDF as Kara Connect asks for it,
the mail to send it with, and a
ledger of your own: every invoice,
and whether it was sent and paid."""


class WelcomeScreen(KaraScreen):
    """Shown while there is no profile. There is no month yet, so there are no steps."""

    page_id = "welcome"
    unoffered = frozenset({"home", "back", "pane"})

    def __init__(self, request: Request, acts: Acts) -> None:
        super().__init__()
        self._request = request
        self._acts = acts

    def compose(self) -> ComposeResult:
        yield Words(Content.styled(" kara ", "bold $accent"), id="title")
        with Panes(classes="panes"):
            with Pane(classes="main"):
                yield self._panel()
            with Pane(classes="side"):
                yield Panel(Words(_WHAT_COMES_OUT), title="What comes out")
        yield ButtonLine(id="buttons")
        yield KeyBar(id="keys")

    def _panel(self) -> Panel:
        return Panel(
            Words(
                "Once a month the portal's payments export goes in, and one invoice and its mail "
                "come out. First, kara needs to know who you are. Once.\n",
                classes="once",
            ),
            Choices(id="ways"),
            Words(
                Content.styled(
                    "\nHave at hand: your agreement with Kara Connect, your bank details, your tax "
                    "number, and the number of your last invoice.",
                    "$muted",
                ),
                classes="once",
            ),
            title="Welcome",
            classes="fills",
        )

    def on_mount(self) -> None:
        self._show_ways()
        self.query_one("#ways", Choices).focus()
        self.query_one("#buttons", ButtonLine).show("Continue")
        self.refresh_keys()

    def on_resize(self) -> None:
        self._show_ways()

    def _show_ways(self) -> None:
        width = self.app.size.width
        room = width - side_of(width) - PANEL - 2
        lines = []
        for words, about in _WAYS:
            below = "\n".join(f"  {line}" for line in broken(about, room))
            lines.append(Content.assemble(words, "\n", (below, "$muted")))
        self.query_one("#ways", Choices).put(lines)

    def words(self) -> Mapping[str, str]:
        return {"next": "Continue"}

    async def action_next(self) -> None:
        """Go the way under the cursor."""
        at = self.query_one("#ways", Choices).highlighted
        self._go(0 if at is None else at)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self._go(event.option_index)

    def _go(self, way: int) -> None:
        from kara_tui.tui.app import KaraApp

        app = self.app
        if not isinstance(app, KaraApp):
            return
        if way == 0:
            app.places.to_my_details()
        elif way == 1:
            app.places.show_sample()
        else:
            self._ask_for_a_file()

    def _ask_for_a_file(self) -> None:
        """A profile file or a backup is taken in right here."""
        from kara_tui.tui.dialogs.ask import Ask

        acts = self._acts

        def given(text: str | None) -> None:
            path = acts.meant(text) if text else None
            if text == _BROWSE:
                self._browse()
            elif path is not None:
                self._take_in(path)

        self.app.push_screen(
            Ask(
                "From another computer",
                "A profile file, or a backup of the ledger (kara-ledger-….sqlite): type or paste "
                "where it is, or drop it here.",
                check=lambda text: (
                    "" if text == _BROWSE or acts.meant(text) else "There is no such file."
                ),
                usual=[*(_short(path) for path in acts.to_take_in()), _BROWSE],
            ),
            given,
        )

    def _browse(self) -> None:
        """Look for it folder by folder."""
        from kara_tui.tui.screens.browse import BrowseScreen

        def taken(path: Path | None) -> None:
            if path is not None:
                self._take_in(path)

        self.app.push_screen(
            BrowseScreen(
                "From another computer", self._acts.downloads(), self._acts.entries_to_take_in,
                "No profile file, no backup and no folder is here, or it cannot be read.",
            ),
            taken,
        )  # fmt: skip

    @work(exclusive=True, group="taking")
    async def _take_in(self, path: Path) -> None:
        from kara_tui.tui.app import KaraApp

        app, request = self.app, self._request
        if not isinstance(app, KaraApp):
            return
        if app.looks_only:
            app.say("Another kara-tui is open on this data, so this one only looks.", "warning")
            return
        try:
            taken = await beside(lambda: self._acts.take_in(path, request))
        except (UserError, OSError) as error:
            app.say(said_of(error), "error")
            return
        app.say(taken.said, "warning" if taken.is_draft else "information")
        if taken.is_draft:
            app.places.to_my_details()
        else:
            app.places.begin_at_the_start()

    async def action_back(self) -> None:
        """There is nothing before this."""
        from kara_tui.tui.messages import Said

        self.post_message(Said("This is where it begins. Ctrl+Q leaves; everything is kept."))


def _short(path: Path) -> str:
    """A path from the home on, as people write it."""
    from pathlib import Path as Found

    home = Found.home()
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)
