"""The message to Kara Connect. The only room that speaks to mail servers.

``invoice_subject_and_body`` words the message of a month, ``follow_up_subject_and_body`` that of
an overdue invoice, both in neutral words; ``draft_bytes`` makes a Draft the ``.eml`` that a mail
client opens for sending. The same draft gives the same bytes everywhere.
"""

from kara_tui.mail.draft import Draft, MailError
from kara_tui.mail.message import draft_bytes
from kara_tui.mail.wording import (
    LANGUAGES,
    follow_up_subject_and_body,
    invoice_subject_and_body,
)

__all__ = [
    "LANGUAGES",
    "Draft",
    "MailError",
    "draft_bytes",
    "follow_up_subject_and_body",
    "invoice_subject_and_body",
]
