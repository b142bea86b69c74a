"""The month end with the classic pair: openpyxl (or csv) reads, ReportLab draws the PDF.

    python openpyxl_reportlab.py EXPORT MONTH FONTS OUT [--pdf-only]

Writes the PDF, an annex and a mail draft beside it, or the PDF alone. Prints the number of sessions
and the total as JSON. Runs in the benchmark's own environment.
"""

# Its libraries are in the benchmark's environment only, so the type checker does not see them.
# mypy: disable-error-code="import-untyped, import-not-found"
# mypy: allow-subclassing-any
from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from reportlab import platypus
from reportlab.lib import colors, pagesizes
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

KEPT = (
    "Transaction date", "Service Name", "Service Price", "Professional Name", "Type", "Sponsor",
)  # fmt: skip


class Session(NamedTuple):
    """A row of the invoice's table."""

    when: datetime
    service: str
    price: Decimal
    professional: str
    sponsor: str


def rows_of(export: Path) -> Iterator[Sequence[Any]]:
    """Header and rows, cells as the file has them."""
    if export.suffix == ".csv":
        with export.open(encoding="utf-8-sig", newline="") as file:
            yield from csv.reader(file)
        return
    import openpyxl

    book = openpyxl.load_workbook(export, read_only=True, data_only=True)
    yield from book.worksheets[0].iter_rows(values_only=True)


def sessions_of(export: Path, month: str) -> list[Session]:
    rows = rows_of(export)
    header = list(next(rows))
    places = [header.index(column) for column in KEPT]
    sessions = []
    for row in rows:
        when, service, price, professional, kind, sponsor = (row[place] for place in places)
        moment = when if isinstance(when, datetime) else datetime.fromisoformat(when)
        if kind == "Credit" and f"{moment:%Y-%m}" == month:
            exact = Decimal(price if isinstance(price, str) else repr(price))
            sessions.append(Session(moment, service, exact, professional, sponsor or ""))
    return sorted(sessions, key=lambda session: session.when)


def write_annex(sessions: Sequence[Session], path: Path) -> None:
    """The sessions as a workbook with real dates and numbers."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Sessions")
    sheet.append(("Date", "Service", "Price", "Professional", "Sponsor"))
    for session in sessions:
        sheet.append(session)
    book.save(path)


class NumberedPages(Canvas):
    """Writes "page / pages", which is known only once all pages are there."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.pages: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802 — ReportLab's name for it
        self.pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        for number, page in enumerate(self.pages, 1):
            self.__dict__.update(page)
            self.setFont("Inter", 8)
            self.drawRightString(190 * mm, 12 * mm, f"{number} / {len(self.pages)}")
            super().showPage()
        super().save()


def main() -> None:
    export, month, fonts, out, *pdf_only = sys.argv[1:]
    sessions = sessions_of(Path(export), month)
    total = sum((session.price for session in sessions), Decimal("0.00"))
    per_sponsor: dict[str, list[Decimal]] = {}
    for session in sessions:
        per_sponsor.setdefault(session.sponsor, []).append(session.price)

    for name, style in (("Inter", "Regular"), ("Inter-Bold", "SemiBold")):
        pdfmetrics.registerFont(TTFont(name, str(next(Path(fonts).rglob(f"*{style}.ttf")))))
    body = ParagraphStyle("body", fontName="Inter", fontSize=9, leading=12)
    title = ParagraphStyle("title", fontName="Inter-Bold", fontSize=20, leading=28)
    total_line = ParagraphStyle("total", fontName="Inter-Bold", fontSize=13, leading=20)

    letterhead = json.loads(Path(__file__).with_name("letterhead.json").read_text("utf-8"))
    block = {
        key: platypus.Paragraph("<br/>".join(map(escape, letterhead[key])), body)
        for key in ("supplier", "customer", "bank")
    }
    ruled = [
        ("FONT", (0, 0), (-1, -1), "Inter", 9),
        ("FONT", (0, 0), (-1, 0), "Inter-Bold", 9),
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.lightgrey),
        ("ALIGN", (-1, 0), (-1, -1), "RIGHT"),
    ]
    table = [["Date", "Time", "Service", "Professional", "Sponsor", "Price"]]
    table += [
        [f"{s.when:%d %b %Y}", f"{s.when:%H:%M}", s.service, s.professional, s.sponsor,
         f"{s.price:.2f}"]
        for s in sessions
    ]  # fmt: skip
    sponsors = [["Per sponsor", "Sessions", "Amount"]]
    sponsors += [[n, str(len(p)), f"{sum(p):.2f}"] for n, p in sorted(per_sponsor.items())]
    story = [
        platypus.Paragraph(f"{letterhead['title']} {month}", title),
        platypus.Table([[block["supplier"], block["customer"]]]),
        platypus.Spacer(1, 8 * mm),
        platypus.Table(table, repeatRows=1, style=ruled),
        platypus.Spacer(1, 6 * mm),
        platypus.Table(sponsors, style=ruled),
        platypus.Paragraph(f"Total {total:.2f} EUR, {len(sessions)} sessions", total_line),
        platypus.Paragraph(escape(letterhead["vat"]), body),
        block["bank"],
    ]
    document = platypus.SimpleDocTemplate(
        out, pagesize=pagesizes.A4, title=letterhead["title"], leftMargin=20 * mm,
        rightMargin=20 * mm, topMargin=20 * mm, bottomMargin=20 * mm,
    )  # fmt: skip
    document.build(story, canvasmaker=NumberedPages)
    if not pdf_only:
        from mail_draft import write_mail

        write_annex(sessions, Path(out).with_suffix(".xlsx"))
        write_mail(Path(out), month, len(sessions), f"{total:.2f}")
    print(json.dumps({"sessions": len(sessions), "total": f"{total:.2f}"}))


if __name__ == "__main__":
    main()
