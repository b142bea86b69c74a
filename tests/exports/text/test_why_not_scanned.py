"""A scan of a large file says why it leaves a file to the way that goes record by record."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from kara_tui.exports import ExportKind, Limits
from kara_tui.exports.files.source import open_source
from kara_tui.exports.large_text import read_large_text
from kara_tui.exports.not_this_way import NotThisWay
from kara_tui.model import HowToRead
from tests.exports.samples import HEADER, OCTOBER, as_csv, row

TEXT = as_csv([row(), row(price="80.00", date="31.10.2026")])


def why_not(tmp_path: Path, data: bytes) -> str:
    """The reason for not scanning a file; empty when it is scanned."""
    path = tmp_path / "payments.csv"
    path.write_bytes(data)
    source = open_source(path, None, Limits())
    with source.file:
        try:
            read_large_text(source, ExportKind.PAID, HowToRead(), Limits(), OCTOBER)
        except NotThisWay as other:
            return other.because
    return ""


def test_a_file_whose_lines_are_its_records_is_scanned(tmp_path: Path) -> None:
    assert why_not(tmp_path, TEXT.encode()) == ""


@pytest.mark.parametrize(
    ("data", "because"),
    [
        (TEXT.encode("utf-16"), "its first bytes are not text in UTF-8"),
        (
            TEXT.replace("Klara", "Kl\xe4ra").encode("latin-1"),
            "its first bytes are not text in UTF-8",
        ),
        (TEXT.replace(",", "^").encode(), "it is written in an unusual way"),
        (TEXT.partition("\n")[2].encode(), "its header is not an export's"),
        (
            f"{TEXT.splitlines()[1]}\n{TEXT}".encode(),
            "a row above its header is as wide, and may be a payment",
        ),
        (
            TEXT.replace("\n", f"{',' * 80}\n", 1).encode(),
            "its header ends in many cells without a name",
        ),
        (
            TEXT.replace("Klara Sentinel", '"two\nlines"', 1).encode(),
            "a line among the first is no record",
        ),
        ((TEXT.splitlines()[0] + "\n").encode(), "no payment stands near its end"),
        (TEXT.replace("Sponsor", "Service Name").encode(), "its header is not an export's"),
        (
            as_csv([row(date="31.10.2026"), row(date="Total for October")]).encode(),
            "a row of it may be no payment",
        ),
        (TEXT.replace("Klara", "Kla\rra", 1).encode(), "a line among the first is no record"),
    ],
)
def test_a_file_that_is_left_to_the_other_way_says_why(
    tmp_path: Path, data: bytes, because: str
) -> None:
    assert why_not(tmp_path, data) == because


def test_columns_of_one_name_are_compared_record_by_record(tmp_path: Path) -> None:
    data = as_csv([row()], [*HEADER, "Sponsor"]).encode()
    assert why_not(tmp_path, data).startswith("two columns of one name")


def test_ids_that_may_be_people_s_are_left_out_record_by_record(tmp_path: Path) -> None:
    rows = [row() | {"Payment ID": f"Anna Berg {at}"} for at in "ABCDEFGH"]
    data = as_csv(rows, [*HEADER, "Payment ID"]).encode()
    assert why_not(tmp_path, data).startswith("its payment ids")


def test_a_stream_is_not_scanned() -> None:
    source = open_source(io.BytesIO(TEXT.encode()), None, Limits())
    with source.file, pytest.raises(NotThisWay, match="a stream"):
        read_large_text(source, ExportKind.PAID, HowToRead(), Limits(), None)
