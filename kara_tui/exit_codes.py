"""The exit codes, a promise to scripts: see docs/reference/command-line.md."""

from __future__ import annotations

DONE = 0
DEFECT = 1
WRONG_USAGE = 2
DECISION_NEEDED = 3
UNREADABLE = 4
NOT_DELIVERED = 5
HUNG_UP = 129
INTERRUPTED = 130
TERMINATED = 143
