"""Send: the review, the typed word, and the issuing."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

from kara_tui.errors import UserError
from kara_tui.month_end import MonthEnd, issue
from kara_tui.month_end.portal import CONFIRMATION_WORD, is_confirmed
from kara_tui.month_end.steps import STEPS, Standing, State, StepId, check, summary
from kara_tui.month_end.unpaid import left_behind
from kara_tui.month_end.wording import listed, month_name
from kara_tui.plain.prompt import Talk
from kara_tui.plain.saying import findings_said
from kara_tui.plain.sitting import Sitting

HELP = (
    f"{CONFIRMATION_WORD} takes the next number and issues the invoice; that cannot be undone, "
    "only cancelled by a credit note. The number of a line changes that line and comes back here.",
)

# The steps that can be changed from the review; their numbers are those of the steps.
_CHANGEABLE = STEPS[:5]


def send(talk: Talk, sitting: Sitting) -> None:
    """Review, and issue on the typed word, or visit a step. Raises Back, Undo and Leave."""
    flow = sitting.flow
    while flow.month_end is not None and not flow.standing.is_issued:
        talk.say_all(_review(flow.standing, flow.month_end))
        here = check(StepId.SEND, flow.standing)
        talk.say_all(findings_said(here.findings))
        if here.state is State.BLOCKED:
            chosen = talk.ask("Type the number of the line to be changed", _blocked_answer)
        else:
            chosen = talk.ask(
                f"Type the word {CONFIRMATION_WORD} to issue it, or the number of a line to "
                "change it",
                _answer,
            )
        if chosen is not None:
            said = flow.visit(chosen)
            if not said:
                return
            talk.say(said)
            continue
        _issue(talk, sitting, flow.month_end)


def _review(standing: Standing, month_end: MonthEnd) -> Iterator[str]:
    numbers = f", as {listed(month_end.numbers)}" if month_end.numbers else ""
    yield f"To be issued: {month_name(month_end.month)}{numbers}."
    for one in _CHANGEABLE:
        yield f"{one.position}. {one.title}. {_sentence(summary(one.id, standing))}"
    yield f"The mail goes to {month_end.profile.mail.to}."
    yield from (f"Please look: {one}" for one in left_behind(month_end))


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def _answer(typed: str) -> StepId | None:
    if is_confirmed(typed):
        return None
    for one in _CHANGEABLE:
        if typed == str(one.position) or typed.casefold() == one.title.casefold():
            return one.id
    raise ValueError(
        f"Nothing was issued. Type {CONFIRMATION_WORD} to issue it, or a number from 1 to "
        f"{len(_CHANGEABLE)} to change that line."
    )


def _blocked_answer(typed: str) -> StepId | None:
    if is_confirmed(typed):
        raise ValueError("It cannot be issued before what is to be solved first is solved.")
    return _answer(typed)


def _issue(talk: Talk, sitting: Sitting, month_end: MonthEnd) -> None:
    talk.say("Issuing. Please wait.")
    try:
        with _uninterrupted():
            sitting.flow.issued(issue(month_end))
    except UserError as error:
        talk.say("Issuing did not come to its end:")
        talk.say_all(findings_said(error.findings))
        # What holds now is what the ledger says: another kara-tui may have issued the month.
        sitting.read()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Ctrl-C waits for nothing here: the act takes a moment, and its outcome must be told."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
