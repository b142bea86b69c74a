"""Several changes painted in one go."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, Any

from textual.messages import Update

if TYPE_CHECKING:
    from textual.app import App

HELD = 0.03


def paint_at_once(app: App[Any], seconds: float = HELD) -> None:
    """Paint nothing for a moment, then all that changed in one go: half the bytes of a dialog.

    Textual's ``delay_update`` does so, too, but paints what was laid out anew once more after it.
    """
    batch = ExitStack()
    batch.enter_context(app.batch_update())

    async def shown() -> None:
        screen = app.screen
        # A screen that came up asks for a layout and for a repaint, which are two paintings. One
        # that is known to be painted as a whole when it is laid out has nothing left to repaint.
        heard = asyncio.Event()
        if screen.post_message(Update(screen)) and screen.call_later(heard.set):
            with suppress(TimeoutError):
                await asyncio.wait_for(heard.wait(), HELD)
        batch.close()
        screen.check_idle()

    app.set_timer(seconds, shown)
