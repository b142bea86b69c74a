"""Making a profile: the draft that is kept meanwhile, the judgement, the writing."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING

from kara_tui import settings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kara_tui.settings import Problem, Profile

    Judged = tuple[Profile | None, tuple[Problem, ...]]


def draft(name: str) -> dict[str, str]:
    """The answers given so far that are not in the profile yet."""
    try:
        value = json.loads(_draft_file(name).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(value, dict):
        return {}
    return {str(key): str(answer) for key, answer in value.items()}


def keep_draft(name: str, answers: Mapping[str, str]) -> None:
    """Keep the answers, readable by the user alone; none are forgotten. Raises OSError."""
    from kara_tui.settings.store import put

    if not answers:
        _draft_file(name).unlink(missing_ok=True)
    else:
        put(_draft_file(name), json.dumps(dict(answers), ensure_ascii=False).encode())


def answers_of(name: str) -> dict[str, str]:
    """A profile that is there, as answers to the questions; it may have problems.

    Raises month_end.UserError when its file cannot be read at all.
    """
    from kara_tui.settings import interview
    from kara_tui.settings.store import document_of

    return interview.answers_in(document_of(name))


def answers_from(profile: Profile) -> dict[str, str]:
    """A profile as answers to the questions."""
    from kara_tui.settings import interview

    return interview.answers_of(profile)


def judge(name: str, answers: Mapping[str, str], *, keeps: bool = False) -> Judged:
    """The profile that the answers make, if they make one, and what is wrong with it.

    With ``keeps`` it is the profile that is there with the answers changed.
    """
    from kara_tui.month_end.letters import profile_problems
    from kara_tui.settings import interview
    from kara_tui.settings.store import document_of

    try:
        before = document_of(name) if keeps else None
    except settings.ProfileError as error:
        return None, error.problems
    profile, problems = interview.verdict(name, answers, before)
    if profile is not None:
        problems = tuple(dict.fromkeys((*problems, *profile_problems(profile))))
    return profile, problems


def on_the_invoice(part: str, answers: Mapping[str, str]) -> list[str]:
    """A part of the invoice as the answers fill it in, in lines."""
    from kara_tui.month_end.details import on_the_invoice as lines

    return lines(part, answers)


def save_profile(profile: Profile) -> Path:
    """Write the profile and forget the draft. Raises OSError, settings.ProfileError."""
    path = settings.save(profile)
    with contextlib.suppress(OSError):
        _draft_file(profile.name).unlink()
    return path


def _draft_file(name: str) -> Path:
    return settings.profiles_folder() / f".{name}.draft.json"
