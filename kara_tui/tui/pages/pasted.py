"""A text was pasted: how much of it came, and which of the portal's lists it is."""

from __future__ import annotations

from typing import Protocol

from kara_tui.month_end.wording import counted
from kara_tui.tui.desk import Desk
from kara_tui.tui.pages.choice import ChoicePage

_IN_MEMORY = "The text is kept in memory only, until kara-tui ends."
_UNMARKED = (
    "This terminal does not mark what is pasted. Unless that is the number of lines in your file, "
    "leave with Ctrl+Q, and copy the file here with scp, or start kara-tui --plain and type p."
)


class Take(Protocol):
    """What becomes of the text once it is known what it is."""

    def __call__(self, text: str, *, is_unpaid: bool) -> None: ...


class PastedPage(ChoicePage):
    """The Paid or the Unpaid export. What a slow line brings later of the same paste is added."""

    def __init__(self, desk: Desk, text: str, take: Take, *, marked: bool, now: int) -> None:
        self._text = text
        self._marked = marked
        super().__init__(
            desk,
            "Pasted",
            (),
            ("The Paid export", "The Unpaid export"),
            lambda chosen: take(self._text, is_unpaid=chosen == 1),
            now=now,
        )
        self._count()

    def _count(self) -> None:
        lines = counted(len(self._text.splitlines()), "line")
        self._asked = (
            f"{lines} pasted. Which of the portal's lists is it?",
            *(() if self._marked else (_UNMARKED,)),
            _IN_MEMORY,
        )

    def pasted(self, text: str, *, marked: bool = True) -> None:
        if marked or self._marked:
            super().pasted(text, marked=marked)
            return
        self._text += text
        self._count()
