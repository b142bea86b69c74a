"""Kinds of workbooks: with macros, counted from 1904, small streams in old files."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import pytest

from kara_tui.exports.workbook.child.epoch import FROM_1904, USUAL, epoch_of
from kara_tui.exports.workbook.child.package import WorkbookRefused
from tests.exports.samples import read_bytes, repacked, row, sessions, table, workbook

FREE, END, TABLE = 0xFFFF_FFFF, 0xFFFF_FFFE, 0xFFFF_FFFD


def compound(stream: bytes, *, small: bool, name: str = "Workbook") -> bytes:
    """A compound file (MS-CFB) with one stream: in sectors, or in small ones within the root's."""
    size = 512
    held = stream.ljust(4096, b"\0") if not small else stream
    sectors = [held[at : at + size].ljust(size, b"\0") for at in range(0, len(held), size)]
    # 0 table, 1 directory, 2 table of small sectors, from 3 on the stream.
    links = [TABLE, END, END, *range(4, 3 + len(sectors)), END]
    minis = -(-len(held) // 64) if small else 0
    mini_links = [*range(1, minis), END] if small else []

    def entry(called: str, kind: int, start: int, length: int) -> bytes:
        text = (called + "\0").encode("utf-16-le")
        return (
            text.ljust(64, b"\0")
            + struct.pack("<HBB3I", len(text), kind, 1, FREE, FREE, 1 if kind == 5 else FREE)
            + bytes(36)
            + struct.pack("<IQ", start, length)
        )

    root = entry("Root Entry", 5, 3 if small else END, minis * 64)
    book = entry(name, 2, 0 if small else 3, len(held))
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<5H6x5I", 62, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096)
        + struct.pack("<4I", 2, 1 if small else 0, END, 0)
        + struct.pack("<109I", 0, *[FREE] * 108)
    )

    def as_table(numbers: list[int]) -> bytes:
        return struct.pack("<128I", *numbers, *[FREE] * (128 - len(numbers)))

    directory = (root + book).ljust(size, b"\0")
    return header + as_table(links) + directory + as_table(mini_links) + b"".join(sectors)


def records(*pairs: tuple[int, bytes]) -> bytes:
    return b"".join(struct.pack("<HH", kind, len(data)) + data for kind, data in pairs)


BEGIN = (0x0809, bytes(16))


@pytest.mark.parametrize("small", [False, True])
@pytest.mark.parametrize("name", ["Workbook", "Book"])
@pytest.mark.parametrize(("flag", "expected"), [(b"\1\0", FROM_1904), (b"\0\0", USUAL)])
def test_an_old_workbook_tells_from_when_it_counts(
    small: bool, name: str, flag: bytes, expected: str
) -> None:
    book = records(BEGIN, (0x0042, b"\xe4\x04"), (0x0022, flag), (0x000A, b""))
    assert epoch_of(io.BytesIO(compound(book, small=small, name=name)), None) == expected


def test_a_record_behind_the_globals_is_not_theirs() -> None:
    book = records(BEGIN, (0x000A, b""), (0x0022, b"\1\0"))
    assert epoch_of(io.BytesIO(compound(book, small=False)), None) == USUAL


@pytest.mark.parametrize("small", [False, True])
def test_an_old_workbook_with_a_password_is_told_by_its_record(small: bool) -> None:
    book = records(BEGIN, (0x002F, bytes(54)))
    with pytest.raises(WorkbookRefused, match="encrypted"):
        epoch_of(io.BytesIO(compound(book, small=small)), None)


@pytest.mark.parametrize("length", [0, 8, 100, 512, 700, 1024, 1600, 2100])
def test_a_torn_old_workbook_does_not_break_the_look(length: int) -> None:
    book = records(BEGIN, (0x0022, b"\1\0"), (0x000A, b""))
    whole = compound(book, small=True)
    assert epoch_of(io.BytesIO(whole[:length]), None) in (USUAL, FROM_1904)


def test_an_old_workbook_whose_sectors_go_in_a_ring_comes_to_an_end() -> None:
    data = bytearray(compound(records(BEGIN), small=False))
    data[512 + 4 : 512 + 8] = struct.pack("<I", 1)  # the directory follows upon itself
    assert epoch_of(io.BytesIO(bytes(data)), None) == USUAL


def test_the_old_workbook_of_the_tests_counts_as_usual() -> None:
    with (Path(__file__).parent / "payments.xls").open("rb") as file:
        assert epoch_of(file, None) == USUAL


def test_a_workbook_with_macros_gives_the_same_sessions() -> None:
    data = workbook(table(row(), row(price="80")))
    macros = repacked(
        data,
        {
            "[Content_Types].xml": (
                b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
            )
        },
    )
    assert macros != data
    assert sessions(read_bytes(macros)) == sessions(read_bytes(data))
