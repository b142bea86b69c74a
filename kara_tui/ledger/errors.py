"""What can be wrong with the ledger or with what is asked of it: a sentence, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kara_tui.errors import UserError
from kara_tui.text import counted, verb


@dataclass(frozen=True, slots=True)
class Holder:
    """The process that has the ledger open for writing, as it wrote itself into the lock file.

    ``since`` is UTC in ISO 8601. All three are empty or 0 when the lock file could not be read.
    """

    pid: int = 0
    since: str = ""
    host: str = ""


class LedgerError(UserError):
    """The ledger cannot do this. ``message`` says what is wrong, ``hint`` what to do about it."""

    code = "ledger"


class NotALedger(LedgerError):
    """The file is a database of another program. It was not touched."""


class Newer(LedgerError):
    """The ledger was written by a newer kara-tui. It was not touched."""


class Damaged(LedgerError):
    """The ledger, or a backup, is not whole. It was not touched."""


class Gone(LedgerError):
    """There was a ledger here and it is no longer. None was made in its place."""


class PutBack(LedgerError):
    """The ledger is older than what was seen of it, or another: it was put in its place."""


class LedgerMissing(LedgerError):
    """There is no ledger yet to be looked at."""


class ReadOnly(LedgerError):
    """The ledger was opened to be read only, or the disk lets nobody write to it."""


class DiskTrouble(LedgerError):
    """The disk refused: full, over quota, not readable. Nothing was changed."""


class Uncertain(LedgerError):
    """The disk failed at the very end of an act: it may be kept or not; the ledger is whole."""


class Busy(LedgerError):
    """Another program kept the file locked for too long. Nothing was changed."""


class Locked(LedgerError):
    """Another kara-tui has the ledger open for writing; it can still be opened to read."""

    def __init__(self, holder: Holder) -> None:
        self.holder = holder
        who = f"process {holder.pid}" if holder.pid else "another process"
        if holder.host:
            who += f" on {holder.host}"
        if holder.since:
            who += f", since {holder.since}"
        super().__init__(
            f"The ledger is in use by another kara-tui ({who}).",
            "Close that one first; until then the ledger can be looked at but not written to.",
        )


class ClockBehind(LedgerError):
    """The clock, or the invoice's date, lies before the newest event in the ledger."""

    def __init__(self, found: datetime | str, newest: datetime | str) -> None:
        super().__init__(
            f"The clock says {found}, but the newest entry of the ledger is of {newest}.",
            "Set the clock right; if it is right and was wrong before, go on with"
            " --clock-is-right.",
        )


class RefusedByLedger(LedgerError):
    """What is asked for would break a promise of the ledger. Nothing was changed."""


class MonthTaken(RefusedByLedger):
    """The month is invoiced already; ``numbers`` are its invoices that stand."""

    def __init__(self, month: str, numbers: Sequence[str]) -> None:
        self.numbers = tuple(numbers)
        super().__init__(
            f"{month} is invoiced already: {', '.join(numbers)}.",
            "Put late sessions on the next invoice, or cancel this one by a credit note and"
            " bill the month anew.",
        )


class AlreadyBilled(RefusedByLedger):
    """Sessions of the order stand on an invoice already; ``numbers`` are those invoices."""

    def __init__(self, count: int, numbers: Sequence[str]) -> None:
        self.count = count
        self.numbers = tuple(numbers)
        super().__init__(
            f"{counted(count, 'session')} {verb(count, 'is', 'are')} billed already, on "
            f"{', '.join(numbers)}.",
            "Leave them out, or cancel that invoice by a credit note first.",
        )


class SeriesTaken(RefusedByLedger):
    """Another profile of the same supplier numbers its invoices with this prefix already."""


class NumberSeen(RefusedByLedger):
    """The number that comes next was given out before, as a mark or a copy shows."""


class SeriesMoved(RefusedByLedger):
    """The profile says that numbers were used which the ledger has not given out."""


class BrokenPlace(LedgerError):
    """What was kept about the wizard's place cannot be understood; the ledger itself is whole."""

    def __init__(self) -> None:
        super().__init__(
            "What was kept about where you left cannot be read.", "Begin with the first step."
        )


class NoSuchNumber(RefusedByLedger):
    """No document has that number, or several profiles have one."""


class NotCreditable(RefusedByLedger):
    """The document is a credit note, or is cancelled already."""


class NotSendable(RefusedByLedger):
    """The mail is sent, or nobody knows whether it is: it is never sent a second time."""


class WouldLose(RefusedByLedger):
    """Restoring would put an older or another ledger in place of a newer one.

    ``numbers`` are the documents that the present ledger has and the backup has not.
    """

    def __init__(self, message: str, numbers: Sequence[str]) -> None:
        self.numbers = tuple(numbers)
        lost = f" These documents would be forgotten: {', '.join(numbers)}." if numbers else ""
        super().__init__(
            message + lost,
            "Numbers that were sent must not be given out again: restore a newer backup, or"
            " say --older if the older one is wanted; the present ledger is kept beside it.",
        )
