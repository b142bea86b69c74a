"""Making a profile by asking: what is asked, the answers so far, and what to say of them.

Every face that makes a profile draws this: it shows the question, takes an answer through
``Question.accepted``, keeps it with ``answered`` and ends with the ``verdict``. Not part of the
room's door, because building the questions costs time that a month end does not have.
"""

from __future__ import annotations

from kara_tui.settings import question
from kara_tui.settings.deep_check import check
from kara_tui.settings.problem import Problem, ProfileError
from kara_tui.settings.profile import Profile
from kara_tui.settings.profile_file import profile_from
from kara_tui.settings.question import Answers, Choice, Question
from kara_tui.settings.questions import QUESTIONS

__all__ = ["QUESTIONS", "Answers", "Choice", "Question", "answered", "asked", "verdict"]


def asked(answers: Answers) -> tuple[Question, ...]:
    """The questions that these answers call for, in order.

    Whether a question is asked hangs only on answers to questions before it.
    """
    return question.asked(QUESTIONS, answers)


def answered(answers: Answers, key: str, value: str) -> dict[str, str]:
    """The answers with one given or changed.

    An answer that only took what was offered follows when something else is offered now: with
    another VAT preset the words about VAT change, unless someone has written their own.
    """
    return question.answered(QUESTIONS, answers, key, value)


def verdict(name: str, answers: Answers) -> tuple[Profile | None, tuple[Problem, ...]]:
    """The profile of these answers, None when it cannot be one, and all that is to be said of it.

    It may be written when there is a profile and no problem is a blocker. Takes about 0.1 s.
    """
    try:
        profile = profile_from(question.document_of(QUESTIONS, answers), name)
    except ProfileError as error:
        return None, error.problems
    return profile, check(profile)
