"""Read polluted exports as people load CSV files: DuckDB, Polars, pandas, CleverCSV, as they come.

    python pollock.py FOLDER MONTH COLUMN… TYPE

Prints a JSON object: program → file → the month's Credit payments (the texts of each COLUMN), or
null where the program refuses the file or has no such columns. Cells are read as texts, so that no
guess about types is held against a program; everything else is its default.
"""

# Its libraries are in the benchmark's environment only, so the type checker does not see them.
# mypy: disable-error-code="import-untyped, import-not-found, no-any-return"
from __future__ import annotations

import json
import signal
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

# A program that thinks longer than this about 60 payments is taken to refuse them.
SECONDS = 20
Rows = list[dict[str, Any]]


def duckdb_(path: str) -> Rows:
    import duckdb

    found = duckdb.read_csv(path, all_varchar=True)
    return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


def polars_(path: str) -> Rows:
    import polars as pl

    return pl.read_csv(path, infer_schema=False).to_dicts()


def pandas_(path: str) -> Rows:
    import pandas as pd

    return pd.read_csv(path, dtype=str, keep_default_na=False).to_dict("records")


def pandas_sniffing(path: str) -> Rows:
    import pandas as pd

    read = pd.read_csv(path, dtype=str, keep_default_na=False, sep=None, engine="python")
    return read.to_dict("records")


def clevercsv_(path: str) -> Rows:
    import clevercsv

    return clevercsv.read_dicts(path)


PROGRAMS: dict[str, Callable[[str], Rows]] = {
    "DuckDB": duckdb_,
    "Polars": polars_,
    "pandas": pandas_,
    "pandas, sniffing": pandas_sniffing,
    "CleverCSV": clevercsv_,
}


def sessions(read: Callable[[str], Rows], path: Path, month: str, names: list[str]) -> Any:
    """What a program makes of a file; None when it does not."""
    *columns, type_ = names
    signal.alarm(SECONDS)
    try:
        rows = read(str(path))
        return [
            [row[name] or "" for name in columns]
            for row in rows
            if row[type_] == "Credit" and (row[columns[0]] or "").startswith(month)
        ]
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        return None
    finally:
        signal.alarm(0)


def main() -> None:
    """Read all files by all programs."""
    folder, month, *names = sys.argv[1:]
    warnings.simplefilter("ignore")

    def too_long(*_: Any) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, too_long)
    files = sorted(Path(folder).glob("*.csv"))
    found = {
        program: {path.name: sessions(read, path, month, names) for path in files}
        for program, read in PROGRAMS.items()
    }
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
