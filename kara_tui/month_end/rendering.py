"""From numbered invoices to files: PDF and annex for each, and one mail for all of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from kara_tui import documents, ledger, mail, settings
from kara_tui.model import File, Invoice, Mark
from kara_tui.settings import Profile

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


def render(invoices: Sequence[Invoice], profile: Profile, theme: Path) -> ledger.Rendered:
    """Draw every file, a PDF and an annex for each invoice and one mail.

    The same invoices give the same bytes.

    Raises documents.DocumentError when an invoice cannot be set (a character no font has, a theme
    with a fault) and mail.MailError when the mail cannot be written.
    """
    from concurrent.futures import ThreadPoolExecutor

    # Typst lets go of the interpreter while it sets type, so the workbooks cost no time beside it.
    with ThreadPoolExecutor(max_workers=1) as thread:
        annexes = thread.submit(lambda: [documents.annex_xlsx(invoice) for invoice in invoices])
        foreign = is_foreign(theme)
        pdfs = [documents.invoice_pdf(invoice, theme, foreign=foreign) for invoice in invoices]
    rendered = tuple(
        ledger.RenderedDocument(
            File(f"{file_stem(invoice)}.pdf", pdf),
            File(f"{file_stem(invoice)}-sessions.xlsx", annex),
        )
        for invoice, pdf, annex in zip(invoices, pdfs, annexes.result(), strict=True)
    )
    return ledger.Rendered(rendered, _mail(invoices, rendered, profile))


def is_foreign(theme: Path) -> bool:
    """Whether a theme did not come with kara-tui, so that its template is not trusted."""
    return not theme.resolve().is_relative_to(settings.shipped_themes().resolve())


def file_stem(invoice: Invoice) -> str:
    """The name that an invoice's files begin with: its number, or DRAFT and the month."""
    if invoice.number is None:
        return f"DRAFT-{invoice.month}-{invoice.currency}"
    stem = _UNSAFE.sub("-", invoice.number).strip("-.")
    return f"SAMPLE-{stem}" if invoice.mark is Mark.SAMPLE else stem


def _mail(
    invoices: Sequence[Invoice], rendered: Sequence[ledger.RenderedDocument], profile: Profile
) -> File:
    """The one mail that carries all documents; its language is that of the invoices."""
    subject, body = mail.invoice_subject_and_body(invoices, profile.language)
    attachments = [files.pdf for files in rendered]
    if profile.mail.attach_annex:
        attachments += [files.annex for files in rendered if files.annex is not None]
    draft = mail.Draft(
        sender_name=profile.supplier.name,
        sender=profile.supplier.email,
        to=(profile.mail.to,),
        cc=profile.mail.cc,
        subject=subject,
        body=body,
        attachments=tuple(attachments),
    )
    return File(f"{file_stem(invoices[0])}-mail.eml", mail.draft_bytes(draft))
