"""Copies of what is issued: the folder they go to, and what is said when it takes them badly."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kara_tui import ledger, settings
from kara_tui.model import Finding
from kara_tui.month_end.findings import finding
from kara_tui.month_end.request import Request
from kara_tui.month_end.the_ledger import demo_data, look
from kara_tui.settings import Profile

if TYPE_CHECKING:
    from kara_tui.ledger.book import Ledger


@dataclass(frozen=True, slots=True)
class Written:
    """Where the copies lie; None, and sentences in ``undelivered``, when they were not written."""

    folder: Path | None
    undelivered: tuple[str, ...] = ()
    notices: tuple[Finding, ...] = ()


def copies_folder(request: Request, profile: Profile) -> Path:
    """Where copies of what is issued go."""
    if request.out is not None:
        return request.out
    return sample_folder() if request.demo else settings.invoices_folder(profile.folder)


def sample_folder() -> Path:
    """Where the sample month's copies go."""
    if settings.has_one_home():
        return demo_data() / "invoices"
    return settings.invoices_folder().with_name("Kara sample invoices")


def forget_sample_copies() -> None:
    """Remove what the sample month wrote, and no other file that may lie there."""
    with suppress(ledger.LedgerError, OSError), look(demo=True) as book:
        for document in () if book is None else book.invoices():
            for name in (document.pdf_name, document.annex_name, document.mail_name):
                if name:
                    (sample_folder() / name).unlink(missing_ok=True)


def copy_of(name: str, folder: Path) -> Path:
    """A copy's path: in its folder, or where copies went formerly when it lies only there."""
    former = settings.former_invoices_folder()
    if former is not None and not (folder / name).exists() and (former / name).exists():
        return former / name
    return folder / name


def write_copies(book: Ledger, request: Request, profile: Profile, issued: ledger.Issue) -> Written:
    """Write the copies of what was just issued; what is wrong with the folder is no error."""
    folder = copies_folder(request, profile)
    is_new = not folder.exists()
    try:
        done = book.repair(folder, issue=issued)
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
    former = None if request.out or request.demo else settings.former_invoices_folder()
    moved = (_moved(folder, former),) if is_new and former is not None else ()
    return Written(folder, (), (*moved, *notices_of(folder, done)))


def repair_usual(
    book: Ledger, *, thorough: bool, demo: bool = False, make: bool = True
) -> list[tuple[Path, ledger.Repaired]]:
    """Bring each profile's copies in its folder to what the ledger holds.

    Copies that lie where they went formerly stay there. Unless ``make``, folders that are not there
    are passed over: who always names a folder of their own shall not get another one.
    """
    if demo:
        return [(sample_folder(), book.repair(sample_folder(), thorough=thorough))]
    former = settings.former_invoices_folder()
    done = []
    for name in sorted({document.profile for document in book.invoices()}):
        try:
            folder = settings.invoices_folder(settings.load(name).folder)
        except (settings.NoProfile, settings.ProfileError, settings.BadName):
            folder = settings.invoices_folder()
        if former is not None and not folder.exists():
            done.append((former, book.repair(former, profile=name, thorough=thorough)))
        elif make or folder.is_dir():
            repaired = book.repair(folder, profile=name, elsewhere=former, thorough=thorough)
            done.append((folder, repaired))
    return done


def _moved(folder: Path, former: Path) -> Finding:
    return finding(
        "copies-folder",
        f"Copies go to {folder} from now on, where mail programs and browsers can open them. "
        f"Earlier ones stay in {former}.",
        "For another folder, write folder = below [invoice] in the profile.",
    )


def notices_of(folder: Path, done: ledger.Repaired) -> tuple[Finding, ...]:
    """What is to be said of a folder whose copies are written."""
    if done.is_synced:
        return ()
    return (
        finding(
            "copies-not-synced",
            f"The folder {folder} cannot be synced, as on some network shares: the copies are "
            "there, but a power cut in the next minute could take them.",
            "The ledger holds them; if one is missing later, kara-tui repair writes it anew.",
        ),
    )
