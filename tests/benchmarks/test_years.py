"""What the reading benchmark is measured with is what it says."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from kara_tui.exports import ExportKind, read, select
from kara_tui.model import Month
from tests.benchmarks.payments import MONTH
from tests.benchmarks.years import SESSIONS, month_of, write_csv, write_workbook

ROWS = 2_000


@pytest.mark.parametrize("name", ["plain.csv", "quoted.csv", "book.xlsx"])
def test_the_month_in_a_generated_file_comes_to_what_its_recipe_says(
    tmp_path: Path, name: str
) -> None:
    file = tmp_path / name
    if file.suffix == ".xlsx":
        write_workbook(ROWS, file)
    else:
        write_csv(ROWS, file, quoted=name == "quoted.csv")

    export = read(file, ExportKind.PAID)
    sessions = select(export, Month.parse(MONTH)).sessions

    total = sum((session.price.minor for session in sessions), 0)
    assert export.rows == ROWS
    assert month_of(ROWS) == {"sessions": SESSIONS, "total": str(Decimal(total).scaleb(-2))}
    assert len(sessions) == SESSIONS


def test_only_the_quoted_file_has_quotation_marks(tmp_path: Path) -> None:
    plain, quoted = tmp_path / "plain.csv", tmp_path / "quoted.csv"
    write_csv(ROWS, plain, quoted=False)
    write_csv(ROWS, quoted, quoted=True)

    assert b'"' not in plain.read_bytes()
    assert quoted.read_bytes().count(b'"') == 2 * ROWS
