"""The month's Credit rows of a workbook with openpyxl, in its read-only mode, row by row.

    python reading_openpyxl.py EXPORT MONTH

Prints the number of sessions and the total as JSON. Runs in the benchmark's own environment.
"""

import json
import sys
from datetime import datetime
from decimal import Decimal

from openpyxl import load_workbook

export, month = sys.argv[1:]
year, number = map(int, month.split("-"))
sheet = load_workbook(export, read_only=True).worksheets[0]
rows = sheet.iter_rows(values_only=True)
header = list(next(rows))
date, kind, price = map(header.index, ("Transaction date", "Type", "Service Price"))
sessions, total = 0, Decimal("0.00")
for row in rows:
    when = row[date]
    if (
        row[kind] == "Credit"
        and isinstance(when, datetime)
        and (when.year, when.month) == (year, number)
    ):
        sessions += 1
        total += Decimal(repr(row[price]))
print(json.dumps({"sessions": sessions, "total": str(total)}))
