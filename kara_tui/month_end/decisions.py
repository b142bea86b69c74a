"""Answers about single sessions: from a TOML file, and those about unpaid ones kept for good.

A file of answers looks like this. The keys ``row``, ``date``, ``time``, ``service``, ``sponsor``
and ``professional`` narrow the sessions that an entry is about, the others say what holds::

    [[session]]                # of the Unpaid export
    date = 2026-10-14
    sponsor = "Norðurljós Software ehf."
    decision = "confirmed"     # or collect, void, elsewhere, later
    note = "confirmed on 2 November"

    [[session]]                # of the Paid export
    row = 12
    leave_out = "It was invoiced by hand."

    [[session]]                # of the Paid export
    service = "Group session"
    bill = "Several people take part."

    [[session]]                # of the Paid export
    date = 2026-10-20
    set_time = 10:00:00
    set_kind = "no-show"       # or session, late-cancellation
    set_service = "Couples session"  # how it is printed; set_sponsor and set_professional likewise
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from kara_tui.errors import WrongUsage
from kara_tui.model import Decision, Finding, Session, SessionKind
from kara_tui.model.names import are_same
from kara_tui.month_end.billing_history import Candidate
from kara_tui.month_end.corrections import Correction, name_typed
from kara_tui.month_end.findings import finding
from kara_tui.text import inert
from kara_tui.toml_file import BadToml, read_toml

Word = TypeVar("Word", bound=StrEnum)

_ABOUT = {
    "row": (int, "4"),
    "date": (date, "2026-10-14"),
    "time": (time, "10:00:00"),
    "service": (str, '"…"'),
    "sponsor": (str, '"…"'),
    "professional": (str, '"…"'),
}
_SAYS = {
    "decision": (str, '"…"'),
    "note": (str, '"…"'),
    "leave_out": (str, '"…"'),
    "bill": (str, '"…"'),
    "set_time": (time, "10:00:00"),
    "set_kind": (str, '"…"'),
    "set_service": (str, '"…"'),
    "set_sponsor": (str, '"…"'),
    "set_professional": (str, '"…"'),
}


class BadAnswers(WrongUsage):
    """A file of answers that cannot be used; the sentence names the entry and the key."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What holds for the sessions that have all the values given; None means any.

    ``decision`` is about unpaid sessions; ``leave_out`` and ``bill`` (each a reason) and
    ``correction`` are about paid ones.
    """

    decision: Decision | None = None
    row: int | None = None
    date: date | None = None
    time: time | None = None
    service: str | None = None
    sponsor: str | None = None
    professional: str | None = None
    note: str = ""
    leave_out: str = ""
    bill: str = ""
    correction: Correction | None = None

    def is_about(self, session: Session) -> bool:
        return (
            self.row in (None, session.row)
            and self.date in (None, session.date)
            and (self.time is None or self.time == session.time)
            and (self.service is None or are_same(self.service, session.service))
            and (self.sponsor is None or are_same(self.sponsor, session.sponsor))
            and (self.professional is None or are_same(self.professional, session.professional))
        )

    def __str__(self) -> str:
        said = {
            "row": self.row, "date": self.date, "time": self.time, "service": self.service,
            "sponsor": self.sponsor, "professional": self.professional,
        }  # fmt: skip
        return ", ".join(f"{key} {value}" for key, value in said.items() if value is not None)


def read_answers(path: Path) -> tuple[Answer, ...]:
    """The answers in a TOML file. Raises BadAnswers with a sentence, OSError never."""
    try:
        document = read_toml(path)
    except OSError as error:
        raise BadAnswers(f"{path} cannot be opened: {error.strerror}.") from None
    except BadToml as error:
        raise BadAnswers(str(error)) from None
    entries = document.pop("session", [])
    if document or not isinstance(entries, list):
        raise BadAnswers(f"{path} holds something else than [[session]] entries.")
    return tuple(_answer(entry, f"{path.name}, entry {n}") for n, entry in enumerate(entries, 1))


def answers_for(candidates: Sequence[Candidate], answers: Sequence[Answer]) -> dict[str, Decision]:
    """The decision of each session that is answered for, by fingerprint; the last answer wins."""
    return {
        fingerprint: answer.decision
        for answer, fingerprint in _pairs(candidates, answers)
        if answer.decision is not None
    }


def left_out_by(candidates: Sequence[Candidate], answers: Sequence[Answer]) -> dict[str, str]:
    """The paid sessions that answers leave out, by fingerprint, each with the reason."""
    return {
        fingerprint: answer.leave_out
        for fingerprint, answer in _last_word(candidates, answers).items()
        if answer.leave_out
    }


def billed_by(candidates: Sequence[Candidate], answers: Sequence[Answer]) -> dict[str, str]:
    """The paid sessions that are billed whatever looks like them, each with the reason."""
    return {
        fingerprint: answer.bill
        for fingerprint, answer in _last_word(candidates, answers).items()
        if answer.bill
    }


def _last_word(candidates: Sequence[Candidate], answers: Sequence[Answer]) -> dict[str, Answer]:
    """The last answer to whether each session is billed."""
    return {
        fingerprint: answer
        for answer, fingerprint in _pairs(candidates, answers)
        if answer.leave_out or answer.bill
    }


def corrections_by(
    candidates: Sequence[Candidate], answers: Sequence[Answer]
) -> dict[str, Correction]:
    """What answers put right about paid sessions, by fingerprint."""
    return {
        fingerprint: answer.correction
        for answer, fingerprint in _pairs(candidates, answers)
        if answer.correction is not None
    }


def unmatched(
    unpaid: Sequence[Candidate], paid: Sequence[Candidate], answers: Sequence[Answer]
) -> Iterator[Finding]:
    """Answers that no session fits: a slip of the pen would else go unseen."""
    for answer in answers:
        which, there = ("paid", paid) if answer.decision is None else ("unpaid", unpaid)
        if not any(answer.is_about(candidate.session) for candidate in there):
            yield finding(
                "decision-unmatched",
                f"No {which} session of the month fits the answer for {answer}.",
                f"Check its date, row and names against the {which.title()} export.",
            )


def _pairs(
    candidates: Sequence[Candidate], answers: Sequence[Answer]
) -> Iterator[tuple[Answer, str]]:
    for answer in answers:
        for candidate in candidates:
            if answer.is_about(candidate.session):
                yield answer, candidate.fingerprint


def _answer(entry: Any, where: str) -> Answer:
    if not isinstance(entry, dict):
        raise BadAnswers(f"{where} is not a [[session]] entry.")
    known = {**_ABOUT, **_SAYS}
    for key, value in entry.items():
        if key not in known:
            there = ", ".join(sorted(known))
            raise BadAnswers(f"{where}: {key!r} is not known; known are {there}.")
        kind, example = known[key]
        if type(value) is not kind:
            raise BadAnswers(f"{where}: {key} is written as {key} = {example}.")
    about = {key: entry[key] for key in entry if key in _ABOUT}
    if not about:
        raise BadAnswers(f"{where} does not say about which session it is.")
    sets = [key for key in entry if key.startswith("set_")]
    if ("decision" in entry) == bool(sets or {"leave_out", "bill"} & entry.keys()):
        raise BadAnswers(
            f"{where} says either a decision about an unpaid session, or leave_out, bill, "
            "set_time, set_kind, set_service, set_sponsor or set_professional of a paid one."
        )
    for key in sets:
        if isinstance(entry[key], str) and not inert(entry[key]).strip():
            raise BadAnswers(f"{where}: {key} is empty.")
    if "leave_out" in entry and "bill" in entry:
        raise BadAnswers(f"{where} says both leave_out and bill; only one of them can hold.")
    for key in ("leave_out", "bill"):
        # Nothing but blanks and signs that do not show would be an answer without a word in it.
        if key in entry and not any(char.isalnum() for char in entry[key]):
            raise BadAnswers(f'{where}: {key} needs a reason in words, such as {key} = "…".')
    return Answer(
        decision=_one_of(Decision, entry.get("decision"), "decision", where),
        correction=_correction(entry, where) if sets else None,
        leave_out=entry.get("leave_out", ""),
        bill=entry.get("bill", ""),
        note=entry.get("note", ""),
        **about,
    )


def _correction(entry: dict[str, Any], where: str) -> Correction:
    return Correction(
        entry.get("set_time"),
        _one_of(SessionKind, entry.get("set_kind"), "set_kind", where),
        *(
            name_typed(entry[f"set_{field}"]) if f"set_{field}" in entry else None
            for field in ("service", "sponsor", "professional")
        ),
    )


def _one_of(words: type[Word], value: str | None, key: str, where: str) -> Word | None:
    if value is None:
        return None
    try:
        return words(value)
    except ValueError:
        raise BadAnswers(f"{where}: {key} must be one of {', '.join(words)}.") from None
