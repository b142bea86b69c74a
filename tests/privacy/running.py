"""Everything that comes of an export: said, written and kept, in this process or by the command."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from unittest import mock

from kara_tui.arguments import parse
from kara_tui.exports import ExportKind, explain, months
from kara_tui.headless.start import start
from kara_tui.model import Month
from kara_tui.settings import demo_folder
from tests import forked
from tests.privacy.pairs import Pair

# The one thing that may differ: the file's own hash, by which a later start knows that it changed.
MAY_DIFFER = frozenset({"sha256"})
NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
OCTOBER = Month(2026, 10)

Came = dict[str, bytes]
Way = Callable[[Path, Pair, bytes], Came]


def read_alone(folder: Path, pair: Pair, content: bytes) -> Came:
    """What the reader gives on: all that anything after it can know."""
    export = folder / pair.name
    export.write_bytes(content)
    found = explain(export, ExportKind.UNPAID if pair.unpaid else ExportKind.PAID)
    came = {"explained": repr((found.columns, found.missing, found.dropped, found.toml)),
            "findings": repr(found.findings)}  # fmt: skip
    if found.export is not None:
        kept = {
            field.name: getattr(found.export, field.name)
            for field in fields(found.export)
            if field.name not in {*MAY_DIFFER, "frame", "scan", "kept"}
        }
        came["export"] = repr(kept)
        came["rows"] = repr(found.export.frame.collect().to_dicts())
        came["months"] = repr(months(found.export))
    return {name: said.encode() for name, said in came.items()}


def billed_here(folder: Path, pair: Pair, content: bytes) -> Came:
    """Looked at, tried out, issued and shown, in this process."""
    home = _home(folder)
    (folder / pair.name).write_bytes(content)
    came: Came = {}
    with (
        mock.patch.dict(os.environ, {"KARA_TUI_HOME": str(home), "HOME": str(folder)}),
        mock.patch("kara_tui.month_end.the_ledger.clock", return_value=NOW),
        mock.patch("kara_tui.issued.upkeep.clock", return_value=NOW),
        # The ledger has a name by chance, and its chain begins with it.
        mock.patch("os.urandom", bytes),
        mock.patch("kara_tui.headless.start.end_when_told"),
        contextlib.chdir(folder),
    ):
        for number, words in enumerate(_commands(pair)):
            out, err = _captured(), _captured()
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                given = parse(words)
                code = given if isinstance(given, int) else start(given)
            came[f"{number} code"] = str(code).encode()
            came[f"{number} out"], came[f"{number} err"] = _bytes(out), _bytes(err)
    return {**came, **_left(folder, pair)}


def billed_by_the_command(folder: Path, pair: Pair, content: bytes) -> Came:
    """The same through the installed command, a process each."""
    home = _home(folder)
    (folder / pair.name).write_bytes(content)
    came: Came = {}
    environ = {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8",
               "KARA_TUI_HOME": str(home)}  # fmt: skip
    for number, words in enumerate(_commands(pair)):
        code, out, err = forked.run(words, b"", environ, folder)
        came |= {f"{number} code": str(code).encode(), f"{number} out": out, f"{number} err": err}
    # What lies beside the ledger and names its head hangs on the moment of issuing.
    left = _left(folder, pair)
    return {**came, **{name: held for name, held in left.items() if not name.startswith("home/")}}


def _commands(pair: Pair) -> Iterator[list[str]]:
    """An unpaid export needs a paid one beside it: the sample's own."""
    export = ["--unpaid" if pair.unpaid else "--paid", pair.name]
    beside = ["--paid", str(demo_folder() / "payments-paid.csv")] if pair.unpaid else []
    month = ["--no-tui", "--json", "--month", "2026-10", "--today", "2026-11-02"]
    yield ["doctor", *export]
    yield [*month, *beside, *export, "--dry-run", "--out", "dry"]
    yield [*month, *beside, *export, "--out", "out"]
    yield ["status", "--json", "--ics", "dates.ics", "--today", "2026-11-02"]


def _home(folder: Path) -> Path:
    shutil.rmtree(folder)
    home = folder / "home"
    (home / "profiles").mkdir(parents=True)
    profile = (demo_folder() / "profile.toml").read_bytes()
    (home / "profiles" / "default.toml").write_bytes(profile)
    return home


def _captured() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)


def _bytes(stream: io.TextIOWrapper) -> bytes:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue()


def _left(folder: Path, pair: Pair) -> Came:
    """Every file but the export; of the ledger what its tables hold, and no moment of a clock."""
    came: Came = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if (
            path.is_file()
            and name != pair.name
            and "sqlite3" not in name
            and path.suffix != ".lock"
        ):
            came[name] = path.read_bytes()
    ledger = folder / "home" / "ledger.sqlite3"
    if ledger.exists():
        with contextlib.closing(sqlite3.connect(ledger)) as book:
            book.row_factory = sqlite3.Row
            for (table,) in book.execute("SELECT name FROM sqlite_schema WHERE type = 'table'"):
                rows = [dict(row) for row in book.execute(f"SELECT * FROM {table}")]
                for row in rows:
                    for moment in ("at", "saved_at", "hash"):
                        row.pop(moment, None)
                    if row.get("act") == "created":
                        row.pop("note")  # a name by chance, the ledger's own
                came[f"ledger {table}"] = repr(rows).encode()
    return came
