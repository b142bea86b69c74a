"""Files as the system hands them over: what they are by their bytes, and how much is too much."""

from __future__ import annotations

import io
import os
import threading
from pathlib import Path

import pytest

from kara_tui.exports import ExportKind, Limits, Unreadable, read
from kara_tui.model import HowToRead
from tests.exports.samples import as_csv, prices, read_bytes, read_text, refused, row

TWO = as_csv([row(), row(price="80.00", date="2026-10-20 09:00")])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file-empty"),
        (b"%PDF-1.7 ...", "not-an-export"),
        (b"\x1f\x8b\x08\x00", "not-an-export"),
        (b"\x89PNG\r\n", "not-an-export"),
        (b"<html><table>", "not-an-export"),
        (b'{"a": 1}', "not-an-export"),
        (b'\xef\xbb\xbf[\n {"a": 1}]', "not-an-export"),
        (b"\n <meta charset=utf-8>\n<table>", "not-an-export"),
        ("\ufeff<html>".encode("utf-16-le"), "not-an-export"),
        (b"MIME-Version: 1.0\nX-Document-Type: Workbook", "not-an-export"),
        (b"\0\0\0\x18ftypheic\0\0", "not-an-export"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "not-an-export"),
        (b"hello\nworld\n", "header-missing"),
        (b"a,b,c\n1,2,3\n", "header-missing"),
        (b"\n\n\n", "header-missing"),
    ],
)
def test_what_is_no_export_is_refused_for_what_it_is(data: bytes, code: str) -> None:
    assert refused(data).findings[0].code == code


def test_a_file_s_name_is_only_a_name(tmp_path: Path) -> None:
    # Polars took brackets for a pattern and opened another file, and unpacked by the name's end.
    (tmp_path / "payments1.csv").write_text(as_csv([row(price="99.00")]))
    for name in ("payments[1].csv", "payments*.csv", "https:__x.csv.gz", "~"):
        path = tmp_path / name
        path.write_text(as_csv([row()]))
        assert prices(read(path, ExportKind.PAID)) == [6500]


def test_missing_files_and_folders_are_said_to_be_so(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "no.csv", "file-missing"), (tmp_path, "file-is-a-folder")):
        with pytest.raises(Unreadable) as error:
            read(path, ExportKind.PAID)
        assert error.value.findings[0].code == code


def test_a_pipe_is_read_like_a_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=(TWO,))
    writer.start()
    assert prices(read(pipe, ExportKind.PAID)) == [6500, 8000]
    writer.join()


def test_a_stream_larger_than_memory_s_share_is_read_from_a_temporary_file() -> None:
    export = read_bytes(TWO.encode(), limits=Limits(spool_bytes=10))
    assert prices(export) == [6500, 8000]


@pytest.mark.parametrize(
    "limits",
    [
        Limits(file_bytes=100),
        Limits(rows=1),
        Limits(columns=5),
        Limits(distinct=1),
    ],
)
def test_caps_are_said_and_not_run_into(limits: Limits) -> None:
    assert refused(TWO.encode(), limits).findings[0].code == "file-too-large"


def test_a_gigabyte_on_one_line_is_refused_before_it_is_split() -> None:
    data = TWO.encode() + b"x" * 500_000
    assert refused(data, Limits(columns=20)).findings[0].code == "file-too-large"


def test_the_digest_is_of_the_file_s_bytes() -> None:
    import hashlib

    assert read_text(TWO).sha256 == hashlib.sha256(TWO.encode()).hexdigest()


def test_reading_leaves_a_path_s_file_as_it_was_and_a_stream_is_read_once() -> None:
    stream = io.BytesIO(TWO.encode())
    assert prices(read(stream, ExportKind.PAID, HowToRead())) == [6500, 8000]


def test_a_cell_over_the_cap_is_refused_with_its_row() -> None:
    # Excel's own bound, and a workbook's in this reader.
    for service, read_it in (("x" * 32_767, True), ("x" * 32_768, False)):
        data = as_csv([row(), row(service=service), row()]).encode()
        if read_it:
            assert len(prices(read_bytes(data))) == 3
        else:
            error = refused(data)
            assert error.findings[0].code == "file-too-large"
            assert error.findings[0].rows == (3,)


def test_a_cell_over_the_cap_may_have_line_breaks_in_it() -> None:
    data = as_csv([row(service="x\n" * 20_000)]).encode()
    assert refused(data).findings[0].code == "file-too-large"
