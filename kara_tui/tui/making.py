"""Making a profile: the draft that is kept meanwhile, the judgement, the writing."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING

from kara_tui import settings
from kara_tui.settings import Problem, Profile, ProfileError
from kara_tui.settings.store import put

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Judged = tuple[Profile | None, tuple[Problem, ...]]


def draft(name: str) -> dict[str, str]:
    """The answers given so far for a profile that is not written yet."""
    try:
        value = json.loads(_draft_file(name).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(value, dict):
        return {}
    return {str(key): str(answer) for key, answer in value.items()}


def keep_draft(name: str, answers: Mapping[str, str]) -> None:
    """Keep the answers, readable by the user alone; without a place for them they are not kept."""
    with contextlib.suppress(OSError):
        put(_draft_file(name), json.dumps(dict(answers), ensure_ascii=False).encode())


def answers_of(name: str) -> dict[str, str]:
    """A profile that is there, as answers to the questions. Raises as ``settings.load`` does."""
    from kara_tui.settings import interview

    return interview.answers_of(settings.load(name))


def judge(name: str, answers: Mapping[str, str], *, keeps: bool = False) -> Judged:
    """The profile that the answers make, if they make one, and what is wrong with it.

    With ``keeps`` it is the profile that is there with the answers changed.
    """
    from kara_tui.settings import interview

    try:
        before = settings.load(name) if keeps else None
    except ProfileError as error:
        return None, error.problems
    return interview.verdict(name, answers, before)


def save_profile(profile: Profile) -> Path:
    """Write the profile and forget the draft. Raises OSError, settings.ProfileError."""
    path = settings.save(profile)
    with contextlib.suppress(OSError):
        _draft_file(profile.name).unlink()
    return path


def _draft_file(name: str) -> Path:
    return settings.profiles_folder() / f".{name}.draft.json"
