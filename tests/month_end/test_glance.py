"""A file is described before it is chosen: how many payments, of which month, or no export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kara_tui.month_end import glance as room
from kara_tui.month_end.glance import glance
from kara_tui.settings import demo_folder

if TYPE_CHECKING:
    import pytest


def test_exports_of_both_kinds_are_described() -> None:
    assert glance(demo_folder() / "payments-paid.csv") == "42 of Oct 2026, 14 others"
    assert glance(demo_folder() / "payments-unpaid.csv") == "3 of Oct 2026"


def test_what_is_no_export_is_said_to_be_none(tmp_path: Path) -> None:
    letter = tmp_path / "letter.csv"
    letter.write_text("Dear all,\nsee you\n")

    assert glance(letter) == "not an export"


def test_a_large_or_absent_file_is_left_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "LARGEST", 10)

    assert glance(demo_folder() / "payments-paid.csv") == ""
    assert glance(tmp_path / "gone.csv") == ""


def test_a_file_of_two_months_names_both(tmp_path: Path) -> None:
    """The month that is due need not be the fullest one, and a right file must not look wrong."""
    rest = "10:00,Talk,60.00,EUR,Credit,Acme,Anna,anna@example.is"
    rows = [f"2026-10-{day:02} {rest}" for day in range(1, 23)]
    rows += [f"2026-11-{day:02} {rest}" for day in range(13, 25)]
    file = tmp_path / "payments.csv"
    head = (
        "Transaction date,Service Name,Service Price,Service Currency,Type,Sponsor,"
        "Professional Name,Professional Email"
    )
    file.write_text("\n".join([head, *rows]) + "\n")

    assert glance(file) == "22 of Oct, 12 of Nov 2026"
