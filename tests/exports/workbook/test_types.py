"""A payment type that a workbook's formula did not give: what is in the cell is said."""

from __future__ import annotations

import pytest

from tests.exports.samples import codes, read_bytes, row, table, the, workbook


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ('="Cre"&"dit"', "a formula without a stored value"),
        ("#N/A", "an error"),
    ],
)
def test_a_type_without_a_value_blocks_and_says_what_is_in_the_cell(cell: str, said: str) -> None:
    export = read_bytes(workbook(table(row(), row()), edit={"G3": cell}))
    found = the(export, "type-unreadable")
    assert found.is_blocker
    assert f"Row 3 holds {said} in place of a payment type in column “Type”" in found.message
    assert "type-unknown" not in codes(export)
