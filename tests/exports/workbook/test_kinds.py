"""Kinds of workbooks: with macros, counted from 1904, small streams in old files."""

from __future__ import annotations

import struct
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.exports.samples import (
    codes,
    read_bytes,
    refused,
    repacked,
    row,
    sessions,
    table,
    workbook,
)
from tests.exports.workbook.xls import Record, xls

FROM_1904, USUAL = (0x0022, b"\1\0"), (0x0022, b"\0\0")
PASSWORD = (0x002F, bytes(54))
# What day 46,299 is, counted from 1899 or from 1904.
DAY, LATER = date(2026, 10, 4), date(2030, 10, 5)


def of_a_day_number(**how: Any) -> bytes:
    rows = table(row())
    rows[1][0] = 46299
    return xls(rows, **how)


def day_of(data: bytes) -> date:
    day = read_bytes(data, name="payments.xls").frame.collect()["date"].item()
    assert isinstance(day, date)
    return day


@pytest.mark.parametrize("small", [False, True])
@pytest.mark.parametrize("name", ["Workbook", "Book"])
@pytest.mark.parametrize(("flag", "day"), [(FROM_1904, LATER), (USUAL, DAY)])
def test_an_old_workbook_tells_from_when_it_counts(
    small: bool, name: str, flag: Record, day: date
) -> None:
    assert day_of(of_a_day_number(said=[flag], small=small, name=name)) == day


def test_a_record_behind_the_globals_is_not_theirs() -> None:
    assert day_of(of_a_day_number(behind=[FROM_1904])) == DAY


@pytest.mark.parametrize("small", [False, True])
def test_an_old_workbook_with_a_password_is_told_by_its_record(small: bool) -> None:
    data = of_a_day_number(said=[PASSWORD], small=small)
    assert codes(refused(data, name="payments.xls")) == {"workbook-encrypted"}


@pytest.mark.parametrize("length", [8, 100, 512, 700, 1024, 1600, 2100])
def test_a_torn_old_workbook_is_said_to_be_torn(length: int) -> None:
    whole = of_a_day_number(said=[FROM_1904], small=True)
    assert codes(refused(whole[:length], name="payments.xls")) == {"workbook-torn"}


def test_an_old_workbook_whose_sectors_go_in_a_ring_comes_to_an_end() -> None:
    data = bytearray(of_a_day_number())
    data[512 + 4 : 512 + 8] = struct.pack("<I", 1)  # the directory follows upon itself
    assert codes(refused(bytes(data), name="payments.xls")) == {"workbook-too-large"}


def test_the_old_workbook_of_the_tests_counts_as_usual() -> None:
    data = (Path(__file__).parent / "payments.xls").read_bytes()
    dates = [session.date for session in sessions(read_bytes(data, name="payments.xls"))]
    assert dates == [date(2026, 10, 14), date(2026, 10, 31)]


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
