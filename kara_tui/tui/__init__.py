"""The wizard: it draws the month end in a terminal and computes nothing. Textual lives here alone.

A screen is drawn as lines from plain state (`desk`, `pages`, `frame`); Textual carries the keys in
and the lines that changed out (`app`, `surface`). Importing this door loads neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

__all__ = ["keys_page", "run"]


def run(given: argparse.Namespace) -> int:
    """Show the wizard for the arguments of ``kara_tui.arguments.parse``, and give the exit code.

    The terminal is one that ``kara_tui.tui.preflight.look_here`` found fit for it. The first text
    is written before Textual is loaded. What was issued, with its files and the command that does
    the same, is printed when the wizard has closed.
    """
    from kara_tui.tui.preflight import first_line, look_here

    terminal = look_here()
    first_line(terminal)
    # Loading makes a hundred thousand objects that live for good: looking through them for garbage
    # on the way costs a fifth of the time to the first screen. It is switched on again there.
    import gc

    gc.disable()
    from kara_tui.tui.start import start

    return start(given, terminal)


def keys_page() -> str:
    """The reference page on the wizard's keys, as Markdown, from the table of actions."""
    from kara_tui.tui.actions import keys_page as page

    return page()
