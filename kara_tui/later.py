"""A room's door that loads what it names when that is first wanted.

The wizard shows its first screen before it needs most of what its rooms can do, and loading all of
that takes longer than drawing it. What a door names stands in it under ``TYPE_CHECKING``, too, so
that type checkers see it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module


def later(room: str, where: Mapping[str, str]) -> Callable[[str], object]:
    """A door's ``__getattr__`` (PEP 562); ``where`` has each module's names, parted by blanks."""
    module_of = {name: module for module, names in where.items() for name in names.split()}

    def get(name: str) -> object:
        if name not in module_of:
            raise AttributeError(f"module {room!r} has no attribute {name!r}")
        return getattr(import_module(f"{room}.{module_of[name]}"), name)

    return get
