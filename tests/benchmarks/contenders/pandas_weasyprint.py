"""The month end as many would write it: pandas reads, HTML is filled in, WeasyPrint prints it.

    python pandas_weasyprint.py EXPORT MONTH FONTS OUT [--pdf-only]

Writes the PDF, an annex and a mail draft beside it, or the PDF alone. Prints the number of sessions
and the total as JSON. Runs in the benchmark's own environment.
"""

# Its libraries are in the benchmark's environment only, so the type checker does not see them.
# mypy: disable-error-code="import-untyped, import-not-found"
from __future__ import annotations

import json
import sys
from decimal import Decimal
from html import escape
from pathlib import Path

import pandas as pd
from weasyprint import HTML

KEPT = [
    "Transaction date", "Service Name", "Service Price", "Service Currency", "Professional Name",
    "Professional Email", "Type", "Sponsor",
]  # fmt: skip

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title><style>
@font-face {{ font-family: Inter; src: url("{faces[0]}") }}
@font-face {{ font-family: Inter; font-weight: 600; src: url("{faces[1]}") }}
@page {{ size: A4; margin: 20mm; @bottom-right {{ content: counter(page) " / " counter(pages);
  font: 8pt Inter }} }}
body {{ font: 9pt Inter }} h1 {{ font-size: 20pt }}
table {{ width: 100%; border-collapse: collapse }}
th {{ text-align: left }} td, th {{ padding: 1.5mm 1mm; border-bottom: 0.2mm solid #ccc }}
.amount {{ text-align: right }} .parties {{ display: flex; gap: 20mm; margin-bottom: 8mm }}
</style></head><body><h1>{title} {month}</h1>
<div class="parties"><p>{supplier}</p><p>{customer}</p></div>
<table><thead><tr><th>Date</th><th>Time</th><th>Service</th><th>Professional</th><th>Sponsor</th>
<th class="amount">Price</th></tr></thead><tbody>{rows}</tbody></table>
<h2>Per sponsor</h2><table>{sponsors}</table>
<h2>Total {total} EUR, {count} sessions</h2><p>{vat}</p><p>{bank}</p></body></html>"""


def read(export: Path) -> pd.DataFrame:
    """The kept columns: text from CSV, the cells' own values from a workbook."""
    if export.suffix == ".csv":
        return pd.read_csv(export, usecols=KEPT, dtype=str, keep_default_na=False)
    frame = pd.read_excel(export, usecols=KEPT, keep_default_na=False)
    frame["Service Price"] = frame["Service Price"].map(repr)
    return frame


def write_annex(sessions: pd.DataFrame, path: Path) -> None:
    """The sessions as a workbook with real dates and numbers."""
    annex = sessions.drop(columns=["Transaction date", "Type"])
    annex["Service Price"] = annex["Service Price"].astype(float)
    annex.to_excel(path, index=False, sheet_name="Sessions")


def main() -> None:
    export, month, fonts, out, *pdf_only = sys.argv[1:]
    frame = read(Path(export))
    frame["when"] = pd.to_datetime(frame["Transaction date"])
    wanted = (frame["when"].dt.strftime("%Y-%m") == month) & (frame["Type"] == "Credit")
    sessions = frame[wanted].sort_values("when", kind="stable")
    prices = sessions["Service Price"].map(Decimal)
    total = sum(prices, Decimal("0.00"))
    per_sponsor = prices.groupby(sessions["Sponsor"]).agg(["count", "sum"])

    letterhead = json.loads(Path(__file__).with_name("letterhead.json").read_text("utf-8"))
    faces = [next(Path(fonts).rglob(f"*{style}.ttf")).as_uri() for style in ("Regular", "SemiBold")]
    rows = "".join(
        f"<tr><td>{when:%d %b %Y}</td><td>{when:%H:%M}</td><td>{escape(service)}</td>"
        f"<td>{escape(name)}</td><td>{escape(sponsor)}</td>"
        f"<td class=amount>{price:.2f}</td></tr>"
        for when, service, name, sponsor, price in zip(
            sessions["when"],
            sessions["Service Name"],
            sessions["Professional Name"],
            sessions["Sponsor"],
            prices,
            strict=True,
        )
    )
    sponsors = "".join(
        f"<tr><td>{escape(name)}</td><td>{count}</td><td class=amount>{amount:.2f}</td></tr>"
        for name, count, amount in per_sponsor.itertuples()
    )
    blocks = {
        key: "<br>".join(map(escape, letterhead[key])) for key in ("supplier", "customer", "bank")
    }
    page = PAGE.format(
        **blocks, title=letterhead["title"], vat=escape(letterhead["vat"]), month=month, rows=rows,
        sponsors=sponsors, total=f"{total:.2f}", count=len(sessions), faces=faces,
    )  # fmt: skip
    HTML(string=page).write_pdf(out, pdf_variant="pdf/a-3a")
    if not pdf_only:
        from mail_draft import write_mail

        write_annex(sessions, Path(out).with_suffix(".xlsx"))
        write_mail(Path(out), month, len(sessions), f"{total:.2f}")
    print(json.dumps({"sessions": len(sessions), "total": f"{total:.2f}"}))


if __name__ == "__main__":
    main()
