"""From the arguments to the wizard and out again: what is loaded when, and what stays on screen."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from kara_tui import exit_codes, settings
from kara_tui.errors import WrongUsage
from kara_tui.month_end.cli_request import request_from
from kara_tui.tui.actions import BY_ID, Action, BadKeys, own_keys
from kara_tui.tui.ground import Ground
from kara_tui.tui.keeping import take_turn
from kara_tui.tui.kept import kept
from kara_tui.tui.leaving import Leaving
from kara_tui.tui.looking import first_screen
from kara_tui.tui.pasting import forget_pasted
from kara_tui.tui.preflight import Terminal, forget_first_line

if TYPE_CHECKING:
    import argparse


SWITCH_SECONDS = 0.0005
ESCAPE_MS = "35"


def start(given: argparse.Namespace, terminal: Terminal) -> int:
    """Show the wizard and give the exit code."""
    leaving = Leaving()
    leaving.watch()
    if not terminal.remote:
        # A lone ESC is the key Escape or the beginning of a sequence; only time tells. Textual
        # waits 100 ms, which a line over a network may need and a terminal at hand does not.
        os.environ.setdefault("ESCDELAY", ESCAPE_MS)
    # A key waits for the interpreter while a thread computes: at most so long, each time it asks.
    sys.setswitchinterval(SWITCH_SECONDS)
    try:
        request = request_from(given)
        actions, told = _actions()
    except WrongUsage as error:
        forget_first_line()
        sys.stderr.write(f"kara-tui: {error}\n")
        return exit_codes.WRONG_USAGE
    # Exported by some shells and test runners, they would hold Textual to the size of long ago.
    for name in ("COLUMNS", "LINES"):
        os.environ.pop(name, None)
    theme = kept("theme")
    ground = Ground()
    if not theme:
        ground.ask(terminal)
    from kara_tui.tui.app import KaraApp

    theme = theme or ground.theme()
    leaving.watch_terminal()
    first = take_turn(demo=request.demo)
    if not first:
        told = "Another kara-tui is open on this data, so this one only looks. " + told
    app = KaraApp(
        request, terminal, theme, actions=actions, first=first_screen(request), told=told,
        looks_only=not first, demo_anew=request.demo and first,
    )  # fmt: skip
    leaving.finish = app.keeper.finish
    app.when_leaving = leaving.watch_output
    app.run()
    leaving.has_left.set()
    app.keeper.finish()
    forget_pasted()
    forget_first_line()
    if app.crashed:
        from kara_tui.tui.farewell import crash_report

        sys.stderr.write(crash_report(app.crashed, app.flow.standing))
        return exit_codes.DEFECT
    from kara_tui.month_end.pasted_text import sweep_pasted
    from kara_tui.tui.farewell import farewell

    sweep_pasted()  # what one that was killed has left
    sys.stdout.write(farewell(app.flow.standing))
    outcome = app.flow.standing.outcome
    if outcome is not None and outcome.undelivered:
        return exit_codes.NOT_DELIVERED
    return app.return_value or exit_codes.DONE


def _actions() -> tuple[dict[str, Action], str]:
    """The table of actions with the user's own keys, and what was wrong with them."""
    try:
        return own_keys(settings.settings_folder() / "keys.toml"), ""
    except BadKeys as error:
        return dict(BY_ID), f"{error} The usual keys hold."
