"""How a faster way of reading says that a file is not for it."""

from __future__ import annotations


class NotThisWay(Exception):
    """A file that a faster way leaves to the careful one, and the one way to say so.

    ``because`` is the reason, in words and without a cell. Nothing is wrong with the file for all
    that is known: the careful way reads it, or tells the user why it cannot be read.
    """

    def __init__(self, because: str) -> None:
        super().__init__(because)
        self.because = because
