"""Two columns for one field: the reader asks with a way out, or sees what each of them is."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, time
from pathlib import Path

import pytest

from kara_tui.exports import Unreadable
from kara_tui.model import HowToRead
from tests.exports.samples import (
    HEADER,
    as_csv,
    blockers,
    codes,
    read_bytes,
    read_large,
    row,
    sessions,
    table,
    the,
    workbook,
)

CLOCK = "Transaction time"


def with_second(header: str, cells: tuple[str, ...]) -> bytes:
    """An export with one more column at its end."""
    lines = as_csv([row() for _ in cells]).splitlines()
    added = [f"{line},{cell}" for line, cell in zip(lines, (header, *cells), strict=True)]
    return ("\n".join(added) + "\n").encode()


def refusal(data: bytes, how: HowToRead = HowToRead()) -> Unreadable:  # noqa: B008 - a frozen value
    with pytest.raises(Unreadable) as error:
        read_bytes(data, how=how)
    return error.value


def test_the_hint_for_two_columns_of_different_names_opens_the_file() -> None:
    data = with_second("Payment method", ("Credit",))
    found = the(refusal(data), "column-twice")
    line = found.hint.rpartition("for example: ")[2]
    assert sessions(read_bytes(data, how=HowToRead(columns=tomllib.loads(line))))


SAME = ("Blue Heron Insurance", "Blue Heron Insurance")


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("header", ["Sponsor", " SPONSOR "])
def test_two_columns_of_the_same_name_and_cells_are_one(
    tmp_path: Path, header: str, *, large: bool
) -> None:
    data = with_second(header, SAME)
    export = read_large(tmp_path, data) if large else read_bytes(data)
    assert [one.sponsor for one in sessions(export)] == list(SAME)
    assert export.dropped == ("Client Name", "Client Email", header.strip())
    assert [column.field for column in export.columns].count("sponsor") == 1
    assert not [column for column in export.columns if "again" in column.field]
    found = the(export, "column-repeated")
    assert (found.is_blocker, found.column) == (False, header.strip())


def test_a_workbook_s_columns_of_the_same_name_and_cells_are_one() -> None:
    rows = [[*cells, cells[7]] for cells in table(row(), row(sponsor=""))]
    export = read_bytes(workbook(rows))
    assert [one.sponsor for one in sessions(export)] == ["Blue Heron Insurance", ""]
    assert "column-repeated" in codes(export)
    rows[2][10] = "Another"
    assert "they differ in row 3" in the(refusal(workbook(rows)), "column-twice").message


def test_a_total_below_two_columns_of_the_same_name_is_still_a_total() -> None:
    total = as_csv([row()]).splitlines()[0].count(",")
    data = with_second("Sponsor", SAME) + f"Total,,,,130.00{',' * (total - 3)}\n".encode()
    export = read_bytes(data)
    assert (len(sessions(export)), blockers(export)) == (2, set())
    assert "footer-left-out" in codes(export)


def test_a_column_of_one_s_own_that_is_there_twice_is_doubted_once() -> None:
    data = with_second("Who,Who", ("Anna Berg,Anna Berg",)).replace(b"Sponsor", b"x", 1)
    refused = refusal(data, HowToRead(columns={"Who": "sponsor"}))
    assert codes(refused) == {"column-of-clients"}
    assert not {"sponsor", "sponsor again"} & {column.field for column in refused.columns}
    assert sessions(read_bytes(data, how=HowToRead(columns={"Who": "sponsor confirmed"})))


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("header", ["Sponsor", " SPONSOR "])
def test_two_columns_of_the_same_name_are_named_with_a_hint_that_is_no_dead_end(
    tmp_path: Path, header: str, *, large: bool
) -> None:
    data = with_second(header, (*SAME, "Another"))
    with pytest.raises(Unreadable) as error:
        read_large(tmp_path, data) if large else read_bytes(data)
    found = the(error.value, "column-twice")
    assert "and they differ in row 4" in found.message
    assert "(column 8)" in found.message
    assert "(column 11)" in found.message
    assert "delete it in a spreadsheet" in found.hint
    assert "for example" not in found.hint
    # What the hint warns of: naming the column does not help.
    again = refusal(data, HowToRead(columns={"Sponsor": "sponsor"}))
    assert codes(again) == {"column-twice"}


def test_two_columns_of_amounts_are_asked_about_even_when_they_are_the_same() -> None:
    found = the(refusal(with_second("Service Price", ("65.00",))), "column-twice")
    assert "delete it in a spreadsheet" in found.hint


def test_two_client_columns_of_the_same_name_are_no_matter() -> None:
    export = read_bytes(with_second("Client Name", ("Anna Berg",)))
    assert len(sessions(export)) == 1
    assert export.dropped.count("Client Name") == 2


def test_a_transaction_time_beside_the_transaction_date_is_the_time_of_day() -> None:
    header = [HEADER[0], CLOCK, *HEADER[1:]]
    data = as_csv([row(date="2026-10-14") | {CLOCK: "10:05"}], header).encode()
    [session] = sessions(read_bytes(data))
    assert (session.date, session.time) == (date(2026, 10, 14), time(10, 5))


def test_a_workbook_s_transaction_time_is_the_time_of_day_too() -> None:
    header, cells = table(row())
    header.insert(1, CLOCK)
    cells[0] = datetime(2026, 10, 14)
    cells.insert(1, "10:05")
    [session] = sessions(read_bytes(workbook([header, cells])))
    assert (session.date, session.time) == (date(2026, 10, 14), time(10, 5))


def test_a_transaction_time_alone_is_the_date() -> None:
    data = as_csv([row()]).replace("Transaction date", CLOCK, 1).encode()
    [session] = sessions(read_bytes(data))
    assert (session.date, session.time) == (date(2026, 10, 14), time(14, 30))


def test_a_transaction_time_that_is_no_time_of_day_is_said() -> None:
    header = [HEADER[0], CLOCK, *HEADER[1:]]
    data = as_csv([row(date="2026-10-14") | {CLOCK: "long ago"}], header).encode()
    export = read_bytes(data)
    assert not blockers(export)
    assert the(export, "time-unreadable").column == CLOCK


def test_two_transaction_times_beside_a_date_are_asked_about() -> None:
    data = with_second(f"{CLOCK},{CLOCK}", ("10:00,11:00",))
    assert codes(refusal(data)) == {"column-twice"}
