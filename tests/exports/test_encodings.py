"""How the letters of a text file are written: told by the file, guessed and said, or refused."""

from __future__ import annotations

import pytest

from .files import (
    as_csv,
    read_bytes,
    read_text,
    refused,
    row,
    sessions,
)

TWO = as_csv([row(), row(price="80.00", date="2026-10-20 09:00")])


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"],
)
def test_the_same_file_in_any_usual_encoding_gives_the_same_sessions(encoding: str) -> None:
    export = read_bytes(TWO.encode(encoding))
    assert sessions(export) == sessions(read_text(TWO))


def test_one_wrong_byte_among_proper_utf8_letters_is_damage_and_not_another_encoding() -> None:
    data = TWO.encode() + b"2026-10-15,\xff,,,,,,,,\n"
    assert refused(data).findings[0].code == "encoding-unknown"


def test_nul_bytes_are_a_damaged_file_and_not_data() -> None:
    error = refused(TWO.encode().replace(b"Klara", b"\0\0"))
    assert error.findings[0].code == "file-torn"
    assert error.findings[0].rows == (2,)
