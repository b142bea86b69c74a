"""A home of its own for every test, and profiles to write into it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.samples import PROFILE


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    monkeypatch.setenv("KARA_TUI_HOME", str(folder))
    return folder


@pytest.fixture
def profile_file(home: Path) -> Path:
    """A good profile named ``default``."""
    path = home / "profiles" / "default.toml"
    path.parent.mkdir(parents=True)
    path.write_text(PROFILE, encoding="utf-8")
    return path
