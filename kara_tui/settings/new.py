"""A new profile by questions and answers, line by line, on any terminal.

No cursor movement and no colour: a screen reader and a dumb terminal get the same words.
"""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

from kara_tui.settings.interview import (
    Answers,
    Question,
    answered,
    asked,
    offered,
    still_open,
    verdict,
)
from kara_tui.settings.problem import Problem, Refused
from kara_tui.settings.profile import Profile

HOW = """\
  Enter  takes what stands in [brackets]
  ?      explains the question
  <      goes back to the one before
  -      leaves an answer out
Ctrl-D leaves. Nothing is written before the end."""


class BrokenOff(Exception):
    """The one who answers has left; nothing is to be written."""


def ask_profile(name: str, path: Path, stdin: TextIO, stdout: TextIO) -> Profile:
    """Ask for everything a profile needs and give it, checked and agreed to.

    Raises BrokenOff when the input ends before that.
    """
    print(f"A new profile: {name}\n{HOW}", file=stdout)
    answers = _ask_all(stdin, stdout)
    while True:
        profile, problems = verdict(name, answers)
        questions = asked(answers)
        _show(questions, answers, problems, stdout)
        can_write = profile is not None and not any(p.is_blocker for p in problems)
        enter = f"Enter writes it to {path}" if can_write else "It cannot be written yet"
        print(f"{enter}; a number changes that answer; Ctrl-D leaves.", file=stdout)
        line = _line(stdin, stdout)
        if not line and can_write and profile is not None:
            return profile
        if line.isascii() and line.isdigit() and 1 <= int(line[:4]) <= len(questions):
            answers = _change(questions[int(line[:4]) - 1], answers, stdin, stdout)


def _ask_all(stdin: TextIO, stdout: TextIO) -> dict[str, str]:
    """Ask every question; whether one is asked hangs on those before it alone."""
    answers: dict[str, str] = {}
    at = 0
    while at < len(questions := asked(answers)):
        answer = _ask(questions[at], answers, stdin, stdout)
        if answer is None:
            at = max(0, at - 1)
            continue
        answers = answered(answers, questions[at].key, answer)
        at += 1
    return answers


def _change(
    question: Question, answers: dict[str, str], stdin: TextIO, stdout: TextIO
) -> dict[str, str]:
    """Ask one question again, and then those that its new answer calls for."""
    answer = _ask(question, answers, stdin, stdout)
    if answer is None or answer == answers.get(question.key):
        return answers
    answers = answered(answers, question.key, answer)
    while (unanswered := still_open(answers)) and answer is not None:
        other = unanswered[0]
        answer = _ask(other, answers, stdin, stdout)
        if answer is not None:
            answers = answered(answers, other.key, answer)
    return answers


def _ask(question: Question, answers: Answers, stdin: TextIO, stdout: TextIO) -> str | None:
    """The accepted answer to one question; None for: go back."""
    default = offered(question, answers)
    choices = question.choices(answers)
    print(f"\n{question.title}", file=stdout)
    for place, choice in enumerate(choices, 1):
        print(f"  {place}  {choice}", file=stdout)
        if choice.word == default:
            default = str(place)
    while True:
        print(_prompt(question, default, chosen=bool(choices)), end="", file=stdout, flush=True)
        line = _line(stdin, stdout)
        if line == "<":
            return None
        if line == "?":
            print(f"  {question.how} For example: {question.example}", file=stdout)
            continue
        try:
            return question.accepted("" if line == "-" else line or default, answers)
        except Refused as refused:
            print(f"  {refused.reason} {refused.mend}", file=stdout)


def _prompt(question: Question, default: str, *, chosen: bool) -> str:
    if default:
        return f"[{default}] > "
    hints = [] if chosen else [f"like {question.example}"]
    if question.optional:
        hints.append("may stay empty")
    return f"({'; '.join(hints)}) > " if hints else "> "


def _line(stdin: TextIO, stdout: TextIO) -> str:
    while True:
        try:
            line = stdin.readline()
        except UnicodeDecodeError:
            print("  That could not be read: the terminal does not send UTF-8.", file=stdout)
            continue
        if not line:
            raise BrokenOff
        return line.strip()


def _show(
    questions: tuple[Question, ...],
    answers: Answers,
    problems: tuple[Problem, ...],
    stdout: TextIO,
) -> None:
    print("\nThis is the profile:", file=stdout)
    for place, question in enumerate(questions, 1):
        value = answers.get(question.key, "") or "(left out)"
        colon = "" if question.title.endswith("?") else ":"
        print(f"{place:4}  {question.title}{colon} {value}", file=stdout)
    for problem in problems:
        word = "Wrong" if problem.is_blocker else "Worth a look"
        print(f"{word}: {problem}", file=stdout)
