"""Keys on their way to the screen: a burst of them is a paste, and each waits for the one before.

Textual hands a key to what has the focus when the key is read. What came in one packet of a slow
line, a key that opens a question and the words typed into it, would all go to the page below: the
words would be taken for commands. So the next key waits until the one before has had its effect.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from typing import TYPE_CHECKING

from textual.events import Key, Paste
from textual.widgets import Input

from kara_tui.tui.bursts import Burst, looks_like_export

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from textual.app import App
    from textual.events import Event
    from textual.message_pump import MessagePump

# Longer is not waited for an effect: a key must not be held up by what goes on for other reasons.
PATIENCE_SECONDS = 0.3


class Unmarked(Paste):
    """A paste that the terminal did not mark; it may be a part of one, and more may follow.

    ``is_a_rest`` says that it follows the part before so closely that both are one paste.
    """

    def __init__(self, text: str, *, is_a_rest: bool) -> None:
        super().__init__(text)
        self.is_a_rest = is_a_rest


# It is handled where every paste is.
Unmarked.handler_name = Paste.handler_name


class HeldKeys:
    """What stands between the terminal's keys and Textual's. ``pass_on`` is Textual's own way."""

    def __init__(self, app: App[int], pass_on: Callable[[Event], Awaitable[None]]) -> None:
        self._app = app
        self._pass_on = pass_on
        self._burst: Burst[Key] = Burst()
        self._waiting: deque[Event] = deque()
        self._is_passing = False
        self._timer: asyncio.TimerHandle | None = None

    def await_paste(self) -> None:
        """The user was asked to paste now."""
        self._burst.is_awaited = True

    async def take(self, key: Key) -> None:
        """A key came from the terminal."""
        loop = asyncio.get_running_loop()
        if self._burst.takes(key, key.character, loop.time()):
            if self._timer is None:
                self._look_later(loop)
            return
        self._settle()
        await self._pass(key)

    async def paste(self, event: Paste) -> None:
        """A paste that the terminal marked came."""
        self._settle()
        self._burst.is_awaited = False
        await self._pass(event)

    def _look_later(self, loop: asyncio.AbstractEventLoop) -> None:
        due = self._burst.due(loop.time())
        if due is None:
            self._timer = None
        elif due > 0:
            self._timer = loop.call_later(due, self._look_later, loop)
        else:
            self._timer = None
            self._app.call_later(self._let_go)

    async def _let_go(self) -> None:
        """It was quiet for long enough, unless more came while this was on its way."""
        loop = asyncio.get_running_loop()
        if self._burst.due(loop.time()):
            self._look_later(loop)
            return
        self._settle()
        if len(self._waiting) == 1:
            await self._pass(self._waiting.popleft())
        elif self._waiting:
            self._begin_passing()

    def _settle(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        keys, text = self._burst.settled(typing=isinstance(self._app.focused, Input))
        if text:
            self._waiting.append(Unmarked(text, is_a_rest=self._burst.is_a_rest))
        else:
            self._waiting.extend(keys)

    async def _pass(self, event: Event) -> None:
        """Pass an event on at once, if nothing is before it and all is quiet."""
        if not self._is_passing and not self._waiting and self._is_quiet():
            await self._pass_on(event)
        else:
            self._waiting.append(event)
            self._begin_passing()

    def _begin_passing(self) -> None:
        if not self._is_passing:
            self._is_passing = True
            self._app.run_worker(self._pass_all(), group="keys")

    async def _pass_all(self) -> None:
        try:
            await self._quiet()
            while self._waiting:
                event = self._waiting.popleft()
                await self._pass_on(event)
                if not self._only_types(event):
                    await self._quiet()
        finally:
            self._is_passing = False

    def _only_types(self, event: Event) -> bool:
        return (
            isinstance(event, Key) and event.is_printable and isinstance(self._app.focused, Input)
        )

    def _is_quiet(self) -> bool:
        """Whether nothing waits at what has the focus, nor at anything above it."""
        return all(one.is_running and not one.message_queue_size for one in self._way_up())

    async def _quiet(self) -> None:
        """Wait until what came before has gone its way up to the app, and what it opened is there.

        What has the focus hands a key on to what is above it; so a mark follows the same way.
        """
        loop = asyncio.get_running_loop()
        end = loop.time() + PATIENCE_SECONDS
        before: tuple[object, object] | None = None
        while (left := end - loop.time()) > 0:
            at = (self._app.screen, self._app.focused)
            if at == before and self._app.screen.is_mounted:
                return
            before = at
            for one in self._way_up():
                reached = asyncio.Event()
                if not one.call_later(reached.set):
                    break
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(reached.wait(), left)

    def _way_up(self) -> Sequence[MessagePump]:
        focused = self._app.focused
        return (self._app.screen, self._app) if focused is None else focused.ancestors_with_self


def is_export_in_a_field(app: App[int], event: Paste) -> bool:
    """Whether an export would go into a field, which takes the first line and drops the rest."""
    return isinstance(app.focused, Input) and (is_a_rest(event) or looks_like_export(event.text))


def is_a_rest(event: Paste) -> bool:
    """Whether a paste goes on where the one before, which was not marked either, stopped."""
    return isinstance(event, Unmarked) and event.is_a_rest
