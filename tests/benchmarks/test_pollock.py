"""A polluted export of each kind is read exactly, or asked about with a true reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from kara_tui.exports import Export, ExportKind, Limits, read
from kara_tui.model import HowToRead
from tests.benchmarks.pollock.export import (
    answer,
    as_csv_module,
    payments,
    table,
    written,
)
from tests.benchmarks.pollock.files import all_files, one_of_each_kind
from tests.benchmarks.pollock.judge import Verdict, judged
from tests.benchmarks.pollock.pollution import Polluted

SLICE = one_of_each_kind()
WELL = (Verdict.EXACT, Verdict.ASKED_WELL)


def test_the_clean_export_is_what_the_standard_library_reads() -> None:
    assert as_csv_module(written(table())) == table()
    assert len(payments()) == 60
    assert answer(payments()).cents == sum(
        round(float(row[4]) * 100)
        for row in payments()
        if row[6] == "Credit" and row[0].startswith("2026-10")
    )


def test_the_files_are_the_same_each_time_and_each_has_a_name_of_its_own() -> None:
    first, again = all_files(), all_files()
    assert [file.data for file in first] == [file.data for file in again]
    assert len({(file.kind, file.name) for file in first}) == len(first) > 360


@pytest.mark.parametrize("file", SLICE, ids=lambda file: f"{file.kind}: {file.name}")
def test_a_file_of_each_kind_is_read_or_asked_about_well(file: Polluted, tmp_path: Path) -> None:
    path = tmp_path / "payments.csv"

    def read_as_a_large_one(data: bytes) -> Export:
        path.write_bytes(data)
        return read(path, ExportKind.PAID, HowToRead(), limits=Limits(careful_bytes=0))

    small, found = judged(file)
    assert small in WELL, [f"{one.code}: {one.message} {one.hint}" for one in found]
    assert judged(file, read_as_a_large_one) == (small, found)
