"""Answers about unpaid sessions: from a TOML file, and kept in the ledger for good.

A file of answers looks like this; every key but ``decision`` narrows the sessions it is about, and
an answer must be about at least one session::

    [[session]]
    date = 2026-10-14
    time = 10:00:00
    sponsor = "Norðurljós Software ehf."
    decision = "confirmed"   # or collect, void, elsewhere, later
    note = "confirmed on 2 November"
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Any

from kara_tui.model import Decision, Finding, Session, Severity
from kara_tui.month_end.known import Candidate

_LONGEST_FILE = 1_000_000
_TEXTS = ("service", "sponsor", "professional", "note")


class BadAnswers(Exception):
    """A file of answers that cannot be used; the sentence names the entry and the key."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A decision about the sessions that have all the values given; None means any."""

    decision: Decision
    row: int | None = None
    date: date | None = None
    time: time | None = None
    service: str | None = None
    sponsor: str | None = None
    professional: str | None = None
    note: str = ""

    def is_about(self, session: Session) -> bool:
        return (
            self.row in (None, session.row)
            and self.date in (None, session.date)
            and (self.time is None or self.time == session.time)
            and self.service in (None, session.service)
            and self.sponsor in (None, session.sponsor)
            and self.professional in (None, session.professional)
        )

    def __str__(self) -> str:
        said = {
            "row": self.row, "date": self.date, "time": self.time, "service": self.service,
            "sponsor": self.sponsor, "professional": self.professional,
        }  # fmt: skip
        return ", ".join(f"{key} {value}" for key, value in said.items() if value is not None)


def read_answers(path: Path) -> tuple[Answer, ...]:
    """The answers in a TOML file. Raises BadAnswers with a sentence, OSError never."""
    import tomllib

    try:
        with path.open("rb") as file:
            content = file.read(_LONGEST_FILE)
        document = tomllib.loads(content.decode("utf-8-sig"))
    except OSError as error:
        raise BadAnswers(f"{path} cannot be opened: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise BadAnswers(f"{path} is not in UTF-8. Save it anew with that encoding.") from None
    except tomllib.TOMLDecodeError as error:
        raise BadAnswers(f"{path} is not TOML: {error}.") from None
    entries = document.pop("session", [])
    if document or not isinstance(entries, list):
        raise BadAnswers(f"{path} holds something else than [[session]] entries.")
    return tuple(_answer(entry, f"{path.name}, entry {n}") for n, entry in enumerate(entries, 1))


def answers_for(candidates: Sequence[Candidate], answers: Sequence[Answer]) -> dict[str, Decision]:
    """The decision of each session that is answered for, by fingerprint; the last answer wins."""
    return {
        candidate.fingerprint: answer.decision
        for answer in answers
        for candidate in candidates
        if answer.is_about(candidate.session)
    }


def unmatched(candidates: Sequence[Candidate], answers: Sequence[Answer]) -> Iterator[Finding]:
    """Answers that no unpaid session fits: a slip of the pen would else go unseen."""
    for answer in answers:
        if not any(answer.is_about(candidate.session) for candidate in candidates):
            yield Finding(
                "decision-unmatched",
                Severity.WARNING,
                f"No unpaid session of the month fits the answer “{answer.decision}” for {answer}.",
                "Check its date, row and names against the Unpaid export.",
            )


def _answer(entry: Any, where: str) -> Answer:
    if not isinstance(entry, dict):
        raise BadAnswers(f"{where} is not a [[session]] entry.")
    known = {"decision", "row", "date", "time", *_TEXTS}
    for key in entry:
        if key not in known:
            raise BadAnswers(
                f"{where}: {key!r} is not known; known are {', '.join(sorted(known))}."
            )
    try:
        decision = Decision(entry.get("decision", ""))
    except ValueError:
        choices = ", ".join(Decision)
        raise BadAnswers(f"{where}: decision must be one of {choices}.") from None
    for key, kind, example in (
        ("row", int, "4"), ("date", date, "2026-10-14"), ("time", time, "10:00:00"),
        *((text, str, '"…"') for text in _TEXTS),
    ):  # fmt: skip
        if key in entry and type(entry[key]) is not kind:
            raise BadAnswers(f"{where}: {key} is written as {key} = {example}.")
    about = {key: entry[key] for key in entry if key not in ("decision", "note")}
    if not about:
        raise BadAnswers(f"{where} says a decision, but not about which session.")
    return Answer(decision, note=entry.get("note", ""), **about)
