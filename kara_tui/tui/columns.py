"""The columns of a list of sessions: what each shows, how wide it is, and how it sorts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rich.cells import cell_len

from kara_tui.model import Session, SessionKind
from kara_tui.month_end.wording import amount_said, day_inline, day_short
from kara_tui.text import shares

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# Before the service's name, so that a narrow column does not cut it away.
KIND_WORDS = {
    SessionKind.HELD: "",
    SessionKind.LATE_CANCELLATION: "late cancellation",
    SessionKind.NO_SHOW: "no-show",
}


GAP = 2
MEASURED = 200  # sessions that are looked at for a column's width; a longer one later is cut


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, what it shows, and what it is sorted by.

    ``least`` is what a column of names needs to be of use, 0 for one that is never cut. Where the
    terminal is narrow, columns that cannot have it go, those with a high ``rank`` first.
    """

    title: str
    text: Callable[[Session], str]
    key: Callable[[Session], object]
    least: int = 0
    rank: int = 0
    right: bool = False


def service_said(session: Session) -> str:
    """``Couples therapy``, or ``no-show: Couples therapy`` when it was not held."""
    kind = KIND_WORDS[session.kind]
    return f"{kind}: {session.service}" if kind else session.service


def sponsor_said(session: Session) -> str:
    """The sponsor's name, or that there is none."""
    return session.sponsor or "no sponsor"


COLUMNS: tuple[Column, ...] = (
    Column("Date", lambda s: day_short(s.date), lambda s: (s.date, str(s.time))),
    Column("Time", lambda s: s.time.strftime("%H:%M") if s.time else "", lambda s: str(s.time)),
    Column("Service", service_said, lambda s: service_said(s).casefold(), least=14, rank=2),
    Column("Price", lambda s: amount_said(s.price), lambda s: (s.price.currency, s.price.minor),
           right=True),
    Column("Sponsor", sponsor_said, lambda s: s.sponsor.casefold(), least=8, rank=1),
    Column("Professional", lambda s: s.professional, lambda s: s.professional.casefold(),
           least=14, rank=3),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Placed:
    """A column in its place: its cells, its head, and what it shows of a session."""

    column: Column
    cells: int
    title: str
    text: Callable[[Session], str]


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns that fit a width, from left to right."""

    columns: tuple[Placed, ...]

    @property
    def cells(self) -> int:
        """The cells that a line takes."""
        return sum(one.cells + GAP for one in self.columns) - GAP

    def at(self, x: int) -> Column | None:
        """The column whose head stands over a cell, with the gap behind it; None beside them."""
        for one in self.columns:
            if 0 <= x < one.cells + GAP:
                return one.column
            x -= one.cells + GAP
        return None


def layout(width: int, sessions: Sequence[Session]) -> Layout:
    """Columns as wide as what they hold; where it does not fit, the longest names give way first.

    The currency stands in the head instead of in each line where all sessions have the same one,
    and a column of professionals is there only when there are several.
    """
    measured = sessions[:MEASURED]
    several = len({one.professional for one in sessions[:1000]}) > 1
    currencies = {one.price.currency for one in sessions[:1000]}
    chosen = [
        _placed(one, measured, currencies) for one in COLUMNS
        if several or one.title != "Professional"
    ]  # fmt: skip
    while True:
        fitted = _fitted(chosen, width)
        poor = any(
            now.cells < min(before.cells, now.column.least)
            for now, before in zip(fitted, chosen, strict=True)
        )
        least = max(chosen, key=lambda one: one.column.rank)
        if not poor or not least.column.rank:
            break
        chosen.remove(least)
    # A very narrow terminal keeps what tells the sessions apart.
    while len(fitted) > 1 and Layout(tuple(fitted)).cells > width:
        fitted.pop()
    return Layout(tuple(fitted))


def _placed(column: Column, sessions: Sequence[Session], currencies: set[str]) -> Placed:
    title, text = column.title, column.text
    if title == "Price" and len(currencies) == 1:
        (title,) = currencies
        text = _without_currency
    longest = max((cell_len(text(one)) for one in sessions), default=0)
    # A head on the right has its sign of sorting within its cells, another in the gap behind it.
    return Placed(column, max(longest, len(title) + GAP * column.right), title, text)


def _without_currency(session: Session) -> str:
    return amount_said(session.price).rpartition(" ")[0]


def _fitted(columns: Sequence[Placed], width: int) -> list[Placed]:
    """The columns in the room there is: each has its need or, if that is more, an equal share."""
    room = width - GAP * (len(columns) - 1)
    room -= sum(one.cells for one in columns if not one.column.least)
    given = iter(shares([one.cells for one in columns if one.column.least], room))
    return [replace(one, cells=next(given)) if one.column.least else one for one in columns]


def order(
    sessions: Sequence[Session], haystacks: Sequence[str], wanted: str, column: Column | None,
    *, backwards: bool,
) -> list[int]:  # fmt: skip
    """The positions of the sessions that hold the wanted words, in the order asked for."""
    found: list[int] | range = range(len(sessions))
    for word in wanted.casefold().split():
        found = [position for position in found if word in haystacks[position]]
    if column is None:
        return list(found)
    return sorted(found, key=lambda at: column.key(sessions[at]), reverse=backwards)  # type: ignore[arg-type, return-value]  # each column's keys compare with one another


def next_order(column: Column | None, *, backwards: bool) -> tuple[Column | None, bool]:
    """By the next column, then by it backwards, and at last as the file has them."""
    orders: list[tuple[Column | None, bool]] = [(None, False)]
    orders += [(one, back) for one in COLUMNS for back in (False, True)]
    return orders[(orders.index((column, backwards)) + 1) % len(orders)]


def session_said(session: Session) -> str:
    """All of a session in one line, for columns that were cut."""
    parts = [moment_said(session), service_said(session), amount_said(session.price),
             sponsor_said(session), session.professional,
             f"row {session.row} of {session.source}"]  # fmt: skip
    return " · ".join(part for part in parts if part)


def rest_said(session: Session, *, several_professionals: bool) -> str:
    """What a session's line may have cut, or has no column for."""
    parts = [service_said(session), sponsor_said(session),
             session.professional if several_professionals else "",
             f"row {session.row} of {session.source}"]  # fmt: skip
    return " · ".join(part for part in parts if part)


def moment_said(session: Session) -> str:
    """When a session was, as people say it: ``Mon 12 Oct 2026 16:30``."""
    day = f"{day_inline(session.date)} {session.date.year}"
    return f"{day} {session.time:%H:%M}" if session.time else day


def haystack(session: Session) -> str:
    """What a search looks through."""
    return (
        f"{session.date} {day_short(session.date)} {session.time or ''} {service_said(session)} "
        f"{amount_said(session.price)} {session.price} {sponsor_said(session)} "
        f"{session.professional} {session.row}"
    ).casefold()
