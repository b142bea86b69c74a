"""Copies of what is issued: the folder they go to, and what is said when it takes them badly."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kara_tui import ledger, settings
from kara_tui.model import Finding, Severity
from kara_tui.month_end.history import demo_data
from kara_tui.month_end.request import Request

if TYPE_CHECKING:
    from kara_tui.ledger.book import Ledger


@dataclass(frozen=True, slots=True)
class Written:
    """Where the copies lie; None, and sentences in ``undelivered``, when they were not written."""

    folder: Path | None
    undelivered: tuple[str, ...] = ()
    notices: tuple[Finding, ...] = ()


def copies_folder(request: Request) -> Path:
    """Where copies of what is issued go."""
    if request.out is not None:
        return request.out
    return demo_data() / "invoices" if request.demo else settings.invoices_folder()


def write_copies(book: Ledger, request: Request, issued: ledger.Issue) -> Written:
    """Write the copies of what was just issued; what is wrong with the folder is no error."""
    folder = copies_folder(request)
    try:
        # The usual folder holds copies of everything, so what is missing there comes back; a
        # folder that was asked for gets what was issued now.
        done = book.repair(folder, issue=issued if request.out is not None else None)
    except ledger.LedgerError as error:
        again = "kara-tui repair"
        if request.out is not None:
            import shlex

            again += f" --out {shlex.quote(str(folder))}"
        return Written(
            None,
            (
                f"The copies could not be written to {folder}: {error.message} What was issued is "
                f"kept in the ledger; write the copies with {again}.",
            ),
        )
    return Written(folder, (), notices_of(folder, done))


def notices_of(folder: Path, done: ledger.Repaired) -> tuple[Finding, ...]:
    """What is to be said of a folder whose copies are written."""
    if done.is_synced:
        return ()
    return (
        Finding(
            "copies-not-synced",
            Severity.WARNING,
            f"The folder {folder} cannot be synced, as on some network shares: the copies are "
            "there, but a power cut in the next minute could take them.",
            "The ledger holds them; if one is missing later, kara-tui repair writes it anew.",
        ),
    )
