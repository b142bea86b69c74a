"""What was issued leaves traces outside the ledger; one that knows less than they was put back.

There are three: the lock file beside the ledger, a mark in the settings' folder, and the copies on
disk. The first two say how far the chain had come and the highest number of each series. They are
written after the commit, so they can be behind the ledger, which is nothing to speak of, but
never before it.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kara_tui.ledger.errors import NumberSeen, PutBack
from kara_tui.private_file import make_folder, write_private

if TYPE_CHECKING:
    import sqlite3

VERSION = 1
_FOLDERS_KEPT = 50
_LONGEST_MARK = 1 << 20  # bytes; a mark is some hundred
# So far above the last number a file of such a name is rather a paper of another kind.
_REACH = 1000

_HASH = re.compile(r"[0-9a-f]{64}\Z")
COPY = re.compile(
    r"(?P<stem>.*[0-9])(?P<kind>\.pdf|-sessions\.xlsx|-mail\.eml)(\.changed-[0-9]+)?\Z",
    re.IGNORECASE | re.DOTALL,
)
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")  # what a number's file has a hyphen for


@dataclass(frozen=True, slots=True)
class Traces:
    """Where to look for traces: the mark, marks of other homes, and folders that hold copies.

    Without a mark (None) none is written. ``other_marks`` are read only, and only for the numbers
    of a supplier's own series.
    """

    mark: Path | None = None
    other_marks: tuple[Path, ...] = ()
    folders: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Highest:
    """The highest number that was seen of a series; the supplier's prefix is the series."""

    profile: str
    supplier: str
    prefix: str
    value: int
    number: str


@dataclass(frozen=True, slots=True)
class LastSeen:
    """What a trace knows: how far the chain had come, and the numbers.

    ``first`` is the hash of the first entry, which tells one ledger from another. ``entries`` is 0
    where only the numbers are known. ``folders`` are those that copies went to.
    """

    first: str = ""
    entries: int = 0
    head: str = ""
    numbers: tuple[Highest, ...] = ()
    folders: tuple[str, ...] = ()

    @property
    def without_head(self) -> LastSeen:
        """The numbers alone: what is left while another ledger takes the place of this one."""
        return replace(self, first="", entries=0, head="")


@dataclass(frozen=True, slots=True)
class Sighting:
    """A number that was given out and that the ledger does not know; ``where`` shows it."""

    value: int
    number: str
    where: str


def seen_now(connection: sqlite3.Connection) -> LastSeen:
    """What the ledger itself knows."""
    first, entries, head = connection.execute(
        "SELECT (SELECT hash FROM audit WHERE id = 1), id, hash FROM audit ORDER BY id DESC LIMIT 1"
    ).fetchone()
    numbers = connection.execute(
        """
        SELECT s.profile, s.supplier, s.prefix, max(d.value), d.number
        FROM documents d JOIN series s ON s.id = d.series GROUP BY s.id ORDER BY s.id
        """
    )
    return LastSeen(first.hex(), entries, head.hex(), tuple(Highest(*row) for row in numbers))


def joined(older: LastSeen | None, newer: LastSeen) -> LastSeen:
    """What is known after both: the head of the newer, and of each series the highest number."""
    if older is None:
        return newer
    by_series = {_series(highest): highest for highest in older.numbers}
    for highest in newer.numbers:
        before = by_series.get(_series(highest))
        if before is None or highest.value >= before.value:
            by_series[_series(highest)] = highest
    folders = tuple(dict.fromkeys((*newer.folders, *older.folders)))[:_FOLDERS_KEPT]
    return replace(newer, numbers=tuple(by_series.values()), folders=folders)


def as_document(seen: LastSeen) -> dict[str, object]:
    """What is seen as the JSON object that the lock file and the mark hold."""
    return {
        "version": VERSION,
        "first": seen.first,
        "entries": seen.entries,
        "head": seen.head,
        "numbers": [
            {
                "profile": highest.profile,
                "supplier": highest.supplier,
                "prefix": highest.prefix,
                "value": highest.value,
                "number": highest.number,
            }
            for highest in seen.numbers
        ],
        "folders": list(seen.folders),
    }


def from_document(value: object) -> LastSeen | None:
    """What a lock file or a mark says; None when it says nothing that can be understood."""
    if not isinstance(value, dict):
        return None
    first, head, entries = (value.get(key) for key in ("first", "head", "entries"))
    numbers, folders = value.get("numbers"), value.get("folders")
    seen = LastSeen(
        numbers=tuple(_numbers(numbers)),
        folders=tuple(folder for folder in folders if isinstance(folder, str))
        if isinstance(folders, list)
        else (),
    )
    if (
        isinstance(first, str)
        and isinstance(head, str)
        and isinstance(entries, int)
        and _HASH.match(first)
        and _HASH.match(head)
        and entries > 0
    ):
        seen = replace(seen, first=first, entries=entries, head=head)
    return seen if seen.numbers or seen.entries or isinstance(numbers, list) else None


def read_mark(path: Path | None) -> tuple[LastSeen | None, bool]:
    """What the mark says, and whether a file is there at all, which may be torn or damaged."""
    if path is None:
        return None, False
    try:
        with path.open("rb") as file:
            value = json.loads(file.read(_LONGEST_MARK))
    except FileNotFoundError:
        return None, False
    except (OSError, ValueError, RecursionError):
        return None, True
    return from_document(value), True


def write_mark(path: Path, seen: LastSeen) -> None:
    """Put the mark in place, whole or not at all. Raises OSError."""
    make_folder(path.parent)
    # In ASCII, because the name of a folder need not be UTF-8.
    text = json.dumps(as_document(seen), indent=1)
    # People keep their settings in one place and link to them.
    write_private(path, f"{text}\n".encode(), follow=True)


def put_back(
    connection: sqlite3.Connection, path: Path, seen: LastSeen | None, where: Path
) -> PutBack | None:
    """What to say when the chain does not hold the head that a trace knows; None when it does."""
    if seen is None or not seen.entries or not seen.numbers:
        return None
    sealed = connection.execute("SELECT hash FROM audit WHERE id = ?", (seen.entries,)).fetchone()
    if sealed and sealed[0].hex() == seen.head:
        return None
    now = seen_now(connection)
    newest = now.numbers[-1].number if now.numbers else "no number"
    numbers = ", ".join(highest.number for highest in seen.numbers)
    if seen.first != now.first:
        what = f"The ledger {path} is another one than {where} tells of"
    elif seen.entries > now.entries:
        what = f"An older ledger was put in the place of {path}"
    else:
        what = f"The ledger {path} went another way than {where} tells of"
    last = max(
        joined(seen, now).numbers, key=lambda highest: highest.value - _last_of(now, highest)
    )
    return PutBack(
        f"{what}: it has {now.entries} entries and ends with {newest}; {where} knows of"
        f" {seen.entries} entries, with {numbers}.",
        _way_on(last.number, last.profile),
    )


def sighting(
    *,
    supplier: str,
    profile: str,
    prefix: str,
    last: int,
    known: Iterable[tuple[Path, LastSeen | None]],
    folders: Iterable[Path],
) -> Sighting | None:
    """The highest number of a series above ``last`` that any trace knows."""
    sightings = [
        Sighting(highest.value, highest.number, str(where))
        for where, seen in known
        if seen
        for highest in seen.numbers
        if highest.value > last and _same_series(highest, supplier, profile, prefix)
    ]
    sightings += [
        sighting for folder in folders for sighting in _copies_above(folder, prefix, last)
    ]
    return max(sightings, key=lambda sighting: sighting.value, default=None)


def seen_before(path: Path, sighting: Sighting, profile: str) -> NumberSeen:
    """The refusal to give out a number that was seen."""
    return NumberSeen(
        f"The number {sighting.number} was given out before: {sighting.where} shows it. The ledger"
        f" {path} does not know it, so it is older than what was issued.",
        _way_on(sighting.number, profile),
    )


def _way_on(number: str, profile: str) -> str:
    of = "" if profile in ("", "default") else f" --profile {profile}"
    return (
        "Look for the newer ledger and put it back, or restore the newest backup: kara-tui restore"
        " FILE. When neither is to be found, the numbers are spent all the same: kara-tui go-on"
        f" {number} --reason …{of} goes on after that one and records the gap. Sessions billed on"
        " them are not known any more: leave them out."
    )


def _series(highest: Highest) -> tuple[str, str]:
    return highest.supplier, highest.prefix


def _same_series(highest: Highest, supplier: str, profile: str, prefix: str) -> bool:
    # A tax number that was added to the profile since makes it no other person's series.
    return highest.prefix == prefix and (highest.supplier == supplier or highest.profile == profile)


def _last_of(seen: LastSeen, series: Highest) -> int:
    return max(
        (highest.value for highest in seen.numbers if _series(highest) == _series(series)),
        default=0,
    )


def _numbers(value: object) -> Iterator[Highest]:
    for one in value if isinstance(value, list) else ():
        if not isinstance(one, dict):
            continue
        texts = [one.get(key) for key in ("profile", "supplier", "prefix", "number")]
        number = one.get("value")
        if isinstance(number, int) and all(isinstance(t, str) and t.isprintable() for t in texts):
            profile, supplier, prefix, text = (str(each) for each in texts)
            yield Highest(profile, supplier, prefix, number, text)


def names(folder: Path) -> list[str]:
    """What a folder holds; nothing where it cannot be looked into."""
    with contextlib.suppress(OSError):
        return sorted(entry.name for entry in folder.iterdir())
    return []


def _copies_above(folder: Path, prefix: str, last: int) -> Iterator[Sighting]:
    """Copies of numbers of a series that come after its last: the ledger has issued none such."""
    begins = _UNSAFE.sub("-", f"{prefix}0").strip("-.")[:-1]
    front = re.compile(rf"{re.escape(begins)}(?P<digits>[0-9]+)\Z", re.IGNORECASE)
    for name in names(folder):
        copy = COPY.match(name)
        number = front.match(copy["stem"]) if copy else None
        if copy and number and last < int(number["digits"][:18]) <= last + _REACH:
            yield Sighting(int(number["digits"]), copy["stem"], str(folder / name))
