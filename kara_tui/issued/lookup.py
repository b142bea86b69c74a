"""One document, or all of them, out of the ledger; and the ledger itself, which must be there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kara_tui import ledger
from kara_tui.errors import UserError
from kara_tui.month_end.the_ledger import ledger_path, look, opened, traces

if TYPE_CHECKING:
    from kara_tui.ledger.book import Ledger


class NothingThere(UserError):
    """There is no ledger yet, so nothing can be found in it; the sentence says so."""

    code = "ledger"


def documents(profile: str, year: int | None, *, demo: bool = False) -> tuple[ledger.Document, ...]:
    """The documents issued, in order; of one year when it is given. Creates nothing."""
    with look(demo=demo) as book:
        return () if book is None else book.invoices(profile=profile, year=year)


def stored(number: str, profile: str, *, demo: bool = False) -> ledger.Stored:
    """One issued document with its bytes. Raises ledger.NoSuchNumber, NothingThere."""
    with look(demo=demo) as book:
        if book is None:
            raise NothingThere("Nothing was issued yet, so there is no ledger.")
        return book.get(number, profile)


def existing_ledger(*, demo: bool, out: Path | None = None, accept_clock: bool = False) -> Ledger:
    """The ledger, which must be there already: what is about an invoice makes no ledger."""
    path = ledger_path(demo=demo)
    if not path.exists():
        ledger.refuse_new(path, traces(demo=demo, out=out))
        raise NothingThere("Nothing was issued yet, so there is no ledger.")
    return opened(demo=demo, out=out, accept_clock=accept_clock)
