"""The bare Polars query with the reader's guards put on one after another, to see what each costs.

python reading_guards.py EXPORT MONTH [GUARD]...

`quoted`: the file may have quotation marks. `count`: every payment is counted by month, type, price
and currency, so that each different cell is looked at. `dates`: every date is matched with the
reader's calendar pattern. `bytes`: beside the query all bytes are hashed, and every line is proved
to have as many cells as the header. `grammar`: every line is matched with the
grammar of a record. The patterns and the search are the reader's own code.
Prints the number of sessions and the total as JSON.
"""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from pathlib import Path

import polars as pl

from kara_tui.exports.files.source import digest_by_path
from kara_tui.exports.in_thread import in_thread
from kara_tui.exports.payments.parse_in_one_scan import _ISO_DATE
from kara_tui.exports.text.dialects import Dialect
from kara_tui.exports.text.large_scan import _every_line_is_a_record
from kara_tui.exports.text.line_check import LineCheck

DATE = pl.col("Transaction date")

export, month, *guards = sys.argv[1:]
scan = pl.scan_csv(
    export,
    infer_schema=False,
    empty_string_is_null=False,
    quote_char='"' if "quoted" in guards else None,
)
width = len(scan.collect_schema())
look, hashed = None, None
if "bytes" in guards:
    with Path(export).open("rb") as file:
        begin = len(file.readline())
    hashed = in_thread(lambda: digest_by_path(export))
    look = LineCheck(export, b",", width, begin, Path(export).stat().st_size)
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
    .agg(pl.len().alias("count"), odd.alias("odd"))
    .collect(engine="streaming")
)
if groups["odd"].sum() or (look and look.lines != groups["count"].sum()):
    sys.exit("the file is not what it should be")
if look and (look.odd or ("quoted" not in guards and (look.quotes or not look.even))):
    sys.exit("the file is not what it should be")
if hashed:
    hashed.result()
sessions = groups.filter(Type="Credit", month=month)
total = sum(map(Decimal, sessions["Service Price"]), Decimal("0.00"))
print(json.dumps({"sessions": sessions.height, "total": str(total)}))
