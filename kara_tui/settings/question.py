"""A question of the profile as a value, and how answers become a profile's document.

Nothing here reads or writes anything: a wizard, a line of plain text and a test ask alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kara_tui.settings.fields import Check
from kara_tui.settings.problem import Refused

Answers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the words that can be answered, and what it means; ``about`` says more of it."""

    word: str
    title: str
    about: str = ""

    def __str__(self) -> str:
        return f'{self.title} ("{self.about}")' if self.about else self.title


def _nothing(_: Answers) -> str:
    return ""


def _always(_: Answers) -> bool:
    return True


def _free(_: Answers) -> tuple[Choice, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``key`` is the setting's place in the file.

    ``check`` gives the answer in the form it is kept in, or raises Refused. ``default`` is offered
    from the answers so far, ``when`` says whether the question is asked at all, and an ``optional``
    one may stay empty. Where there are ``choices`` the answer is the word of one of them. ``names``
    are those of a long list, for a face that can search one; the check takes a typed name too.
    ``several`` is an answer of several parts, kept with semicolons between them.
    """

    key: str
    title: str
    why: str
    example: str
    check: Check
    default: Callable[[Answers], str] = _nothing
    optional: bool = False
    when: Callable[[Answers], bool] = _always
    choices: Callable[[Answers], tuple[Choice, ...]] = _free
    names: Callable[[], tuple[Choice, ...]] | None = None
    several: bool = False

    @property
    def how(self) -> str:
        """Why it is asked and how it is typed on one line, in sentences."""
        return f"{self.why} Put semicolons between the parts." if self.several else self.why

    def accepted(self, answer: str, answers: Answers) -> str:
        """The answer in the form it is kept in; a choice may be answered by its place, from 1.

        Raises Refused.
        """
        given = answer.strip()
        choices = self.choices(answers)
        if not given:
            if self.optional:
                return ""
            mend = f"Write 1 to {len(choices)}." if choices else f"For example: {self.example}"
            raise Refused("This is needed.", mend)
        if not choices:
            return self.check(given)
        words = [choice.word for choice in choices]
        if given.isascii() and given.isdigit() and 1 <= int(given[:3]) <= len(words):
            return words[int(given[:3]) - 1]
        if given.lower() not in words:
            raise Refused("This is not one of the choices.", f"Write 1 to {len(words)}.")
        return given.lower()


def asked(questions: Sequence[Question], answers: Answers) -> tuple[Question, ...]:
    """The questions that these answers call for, in order."""
    return tuple(question for question in questions if question.when(answers))


def still_open(questions: Sequence[Question], answers: Answers) -> tuple[Question, ...]:
    """The questions that these answers call for and that are not answered, in order."""
    return tuple(
        question
        for question in asked(questions, answers)
        if question.key not in answers or not (answers[question.key] or question.optional)
    )


def answered(
    questions: Sequence[Question], answers: Answers, key: str, value: str
) -> dict[str, str]:
    """The answers with one given or changed.

    An answer that only took what was offered follows when something else is offered now: with
    another VAT preset the words about VAT change, unless someone has written their own.
    """
    changed = {**answers, key: value}
    for question in questions:
        if question.key != key and question.key in answers:
            offered = question.default(answers)
            if offered and answers[question.key] == offered:
                changed[question.key] = question.default(changed)
    return changed


def document_of(questions: Sequence[Question], answers: Answers) -> dict[str, Any]:
    """The TOML document of a profile with these answers; what is not asked is left out."""
    document: dict[str, Any] = {}
    for question in asked(questions, answers):
        value = answers.get(question.key, "")
        if value and not question.key.startswith(ASIDE):
            *tables, key = question.key.split(".")
            place = document
            for table in tables:
                place = place.setdefault(table, {})
            place[key] = _KINDS.get(question.key, str)(value)
    if "bank" in document:
        document["bank"] = [document["bank"]]
    return document


# The prefix of questions whose answers only decide what else is asked.
ASIDE = "aside."


def split(value: str) -> list[str]:
    """The parts of a list typed with semicolons."""
    return [part.strip() for part in value.split(";") if part.strip()]


# What is not a text in the file.
_KINDS: Mapping[str, Callable[[str], object]] = {
    "supplier.address": split,
    "customer.address": split,
    "mail.cc": split,
    "mail.attach_annex": lambda value: value == "yes",
    "invoice.last_used": int,
    "vat.rate": lambda value: Decimal(value) if "." in value else int(value),
}
