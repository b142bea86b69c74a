"""A file picker: folders and the files in them that may be exports."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kara_tui.tui.acts import Entry
from kara_tui.tui.desk import Desk
from kara_tui.tui.drawing import BLANK, Drawn, Line
from kara_tui.tui.page import Page, heading, with_list


class BrowsePage(Page):
    """One folder at a time; Enter opens a folder or takes a file."""

    id = "browse"
    title = "Other folder"

    def __init__(self, desk: Desk, folder: Path, take: Callable[[Path], None]) -> None:
        super().__init__(desk)
        self._folder = folder
        self._take = take
        self._entries: list[Entry] = []
        self.does = {"next": self._open}
        self.words = {"next": "Open"}
        self._look(folder)

    def body(self, width: int, height: int) -> Drawn:
        head = [*heading(self.title, str(self._folder), width), BLANK]
        return with_list(self, head, [], width, height, self._row)

    def _row(self, item: int) -> Line:
        one = self._entries[item]
        if one.is_folder:
            return ((f"{one.path.name if item else '..'}/", "accent"),)
        return ((one.path.name, "text"), (f"  {one.age}", "muted"))

    def _open(self) -> None:
        if not self._entries:
            return
        one = self._entries[self.list.cursor]
        if one.is_folder:
            self._look(one.path)
        else:
            self.desk.close()
            self._take(one.path)

    def _look(self, folder: Path) -> None:
        def found(entries: list[Entry]) -> None:
            self._folder = folder
            self._entries = [Entry(folder.parent, is_folder=True), *entries]
            self.list.resize(len(self._entries))
            self.list.cursor = min(1, len(self._entries) - 1)

        self.desk.host.work(lambda: self.desk.acts.entries(folder), found, lambda _: None)
