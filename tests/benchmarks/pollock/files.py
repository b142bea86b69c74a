"""All polluted files."""

from __future__ import annotations

from tests.benchmarks.pollock.pollution import Polluted
from tests.benchmarks.pollock.rows import rows
from tests.benchmarks.pollock.tables import tables
from tests.benchmarks.pollock.whole_files import whole_files


def all_files() -> list[Polluted]:
    """The same files each time."""
    return [*whole_files(), *tables(), *rows()]


def one_of_each_kind() -> list[Polluted]:
    """A file of each kind of pollution: its second one, where the first is often harmless."""
    kinds: dict[str, list[Polluted]] = {}
    for file in all_files():
        kinds.setdefault(file.kind, []).append(file)
    return [files[min(1, len(files) - 1)] for files in kinds.values()]
