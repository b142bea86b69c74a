"""The least that a month end with these libraries could be: read the file, compile the document.

python bare.py EXPORT JOB OUT        JOB is a folder made by tests/benchmarks/job.py

It checks nothing, selects by one comparison and adds nothing up: the document's text is in JOB
already. What it takes is the floor that kara-tui is measured against. Prints the number of rows.
"""

import json
import sys
from datetime import datetime
from pathlib import Path

import polars as pl
import typst

export, job, out = map(Path, sys.argv[1:])
if export.suffix == ".xlsx":
    from python_calamine import CalamineWorkbook

    header, *cells = CalamineWorkbook.from_path(export).get_sheet_by_index(0).to_python()
    rows = pl.DataFrame(cells, schema=[str(name) for name in header], orient="row", strict=False)
else:
    rows = pl.read_csv(export, infer_schema=False)
settings = json.loads((job / "settings.json").read_text("utf-8"))
settings["timestamp"] = datetime.fromisoformat(settings["timestamp"])
settings["font_paths"] = typst.Fonts(**json.loads((job / "fonts.json").read_text("utf-8")))
pdf = typst.compile(
    {file.name: file.read_bytes() for file in (job / "sources").iterdir()}, **settings
)
out.write_bytes(pdf)
print(rows.filter(pl.col("Type") == "Credit").height)
