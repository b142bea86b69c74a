"""The first start: a profile made by questions, each answer checked as it is typed."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from kara_tui import exit_codes, settings
from kara_tui.defect import defect_said
from kara_tui.ending import end_when_told
from kara_tui.month_end import DEMO_TODAY, Request, demo_request
from kara_tui.plain.prompt import Back, Leave, Talk, terminal_talk
from kara_tui.settings import (
    BadName,
    Problem,
    Profile,
    ProfileThere,
    ReadOnlyProfile,
    Refused,
)

if TYPE_CHECKING:
    from kara_tui.settings.interview import Answers, Question

_LEFT_OUT = "-"
_NOTHING_BEFORE = "There is nothing before this. Type q to leave."
_WAYS = ("make a profile now, by questions", "look at a sample month first")

HELP = (
    "A profile holds what is the same every month: who the invoice is from and to, the bank "
    "account, the VAT text, and where your invoice numbers stand. It is asked for once.",
    f"{_LEFT_OUT} leaves an answer out where it may be left out. b goes back to the question "
    "before, q leaves; nothing is written before the end.",
)


def with_profile(talk: Talk, request: Request) -> Request:
    """The request once there is a profile for it: the one named, a new one, or the sample's.

    Raises WrongUsage for a name that cannot be one, another UserError for a profile that cannot be
    used, and Leave.
    """
    while not settings.exists(request.profile):
        talk.help = HELP
        talk.say()
        talk.say(f"There is no profile named {request.profile} yet. {HELP[0]}")
        try:
            chosen = talk.choose("What do you want to do?", _WAYS, 0)
            if chosen == 1:
                return demo_request(replace(request, today=DEMO_TODAY))
            make_profile(talk, request.profile)
        except Back:
            talk.say(_NOTHING_BEFORE)
        except OSError as error:
            talk.say(f"The profile cannot be written: {error.strerror}.")
    settings.load(request.profile)
    return request


def new_profile(name: str) -> int:
    """``kara-tui profile new`` on a terminal: ask for a profile, write it, and give the exit code.

    0 written; 2 there cannot be a new one of this name; 3 broken off; 4 it cannot be written.
    """
    end_when_told()
    try:
        settings.place_of_a_new(name)
        _asked_until_written(terminal_talk(), name)
    except (BadName, ProfileThere, ReadOnlyProfile) as error:
        return _ended(str(error), exit_codes.WRONG_USAGE)
    except OSError as error:
        reason = error.strerror or error
        return _ended(f"The profile could not be written: {reason}.", exit_codes.UNREADABLE)
    except Leave as left:
        if left.code == exit_codes.HUNG_UP:
            return left.code
        return _ended("\nNothing was written.", exit_codes.DECISION_NEEDED)
    except KeyboardInterrupt:
        return _ended("\nNothing was written.", exit_codes.INTERRUPTED)
    except Exception as error:
        if os.environ.get("KARA_TUI_DEBUG"):
            raise
        return _ended(f"kara-tui: {defect_said(error)}", exit_codes.DEFECT)
    return exit_codes.DONE


def _ended(sentence: str, code: int) -> int:
    sys.stderr.write(f"{sentence}\n")
    return code


def _asked_until_written(talk: Talk, name: str) -> None:
    talk.help = HELP
    talk.say_all((f"A new profile: {name}.", "? helps, b goes back, q leaves."))
    while True:
        try:
            make_profile(talk, name)
        except Back:
            talk.say(_NOTHING_BEFORE)
        else:
            return


def make_profile(talk: Talk, name: str) -> None:
    """Ask for a profile, check it and write it. Raises Back, before the first question, and Leave.

    Raises OSError and settings.ProfileError when it cannot be written.
    """
    # The questions are built when there is something to ask: a month end does not wait for them.
    from kara_tui.settings.interview import asked, verdict

    answers = _ask_all(talk)
    while True:
        profile, problems = verdict(name, answers)
        questions = asked(answers)
        talk.help = HELP
        talk.say()
        talk.say("This is the profile:")
        for number, question in enumerate(questions, 1):
            talk.say(f"{number}. {question.title}: {answers.get(question.key) or 'left out'}")
        for problem in problems:
            talk.say(f"{'To be mended' if problem.is_blocker else 'Please look'}: {problem}")
        chosen = _reviewed(talk, questions, may_write=_may_write(profile, problems))
        if chosen is not None:
            answers = _changed(talk, chosen, answers)
        elif profile is not None:
            talk.say("The profile is written to:")
            talk.show(str(settings.save(profile)))
            talk.say(settings.where_copies_go(profile.folder))
            return


def _may_write(profile: Profile | None, problems: tuple[Problem, ...]) -> bool:
    return profile is not None and not any(problem.is_blocker for problem in problems)


def _reviewed(talk: Talk, questions: tuple[Question, ...], *, may_write: bool) -> Question | None:
    """The question to be answered anew, or None: write it."""

    def understand(typed: str) -> Question | None:
        if typed == "write" and may_write:
            return None
        if typed.isascii() and typed.isdigit() and 1 <= int(typed[:4]) <= len(questions):
            return questions[int(typed[:4]) - 1]
        raise ValueError(
            f"Please type a number from 1 to {len(questions)}"
            + (", or press Enter." if may_write else ": what is to be mended comes first.")
        )

    while True:
        try:
            if may_write:
                return talk.ask(
                    "Enter to write it, or the number of an answer to change", understand, "write"
                )
            return talk.ask("The number of the answer to change", understand)
        except Back:
            return questions[-1]


def _ask_all(talk: Talk) -> Answers:
    """Ask every question; whether one is asked hangs only on the answers before it."""
    from kara_tui.settings.interview import answered, asked

    answers: Answers = {}
    place = 0
    while place < len(now := asked(answers)):
        try:
            answers = answered(answers, now[place].key, _ask(talk, now[place], answers))
        except Back:
            if place == 0:
                raise
            place -= 1
        else:
            place += 1
    return answers


def _changed(talk: Talk, question: Question, answers: Answers) -> Answers:
    """Ask one question anew, and then those that its answer calls for."""
    from kara_tui.settings.interview import answered, still_open

    try:
        answers = answered(answers, question.key, _ask(talk, question, answers))
        while unanswered := still_open(answers):
            new = unanswered[0]
            answers = answered(answers, new.key, _ask(talk, new, answers))
    except Back:
        pass
    return answers


def _ask(talk: Talk, question: Question, answers: Answers) -> str:
    from kara_tui.settings.interview import offered

    choices = question.choices(answers)
    default = offered(question, answers)
    talk.help = (f"{question.how} For example: {question.example}", *HELP)
    talk.say()
    for number, choice in enumerate(choices, 1):
        talk.say(f"{number}. {choice}")
        if choice.word == default:
            default = str(number)

    def understand(typed: str) -> str:
        try:
            return question.accepted("" if typed == _LEFT_OUT else typed, answers)
        except Refused as refused:
            raise ValueError(f"{refused.reason} {refused.mend}") from None

    if question.optional and not default:
        return talk.ask(f"{question.title} (may be left empty)", understand, None)
    return talk.ask(question.title, understand, default)
