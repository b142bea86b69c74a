"""The bare Polars query with the reader's guards put on one after another, to see what each costs.

python reading_guards.py EXPORT MONTH [GUARD]...

`quoted`: the file may have quotation marks. `count`: every payment is counted by month, type, price
and currency, so that each different cell is looked at. `dates`: every date is matched with the
reader's calendar pattern. `bytes`: beside the query all bytes are hashed and searched for what
breaks lines. `split`: every column is split, also those that are not needed. `grammar`: every line
is matched with the grammar of a record. The patterns and the search are the reader's own code.
Prints the number of sessions and the total as JSON.
"""

from __future__ import annotations

import json
import sys
from decimal import Decimal

import polars as pl

from kara_tui.exports.delimited import Dialect
from kara_tui.exports.fast import Look, _as_it_is, _every_line_is_a_record
from kara_tui.exports.iso import _ISO_DATE

DATE = pl.col("Transaction date")
NAMES = ("Service Name", "Professional Name", "Professional Email", "Sponsor")

export, month, *guards = sys.argv[1:]
look = Look(export, b",", count_lines=False) if "bytes" in guards else None
scan = pl.scan_csv(
    export,
    infer_schema=False,
    empty_string_is_null=False,
    quote_char='"' if "quoted" in guards else None,
)
width = len(scan.collect_schema())
if "grammar" in guards:
    lines = pl.scan_csv(
        export,
        has_header=False,
        skip_lines=1,
        separator="\x1f",
        quote_char=None,
        schema={"line": pl.String()},
    )
    if not _every_line_is_a_record(lines, Dialect("utf-8", ",", 0, declared=False), width):
        sys.exit("a line is no record")
if "split" in guards:
    scan = scan.map_batches(_as_it_is, projection_pushdown=False, streamable=True)
odd = (~DATE.str.contains(_ISO_DATE)).sum() if "dates" in guards else pl.lit(0)
groups = (
    scan.with_row_index("row")
    .group_by(
        DATE.str.slice(0, 7).alias("month"),
        "Type",
        "Service Price",
        "Service Currency",
        pl.when(DATE.str.starts_with(month)).then("row").alias("inside"),
    )
    .agg(pl.len().alias("count"), odd.alias("odd"), *(pl.col(name).first() for name in NAMES))
    .collect(engine="streaming")
)
if groups["odd"].sum() or (look and (look.odd or (look.quotes and "quoted" not in guards))):
    sys.exit("the file is not what it should be")
sessions = groups.filter(Type="Credit", month=month)
total = sum(map(Decimal, sessions["Service Price"]), Decimal("0.00"))
print(json.dumps({"sessions": sessions.height, "total": str(total)}))
