"""The command line: arguments → the wizard, a headless run, or a command.

Nothing heavy is imported before it is known to be needed: ``--version`` and ``--help`` load neither
Polars, Typst, Rich nor Textual.
"""

from __future__ import annotations

import os
import sys

from kara_tui import __version__, exit_codes, streams

TYPE_CHECKING = False  # typing itself takes longer to import than argparse
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence
    from typing import NoReturn


def main() -> NoReturn:
    """The ``kara-tui`` command. Ends the process with an exit code of kara_tui.exit_codes."""
    streams.open_all_three()
    streams.hold("stderr")
    code = run(sys.argv[1:])
    if streams.why_not_said():
        code = code or exit_codes.UNREADABLE
    sys.stderr.flush()
    # Taking Polars' and Typst's libraries down in order costs 40 ms and saves nothing: every file
    # and the ledger are closed and synced by now.
    os._exit(code)


def run(arguments: Sequence[str]) -> int:
    """Do what the arguments say and return the exit code."""
    if list(arguments) in (["--version"], ["-V"]):
        streams.hold("stdout")
        print(f"kara-tui {__version__}")  # noqa: T201 - the one line that --version is for
        return 0
    from kara_tui.arguments import parse
    from kara_tui.errors import WrongUsage

    try:
        chosen = parse(arguments)
        if isinstance(chosen, int):
            return chosen
        # Before anything of the user's is read; 2 ms that --version does not need.
        from kara_tui.core_dumps import leave_none
        from kara_tui.settings import check_home

        leave_none()
        check_home()
    except WrongUsage as error:
        print(f"kara-tui: {error}", file=sys.stderr)  # noqa: T201 - no face is loaded yet
        return error.exit_code
    if chosen.command == "month-end" and chosen.face != "headless":
        return _with_a_person(chosen)
    if chosen.command == "profile" and _can_be_asked_for(chosen):
        from kara_tui.plain import new_profile

        return new_profile(chosen)
    import gc

    streams.hold("stdout")
    # What a short run makes is used until its end; looking for garbage took a twentieth of it.
    gc.disable()
    from kara_tui.headless import start

    return start(chosen)


def _can_be_asked_for(chosen: Namespace) -> bool:
    """Whether a new profile is wanted, from no file, and there is somebody to ask."""
    is_new = chosen.action == "new" and not chosen.source
    return is_new and sys.stdin.isatty() and sys.stdout.isatty()


def _with_a_person(chosen: Namespace) -> int:
    """The wizard, or questions and answers where that was asked for or is all the terminal can."""
    face = chosen.face
    if face == "wizard":
        from kara_tui.tui.preflight import look_here

        terminal = look_here()
        face = terminal.face
        if face == "none":
            print(f"kara-tui: {terminal.sentence}", file=sys.stderr)  # noqa: T201 - nothing is loaded
            return 2
    if face == "plain":
        from kara_tui.plain import run as converse

        return converse(chosen)
    from kara_tui.tui import run as show

    return show(chosen)


if __name__ == "__main__":
    main()
