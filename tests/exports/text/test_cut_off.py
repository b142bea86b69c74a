"""A download that stopped inside its last cell is told by its end and by that cell."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exports.samples import (
    HEADER,
    as_csv,
    blockers,
    read_bytes,
    read_large,
    read_text,
    row,
    the,
)

NAMES = {"price": "Service Price", "date": "Transaction date", "sponsor": "Sponsor"}


def file_of(field: str, cells: list[str]) -> str:
    name = NAMES[field]
    header = [*(one for one in HEADER if one != name), name]
    return as_csv([row(**{field: cell}) for cell in cells], header).rstrip("\n")


@pytest.mark.parametrize(
    ("field", "cells"),
    [
        ("price", ["75.50", "75.50", "7"]),
        ("price", ["75.50", "80.00", "80.0"]),
        ("price", ["750", "750", "75"]),
        ("date", ["2026-10-15 10:00", "2026-10-15 11:00", "2026-10-15"]),
        ("sponsor", ["Acme Nordic", "Acme Nordic", "Acm"]),
    ],
)
def test_a_last_cell_that_was_cut_is_asked_about(
    tmp_path: Path, field: str, cells: list[str]
) -> None:
    text = file_of(field, cells)
    assert the(read_text(text), "file-cut-off").rows == (4,)
    assert "file-cut-off" not in blockers(read_text(text + "\n"))
    for export in (read_large(tmp_path, text.encode()), read_bytes(text.encode("utf-16"))):
        assert the(export, "file-cut-off").rows == (4,)
    assert "file-cut-off" not in blockers(read_large(tmp_path, f"{text}\n".encode()))


@pytest.mark.parametrize(
    ("field", "cells"),
    [
        ("price", ["75.50", "80.00", "65.00"]),
        ("price", ["75", "80.50", "75"]),
        ("price", ["100", "95"]),
        ("date", ["2026-10-15 10:00", "2026-10-16 11:00"]),
        ("sponsor", ["Acme", "Borealis"]),
    ],
)
def test_a_whole_file_without_its_last_line_end_is_fine(field: str, cells: list[str]) -> None:
    assert "file-cut-off" not in blockers(read_text(file_of(field, cells)))
