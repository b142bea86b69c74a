"""The room's door: what it loads, what it lets out, and its table of findings."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from pathlib import Path

import pytest

import kara_tui.exports
from kara_tui.exports import ExportKind, Unreadable, read
from kara_tui.exports.findings import READER_FINDINGS
from tests.exports.samples import as_csv, read_rows, row

ROOM = Path(kara_tui.exports.__file__).parent


def test_importing_the_door_loads_nothing_heavy() -> None:
    program = (
        "import sys, kara_tui.exports\n"
        "heavy = {'polars', 'python_calamine', 'csv', 'tomllib', 'subprocess', 'zipfile'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout == "[]\n"


def test_a_file_that_is_no_export_never_waits_for_polars() -> None:
    program = (
        "import io, sys\n"
        "from kara_tui.exports import ExportKind, Unreadable, read\n"
        "try:\n    read(io.BytesIO(b'hello'), ExportKind.PAID)\n"
        "except Unreadable as error:\n    print(error.findings[0].code, 'polars' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout == "header-missing False\n"


def test_a_panic_in_polars_is_unreadable_in_our_own_words(monkeypatch: pytest.MonkeyPatch) -> None:
    import polars as pl

    class PanicException(BaseException):
        """As pyo3 raises it: no Exception, and with a cell in its message."""

    PanicException.__module__ = "pyo3_runtime"

    def panic(*_: object, **__: object) -> None:
        raise PanicException("could not parse 'Klara Sentinel'")

    monkeypatch.setattr(pl.LazyFrame, "collect", panic)
    with pytest.raises(Unreadable) as error:
        read_rows(row())
    assert error.value.findings[0].code == "reading-failed"
    assert "Klara" not in repr(error.value.findings)
    assert error.value.__suppress_context__


@pytest.mark.parametrize("kind", [KeyboardInterrupt, AssertionError, ZeroDivisionError])
def test_an_interrupt_and_a_defect_of_ours_still_pass(
    monkeypatch: pytest.MonkeyPatch, kind: type[BaseException]
) -> None:
    import polars as pl

    def fail(*_: object, **__: object) -> None:
        raise kind

    monkeypatch.setattr(pl.LazyFrame, "collect", fail)
    with pytest.raises(kind):
        read_rows(row())


def test_every_code_that_is_raised_is_in_the_table_and_every_code_in_the_table_is_raised() -> None:
    source = "".join(path.read_text() for path in ROOM.rglob("*.py") if path.name != "findings.py")
    used = {code for code in READER_FINDINGS if re.search(rf'"{code}"', source)}
    assert used == set(READER_FINDINGS)


def test_codes_are_the_words_that_scripts_rely_on() -> None:
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)+", code) for code in READER_FINDINGS)
    assert all(meaning.text.endswith((".", "…")) for meaning in READER_FINDINGS.values())


def test_a_stream_needs_no_name() -> None:
    export = read(io.BytesIO(as_csv([row()]).encode()), ExportKind.PAID)
    assert export.name == "standard input"
