"""The wizard under Textual's pilot: a month of a test's own, keys, clicks, and the screen as text.

The screen is read from the app's public ``export_screenshot``: what stands there is what a terminal
would show, after every filter.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from textual.worker import WorkerCancelled

from kara_tui import month_end
from kara_tui.month_end.portal import StepId
from kara_tui.month_end.request import Request
from kara_tui.tui.actions import BY_ID, Action
from kara_tui.tui.acts import Acts
from kara_tui.tui.app import KaraApp
from kara_tui.tui.preflight import Terminal
from tests.end_to_end.command import Desk
from tests.end_to_end.payments import Payment, csv_text, unpaid_text
from tests.tui.painted import texts_of

if TYPE_CHECKING:
    from textual.pilot import Pilot

TODAY = date(2026, 11, 2)


class Heard(KaraApp):
    """The app, and every sentence that it showed for a moment."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.heard: list[str] = []

    def notify(self, message: str, **named: Any) -> None:
        self.heard.append(message)
        super().notify(message, **named)


@dataclass
class Stage:
    """An app that runs, and what a person does with it."""

    app: Heard
    pilot: Pilot[Any]

    async def settle(self) -> None:
        """Wait until all that was begun is done and drawn."""
        await self.pilot.pause()
        await self._rest()

    async def _rest(self) -> None:
        """Wait for what goes on beside the keys, and what comes of it; often that is nothing."""
        while any(not worker.is_finished for worker in self.app.workers):
            # One that a newer question made needless is cancelled, which is no fault.
            with suppress(WorkerCancelled):
                await self.app.workers.wait_for_complete()
            await self.pilot.pause()

    async def press(self, *keys: str) -> str:
        """Press keys, each after the last was answered; the screen then."""
        for key in keys:
            await self.pilot.press(key)  # and waits until nothing more comes of it here
            await self._rest()
        return self.text

    async def type(self, text: str) -> str:
        """Type a text letter by letter."""
        await self.pilot.press(*("space" if char == " " else char for char in text))
        await self.settle()
        return self.text

    async def click(self, words: str, *, first: bool = False) -> str:
        """Click in the middle of the first place where these words stand, or on their first."""
        x, y = self.place_of(words)
        await self.pilot.click(offset=(x if first else x + cell_len(words) // 2, y))
        await self.settle()
        return self.text

    async def go(self, step: StepId) -> str:
        """To a step, as a click on it does."""
        await self.app.go(step)
        await self.settle()
        return self.text

    async def heard(self, *keys: str) -> str:
        """What is said for a moment after these keys."""
        before = len(self.app.heard)
        await self.press(*keys)
        return " ".join(self.app.heard[before:])

    def is_at(self, step: StepId) -> bool:
        """Whether this step is in front."""
        return self.app.flow.step is step

    def place_of(self, words: str) -> tuple[int, int]:
        """The cell where these words begin."""
        for y, line in enumerate(self.text.split("\n")):
            before, found, _ = line.partition(words)
            if found:
                return cell_len(before), y
        raise AssertionError(f"{words!r} does not stand on the screen:\n{self.text}")

    @property
    def text(self) -> str:
        """The screen, line by line, without the space at the ends."""
        return screen_text(self.app)

    @property
    def words(self) -> str:
        """The screen's words in one line, for sentences that are broken over lines."""
        return " ".join(self.text.replace("│", " ").split())


def screen_text(app: KaraApp) -> str:
    """All letters of the screen at their places."""
    lines: dict[int, list[tuple[int, str]]] = {}
    for _, x, y, text in texts_of(app.export_screenshot()):
        lines.setdefault(y, []).append((x, text))
    shown = []
    for y in range(app.size.height):
        line = ""
        for x, text in sorted(lines.get(y, [])):
            line += " " * (x - cell_len(line)) + text
        shown.append(line.rstrip())
    return "\n".join(shown)


def sample() -> Request:
    """The sample month, in a ledger of its own."""
    month_end.start_demo_anew()
    return month_end.demo_request(Request("demo", month_end.DEMO_TODAY))


@asynccontextmanager
async def pilot_of(
    request: Request | None = None,
    *,
    size: tuple[int, int] = (80, 24),
    terminal: Terminal | None = None,
    theme: str = "",
    first: str = "wizard",
    acts: Acts | None = None,
    actions: Mapping[str, Action] = BY_ID,
    toasts: bool = False,
) -> AsyncIterator[Stage]:
    """The wizard with a month, drawn and read; its home is the test's own."""
    assert os.environ.get("KARA_TUI_HOME"), "a test of the wizard has a home of its own"
    app = Heard(
        request if request is not None else sample(), terminal or Terminal("wizard"), theme,
        acts=acts, actions=actions, first=first,
    )  # fmt: skip
    async with app.run_test(size=size, notifications=toasts, tooltips=toasts) as pilot:
        stage = Stage(app, pilot)
        await stage.settle()
        yield stage
    app.keeper.finish()


def own_month(
    folder: Path, paid: Iterable[Payment], unpaid: Iterable[Payment] = (), **profile: Any
) -> Request:
    """October 2026 of a test's own, in the home that the test has; both exports lie in a folder."""
    desk = Desk(folder)
    desk.write_profile(**profile)
    forgotten = list(unpaid)
    return Request(
        "default", TODAY,
        paid=(desk.file("payments_export.csv", csv_text(paid)),),
        unpaid=(desk.file("unpaid_export.csv", unpaid_text(forgotten)),) if forgotten else (),
    )  # fmt: skip
