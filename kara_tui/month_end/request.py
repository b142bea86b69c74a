"""What the user asks for: one month end, as plain data that every face can fill in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from kara_tui import settings
from kara_tui.model.how_to_read import HowToRead
from kara_tui.model.month import Month

if TYPE_CHECKING:
    from kara_tui.model import Decision, Routing
    from kara_tui.month_end.corrections import Correction
    from kara_tui.month_end.decisions import Answer

# The sample month: what --demo shows, with a day on which its deadlines still lie ahead.
DEMO_MONTH = Month(2026, 10)
DEMO_TODAY = date(2026, 11, 2)


class Late(StrEnum):
    """What to do with sessions of a month that is invoiced already; without an answer: ask."""

    ASK = "ask"
    INCLUDE = "include"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Request:
    """A month end to be looked at or issued.

    ``paid`` and ``unpaid`` are files; ``Path("-")`` is standard input. ``month`` None means the
    last full calendar month before ``today``. ``reading`` overrides what the profile remembers
    about reading files. ``out`` is where copies go, None for the data folder. ``decisions`` are
    this run's answers about unpaid sessions, by fingerprint, ``answers`` those of a file.
    ``left_out`` are sessions not to bill now, by fingerprint, with the reason, ``bill`` those that
    are billed although another one looks like them, ``corrections`` what differs from the export,
    ``routes`` who is invoiced for a sponsor, as it was said in this run
    and is remembered when the month is issued. ``late`` says what happens to sessions of months
    that are invoiced already; ``accept_clock`` goes on although the clock or the day lies before
    the ledger's newest entry.
    """

    profile: str
    today: date
    paid: tuple[Path, ...] = ()
    unpaid: tuple[Path, ...] = ()
    month: Month | None = None
    reading: HowToRead = field(default_factory=HowToRead)
    theme: str = ""
    out: Path | None = None
    accept_clock: bool = False
    dry_run: bool = False
    demo: bool = False
    answers: tuple[Answer, ...] = ()
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)
    bill: Mapping[str, str] = field(default_factory=dict)
    corrections: Mapping[str, Correction] = field(default_factory=dict)
    routes: Mapping[str, Routing] = field(default_factory=dict)
    late: Late = Late.ASK

    @property
    def billed_month(self) -> Month:
        return self.month or Month.last_full(self.today)


def demo_request(request: Request) -> Request:
    """The request for the sample month: bundled exports unless others are given."""
    folder = settings.demo_folder()
    return replace(
        request,
        profile="demo",
        demo=True,
        paid=request.paid or (folder / "payments-paid.csv",),
        unpaid=request.unpaid if request.paid else (folder / "payments-unpaid.csv",),
        month=request.month or (None if request.paid else DEMO_MONTH),
    )
