"""How an export is read where it can be read two ways."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields


@dataclass(frozen=True, slots=True)
class HowToRead:
    """What the user has said about reading exports; empty means: not said.

    ``date_order`` is ``dmy``, ``mdy`` or ``ymd``; ``decimal`` is ``,`` or ``.``; ``time_zone`` is
    the IANA zone in which zoned times are shown as wall-clock times. ``encoding`` is a name that
    Python knows (``mac-roman``, ``iso-8859-15``), for text files in none of the usual ones.
    ``month_by`` is ``session`` or ``transaction``: which date decides when a file has both; not
    said, the session's does. ``columns`` maps a header, as the user's files have it, to the field
    that it names, which wins over the table of names; with a second word ``confirmed`` where the
    header may seem a client's.
    """

    date_order: str = ""
    decimal: str = ""
    time_zone: str = ""
    encoding: str = ""
    month_by: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)

    def over(self, before: HowToRead) -> HowToRead:
        """What is said here and, where nothing is, what was said before."""
        return HowToRead(
            *(getattr(self, each.name) or getattr(before, each.name) for each in fields(self))
        )
