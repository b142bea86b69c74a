"""Reminders: a mail draft for each invoice whose money is overdue."""

from __future__ import annotations

from pathlib import Path

from kara_tui import mail
from kara_tui.issued.overview import DocumentState, Overview
from kara_tui.model.invoice_json import thawed
from kara_tui.month_end.the_ledger import look
from kara_tui.private_file import make_folder, write_private
from kara_tui.settings import Profile


def write_follow_ups(home: Overview, profile: Profile, folder: Path, *, demo: bool) -> list[Path]:
    """Write a follow-up mail draft for each overdue invoice and give their paths.

    Raises OSError when the folder cannot be written to, mail.MailError, ledger.LedgerError.
    """
    written = []
    with look(demo=demo) as book:
        for standing in home.of(DocumentState.OVERDUE):
            if book is None or standing.pay_on is None:
                continue
            number = standing.document.number
            stored = book.get(number, profile.name)
            subject, body = mail.follow_up_subject_and_body(
                thawed(stored.frozen, number), standing.pay_on, home.today, profile.language
            )
            draft = mail.Draft(
                sender_name=profile.supplier.name,
                sender=profile.supplier.email,
                to=(profile.mail.to,),
                cc=profile.mail.cc,
                subject=subject,
                body=body,
                attachments=(stored.pdf,),
            )
            path = folder / f"{Path(stored.pdf.name).stem}-follow-up.eml"
            make_folder(folder, tolerant=True)
            write_private(path, mail.draft_bytes(draft), tolerant=True)
            written.append(path)
    return written
