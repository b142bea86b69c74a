"""Sheets of some megabytes: the same sessions, and whole by their checksum."""

from __future__ import annotations

import io
import random
import zipfile

from tests.exports.samples import (
    as_csv,
    prices,
    read_bytes,
    read_text,
    refused,
    repacked,
    row,
    sessions,
    table,
    workbook,
)

SHEET = "xl/worksheets/sheet1.xml"


def large_workbook() -> tuple[bytes, list[dict[str, str]]]:
    rng = random.Random(5)
    rows = [
        row(price=f"{rng.randrange(1, 10**7) / 100:.2f}", service=f"Þerapía {rng.random()}")
        for _ in range(2_500)
    ]
    return workbook(table(*rows)), rows


def test_a_large_workbook_gives_the_same_sessions_as_the_csv() -> None:
    data, rows = large_workbook()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.getinfo(SHEET).file_size > 1 << 20
    assert sessions(read_bytes(data)) == sessions(read_text(as_csv(rows)))


def test_merged_cells_of_a_large_sheet_change_nothing() -> None:
    data, rows = large_workbook()
    merged = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'
    data = repacked(data, {SHEET: (b"</sheetData>", merged)})
    assert sessions(read_bytes(data)) == sessions(read_text(as_csv(rows)))


def test_a_large_sheet_that_is_not_what_its_checksum_says_is_torn() -> None:
    data, _ = large_workbook()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        checksum = archive.getinfo(SHEET).CRC.to_bytes(4, "little")
    assert data.count(checksum) == 2
    wrong = data.replace(checksum, bytes([checksum[0] ^ 1]) + checksum[1:])
    assert refused(wrong).findings[0].code == "workbook-torn"
    assert prices(read_bytes(data))
