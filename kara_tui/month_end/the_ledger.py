"""Where the ledger lies, the sample month's too, and how it is opened, to be read or written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kara_tui import ledger, settings
from kara_tui.model import Finding
from kara_tui.settings.profile import Profile

if TYPE_CHECKING:
    from kara_tui.ledger.book import Ledger

Clock = Callable[[], datetime]


def clock() -> datetime:
    """The time now, with its zone."""
    return datetime.now().astimezone()


def demo_data() -> Path:
    """The folder of the sample month, with a ledger of its own."""
    return settings.data_folder() / "demo"


def ledger_path(*, demo: bool) -> Path:
    """The ledger's file; the sample month never touches the real one."""
    return demo_data() / "ledger.sqlite3" if demo else settings.ledger_file()


def traces(*, demo: bool, out: Path | None = None) -> ledger.Traces:
    """Where it is known beside the ledger what was issued; the sample month is nobody's concern."""
    if demo:
        return ledger.Traces()
    path = ledger_path(demo=demo)
    usual = (settings.invoices_folder(), settings.former_invoices_folder())
    folders = dict.fromkeys(folder for folder in usual if folder is not None)
    return ledger.Traces(
        settings.issued_numbers_file(),
        # Another home's numbers matter to a first invoice only, and cost a look at the platform.
        () if path.exists() else settings.other_issued_numbers_files(),
        (*folders, *([out.absolute()] if out else [])),
    )


def opened(
    *,
    demo: bool,
    out: Path | None = None,
    wait: float = 0.0,
    accept_clock: bool = False,
    accept_put_back: bool = False,
) -> Ledger:
    """The ledger opened to be written to, and made where there never was one."""
    return ledger.open_ledger(
        ledger_path(demo=demo),
        now=clock,
        wait=wait,
        accept_clock=accept_clock,
        traces=traces(demo=demo, out=out),
        accept_put_back=accept_put_back,
    )


@contextmanager
def look(*, demo: bool, out: Path | None = None) -> Iterator[Ledger | None]:
    """The ledger opened to be looked at, or None where there never was one. Creates nothing."""
    path, where = ledger_path(demo=demo), traces(demo=demo, out=out)
    if not path.exists():
        ledger.refuse_new(path, where)
        yield None
        return
    with ledger.open_ledger(path, now=clock, read_only=True, traces=where) as book:
        yield book


def supplier_of(profile: Profile) -> str:
    """Who issues, as the law sees it: a tax number, else the name."""
    return profile.supplier.identity


def ledger_findings(
    book: Ledger | None, profile: Profile, *, demo: bool, out: Path | None = None
) -> tuple[Finding, ...]:
    """Where the ledger lies, and whether it knows all numbers that were given out."""
    series, supplier = profile.numbering, supplier_of(profile)
    if book is not None:
        return (*book.findings, *book.number_findings(profile.name, supplier, series))
    path, where = ledger_path(demo=demo), traces(demo=demo, out=out)
    return (
        *(() if demo else ledger.location_findings(path)),
        *ledger.number_findings(path, where, profile.name, supplier, series),
    )
