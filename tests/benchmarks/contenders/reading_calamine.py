"""The month's Credit rows of a workbook with python-calamine alone: in this process, unguarded.

python reading_calamine.py EXPORT MONTH

It looks at three cells of a row. Prints the number of sessions and the total as JSON.
"""

import json
import sys
from datetime import datetime
from decimal import Decimal

from python_calamine import CalamineWorkbook

export, month = sys.argv[1:]
year, number = map(int, month.split("-"))
rows = CalamineWorkbook.from_path(export).get_sheet_by_index(0).iter_rows()
header = next(rows)
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
