"""The least that Polars could do: one streaming query, nothing guarded, nothing looked at.

python reading_polars.py EXPORT MONTH

It splits only the columns it needs, trusts every line and every cell, and adds up in floats. Prints
the number of sessions and the total as JSON.
"""

import json
import sys

import polars as pl

export, month = sys.argv[1:]
groups = (
    pl.scan_csv(export, schema_overrides={"Transaction date": pl.String})
    .filter(pl.col("Type") == "Credit", pl.col("Transaction date").str.starts_with(month))
    .group_by(
        "Service Name", "Service Currency", "Professional Name", "Professional Email", "Sponsor"
    )
    .agg(pl.len().alias("sessions"), pl.col("Service Price").sum().alias("total"))
    .collect(engine="streaming")
)
print(json.dumps({"sessions": groups["sessions"].sum(), "total": f"{groups['total'].sum():.2f}"}))
