"""Desks to work at: a folder of one's own for each test, or shared by a file's tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.end_to_end.command import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A fresh machine with the sample profile as the user's own."""
    desk = Desk(tmp_path)
    desk.write_profile()
    return desk
