"""One line of text being typed: plain state, so that a page can show it and a test can type it."""

from __future__ import annotations

from dataclasses import dataclass

from kara_tui.text import inert

LONGEST = 2_000


@dataclass(slots=True)
class Field:
    """The text and where the cursor stands in it."""

    text: str = ""
    at: int = 0

    def put(self, text: str) -> None:
        """Replace all of it."""
        self.text = inert(text)[:LONGEST]
        self.at = len(self.text)

    def insert(self, text: str) -> None:
        """Type or paste at the cursor; line ends become blanks."""
        clean = inert(text)[: LONGEST - len(self.text)]
        self.text = self.text[: self.at] + clean + self.text[self.at :]
        self.at += len(clean)

    def press(self, key: str, character: str | None) -> bool:
        """Take a key, if it is one for typing and editing; says whether it was."""
        match key:
            case "left":
                self.at = max(0, self.at - 1)
            case "right":
                self.at = min(len(self.text), self.at + 1)
            case "home":
                self.at = 0
            case "end" | "ctrl+e":
                self.at = len(self.text)
            case "backspace":
                self.text = self.text[: max(0, self.at - 1)] + self.text[self.at :]
                self.at = max(0, self.at - 1)
            case "delete":
                self.text = self.text[: self.at] + self.text[self.at + 1 :]
            case "ctrl+u":
                self.text, self.at = self.text[self.at :], 0
            case "ctrl+w":
                kept = self.text[: self.at].rstrip()
                kept = kept[: kept.rfind(" ") + 1]
                self.text, self.at = kept + self.text[self.at :], len(kept)
            case _:
                if character is None or not character.isprintable():
                    return False
                self.insert(character)
        return True

    def shown(self, width: int) -> tuple[str, int]:
        """The part of the text that fits, and where the cursor stands in it."""
        from rich.cells import cell_len

        first = 0
        while cell_len(self.text[first : self.at]) > width - 1:
            first += 1
        return self.text[first:], cell_len(self.text[first : self.at])
