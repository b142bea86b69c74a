"""What pages tell the app: each message is something the user said. Only the app acts on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from kara_tui.month_end.portal import StepId
    from kara_tui.month_end.request import Request


@dataclass
class Answered(Message):
    """An answer was given: the request with it, its name for undo, and what to say of it."""

    request: Request
    name: str
    said: str = ""


@dataclass
class FilesChosen(Message):
    """Other files were chosen."""

    request: Request
    then: Callable[[], None] | None = None


@dataclass
class Go(Message):
    """Show a step; from the review, so that the next key forward comes back to it."""

    step: StepId
    from_review: bool = False


class Onward(Message):
    """Go on: the next step, or the review that sent us here."""


class ReadAgain(Message):
    """Read the files again."""


class PasteAwaited(Message):
    """The user was asked to paste now."""


class IssueWanted(Message):
    """Issue the month; the user was asked and said so."""


@dataclass
class Said(Message):
    """A sentence to show for a moment. ``severity`` is Textual's: information, warning, error."""

    text: str
    severity: str = "information"
