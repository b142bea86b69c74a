"""Making a profile: the questions, the draft that is kept meanwhile, the judgement, the writing."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kara_tui import settings
from kara_tui.settings import Problem, Profile, ProfileError
from kara_tui.settings.safe_write import replace_file

if TYPE_CHECKING:
    from kara_tui.settings.question import Question

Judged = tuple[Profile | None, tuple[Problem, ...]]


def questions() -> tuple[Question, ...]:
    """The questions of a profile, in order."""
    from kara_tui.settings.questions import QUESTIONS

    return QUESTIONS


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
        replace_file(_draft_file(name), json.dumps(dict(answers), ensure_ascii=False).encode())


def answers_of(name: str) -> dict[str, str]:
    """A profile that is there, as answers to the questions. Raises as ``settings.load`` does."""
    from kara_tui.settings.profile_file import document_from
    from kara_tui.settings.question import ASIDE

    document = document_from(settings.load(name))
    banks = document.get("bank")
    bank = banks[0] if isinstance(banks, list) and banks else {}
    found: dict[str, str] = {}
    for question in questions():
        if question.key.startswith(ASIDE):
            found[question.key] = next((form for key, form in _FORMS if key in bank), "iban")
            continue
        value: object = {**document, "bank": bank}
        for part in question.key.split("."):
            value = value.get(part, "") if isinstance(value, Mapping) else ""
        found[question.key] = _as_answer(value)
    return found


# Which of a bank's numbers tells how the account is named.
_FORMS = (("icelandic_account", "icelandic"), ("sort_code", "uk"), ("bankgiro", "bankgiro"),
          ("aba", "us"), ("iban", "iban"))  # fmt: skip


def _as_answer(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(str(one) for one in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def judge(name: str, answers: Mapping[str, str], *, keeps: bool = False) -> Judged:
    """The profile that the answers make, if they make one, and what is wrong with it.

    With ``keeps`` it is the profile that is there with the answers changed: what no question is
    about (further accounts, sponsors one by one, how files are read, the look) stays as it is.
    """
    from kara_tui.settings.profile_file import document_from, profile_from
    from kara_tui.settings.question import document_of

    document = document_of(questions(), answers)
    try:
        if keeps:
            document = _over(document_from(settings.load(name)), document)
        profile = profile_from(document, name)
    except ProfileError as error:
        return None, error.problems
    return profile, settings.check(profile)


def _over(before: Mapping[str, object], now: Mapping[str, object]) -> dict[str, object]:
    """``now``, with whatever of ``before`` no question asks for."""
    keys = {question.key for question in questions()}
    merged: dict[str, object] = {key: value for key, value in before.items() if key not in now}
    for table, value in now.items():
        was = before.get(table)
        if isinstance(value, Mapping) and isinstance(was, Mapping):
            unasked = {
                key: kept for key, kept in was.items()
                if (f"{table}.{key}" not in keys and not isinstance(kept, Mapping))
                or (isinstance(kept, Mapping) and key == "names")
            }  # fmt: skip
            merged[table] = {**unasked, **value}
        elif isinstance(value, list) and isinstance(was, list):
            merged[table] = [*value, *was[1:]]
        else:
            merged[table] = value
    return merged


def save_profile(profile: Profile) -> Path:
    """Write the profile and forget the draft. Raises OSError, settings.ProfileError."""
    path = settings.save(profile)
    with contextlib.suppress(OSError):
        _draft_file(profile.name).unlink()
    return path


def _draft_file(name: str) -> Path:
    return settings.profiles_folder() / f".{name}.draft.json"
