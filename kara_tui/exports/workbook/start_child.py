"""Starting the workbook's child process, with its orders; imports nothing heavy."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from kara_tui.exports.columns.aliases import header_keys, own_keys
from kara_tui.exports.files.limits import Limits
from kara_tui.exports.files.source import Source
from kara_tui.model import HowToRead


def start_child(source: Source, how: HowToRead, limits: Limits) -> subprocess.Popen[bytes]:
    """Start parsing. Called before Polars is imported, so that the two go on side by side."""
    source.file.seek(0)
    program = str(Path(__file__).with_name("child") / "main.py")
    return subprocess.Popen(
        [sys.executable, "-I", program, json.dumps(orders(source.size, how, limits))],
        stdin=source.file.fileno(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def orders(size: int, how: HowToRead, limits: Limits) -> dict[str, Any]:
    """What the child is told for a file of so many bytes: how columns are named, and the limits."""
    return {
        "keys": header_keys(),
        "own": own_keys(how),
        "memory": limits.child_memory,
        "seconds": limits.seconds_for(size),
        "members": limits.members,
        "unpacked": limits.unpacked_bytes,
        "ratio": limits.unpacked_ratio,
        "rows": limits.rows,
        "columns": limits.columns,
        "characters": limits.cell_characters,
    }
