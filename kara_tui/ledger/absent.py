"""Where there is no ledger: was there ever one? A new one would begin to count anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kara_tui.ledger.errors import Damaged, Gone
from kara_tui.ledger.lock import side_file, told_by_side_file
from kara_tui.ledger.traces import COPY, Traces, names, read_mark

RESTORE_IT = "Keep the file as it is, and restore the newest backup: kara-tui restore FILE."

_NOT_ISSUED = ("draft", "sample")


def refuse_new(path: Path, traces: Traces) -> None:
    """Raise Gone or Damaged where anything tells that there was a ledger; nothing is written."""
    path = path.absolute()
    refuse_dangling(path)
    path = path.resolve()
    refuse_leftovers(path)
    refuse_first_start(path, traces, was_here=told_by_side_file(path)[0])


def refuse_dangling(path: Path) -> None:
    """Raise Gone where a link on the way to the ledger leads nowhere.

    What it led to is not made anew: it is a disk that is not there now, or a folder that was moved.
    """
    for place in (path, *path.parents):
        if place.is_symlink() and not place.exists():
            raise Gone(
                f"{place} is a link to {place.readlink()}, and nothing is there: the ledger"
                f" {path} cannot be reached.",
                "Bring the disk or the folder back, or let the link lead where it is now. If there"
                " never was a ledger, make that folder or remove the link.",
            )


def refuse_leftovers(path: Path) -> None:
    """Raise Damaged where a ledger's journal lies without the ledger."""
    if path.is_symlink() or path.with_name(path.name + "-journal").exists():
        raise Damaged(f"The ledger {path} is missing, but traces of it are there.", RESTORE_IT)


def refuse_first_start(path: Path, traces: Traces, *, was_here: bool) -> None:
    """Raise Gone where anything tells that there was a ledger; a new one would begin again."""
    mark, mark_is_there = read_mark(traces.mark)
    known = mark.numbers if mark else ()
    if was_here:
        what = f"The ledger {path} was here and is gone."
        which = f"the lock file {side_file(path)}"
    elif known:
        numbers = ", ".join(one.number for one in known)
        what = (
            f"There is no ledger at {path}, but {traces.mark} knows of issued numbers: {numbers}."
        )
        which = f"{traces.mark}"
    elif mark_is_there:
        what = f"There is no ledger at {path}, but there was: {traces.mark} is there, and damaged."
        which = f"{traces.mark}"
    else:
        copy = next(_issued_copies(traces.folders), None)
        if copy is None:
            return
        what = f"There is no ledger at {path}, but {copy} is a copy of what was issued."
        which = f"the copies in {copy.parent}"
    go_on = f"kara-tui go-on {known[0].number if known else 'NUMBER'} --reason …"
    raise Gone(
        what,
        "Put it back (is a disk not mounted, a folder moved, KARA_TUI_HOME changed?), or restore"
        " the newest backup: kara-tui restore FILE. A new ledger would give out numbers again"
        f" that were used. When the ledger is lost for good, {go_on} begins a new one after the"
        f" last number that was used. If none ever was, move {which} away.",
    )


def _issued_copies(folders: Iterable[Path]) -> Iterator[Path]:
    """PDFs that lie beside an annex or a mail of the same name, which only issuing writes so."""
    for folder in folders:
        kinds: dict[str, set[str]] = {}
        for name in names(folder):
            copy = COPY.match(name)
            if copy and not copy["stem"].casefold().startswith(_NOT_ISSUED):
                kinds.setdefault(copy["stem"], set()).add(copy["kind"].lower())
        for stem, found in kinds.items():
            if ".pdf" in found and len(found) > 1:
                yield folder / f"{stem}.pdf"
