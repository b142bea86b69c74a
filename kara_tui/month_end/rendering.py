"""From numbered invoices to files: PDF and annex for each, and one mail for all of them."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kara_tui import documents, mail, settings
from kara_tui.model import Invoice, Mark
from kara_tui.settings import Profile

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file's name, safe on every system and in every mail, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class RenderedInvoice:
    """One invoice with its PDF and its annex."""

    invoice: Invoice
    pdf: NamedFile
    annex: NamedFile


@dataclass(frozen=True, slots=True)
class RenderedMonth:
    """All files of a month end."""

    invoices: tuple[RenderedInvoice, ...]
    mail: NamedFile


def render(invoices: Sequence[Invoice], profile: Profile, theme: Path) -> RenderedMonth:
    """Draw every file. The same invoices give the same bytes.

    Raises documents.DocumentError when an invoice cannot be set (a character no font has, a theme
    with a fault) and mail.MailError when the mail cannot be written.
    """
    annexes: list[bytes] = []
    trouble: list[BaseException] = []

    def write_annexes() -> None:
        try:
            annexes.extend(documents.annex_xlsx(invoice) for invoice in invoices)
        except BaseException as error:  # noqa: BLE001 - raised again below, in the caller's thread
            trouble.append(error)

    # Typst lets go of the interpreter while it sets type, so the workbooks cost no time beside it.
    beside = threading.Thread(target=write_annexes, name="annexes")
    beside.start()
    try:
        foreign = is_foreign(theme)
        pdfs = [documents.invoice_pdf(invoice, theme, foreign=foreign) for invoice in invoices]
    finally:
        beside.join()
    if trouble:
        raise trouble[0]
    rendered = tuple(
        RenderedInvoice(
            invoice,
            NamedFile(f"{file_stem(invoice)}.pdf", pdf),
            NamedFile(f"{file_stem(invoice)}-sessions.xlsx", annex),
        )
        for invoice, pdf, annex in zip(invoices, pdfs, annexes, strict=True)
    )
    return RenderedMonth(rendered, _mail(rendered, profile))


def is_foreign(theme: Path) -> bool:
    """Whether a theme did not come with kara-tui, so that its template is not trusted."""
    return not theme.resolve().is_relative_to(settings.shipped_themes().resolve())


def file_stem(invoice: Invoice) -> str:
    """The name that an invoice's files begin with: its number, or DRAFT and the month."""
    if invoice.number is None:
        return f"DRAFT-{invoice.month}-{invoice.currency}"
    stem = _UNSAFE.sub("-", invoice.number).strip("-.")
    return f"SAMPLE-{stem}" if invoice.mark is Mark.SAMPLE else stem


def _mail(rendered: Sequence[RenderedInvoice], profile: Profile) -> NamedFile:
    """The one mail that carries all documents; its language is that of the invoices."""
    invoices = [one.invoice for one in rendered]
    subject, body = mail.invoice_subject_and_body(invoices, profile.language)
    attachments = [mail.Attachment(one.pdf.name, one.pdf.content, PDF) for one in rendered]
    if profile.mail.attach_annex:
        attachments += [
            mail.Attachment(one.annex.name, one.annex.content, XLSX) for one in rendered
        ]
    draft = mail.Draft(
        sender_name=profile.supplier.name,
        sender=profile.supplier.email,
        to=(profile.mail.to,),
        cc=profile.mail.cc,
        subject=subject,
        body=body,
        attachments=tuple(attachments),
    )
    return NamedFile(f"{file_stem(invoices[0])}-mail.eml", mail.draft_bytes(draft))
