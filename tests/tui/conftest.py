"""Every test has a home of its own, so that no ledger or profile of the user's is ever touched."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KARA_TUI_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("SSH_CONNECTION", raising=False)
    # A defect raises in the test instead of ending the app quietly.
    monkeypatch.setenv("KARA_TUI_DEBUG", "1")
    return tmp_path / "home"
