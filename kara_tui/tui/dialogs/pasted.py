"""A text was pasted: how much of it came, and which of the portal's lists it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kara_tui.month_end.wording import counted
from kara_tui.tui.dialogs.choose import Choose
from kara_tui.tui.held_keys import Unmarked
from kara_tui.tui.pages.base import Words

if TYPE_CHECKING:
    from textual.events import Paste

_IN_MEMORY = "The text is kept in memory only, until kara-tui ends."
_UNMARKED = (
    "This terminal does not mark what is pasted. Unless that is the number of lines in your file, "
    "leave with Ctrl+Q, and copy the file here with scp, or start kara-tui --plain and type p."
)


class Pasted(Choose):
    """The Paid or the Unpaid export. What a slow line brings later of the same paste is added."""

    def __init__(self, text: str, *, marked: bool) -> None:
        self.pasted = text
        self._marked = marked
        super().__init__("Pasted", self._asked(), ("The Paid export", "The Unpaid export"))

    def _asked(self) -> str:
        lines = counted(len(self.pasted.splitlines()), "line")
        return "\n".join([
            f"{lines} pasted. Which of the portal's lists is it?",
            *(() if self._marked else (_UNMARKED,)),
            _IN_MEMORY,
        ])  # fmt: skip

    def on_paste(self, event: Paste) -> None:
        """More of the same paste."""
        event.stop()
        if isinstance(event, Unmarked) and not self._marked:
            self.pasted += event.text
            self.query_one("#text", Words).put(self._asked())
