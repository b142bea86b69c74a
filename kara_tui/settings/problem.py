"""What can be wrong with a profile, said so that its owner can mend it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kara_tui import exit_codes
from kara_tui.errors import UserError
from kara_tui.model import Finding, Severity
from kara_tui.text import counted

LONGEST_SHOWN = 60


class Refused(ValueError):
    """One value that cannot be taken: ``reason`` says why, ``mend`` what to write instead."""

    def __init__(self, reason: str, mend: str) -> None:
        super().__init__(f"{reason} {mend}")
        self.reason = reason
        self.mend = mend


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a profile.

    ``field`` is written as in the file (``supplier.email``, ``bank.iban``), ``value`` is what was
    found there, fit to be shown; ``reason`` and ``mend`` are whole sentences. A blocker makes the
    profile unusable, a warning is for a person to look at.
    """

    field: str
    value: str
    reason: str
    mend: str
    severity: Severity = Severity.BLOCKER

    @property
    def is_blocker(self) -> bool:
        return self.severity is Severity.BLOCKER

    @property
    def sentence(self) -> str:
        """What is wrong, without what to do: the one way in which every face says it."""
        value = f" is “{self.value}”" if self.value else ""
        return f"{self.field}{value}: {self.reason}"

    def finding(self, path: Path | None = None) -> Finding:
        """The problem as a month end says it; ``path`` is the profile's file where that is told."""
        code = "profile-problem" if self.is_blocker else "profile-doubt"
        message = f"The profile's {self.sentence}"
        return Finding(
            code, self.severity, message, self.mend, source=str(path or ""), setting=self.field
        )

    def __str__(self) -> str:
        return f"{self.sentence} {self.mend}"


class ProfileError(UserError):
    """A profile that cannot be used; ``problems`` are all that was found in it, one or more."""

    def __init__(self, problems: Sequence[Problem], path: Path | None = None) -> None:
        # Two empty lines of one address are one problem.
        self.problems = tuple(dict.fromkeys(problems))
        self.path = path
        where = f" in {path}" if path else ""
        count = counted(len(self.problems), "problem")
        super().__init__(
            f"{count}{where}: " + " / ".join(map(str, self.problems)),
            findings=[problem.finding(path) for problem in self.problems],
        )


class UnreadableProfile(ProfileError):
    """A profile's file that cannot be read as TOML at all, or cannot be opened."""

    exit_code = exit_codes.UNREADABLE


class NoProfile(UserError):
    """No profile of this name; the sentence says how to make one."""

    code = "no-profile"

    def __init__(self, name: str, others: Sequence[str] = ()) -> None:
        named = "" if name == "default" else f" --profile {name}"
        known = f" There is: {', '.join(others)}." if others else ""
        super().__init__(
            f"There is no profile named {name}.{known} Make one with: kara-tui profile new{named}"
        )
        self.name = name


class ProfileThere(UserError):
    """A profile of this name is there already, and a new one does not take its place."""

    exit_code = exit_codes.WRONG_USAGE

    def __init__(self, name: str, path: Path) -> None:
        super().__init__(
            f"There is a profile named {name} already: {path}\n"
            "Change it there with any editor, or give the new one another name: --profile NAME"
        )


class ReadOnlyProfile(UserError):
    """The bundled demo profile, which nothing is written to."""

    code = "no-profile"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The profile {name} is bundled with kara-tui and cannot be changed or replaced. "
            "Make your own with: kara-tui profile new"
        )


def shown(value: object) -> str:
    """A value from a file, fit for a terminal: no control or formatting characters, not long."""
    text = value if isinstance(value, str) else repr(value)
    kept = "".join(
        " " if unicodedata.category(char)[0] in "CZ" else char for char in text[: LONGEST_SHOWN * 4]
    )
    kept = " ".join(kept.split())
    return kept if len(kept) <= LONGEST_SHOWN else kept[: LONGEST_SHOWN - 1] + "…"
