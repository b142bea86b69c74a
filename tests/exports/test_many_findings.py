"""Findings stay small: of many wrong cells one finding has the count and the first rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from kara_tui.model import HowToRead
from kara_tui.model.finding import ROWS_SHOWN
from tests.exports.samples import as_csv, read_bytes, read_large, row, the

MANY = 100_000
LINE = as_csv([row(price="PRICE", date="DATE", type="TYPE")]).partition("\n")[2]
HEAD = as_csv([])


def lines(**changes: str) -> str:
    """So many lines; a ``#`` in a change is the line's number."""
    cells = {"DATE": "2026-10-14 14:30", "PRICE": "65.00", "TYPE": "Credit"} | changes
    line = LINE
    for name, cell in cells.items():
        line = line.replace(name, cell)
    return "".join(line.replace("#", str(number)) for number in range(MANY))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"DATE": "the #th day"}, "date-unreadable"),
        ({"DATE": "never"}, "date-unreadable"),
        ({"PRICE": "# or so"}, "price-unreadable"),
        ({"PRICE": "#.005"}, "price-fraction"),
        ({"TYPE": ""}, "type-empty"),
    ],
)
def test_a_hundred_thousand_bad_cells_are_one_small_finding(
    changes: dict[str, str], code: str, tmp_path: Path
) -> None:
    data = (HEAD + lines(**changes)).encode()
    export = read_large(tmp_path, data, HowToRead(date_order="ymd", decimal="."))
    found = the(export, code)
    assert found.count >= MANY - 1
    assert found.rows == tuple(range(found.rows[0], found.rows[0] + ROWS_SHOWN))
    assert len(found.message) < 300
    assert len(export.findings) <= 3


def test_the_careful_way_keeps_its_findings_small_too() -> None:
    data = HEAD + LINE.replace("DATE", "never").replace("PRICE", "x").replace("TYPE", "") * 20_000
    export = read_bytes(data.encode())
    assert {finding.count for finding in export.findings if finding.rows} == {20_000}
    assert all(len(finding.rows) == ROWS_SHOWN for finding in export.findings if finding.rows)
