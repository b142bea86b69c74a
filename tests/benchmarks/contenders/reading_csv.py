"""The month's Credit rows with nothing but Python's own csv, row by row.

python reading_csv.py EXPORT MONTH

Prints the number of sessions and the total as JSON.
"""

import csv
import json
import sys
from decimal import Decimal

export, month = sys.argv[1:]
sessions, total = 0, Decimal(0)
with open(export, encoding="utf-8", newline="") as file:
    rows = csv.reader(file)
    header = next(rows)
    date, kind, price = map(header.index, ("Transaction date", "Type", "Service Price"))
    for row in rows:
        if row[kind] == "Credit" and row[date].startswith(month):
            sessions += 1
            total += Decimal(row[price])
print(json.dumps({"sessions": sessions, "total": str(total)}))
