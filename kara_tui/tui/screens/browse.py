"""Browse: a folder's files of one kind and its folders, to choose a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.content import Content
from textual.widgets import OptionList

from kara_tui.text import inert
from kara_tui.tui.dialogs.base import List, Question
from kara_tui.tui.pages.base import Words, aligned

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.widget import Widget

    from kara_tui.tui.acts import PickerLine


class BrowseScreen(Question[Path]):
    """Gives the chosen file. Enter opens a folder; the first line goes one folder up."""

    foot = "↑ ↓ Enter Open, or take it · Esc Not now"

    def __init__(
        self, title: str, folder: Path, look: Callable[[Path], list[PickerLine]], none: str
    ) -> None:
        """``look`` gives a folder's lines, ``none`` is said where it gives none."""
        super().__init__(title)
        self._folder = folder
        self._look_into = look
        self._none = none
        self._entries: list[PickerLine] = []

    def inside(self) -> Iterable[Widget]:
        yield Words(id="folder")
        yield List()
        yield Words(id="empty")

    def on_mount(self) -> None:
        self._look(self._folder)
        self.query_one(List).focus()

    def _look(self, folder: Path) -> None:
        self._folder = folder
        self._entries = self._look_into(folder)
        self.query_one("#folder", Words).put(Content.styled(inert(str(folder)), "$accent"))
        names = [inert(one.path.name) + "/" * one.is_folder for one in self._entries]
        rows = [
            ("..", "one folder up"),
            *zip(names, (one.age for one in self._entries), strict=True),
        ]
        lines = [
            Content("\n".join(texts)).stylize("$muted", len(texts[0]) - len(about), len(texts[0]))
            for (_, about), texts in zip(rows, aligned(rows, 0, self.room), strict=True)
        ]
        choices = self.query_one(List)
        choices.put(lines)
        choices.highlighted = min(1, len(lines) - 1)
        self.query_one("#empty", Words).put(
            "" if self._entries
            else Content.styled(self._none, "$muted")
        )  # fmt: skip

    @on(OptionList.OptionSelected)
    def _taken(self, event: OptionList.OptionSelected) -> None:
        if event.option_index == 0:
            self._look(self._folder.parent)
            return
        entry = self._entries[event.option_index - 1]
        if entry.is_folder:
            self._look(entry.path)
        else:
            self.dismiss(entry.path)
