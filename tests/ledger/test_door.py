"""The door costs nothing to open."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("sqlite3", "hashlib", "socket", "csv", "polars", "typst", "rich", "textual")


def test_importing_the_door_loads_no_database() -> None:
    script = f"import sys, kara_tui.ledger; print([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
