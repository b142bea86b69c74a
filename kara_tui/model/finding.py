"""A finding: anything the user should know, with the place, a sentence and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

ROWS_SHOWN = 20


class Severity(StrEnum):
    """How much a finding matters.

    A blocker stops what would make the invoice wrong; a warning is what a person should look at;
    an info is said so that nothing happens in silence.
    """

    INFO = "info"
    WARNING = "warning"
    BLOCKER = "blocker"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know. ``rows`` are the first ROWS_SHOWN file rows; ``count`` is how many in all.

    ``message`` and ``hint`` are whole sentences, free of control characters and of client data.
    ``source`` is the file's name as shown to the user, ``column`` the file's own header; both are
    empty when the finding is not about one. ``code`` is stable: scripts may rely on it. ``setting``
    is the place in the profile that it is about, as ``supplier.email``.
    """

    code: str
    severity: Severity
    message: str
    hint: str = ""
    rows: tuple[int, ...] = ()
    count: int = 0
    source: str = ""
    column: str = ""
    setting: str = ""

    def __post_init__(self) -> None:
        if len(self.rows) > ROWS_SHOWN:
            object.__setattr__(self, "count", max(self.count, len(self.rows)))
            object.__setattr__(self, "rows", self.rows[:ROWS_SHOWN])
        elif self.count < len(self.rows):
            object.__setattr__(self, "count", len(self.rows))

    @property
    def is_blocker(self) -> bool:
        return self.severity is Severity.BLOCKER
