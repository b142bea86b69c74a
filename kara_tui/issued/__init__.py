"""What comes after issuing: what stands, was sent and paid, is cancelled, kept and delivered.

It knows the ledger, the documents, the mail, the settings and the month end's values, and never an
export: what is issued is in the ledger. Importing this door loads nothing heavy.
"""

from kara_tui.issued.calendar import calendar_file
from kara_tui.issued.credit import Cancelled, cancel
from kara_tui.issued.lookup import NothingThere, documents, stored
from kara_tui.issued.marks import mark_paid, mark_sent, mark_unpaid, mark_unsent
from kara_tui.issued.overview import (
    DocumentStanding,
    DocumentState,
    Overview,
    overview_of,
    standing_of,
)
from kara_tui.issued.reminders import write_follow_ups
from kara_tui.issued.upkeep import (
    about_the_ledger,
    backup,
    export,
    go_on,
    repair,
    repair_at_start,
    restore,
    verify,
)

__all__ = [
    "Cancelled",
    "DocumentStanding",
    "DocumentState",
    "NothingThere",
    "Overview",
    "about_the_ledger",
    "backup",
    "calendar_file",
    "cancel",
    "documents",
    "export",
    "go_on",
    "mark_paid",
    "mark_sent",
    "mark_unpaid",
    "mark_unsent",
    "overview_of",
    "repair",
    "repair_at_start",
    "restore",
    "standing_of",
    "stored",
    "verify",
    "write_follow_ups",
]
