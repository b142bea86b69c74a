"""Making a profile by asking: what is asked, the answers so far, and what to say of them.

Every face that makes a profile draws this: it shows a question, takes an answer through
``Question.accepted``, keeps it with ``answered``, asks what is then ``still_open`` and ends with
the ``verdict``. What a face shows before a question is answered is ``offered``, and where that is
empty nothing is chosen: Enter alone takes nothing. Not part of the room's door, because building
the questions costs time that a month end does not have.
"""

from __future__ import annotations

from collections.abc import Mapping

from kara_tui.settings import question
from kara_tui.settings.deep_check import check
from kara_tui.settings.kinds import as_answer
from kara_tui.settings.prefixes import prefix_problems
from kara_tui.settings.problem import Problem, ProfileError
from kara_tui.settings.profile import Profile
from kara_tui.settings.profile_file import document_from, profile_from
from kara_tui.settings.question import Answers, Choice
from kara_tui.settings.question import Setting as Question
from kara_tui.settings.table import SETTINGS, questions_of

__all__ = [
    "QUESTIONS",
    "Answers",
    "Choice",
    "Question",
    "answered",
    "answers_of",
    "asked",
    "offered",
    "still_open",
    "verdict",
]

# A question is a setting that is asked for.
QUESTIONS = questions_of(SETTINGS)


def asked(answers: Answers) -> tuple[Question, ...]:
    """The questions that these answers call for, in order.

    Whether a question is asked hangs only on answers to questions before it.
    """
    return question.asked(QUESTIONS, answers)


def offered(one: Question, answers: Answers) -> str:
    """What stands in the question: the answer it has, else what is proposed; empty for neither."""
    return answers.get(one.key) or one.default(answers)


def answered(answers: Answers, key: str, value: str) -> dict[str, str]:
    """The answers with one given or changed.

    An answer that only took what was offered follows when something else is offered now: with
    another VAT preset the words about VAT change, unless someone has written their own.
    """
    return question.answered(QUESTIONS, answers, key, value)


def still_open(answers: Answers) -> tuple[Question, ...]:
    """The questions that these answers call for and that are not answered, in order."""
    return question.still_open(QUESTIONS, answers)


def verdict(
    name: str, answers: Answers, before: Profile | None = None
) -> tuple[Profile | None, tuple[Problem, ...]]:
    """The profile of these answers, None when it cannot be one, and all that is to be said of it.

    ``before`` is the profile that the answers change: what no question is about (further accounts,
    sponsors one by one, how files are read, the look) stays as it is there. It may be written when
    there is a profile and no problem is a blocker. Takes about 0.1 s.
    """
    document = question.document_of(QUESTIONS, answers)
    if before is not None:
        document = _over(document_from(before), document)
    try:
        profile = profile_from(document, name)
    except ProfileError as error:
        return None, error.problems
    is_new = before is None or before.numbering.prefix != profile.numbering.prefix
    return profile, (*check(profile), *(prefix_problems(profile) if is_new else ()))


def answers_of(profile: Profile) -> dict[str, str]:
    """A profile that is there, as answers to the questions."""
    document = document_from(profile)
    banks = document.get("bank")
    bank = banks[0] if isinstance(banks, list) and banks else {}
    found: dict[str, str] = {}
    for one in QUESTIONS:
        if not one.is_in_the_file:
            found[one.key] = next((form for key, form in _FORMS if key in bank), "iban")
            continue
        value: object = {**document, "bank": bank}
        for part in one.key.split("."):
            value = value.get(part, "") if isinstance(value, Mapping) else ""
        found[one.key] = as_answer(value)
    return found


# Which of a bank's numbers tells how the account is named.
_FORMS = (("icelandic_account", "icelandic"), ("sort_code", "uk"), ("bankgiro", "bankgiro"),
          ("aba", "us"), ("iban", "iban"))  # fmt: skip


def _over(before: Mapping[str, object], now: Mapping[str, object]) -> dict[str, object]:
    """``now``, with whatever of ``before`` no question asks for."""
    keys = {one.key for one in QUESTIONS}
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
