"""The columns of a list of sessions: what each shows, how wide it is, and how it sorts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kara_tui.model import Session, SessionKind
from kara_tui.month_end.wording import amount_said, day_short

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# Before the service's name, so that a narrow column does not cut it away.
KIND_WORDS = {
    SessionKind.HELD: "",
    SessionKind.LATE_CANCELLATION: "late cancellation",
    SessionKind.NO_SHOW: "no-show",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, what it shows, what it is sorted by, and how wide it may be.

    ``grow`` is its share of the width that is left, at most to ``most`` cells; 0 keeps it at
    ``width``. Columns with a high ``rank`` go first when the terminal is narrow.
    """

    title: str
    text: Callable[[Session], str]
    key: Callable[[Session], object]
    width: int
    grow: int = 0
    most: int = 0
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
    Column("Date", lambda s: day_short(s.date), lambda s: (s.date, str(s.time)), 10),
    Column("Time", lambda s: s.time.strftime("%H:%M") if s.time else "", lambda s: str(s.time), 5),
    Column("Service", service_said, lambda s: service_said(s).casefold(), 12, grow=4, most=44,
           rank=1),
    Column("Price", lambda s: amount_said(s.price), lambda s: (s.price.currency, s.price.minor), 12,
           right=True),
    Column("Sponsor", sponsor_said, lambda s: s.sponsor.casefold(), 12, grow=3, most=36),
    Column("Professional", lambda s: s.professional, lambda s: s.professional.casefold(), 12,
           grow=3, most=30, rank=2),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns that fit a width, each with the cells it gets."""

    columns: tuple[tuple[Column, int], ...]

    def at(self, x: int) -> Column | None:
        """The column under a cell of the heads, or None between two."""
        for column, cells in self.columns:
            if 0 <= x < cells:
                return column
            x -= cells + GAP
        return None


GAP = 2


def layout(width: int, *, several_professionals: bool) -> Layout:
    """Choose columns for a width: what is least needed goes first."""
    chosen = [one for one in COLUMNS if several_professionals or one.title != "Professional"]
    while len(chosen) > 3 and _needed(chosen) > width:
        least = max(chosen, key=lambda one: one.rank)
        if not least.rank:
            break
        chosen.remove(least)
    cells = {one.title: one.width for one in chosen}
    left = max(0, width - _needed(chosen))
    growing = [one for one in chosen if one.grow]
    while left and growing:
        shares = sum(one.grow for one in growing)
        given = 0
        for one in growing:
            more = min(max(1, left * one.grow // shares), one.most - cells[one.title], left - given)
            cells[one.title] += more
            given += more
        left -= given
        growing = [one for one in growing if cells[one.title] < one.most]
    return Layout(tuple((one, cells[one.title]) for one in chosen))


def _needed(columns: Sequence[Column]) -> int:
    return sum(one.width for one in columns) + GAP * (len(columns) - 1)


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


def session_said(session: Session) -> str:
    """All of a session in one line, for columns that were cut."""
    parts = [moment_said(session), service_said(session), amount_said(session.price),
             sponsor_said(session), session.professional,
             f"row {session.row} of {session.source}"]  # fmt: skip
    return " · ".join(part for part in parts if part)


def moment_said(session: Session) -> str:
    """When a session was, as people say it: ``Mon 12 Oct 2026 16:30``."""
    day = f"{day_short(session.date).replace('  ', ' ')} {session.date.year}"
    return f"{day} {session.time:%H:%M}" if session.time else day


def haystack(session: Session) -> str:
    """What a search looks through."""
    return (
        f"{session.date} {day_short(session.date)} {session.time or ''} {service_said(session)} "
        f"{amount_said(session.price)} {session.price} {sponsor_said(session)} "
        f"{session.professional} {session.row}"
    ).casefold()
