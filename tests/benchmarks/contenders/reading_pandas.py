"""The month's Credit rows with pandas: the columns that are needed, in one frame.

    python reading_pandas.py EXPORT MONTH ENGINE        ENGINE is c or pyarrow

Prints the number of sessions and the total as JSON. Runs in the benchmark's own environment.
"""

# Its libraries are in the benchmark's environment only, so the type checker does not see them.
# mypy: disable-error-code="import-untyped, import-not-found"
import json
import sys

import pandas as pd

KEPT = [
    "Transaction date", "Service Name", "Service Price", "Service Currency", "Professional Name",
    "Professional Email", "Type", "Sponsor",
]  # fmt: skip

export, month, engine = sys.argv[1:]
types = {"Transaction date": "str"}
if engine == "pyarrow":
    frame = pd.read_csv(export, usecols=KEPT, engine="pyarrow", dtype_backend="pyarrow")
    dates = frame["Transaction date"]
    first = pd.Timestamp(f"{month}-01")
    inside = (dates >= first) & (dates < first + pd.offsets.MonthBegin())
else:
    frame = pd.read_csv(export, usecols=KEPT, engine="c", dtype=types)
    inside = frame["Transaction date"].str.startswith(month)
prices = frame[inside & (frame["Type"] == "Credit")]["Service Price"]
print(json.dumps({"sessions": len(prices), "total": f"{prices.sum():.2f}"}))
