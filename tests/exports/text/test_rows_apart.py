"""Rows that are none of the payments: headers again, subtotals, other tables, row numbers.

Each is told the same by the record-by-record way and by the scan of a large file.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kara_tui.exports import Export, Unreadable
from tests.exports.samples import (
    HEADER,
    OCTOBER,
    as_csv,
    blockers,
    codes,
    prices,
    read_bytes,
    read_large,
    refused,
    row,
    sessions,
    the,
)

ROWS = [row(), row(price="80.00", date="2026-10-20 09:00"), row(price="95.00")]
LINES = as_csv(ROWS).splitlines()
Read = Callable[[str], Export]


@pytest.fixture(params=["small", "large"])
def read_it(request: pytest.FixtureRequest, tmp_path: Path) -> Read:
    if request.param == "small":
        return lambda text: read_bytes(text.encode())
    return lambda text: read_large(tmp_path, text.encode(), month=OCTOBER)


def lines(*parts: str) -> str:
    return "".join(f"{part}\n" for part in parts)


def why(read_it: Read, text: str) -> tuple[str, tuple[int, ...], str]:
    with pytest.raises(Unreadable) as error:
        read_it(text)
    [found] = error.value.findings
    return found.code, found.rows, f"{found.message} {found.hint}"


@pytest.mark.parametrize("places", [(1,), (2,), (2, 3), (1, 2, 3), (4,)])
def test_a_header_between_the_payments_is_left_out(read_it: Read, places: tuple[int, ...]) -> None:
    parts = [*LINES]
    for place in reversed(places):
        parts.insert(place, LINES[0])
    export = read_it(lines(*parts))
    assert prices(export) == [6500, 8000, 9500]
    assert the(export, "header-repeated").count == len(places)


def test_a_header_with_its_columns_in_another_order_begins_another_table(read_it: Read) -> None:
    turned = lines(*(",".join(reversed(line.split(","))) for line in LINES))
    code, rows, said = why(read_it, lines(*LINES) + turned)
    assert (code, rows) == ("table-below", (5,))
    assert "another table" in said


@pytest.mark.parametrize("above", ["", "\n"])
def test_another_table_below_is_named_by_its_row(read_it: Read, above: str) -> None:
    narrow = lines("Room,Hours", "Blue,12", "Green,7")
    code, rows, said = why(read_it, lines(*LINES) + above + narrow)
    assert code == "records-ragged"
    assert rows[0] == 5 + len(above)
    assert "another table seems to begin there" in said
    wide = lines(",".join(f"Room {n}" for n in HEADER), ",".join(["x"] * len(HEADER)))
    code, rows, said = why(read_it, lines(*LINES) + above + wide)
    assert (code, rows[0]) == ("table-below", 5 + len(above))


def test_another_table_beside_is_named_where_it_goes_further_down(read_it: Read) -> None:
    beside = [f"{line},,{more}" for line, more in zip(LINES, ("Room,Hours", "A,1", "B,2", "C,3"))]  # noqa: B905 - as long
    assert prices(read_it(lines(*beside))) == [6500, 8000, 9500]
    code, rows, _ = why(read_it, lines(*beside, "," * len(HEADER) + ",D,4"))
    assert (code, rows) == ("table-beside", (5,))


def test_a_subtotal_between_payments_is_called_one(read_it: Read) -> None:
    total = ",".join("Subtotal" if name == HEADER[0] else "145.00" * (name == "Service Price")
                     for name in HEADER)  # fmt: skip
    export = read_it(lines(*LINES[:3], total, *LINES[3:]))
    assert the(export, "total-inside").rows == (4,)
    assert "date-unreadable" in blockers(export)


def test_a_row_of_units_below_the_header_is_no_payment(read_it: Read) -> None:
    units = ",".join("(day)" if name == HEADER[0] else "(EUR)" * (name == "Service Price")
                     for name in HEADER)  # fmt: skip
    code, rows, said = why(read_it, lines(LINES[0], units, *LINES[1:]))
    assert (code, rows) == ("header-unclear", (2,))
    assert "units" in said


def test_payments_above_the_header_are_never_titles(read_it: Read) -> None:
    code, rows, said = why(read_it, lines(LINES[1], LINES[0], *LINES[2:]))
    assert (code, rows) == ("header-unclear", (1, 2))
    assert "row 1 above it looks like a payment" in said


@pytest.mark.parametrize("first", ["0", "1", "row 1", "No. 0"])
def test_row_numbers_without_a_column_name_are_left_out(read_it: Read, first: str) -> None:
    name, number = first[:-1], int(first[-1])
    numbered = [f"{name}{number + at},{line}" for at, line in enumerate(LINES[1:])]
    export = read_it(lines(LINES[0], *numbered))
    assert prices(export) == [6500, 8000, 9500]
    assert "row-names-left-out" in codes(export)


@pytest.mark.parametrize("names", ["124", "134", "789", "abc"])
def test_row_names_that_do_not_count_are_asked_about(read_it: Read, names: str) -> None:
    numbered = [f"{name},{line}" for name, line in zip(names, LINES[1:], strict=True)]
    code, _, _ = why(read_it, lines(LINES[0], *numbered))
    assert code == "records-ragged"


def test_one_row_with_a_cell_too_many_is_no_row_name(read_it: Read) -> None:
    assert why(read_it, lines(LINES[0], f"1,{LINES[1]}"))[0] == "records-ragged"
    assert why(read_it, lines(LINES[0], f"1,{LINES[1]}", *LINES[2:]))[0] == "records-ragged"
    assert why(read_it, lines(*LINES[:3], f"1,{LINES[3]}"))[0] == "records-ragged"


@pytest.mark.parametrize("sign", ["'", "`", "´"])
def test_a_cell_in_apostrophes_is_asked_about(read_it: Read, sign: str) -> None:
    text = lines(*LINES).replace("Blue Heron Insurance", f"{sign}Blue Heron{sign}", 1)
    found = the(read_it(text), "quotes-other")
    assert found.is_blocker
    assert found.rows == (2,)


@pytest.mark.parametrize("sponsor", ["'t Hart", "Jones'", "O'Neill & Sons'"])
def test_an_apostrophe_at_one_end_is_the_name_s(read_it: Read, sponsor: str) -> None:
    text = lines(*LINES).replace("Blue Heron Insurance", sponsor)
    assert {one.sponsor for one in sessions(read_it(text))} == {sponsor}


@pytest.mark.parametrize(("left", "right"), [("'", "'"), ("`", "`"), ("“", "”"), ("„", "“")])
def test_one_row_in_other_quotation_marks_is_read_without_them(
    read_it: Read, left: str, right: str
) -> None:
    other = ",".join(f"{left}{cell}{right}" for cell in LINES[2].split(","))
    assert prices(read_it(lines(*LINES[:2], other, LINES[3]))) == [6500, 8000, 9500]


@pytest.mark.parametrize("name", ["Blue He\"ron", "Blue Heron\"", "Blue\" \"He\"ron"])  # fmt: skip
def test_a_stray_quotation_mark_in_a_name_is_not_billed_in_silence(
    read_it: Read, name: str
) -> None:
    text = lines(*LINES).replace("Blue Heron Insurance", name, 1)
    code, rows, _ = why(read_it, text)
    assert (code, rows) == ("quotes-broken", (2,))


def test_a_file_in_one_line_is_not_a_month_without_payments() -> None:
    [found] = refused(",".join(LINES).encode()).findings
    assert found.code in ("line-ends", "column-twice")
