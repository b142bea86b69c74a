"""A table of sessions: columns for the width there is, sorted and filtered without being copied."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kara_tui.model import Session, SessionKind
from kara_tui.tui.drawing import padded

# Before the service's name, so that a narrow column does not cut it away.
KIND_WORDS = {
    SessionKind.HELD: "",
    SessionKind.LATE_CANCELLATION: "late cancellation",
    SessionKind.NO_SHOW: "no-show",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, what it shows, what it is sorted by, and how wide it may be.

    ``grow`` is its share of the width that is left; 0 keeps it at ``width``. Columns with a high
    ``rank`` go first when the terminal is narrow.
    """

    title: str
    text: Callable[[Session], str]
    key: Callable[[Session], object]
    width: int
    grow: int = 0
    rank: int = 0
    right: bool = False


def service_said(session: Session) -> str:
    """``Couples therapy``, or ``no-show: Couples therapy`` when it was not held."""
    kind = KIND_WORDS[session.kind]
    return f"{kind}: {session.service}" if kind else session.service


COLUMNS: tuple[Column, ...] = (
    Column("Date", lambda s: s.date.isoformat(), lambda s: (s.date, str(s.time)), 10),
    Column("Time", lambda s: s.time.strftime("%H:%M") if s.time else "", lambda s: str(s.time), 5),
    Column("Service", service_said, lambda s: service_said(s).casefold(), 10, grow=4, rank=1),
    Column("Price", lambda s: str(s.price), lambda s: (s.price.currency, s.price.minor), 12,
           right=True),
    Column("Sponsor", lambda s: s.sponsor or "no sponsor", lambda s: s.sponsor.casefold(), 10,
           grow=4),
    Column("Professional", lambda s: s.professional, lambda s: s.professional.casefold(), 10,
           grow=3, rank=2),
    Column("Row", lambda s: str(s.row), lambda s: (s.source, s.row), 6, rank=3, right=True),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns that fit a width, each with the cells it gets."""

    columns: tuple[tuple[Column, int], ...]

    def heads(self) -> str:
        return "  ".join(padded(c.title, cells, right=c.right) for c, cells in self.columns)

    def row(self, session: Session) -> str:
        return "  ".join(
            padded(column.text(session), cells, right=column.right)
            for column, cells in self.columns
        )


def layout(width: int, *, several_professionals: bool) -> Layout:
    """Choose columns for a width: what is least needed goes first."""
    chosen = [one for one in COLUMNS if several_professionals or one.title != "Professional"]
    while len(chosen) > 3 and _needed(chosen) > width:
        least = max(chosen, key=lambda one: one.rank)
        if not least.rank:
            break
        chosen.remove(least)
    left = max(0, width - _needed(chosen))
    shares = sum(one.grow for one in chosen) or 1
    return Layout(tuple((one, one.width + left * one.grow // shares) for one in chosen))


def _needed(columns: Sequence[Column]) -> int:
    return sum(one.width for one in columns) + 2 * (len(columns) - 1)


def order(
    sessions: Sequence[Session], haystacks: Sequence[str], wanted: str, column: Column | None,
    *, backwards: bool,
) -> list[int]:  # fmt: skip
    """The positions of the sessions that hold the wanted words, in the order asked for."""
    words = wanted.casefold().split()
    found: list[int] | range = range(len(sessions))
    for word in words:
        found = [position for position in found if word in haystacks[position]]
    if column is None:
        return list(found)
    return sorted(found, key=lambda at: column.key(sessions[at]), reverse=backwards)  # type: ignore[arg-type, return-value]  # each column's keys compare with one another


def session_said(session: Session) -> str:
    """All of a session in one line, for columns that were cut."""
    when = f"{session.date:%a} {session.date.isoformat()}" + (
        f" {session.time:%H:%M}" if session.time else ""
    )
    parts = [when, service_said(session), str(session.price), session.sponsor or "no sponsor",
             session.professional, f"row {session.place}"]  # fmt: skip
    return " · ".join(part for part in parts if part)


def haystack(session: Session) -> str:
    """What a filter looks through."""
    return (
        f"{session.date} {session.time or ''} {service_said(session)} {session.price} "
        f"{session.sponsor or 'no sponsor'} {session.professional} {session.row}"
    ).casefold()
