"""``kara-tui profile new | show | check | path | list``: plain text in, plain text out.

What was asked for goes to standard output, everything else to standard error. On a terminal
``new`` is a conversation of ``plain``. Exit codes: 0 done; 2 wrong usage, or no such profile;
3 problems were found; 4 the file cannot be read or written.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from kara_tui import exit_codes, settings
from kara_tui.settings import (
    BadName,
    NoProfile,
    Problem,
    ProfileError,
    ProfileThere,
    ReadOnlyProfile,
    UnreadableProfile,
)

_WITHOUT_A_FILE = (
    "What is written goes to a file or a program, so nothing is asked; it is a profile to fill in. "
    "To be asked instead, leave > or | out:\n  kara-tui profile new\nOr go on with the file:"
)
_WITHOUT_A_TERMINAL = (
    "There is no terminal here to ask questions on, so this is a profile to fill in. Keep it in a "
    "file:"
)
_FILL_IN = (
    "\n  kara-tui profile new > my.toml\nfill it in, and install it:\n"
    "  kara-tui profile new --from my.toml"
)


def profile(given: argparse.Namespace) -> int:
    """Do one action on a profile and give the exit code."""
    source = Path(given.source) if given.source else None
    return profile_command(given.action, given.profile, source, sys.stdin, sys.stdout, sys.stderr)


def profile_command(
    action: str,
    name: str,
    source: Path | None,
    stdin: TextIO,
    stdout: TextIO,
    stderr: TextIO,
) -> int:
    """Run one action on the profile of a name and give the exit code.

    ``source`` is the file of ``new --from``; the other actions take none.
    """
    for stream in (stdout, stderr):
        # A name such as Þóra must not end in a traceback where the locale cannot write it.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        if action == "new":
            return _new(name, source, stdin, stdout, stderr)
        return _READING[action](name, stdout, stderr)
    except (NoProfile, BadName, ReadOnlyProfile, ProfileThere) as error:
        print(error, file=stderr)
        return exit_codes.WRONG_USAGE
    except ProfileError as error:
        print(f"{error.path}:" if error.path else "The profile:", file=stderr)
        _report(error.problems, stderr)
        return error.exit_code
    except OSError as error:
        print(f"The profile could not be written: {error.strerror or error}.", file=stderr)
        return exit_codes.UNREADABLE


def _new(name: str, source: Path | None, stdin: TextIO, stdout: TextIO, stderr: TextIO) -> int:
    settings.place_of_a_new(name)
    if source is not None:
        return _install(source, name, stdout, stderr)
    stdout.write(settings.to_fill_in())
    print(_WITHOUT_A_FILE if stdin.isatty() else _WITHOUT_A_TERMINAL, _FILL_IN, file=stderr)
    return exit_codes.WRONG_USAGE


def _install(source: Path, name: str, stdout: TextIO, stderr: TextIO) -> int:
    from kara_tui.month_end.letters import profile_problems

    try:
        profile = settings.read_profile(source, name)
    except NoProfile:
        print(f"There is no file {source}", file=stderr)
        return exit_codes.UNREADABLE
    problems = (*profile_problems(profile), *settings.prefix_problems(profile))
    if problems:
        print(f"{source}:", file=stderr)
        _report(problems, stderr)
    if any(problem.is_blocker for problem in problems):
        print("Nothing was written: mend these first.", file=stderr)
        return exit_codes.DECISION_NEEDED
    print(settings.install(source, name), file=stdout)
    print(settings.where_copies_go(profile.folder), file=stderr)
    return exit_codes.DONE


def _show(name: str, stdout: TextIO, stderr: TextIO) -> int:  # noqa: ARG001 - actions are called alike
    stdout.write(settings.as_toml(settings.load(name)))
    return exit_codes.DONE


def _check(name: str, stdout: TextIO, stderr: TextIO) -> int:  # noqa: ARG001 - actions are called alike
    from kara_tui.month_end.letters import profile_problems
    from kara_tui.month_end.wording import counted

    try:
        problems = profile_problems(settings.load(name))
    except UnreadableProfile:
        raise
    except ProfileError as error:
        # What is wrong is what was asked for; check digits are looked at once the form is right.
        problems = error.problems
    _report(problems, stdout)
    blockers = sum(problem.is_blocker for problem in problems)
    counts = {"problem": blockers, "warning": len(problems) - blockers}
    told = " and ".join(counted(count, noun) for noun, count in counts.items() if count)
    print(f"{settings.profile_path(name)}: {told or 'all is well'}.", file=stdout)
    return exit_codes.DECISION_NEEDED if blockers else exit_codes.DONE


def _path(name: str, stdout: TextIO, stderr: TextIO) -> int:
    path = settings.profile_path(name)
    print(path, file=stdout)
    if not settings.exists(name):
        print(NoProfile(name, settings.list_profiles()), file=stderr)
    return exit_codes.DONE


def _list(name: str, stdout: TextIO, stderr: TextIO) -> int:
    names = settings.list_profiles()
    for each in names:
        print(each, file=stdout)
    if not names:
        print(NoProfile(name), file=stderr)
    return exit_codes.DONE


_READING: dict[str, Callable[[str, TextIO, TextIO], int]] = {
    "show": _show,
    "check": _check,
    "path": _path,
    "list": _list,
}


def _report(problems: tuple[Problem, ...], stream: TextIO) -> None:
    for problem in problems:
        note = "" if problem.is_blocker else "  (a warning)"
        print(f"{problem.field}{note}", file=stream)
        if problem.value:
            print(f"  found: {problem.value}", file=stream)
        print(f"  {problem.reason}\n  {problem.mend}", file=stream)
