"""Copies on disk: whole, read-only, and as the ledger has them after every start."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from kara_tui.ledger import DiskTrouble, Repaired
from tests.ledger.story import NOVEMBER, opened, order, render

NAMES = ("KC-0001.pdf", "KC-0001.xlsx", "KC-0001.eml")


def test_copies_are_written_for_reading_only_and_by_the_owner(folder: Path) -> None:
    out = folder / "out"
    with opened(folder) as ledger:
        ledger.issue(order(), render)
        assert ledger.repair(out) == Repaired(NAMES, ())
    assert {item.name for item in out.iterdir()} == set(NAMES)
    assert {stat.S_IMODE(item.stat().st_mode) for item in out.iterdir()} == {0o400}
    assert (out / "KC-0001.pdf").read_bytes() == b"%PDF-1.7 KC-0001"


def test_what_is_whole_is_left_alone(folder: Path) -> None:
    with opened(folder) as ledger:
        ledger.issue(order(), render)
        ledger.repair(folder / "out")
        assert ledger.repair(folder / "out", thorough=True) == Repaired((), ())


def test_only_the_copies_of_one_issue_are_written_when_asked(folder: Path) -> None:
    with opened(folder) as ledger:
        ledger.issue(order(), render)
        issue = ledger.issue(order(NOVEMBER), render)
        ledger.repair(folder / "out", issue=issue)
    assert {item.name for item in (folder / "out").iterdir()} == {
        name.replace("1", "2") for name in NAMES
    }


def test_a_copy_that_is_lost_comes_back(folder: Path) -> None:
    with opened(folder) as ledger:
        ledger.issue(order(), render)
        ledger.repair(folder / "out")
        (folder / "out" / "KC-0001.pdf").unlink()
        assert ledger.repair(folder / "out").written == ("KC-0001.pdf",)


@pytest.mark.parametrize("content", [b"%PDF", b"%PDF-1.7 KC-9999"])
def test_a_copy_that_somebody_wrote_on_is_kept_beside_the_whole_one(
    folder: Path, content: bytes
) -> None:
    out = folder / "out"
    with opened(folder) as ledger:
        ledger.issue(order(), render)
        ledger.repair(out)
        for kept in ("KC-0001.pdf.changed-1", "KC-0001.pdf.changed-2"):
            (out / "KC-0001.pdf").chmod(0o600)
            (out / "KC-0001.pdf").write_bytes(content)
            repaired = ledger.repair(out, thorough=True)
            assert repaired == Repaired(("KC-0001.pdf",), (kept,))
            assert (out / kept).read_bytes() == content
            assert (out / "KC-0001.pdf").read_bytes() == b"%PDF-1.7 KC-0001"


def test_a_copy_cut_short_is_seen_without_reading_it(folder: Path) -> None:
    out = folder / "out"
    with opened(folder) as ledger:
        ledger.issue(order(), render)
        ledger.repair(out)
        os.truncate(out / "KC-0001.pdf", 3)
        assert ledger.repair(out).written == ("KC-0001.pdf",)


def test_a_link_in_the_place_of_a_copy_is_not_followed(folder: Path) -> None:
    out = folder / "out"
    out.mkdir()
    letter = folder / "letter.txt"
    letter.write_text("Dear Anna")
    (out / "KC-0001.pdf").symlink_to(letter)
    (out / "KC-0001.eml").symlink_to(folder / "nowhere")
    (out / "KC-0001.xlsx").mkdir()
    with opened(folder) as ledger:
        ledger.issue(order(), render)
        assert len(ledger.repair(out).set_aside) == 3
    assert letter.read_text() == "Dear Anna"
    assert not (folder / "nowhere").exists()
    assert (out / "KC-0001.pdf").read_bytes() == b"%PDF-1.7 KC-0001"


def test_what_a_killed_run_left_behind_is_swept_up_and_nothing_else(folder: Path) -> None:
    out = folder / "out"
    out.mkdir()
    (out / ".KC-0001.pdf.part").write_bytes(b"%PD")
    (out / "notes.txt").write_text("mine")
    with opened(folder) as ledger:
        ledger.issue(order(), render)
        ledger.repair(out)
    assert {item.name for item in out.iterdir()} == {*NAMES, "notes.txt"}


def test_a_folder_that_cannot_be_made_is_told_of_and_the_invoice_stays(folder: Path) -> None:
    (folder / "out").write_text("a file")
    with opened(folder) as ledger:
        ledger.issue(order(), render)
        with pytest.raises(DiskTrouble, match=r"out.*File exists|out.*Not a directory"):
            ledger.repair(folder / "out")
        assert [d.number for d in ledger.invoices()] == ["KC-0001"]
