"""Where the ledger lies: what syncs it, and what looks like a second one."""

from __future__ import annotations

from pathlib import Path

import pytest

from kara_tui.ledger import location_findings


def codes(path: Path) -> list[str]:
    path.parent.mkdir(parents=True, exist_ok=True)
    return [finding.code for finding in location_findings(path)]


@pytest.mark.parametrize(
    "folder",
    [
        "Dropbox", "Dropbox (Clinic)", "OneDrive", "OneDrive - Sálfræðistofan", "OneDrive-Clinic",
        "Library/Mobile Documents/com~apple~CloudDocs", "Library/CloudStorage/GoogleDrive-x",
        "Google Drive/My Drive", "Nextcloud", "ownCloud", "pCloudDrive", "MEGA", "Box", "Seafile",
    ],
)  # fmt: skip
def test_a_synced_folder_is_known_by_its_name(folder: Path, tmp_path: Path) -> None:
    assert codes(tmp_path / folder / "kara" / "ledger.sqlite3") == ["ledger-in-synced-folder"]


@pytest.mark.parametrize("marker", [".stfolder", ".sync", ".dropbox", ".owncloudsync.log"])
def test_a_synced_folder_is_known_by_what_lies_in_it(marker: str, tmp_path: Path) -> None:
    (tmp_path / marker).mkdir()
    assert codes(tmp_path / "deep" / "down" / "ledger.sqlite3") == ["ledger-in-synced-folder"]


@pytest.mark.parametrize("folder", ["Boxes", "Omega", "onedrivers", "documents", "sandbox"])
def test_another_folder_is_not(folder: str, tmp_path: Path) -> None:
    assert codes(tmp_path / folder / "ledger.sqlite3") == []


@pytest.mark.parametrize(
    "name",
    [
        "ledger (conflicted copy 2026-11-01).sqlite3", "ledger (1).sqlite3", "ledger 2.sqlite3",
        "ledger (Þóra's conflicted copy 2026-11-01).sqlite3", "ledger-LAPTOP.sqlite3",
        "ledger.sync-conflict-20261101-120000-ABCDEFG.sqlite3", ".ledger.sqlite3.icloud",
        "ledger_conflict-20261101-120000.sqlite3", "ledger - Copy.sqlite3", "Ledger copy.sqlite3",
        "ledger (SFConflict thora@example.is 2026-11-01-12-00-00).sqlite3", "ledger.sqlite3 (2)",
        "ledger.sqlite3.Conflict", "ledger.sqlite3 2", "LEDGER.SQLITE3",
    ],
)  # fmt: skip
def test_a_second_copy_beside_it_is_named(name: str, tmp_path: Path) -> None:
    (tmp_path / name).touch()
    (finding,) = location_findings(tmp_path / "ledger.sqlite3")
    assert (finding.code, name in finding.message) == ("ledger-copy-beside", True)


@pytest.mark.parametrize(
    "name",
    [
        "ledger.sqlite3", "ledger.sqlite3.lock", "ledger.sqlite3-journal", "ledger.sqlite3.new",
        "ledger.sqlite3.before-restore-20261102T090000Z", "ledger.sqlite3.v1-20261102T090000Z",
        "issued-numbers.json", "ledgers.sqlite3", "other.sqlite3", "ledger notes.txt",
        "ledger.sqlite3.before-restore-20261102T090000Z-again",
    ],
)  # fmt: skip
def test_what_belongs_there_is_no_second_copy(name: str, tmp_path: Path) -> None:
    (tmp_path / name).touch()
    assert location_findings(tmp_path / "ledger.sqlite3") == ()
