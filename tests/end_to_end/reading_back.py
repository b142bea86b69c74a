"""What came out, read back by other programs' eyes: the paper, the annex and the mail."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from decimal import Decimal
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import Any

import openpyxl
import pikepdf

from tests.documents import paper

_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True)
class Sheet:
    """The annex: its header row and its sessions, each a dictionary by header."""

    headers: tuple[str, ...]
    sessions: tuple[dict[str, Any], ...]

    @property
    def total(self) -> Decimal:
        """The sum of the prices, through the shortest decimal of each double."""
        return sum((Decimal(repr(row["Price"])) for row in self.sessions), Decimal())


def annex(path: str | Path) -> Sheet:
    """The annex as openpyxl reads it; its only formula is the sum of its prices."""
    book = openpyxl.load_workbook(path)
    try:
        sheet = book["Sessions"]
        formulas = [
            str(cell.value) for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
        ]
        assert all(re.fullmatch(r"=SUM\(I2:I\d+\)", formula) for formula in formulas), formulas
        rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    finally:
        book.close()
    headers = tuple(map(str, rows[0]))
    sessions = [row for row in rows[1:] if isinstance(row[0], int)]
    return Sheet(headers, tuple(dict(zip(headers, row, strict=True)) for row in sessions))


def said(path: str | Path) -> str:
    """All that stands in a PDF as a screen reader says it, blanks made plain."""
    return _BLANKS.sub(" ", paper.read(Path(path).read_bytes()).read_aloud)


def on_paper(path: str | Path) -> str:
    """Every letter in a PDF, what is not read aloud included, in the order it was set."""
    return " ".join(run.text for run in paper.read(Path(path).read_bytes()).runs)


def table_rows(path: str | Path) -> list[list[str]]:
    """The cells of every table row of a PDF."""
    return paper.read(Path(path).read_bytes()).rows()


def mail(path: str | Path) -> EmailMessage:
    """The mail as Python's email package parses it, with no defect."""
    message = BytesParser(policy=policy.default).parsebytes(Path(path).read_bytes())
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def attachments(message: EmailMessage) -> dict[str, bytes]:
    """A mail's attached files, by name."""
    return {
        str(part.get_filename()): part.get_payload(decode=True)  # type: ignore[misc]  # leaves only
        for part in message.iter_attachments()
    }


def everything_in(content: bytes) -> list[bytes]:
    """A file's bytes, and those of all that lies packed inside it, as deep as it goes."""
    found = [content]
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                found += everything_in(archive.read(name))
    elif content.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            for thing in pdf.objects:
                if isinstance(thing, pikepdf.Stream):
                    found.append(thing.read_bytes())
        found.append(on_paper_of(content).encode())
    elif b"MIME-Version: 1.0" in content[:4000]:
        message = BytesParser(policy=policy.default).parsebytes(content)
        for part in message.walk():
            if not part.is_multipart():
                found += everything_in(bytes(part.get_payload(decode=True)))
        found += [str(value).encode() for value in message.values()]
    return found


def on_paper_of(pdf: bytes) -> str:
    """Every letter of a PDF, runs put together, so that a name broken over lines is found too."""
    return "".join(run.text for run in paper.read(pdf).runs)
