"""Making a profile by asking: what is asked, the answers so far, and what to say of them.

Every face that makes a profile draws this: it shows a question, takes an answer through
``Question.accepted``, keeps it with ``answered``, asks what is then ``still_open`` and ends with
the ``verdict``. What a face shows before a question is answered is ``offered``, and where that is
empty nothing is chosen: Enter alone takes nothing. Not part of the room's door, because building
the questions costs time that a month end does not have.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from kara_tui.model import BankScheme
from kara_tui.settings.deep_check import check
from kara_tui.settings.kinds import as_answer
from kara_tui.settings.prefixes import prefix_problems
from kara_tui.settings.problem import Problem, ProfileError, Refused
from kara_tui.settings.profile import Profile
from kara_tui.settings.profile_file import document_from, profile_from
from kara_tui.settings.question import Answers, Choice
from kara_tui.settings.question import Setting as Question
from kara_tui.settings.table import BANK, SETTINGS, questions_of

__all__ = [
    "QUESTIONS",
    "Answers",
    "Choice",
    "Question",
    "answered",
    "answers_in",
    "answers_of",
    "as_proposed",
    "asked",
    "document_of",
    "kept",
    "offered",
    "question_about",
    "refused",
    "still_open",
    "verdict",
]

# A question is a setting that is asked for.
QUESTIONS = questions_of(SETTINGS)


def asked(answers: Answers, questions: Sequence[Question] = QUESTIONS) -> tuple[Question, ...]:
    """The questions that these answers call for, in order.

    Whether a question is asked hangs only on answers to questions before it.
    """
    return tuple(question for question in questions if question.when(answers))


def offered(question: Question, answers: Answers) -> str:
    """What stands in the question: the answer it has, else what is proposed; empty for neither."""
    return answers.get(question.key) or question.default(answers)


def as_proposed(answers: Answers) -> dict[str, str]:
    """The answers with what is proposed where none was given, so that each question that hangs on
    another is there. An answer that no question asks for any more is left out.
    """
    proposed: dict[str, str] = {}
    for question in QUESTIONS:
        if question.when(proposed):
            proposed[question.key] = answers.get(question.key) or question.default(proposed)
    return proposed


def kept(question: Question, answers: Answers) -> str:
    """The answer in the form it is kept in; as it was typed while the check refuses it."""
    typed = offered(question, answers) if question.key not in answers else answers[question.key]
    try:
        return question.accepted(typed, answers) if typed else ""
    except Refused:
        return typed


def refused(answers: Answers) -> dict[str, Refused]:
    """What was answered and cannot be taken, by the questions' keys, with the reason."""
    reasons: dict[str, Refused] = {}
    for question in asked(answers):
        if answers.get(question.key):
            try:
                question.accepted(answers[question.key], answers)
            except Refused as error:
                reasons[question.key] = error
    return reasons


def question_about(field: str, answers: Answers) -> Question | None:
    """The question that a problem's field is about, None where no question is."""
    wanted = re.sub(r"\[\d+\]|(?<=^bank) \d+", "", field)
    asked_now = asked(answers)
    exact = next((question for question in asked_now if question.key == wanted), None)
    if exact is not None:
        return exact
    within = [question for question in asked_now if question.key.startswith(f"{wanted}.")]
    # Of a party's numbers the one for VAT is what is asked for when any is missing.
    vat = (question for question in within if question.key.endswith((".vat", ".vsk")))
    return next(vat, next(iter(within), None))


def answered(answers: Answers, key: str, value: str) -> dict[str, str]:
    """The answers with one given or changed.

    An answer that only took what was offered follows when something else is offered now: with
    another VAT preset the words about VAT change, unless someone has written their own.
    """
    changed = {**answers, key: value}
    for question in QUESTIONS:
        if question.key != key and question.key in answers:
            proposed = question.default(answers)
            if proposed and answers[question.key] == proposed:
                changed[question.key] = question.default(changed)
    return changed


def still_open(answers: Answers) -> tuple[Question, ...]:
    """The questions that these answers call for and that are not answered, in order."""
    return tuple(
        question
        for question in asked(answers)
        if question.key not in answers or not (answers[question.key] or question.optional)
    )


def document_of(answers: Answers, questions: Sequence[Question] = QUESTIONS) -> dict[str, Any]:
    """The TOML document of a profile with these answers; what is not asked is left out."""
    document: dict[str, Any] = {}
    for question in asked(answers, questions):
        value = answers.get(question.key, "")
        if value and question.is_in_the_file:
            *tables, key = question.key.split(".")
            place = document
            for table in tables:
                place = place.setdefault(table, {})
            place[key] = question.kind.entry(value)
    if BANK in document:
        document[BANK] = [document[BANK]]
    return document


def verdict(
    name: str, answers: Answers, before: Mapping[str, object] | None = None
) -> tuple[Profile | None, tuple[Problem, ...]]:
    """The profile of these answers, None when it cannot be one, and all that is to be said of it.

    ``before`` is the document of the profile that the answers change: what no question is about
    (further accounts, sponsors one by one, how files are read, the look) stays as it is there. It
    may be written when there is a profile and no problem is a blocker. Takes about 0.1 s.
    """
    document = document_of(answers)
    if before is not None:
        document = _over(before, document)
    try:
        profile = profile_from(document, name)
    except ProfileError as error:
        return None, error.problems
    was = (before or {}).get("invoice")
    is_new = not isinstance(was, Mapping) or was.get("prefix", "") != profile.numbering.prefix
    return profile, (*check(profile), *(prefix_problems(profile) if is_new else ()))


def answers_of(profile: Profile) -> dict[str, str]:
    """A profile that is there, as answers to the questions."""
    return answers_in(document_from(profile))


def answers_in(document: Mapping[str, object]) -> dict[str, str]:
    """A profile's document, which may have problems, as answers to the questions."""
    banks = document.get("bank")
    bank = banks[0] if isinstance(banks, list) and banks else {}
    proposed: dict[str, str] = {}
    for question in QUESTIONS:
        if not question.is_in_the_file:
            proposed[question.key] = next((form for key, form in _FORMS if key in bank), "iban")
            continue
        value: object = {**document, "bank": bank}
        for part in question.key.split("."):
            value = value.get(part, "") if isinstance(value, Mapping) else ""
        proposed[question.key] = as_answer(value)
    return proposed


# Which of a bank's numbers tells how the account is named.
_FORMS = (("icelandic_account", "icelandic"), ("sort_code", "uk"), ("bankgiro", "bankgiro"),
          ("aba", "us"), ("iban", "iban"))  # fmt: skip


def _over(before: Mapping[str, object], now: Mapping[str, object]) -> dict[str, object]:
    """``now``, with whatever of ``before`` no question was about, in the order of ``before``.

    An account's numbers that are not asked for stay while those that are stay the same: another
    account has another IBAN.
    """
    answers = answers_in(before)
    is_same_account = _first_numbers(now).items() <= _first_numbers(before).items()
    asked_for = {
        question.key for question in QUESTIONS
        if question.when(answers) or (question.section == BANK and not is_same_account)
    }  # fmt: skip

    def merged(before: Mapping[str, object], now: Mapping[str, object], place: str) -> Any:
        kept: dict[str, object] = {}
        for name, was in before.items():
            here = f"{place}{name}"
            value = now.get(name, {} if isinstance(was, Mapping) else None)
            if isinstance(was, Mapping) and isinstance(value, Mapping):
                inside = merged(was, value, f"{here}.")
                kept |= {name: inside} if inside else {}
            elif here == BANK and isinstance(was, list) and isinstance(value, list):
                kept[name] = [merged(was[0], value[0], f"{here}."), *was[1:]]
            elif name in now or here not in asked_for:
                kept[name] = now.get(name, was)
        return kept | {name: value for name, value in now.items() if name not in before}

    return dict(merged(before, now, ""))


def _first_numbers(document: Mapping[str, Any]) -> dict[str, object]:
    """The numbers of the first account in a document."""
    banks = document.get(BANK)
    first = banks[0] if isinstance(banks, list) and banks else {}
    return {name: value for name, value in first.items() if name in set(BankScheme)}
