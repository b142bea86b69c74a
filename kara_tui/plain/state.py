"""What is known now. Each answer is put here at once, so going back or leaving loses none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kara_tui.errors import UserError
from kara_tui.month_end import MonthEnd, Request, prepare
from kara_tui.month_end.steps import Standing


@dataclass(slots=True)
class Sitting:
    """One sitting at the month end. ``keep`` is told of every answer that changed it."""

    standing: Standing
    keep: Callable[[Standing], None] = lambda _: None

    @property
    def request(self) -> Request:
        return self.standing.request

    @property
    def month_end(self) -> MonthEnd | None:
        return self.standing.month_end

    def read(self, request: Request) -> None:
        """Read the files and work the month end out; what stops that stands in the standing."""
        try:
            self.standing = Standing(request, prepare(request))
        except UserError as error:
            self.standing = Standing(request, unreadable=error.findings)
        self.keep(self.standing)
