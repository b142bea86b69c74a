"""A type that looks like Credit and is not written so is asked about: it could be billed short."""

from __future__ import annotations

from pathlib import Path

import pytest

from kara_tui.exports import Unreadable
from tests.exports.samples import (
    as_csv,
    blockers,
    codes,
    prices,
    read_large,
    read_rows,
    read_text,
    row,
    the,
)

LINES = as_csv([row(), row(price="80.00"), row()]).splitlines()


@pytest.mark.parametrize(
    "cell",
    [
        "Credit*", "Credit (sponsored)", "Credits", "Credit note", "(Credit)", "'Credit'",
        "Cre dit", "Kredit", "Crédit", "Credt", "Creditt", "redit", "Сredit", "credit.",
    ],
)  # fmt: skip
@pytest.mark.parametrize("large", [False, True])
def test_what_may_be_credit_blocks_and_names_its_row(
    tmp_path: Path, cell: str, large: bool
) -> None:
    rows = [row(), row(type=cell), row(type="Cash")]
    export = read_large(tmp_path, as_csv(rows).encode()) if large else read_rows(*rows)
    found = the(export, "type-near-credit")
    assert found.is_blocker
    assert found.rows == (3,)
    assert "Row 3" in found.message


@pytest.mark.parametrize("cell", ['Credit"', 'Cre"dit', '""Credit'])
def test_a_quotation_mark_in_a_bare_type_is_never_left_out_in_silence(cell: str) -> None:
    lines = [*LINES[:2], LINES[2].replace("Credit", cell), LINES[3]]
    text = "\n".join(lines) + "\n"
    try:
        export = read_text(text)
    except Unreadable:
        return
    assert blockers(export) or prices(export) == [6500, 8000, 6500]


@pytest.mark.parametrize(
    "cell", ["Credit Card", "Credit-card", "CREDIT CARDS", "Debit", "Voucher", "Bank credit line"]
)
def test_other_types_are_not_taken_for_it(cell: str) -> None:
    assert "type-near-credit" not in codes(read_rows(row(), row(type=cell)))


def test_a_name_behind_the_word_is_not_shown() -> None:
    found = the(read_rows(row(), row(type="Credit Klara Sentinel")), "type-near-credit")
    assert "Klara" not in f"{found.message} {found.hint}"
