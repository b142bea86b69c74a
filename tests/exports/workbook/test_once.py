"""Large sheets are read once: calamine gets the file made anew, and it is the same workbook."""

from __future__ import annotations

import io
import random
import zipfile
import zlib

import pytest

from kara_tui.exports.workbook.child.once import LARGE, ReadOnce
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


def made_anew(data: bytes) -> bytes:
    """What calamine is given of a workbook in which every sheet counts as large."""
    file = io.BytesIO(data)
    with zipfile.ZipFile(file) as archive:
        once = ReadOnce(file, archive, large=0)
        assert not once.is_torn()
        return once.file.read()


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
        assert archive.getinfo(SHEET).file_size > LARGE
    assert sessions(read_bytes(data)) == sessions(read_text(as_csv(rows)))


def test_merged_cells_of_a_large_sheet_change_nothing() -> None:
    data, rows = large_workbook()
    merged = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'
    data = repacked(data, {SHEET: (b"</sheetData>", merged)})
    assert sessions(read_bytes(data)) == sessions(read_text(as_csv(rows)))


def test_a_sheet_made_anew_begins_with_an_element_and_keeps_its_checksum() -> None:
    data = workbook(table(row()), others={"Notes": [["x"]]})
    anew = made_anew(data)
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(io.BytesIO(anew)) as new:
        assert new.testzip() is None
        assert new.namelist() == old.namelist()
        for name in old.namelist():
            front, _, rest = new.read(name).partition(b"</mergeCells>")
            changed = name.startswith("xl/worksheets/")
            assert front.startswith(b"<mergeCells>") == changed
            assert (rest if changed else front) == old.read(name)
            assert new.getinfo(name).CRC == old.getinfo(name).CRC == zlib.crc32(old.read(name))


def test_a_workbook_without_large_sheets_is_read_as_it_is() -> None:
    file = io.BytesIO(workbook(table(row())))
    with zipfile.ZipFile(file) as archive:
        assert ReadOnce(file, archive).file is file


@pytest.mark.parametrize(
    "head",
    [
        b"<?xml version='1.0' encoding='iso-8859-1'?><worksheet/>",
        '<?xml version="1.0" encoding="UTF-16"?><worksheet/>'.encode("utf-16"),
        b"\xef\xbb\xbf<worksheet/>",
        b"<!DOCTYPE x><worksheet/>",
        b"",
    ],
)
def test_a_sheet_that_begins_in_another_way_is_left_alone(head: bytes) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(SHEET, head)
    with zipfile.ZipFile(file) as archive:
        once = ReadOnce(file, archive, large=0)
        assert once.file is file
        assert not once.is_torn()


def test_members_that_share_their_bytes_are_not_copied() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(SHEET, "<worksheet/>" * 99_999)
        # As the bombs do that unpack one piece many times.
        archive.filelist.extend([archive.filelist[0]] * 9)
    with zipfile.ZipFile(out) as archive:
        assert len(archive.infolist()) == 10
        assert ReadOnce(out, archive, large=0).file is out
    assert out.tell() == 0


def test_a_large_sheet_that_is_not_what_its_checksum_says_is_torn() -> None:
    # calamine does not look at it on its only way through the sheet, which ends before the end.
    data, _ = large_workbook()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        checksum = archive.getinfo(SHEET).CRC.to_bytes(4, "little")
    assert data.count(checksum) == 2
    wrong = data.replace(checksum, bytes([checksum[0] ^ 1]) + checksum[1:])
    assert refused(wrong).findings[0].code == "workbook-torn"
    assert prices(read_bytes(data))
