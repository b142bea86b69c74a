"""A column of payment ids that holds people is not read, and none of its cells is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exports.samples import (
    HEADER,
    OCTOBER,
    as_csv,
    codes,
    read_bytes,
    read_large,
    row,
    sessions,
    table,
    the,
)
from tests.exports.samples import workbook as written


def file_of(ids: list[str]) -> bytes:
    rows = [
        row(date=f"2026-10-{day:02} 09:00") | {"Payment ID": id_} for day, id_ in enumerate(ids, 1)
    ]
    return as_csv(rows, [*HEADER, "Payment ID"]).encode()


@pytest.mark.parametrize(
    "ids",
    [
        ["P-1", "klara@example.com", "P-3"],
        ["P-1", "Klara Sentinel", "P-3"],
        ["Sentinel, Klara", "P-2", "P-3"],
        ["Sentinel, K. Unnur 17", "P-2"],
        ["+354 555 1234", "P-2", "P-3"],
        ["010190-2389", "020290-3479"],
        ["0101902389", "0202903479"],
        ["1990-05-17", "17.05.1990"],
        ["555-1234", "555 4321"],
        ["Klara", "Unnur", "3"],
        ["klara.sentinel", "unnur.sentinel"],
    ],
)
@pytest.mark.parametrize("form", ["csv", "large", "xlsx"])
def test_ids_that_are_people_are_not_read_in_any_form_of_file(
    tmp_path: Path, ids: list[str], form: str
) -> None:
    if form == "csv":
        export = read_bytes(file_of(ids))
    elif form == "large":
        export = read_large(tmp_path, file_of(ids), month=OCTOBER)
    else:
        rows = table(*(row(date=f"2026-10-{day:02} 09:00") for day in range(1, len(ids) + 1)))
        rows = [[*cells, id_] for cells, id_ in zip(rows, ["Payment ID", *ids], strict=True)]
        export = read_bytes(written(rows), name="payments.xlsx")
    assert [one.payment_id for one in sessions(export)] == [""] * len(ids)
    assert "Payment ID" in export.dropped
    assert "payment_id" not in {column.field for column in export.columns}
    said = the(export, "payment-id-of-clients")
    assert said.rows
    assert not [id_ for id_ in ids if len(id_) > 2 and id_ in said.message + said.hint]


@pytest.mark.parametrize(
    "ids",
    [
        ["P-1", "P-2", ""],
        ["pay_1NvX2", "pay_2Kd8z"],
        ["1234567", "1234568"],
        ["9f1c2d3e-1111-4222-8333-444455556666"],
        ["20261005-001", "20261006-002"],
        ["1.00012E+15", "1.00013E+15"],
        ["0101902388", "P-2", "P-3"],
        ["20261005", "P-2", "P-3"],
    ],
)
def test_ids_that_are_ids_are_read(ids: list[str]) -> None:
    export = read_bytes(file_of(ids))
    assert [one.payment_id for one in sessions(export)] == ids
    assert "payment-id-of-clients" not in codes(export)


@pytest.mark.parametrize(
    "id_", ["ABCDEF", "Unnur", "010190-2389", "900517-1234", "0101302989", "17.05.1990", "555-1234"]
)
@pytest.mark.parametrize("form", ["csv", "large", "xlsx"])
def test_one_cell_among_ids_that_may_be_a_person_is_not_read(
    tmp_path: Path, id_: str, form: str
) -> None:
    ids = ["P-1", id_, "P-3", "P-4"]
    if form == "csv":
        export = read_bytes(file_of(ids))
    elif form == "large":
        export = read_large(tmp_path, file_of(ids), month=OCTOBER)
    else:
        rows = table(*(row(date=f"2026-10-{day:02} 09:00") for day in range(1, 5)))
        rows = [[*cells, each] for cells, each in zip(rows, ["Payment ID", *ids], strict=True)]
        export = read_bytes(written(rows), name="payments.xlsx")
    assert [one.payment_id for one in sessions(export)] == ["P-1", "", "P-3", "P-4"]
    said = the(export, "payment-id-of-clients")
    assert (said.rows, said.count) == ((3,), 1)
    assert id_ not in said.message + said.hint
