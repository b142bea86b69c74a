"""The mail draft of the other programs: the standard library's way, the PDF attached."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path


def write_mail(pdf: Path, month: str, sessions: int, total: str) -> None:
    """Write the draft beside the PDF, under its name with ``.eml``."""
    mail = EmailMessage()
    mail["To"] = "accounts@karaconnect.com"
    mail["From"] = "sigrun@example.org"
    mail["Subject"] = f"Invoice for {month}: {sessions} sessions, {total} EUR"
    mail["X-Unsent"] = "1"
    mail.set_content(f"Dear accounts team,\n\nthe invoice for {month} is attached.\n")
    mail.add_attachment(pdf.read_bytes(), maintype="application", subtype="pdf", filename=pdf.name)
    pdf.with_suffix(".eml").write_bytes(bytes(mail))
