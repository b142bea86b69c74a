"""``kara-tui profile new | show | check | path | list``: plain text in, plain text out.

What was asked for goes to standard output, everything else to standard error. Exit codes: 0 done;
2 wrong usage, or no such profile; 3 problems were found, or the questions were broken off;
4 the file cannot be read or written; 130 interrupted.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from kara_tui.settings.locations import BadName, profile_path, where_copies_go
from kara_tui.settings.problem import (
    NoProfile,
    Problem,
    ProfileError,
    ReadOnlyProfile,
    UnreadableProfile,
)
from kara_tui.settings.profile import Profile
from kara_tui.settings.store import exists, install, list_profiles, load, read_profile, save

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

DONE, USAGE, PROBLEMS, UNREADABLE, INTERRUPTED = 0, 2, 3, 4, 130

Check = Callable[[Profile], tuple[Problem, ...]]

ACTIONS = ("new", "show", "check", "path", "list")


def profile_command(
    action: str,
    name: str,
    source: Path | None,
    stdin: TextIO,
    stdout: TextIO,
    stderr: TextIO,
    check: Check | None = None,
) -> int:
    """Run one action on the profile of a name and give the exit code.

    ``source`` is the file of ``new --from``; the other actions take none. ``check`` finds what is
    wrong with a profile: the deep check, or one that looks at more than this room knows of.
    """
    check = check or _deep_check
    for stream in (stdout, stderr):
        # A name such as Þóra must not end in a traceback where the locale cannot write it.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        if action == "new":
            return _new(name, source, stdin, stdout, stderr, check)
        if action == "check":
            return _check(name, stdout, check)
        return _READING[action](name, stdout, stderr)
    except (NoProfile, BadName, ReadOnlyProfile) as error:
        print(error, file=stderr)
        return USAGE
    except ProfileError as error:
        print(f"{error.path}:" if error.path else "The profile:", file=stderr)
        _report(error.problems, stderr)
        return UNREADABLE if isinstance(error, UnreadableProfile) else PROBLEMS
    except OSError as error:
        print(f"The profile could not be written: {error.strerror or error}.", file=stderr)
        return UNREADABLE


def _new(
    name: str,
    source: Path | None,
    stdin: TextIO,
    stdout: TextIO,
    stderr: TextIO,
    check: Check,
) -> int:
    path = profile_path(name)
    if name == "demo":
        raise ReadOnlyProfile(name)
    if exists(name):
        print(
            f"There is a profile named {name} already: {path}\n"
            "Change it there with any editor, or give the new one another name: --profile NAME",
            file=stderr,
        )
        return USAGE
    if source is not None:
        return _install(source, name, stdout, stderr, check)
    if not (stdin.isatty() and stdout.isatty()):
        stdout.write((Path(__file__).parent / "sample.toml").read_text(encoding="utf-8"))
        print(_WITHOUT_A_FILE if stdin.isatty() else _WITHOUT_A_TERMINAL, _FILL_IN, file=stderr)
        return USAGE
    return _ask(name, path, stdin, stdout, stderr)


def _install(source: Path, name: str, stdout: TextIO, stderr: TextIO, check: Check) -> int:
    try:
        profile = read_profile(source, name)
    except NoProfile:
        print(f"There is no file {source}", file=stderr)
        return UNREADABLE
    from kara_tui.settings.prefixes import prefix_problems

    problems = (*check(profile), *prefix_problems(profile))
    if problems:
        print(f"{source}:", file=stderr)
        _report(problems, stderr)
    if any(problem.is_blocker for problem in problems):
        print("Nothing was written: mend these first.", file=stderr)
        return PROBLEMS
    print(install(source, name), file=stdout)
    print(where_copies_go(profile.folder), file=stderr)
    return DONE


def _ask(name: str, path: Path, stdin: TextIO, stdout: TextIO, stderr: TextIO) -> int:
    from kara_tui.settings.new import BrokenOff, ask_profile

    try:
        profile = ask_profile(name, path, stdin, stdout)
    except BrokenOff:
        print("\nNothing was written.", file=stderr)
        return PROBLEMS
    except KeyboardInterrupt:
        print("\nNothing was written.", file=stderr)
        return INTERRUPTED
    print(f"Written: {save(profile)}", file=stdout)
    print(where_copies_go(profile.folder), file=stdout)
    return DONE


def _deep_check(profile: Profile) -> tuple[Problem, ...]:
    from kara_tui.settings.deep_check import check

    return check(profile)


def _show(name: str, stdout: TextIO, stderr: TextIO) -> int:  # noqa: ARG001 - actions are called alike
    from kara_tui.settings.profile_file import document_from, rendered

    stdout.write(rendered(document_from(load(name))))
    return DONE


def _check(name: str, stdout: TextIO, check: Check) -> int:
    try:
        problems = check(load(name))
    except UnreadableProfile:
        raise
    except ProfileError as error:
        # What is wrong is what was asked for; check digits are looked at once the form is right.
        problems = error.problems
    _report(problems, stdout)
    blockers = sum(problem.is_blocker for problem in problems)
    print(f"{profile_path(name)}: {_counted(blockers, len(problems) - blockers)}", file=stdout)
    return PROBLEMS if blockers else DONE


def _path(name: str, stdout: TextIO, stderr: TextIO) -> int:
    path = profile_path(name)
    print(path, file=stdout)
    if not exists(name):
        print(NoProfile(name, list_profiles()), file=stderr)
    return DONE


def _list(name: str, stdout: TextIO, stderr: TextIO) -> int:
    names = list_profiles()
    for one in names:
        print(one, file=stdout)
    if not names:
        print(NoProfile(name), file=stderr)
    return DONE


_READING: dict[str, Callable[[str, TextIO, TextIO], int]] = {
    "show": _show,
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


def _counted(blockers: int, warnings: int) -> str:
    if not blockers and not warnings:
        return "all is well."
    parts = []
    if blockers:
        parts.append("1 problem" if blockers == 1 else f"{blockers} problems")
    if warnings:
        parts.append("1 warning" if warnings == 1 else f"{warnings} warnings")
    return f"{' and '.join(parts)}."
