"""Keeping what was issued: verify, back up, put back and export the ledger, renew the copies."""

from __future__ import annotations

from pathlib import Path

from kara_tui import ledger, settings
from kara_tui.issued.lookup import NothingThere, existing_ledger
from kara_tui.model import Finding
from kara_tui.month_end.copies_folder import notices_of, repair_usual
from kara_tui.month_end.the_ledger import (
    clock,
    ledger_findings,
    ledger_path,
    look,
    opened,
    supplier_of,
    traces,
)
from kara_tui.private_file import make_folder, write_private


def about_the_ledger(profile_name: str, *, demo: bool = False) -> tuple[Finding, ...]:
    """Where the ledger lies, and whether it knows all numbers that were given out.

    Raises ledger.LedgerError where it is gone or cannot be read, and as settings.load.
    """
    profile = settings.load(profile_name)
    with look(demo=demo) as book:
        return ledger_findings(book, profile, demo=demo)


def verify(expect: str, *, demo: bool = False) -> tuple[ledger.Verdict, tuple[Finding, ...]]:
    """Read every byte of the ledger and say what is wrong with it, or with its place.

    Raises NothingThere.
    """
    with look(demo=demo) as book:
        if book is None:
            raise NothingThere("Nothing was issued yet, so there is no ledger to verify.")
        return book.verify(expect), book.findings


def repair(
    folder: Path | None, *, demo: bool = False
) -> tuple[ledger.Repaired, tuple[Finding, ...]]:
    """Write missing or changed copies anew from the ledger, and what to say of the folder.

    Raises NothingThere.
    """
    with existing_ledger(demo=demo) as book:
        if folder is None:
            done = repair_usual(book, thorough=True, demo=demo)
        else:
            done = [(folder, book.repair(folder, thorough=True))]
    return (
        ledger.Repaired(
            tuple(name for _, repaired in done for name in repaired.written),
            tuple(name for _, repaired in done for name in repaired.set_aside),
        ),
        tuple(notice for place, repaired in done for notice in notices_of(place, repaired)),
    )


def repair_at_start(*, demo: bool = False) -> tuple[str, ...]:
    """Write copies that are missing from the usual folder anew; give their paths.

    Every face does this when it starts. Where another kara-tui is at work, or the disk lets nobody
    write, nothing is done: the ledger has everything, and the next start is soon enough.
    """
    path = ledger_path(demo=demo)
    if not path.exists():
        return ()
    try:
        with opened(demo=demo) as book:
            # A first issue that was cut off before its copies has no folder yet. Who always names
            # a folder has one that is remembered.
            make = not book.copies_were_written
            done = repair_usual(book, thorough=False, demo=demo, make=make)
            return tuple(str(place / name) for place, repaired in done for name in repaired.written)
    except ledger.LedgerError:
        return ()


def backup(folder: Path, *, demo: bool = False) -> ledger.Backup:
    """Copy the ledger into a folder and verify the copy. Raises NothingThere."""
    with look(demo=demo) as book:
        if book is None:
            raise NothingThere("Nothing was issued yet, so there is no ledger to back up.")
        return book.backup(folder.absolute())


def restore(file: Path, *, accept_older: bool, demo: bool = False) -> ledger.Restored:
    """Put a verified backup in the ledger's place; the present one is kept beside it."""
    return ledger.restore_ledger(
        ledger_path(demo=demo),
        file,
        now=clock,
        accept_older=accept_older,
        traces=traces(demo=demo),
    )


def go_on(number: str, profile_name: str, reason: str, *, demo: bool = False) -> str:
    """Go on after a number that was used and that the ledger does not know; give the next one.

    It and those before it are not given out again, and the gap is kept in words. The ledger that is
    there is taken as the true one from now on; where it is lost, a new one begins.
    Raises ValueError with a sentence when the number is none of the profile's series.
    """
    profile = settings.load(profile_name)
    series, digits = profile.numbering, number.removeprefix(profile.numbering.prefix)
    if not (number.startswith(series.prefix) and digits.isascii() and digits.isdigit()):
        raise ValueError(
            f"{number!r} is no number of the profile {profile_name}: they look like "
            f"{series.number(12)}"
        )
    value = int(digits[:18])
    order = ledger.GoOnOrder(profile_name, supplier_of(profile), series, value, reason)
    with opened(demo=demo, accept_put_back=True) as book:
        book.go_on(order)
    return series.number(value + 1)


def export(folder: Path, *, demo: bool = False) -> tuple[Path, ...]:
    """Write the whole ledger as JSON lines, as CSV, and every file that was issued.

    Raises NothingThere, OSError.
    """
    with look(demo=demo) as book:
        if book is None:
            raise NothingThere("Nothing was issued yet, so there is nothing to export.")
        lines = folder / "ledger.jsonl"
        make_folder(folder, tolerant=True)
        write_private(lines, book.json_lines(), tolerant=True)
        return (lines, *book.csv_files(folder), *book.issued_files(folder / "files"))
