"""``python -m tests.privacy [PAIRS]``: hold many pairs of exports against non-interference.

Nine in ten are read in this process, where all that comes after the reader is made from what it
gives; of the others most go through the whole month here, and some through the installed command.
"""

from __future__ import annotations

import sys
import time

from tests.privacy.property import check
from tests.privacy.running import Way, billed_by_the_command, billed_here, read_alone


def main() -> None:
    total = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    plan: list[tuple[str, Way, int, tuple[str, ...]]] = [
        ("texts read", read_alone, total * 85 // 100, ("csv",)),
        ("workbooks read", read_alone, total * 5 // 100, ("xlsx",)),
        ("months billed here", billed_here, total * 98 // 1000, ("csv", "xlsx")),
        ("months billed by the command", billed_by_the_command, total * 2 // 1000, ("csv", "xlsx")),
    ]
    for what, way, count, forms in plan:
        began = time.monotonic()
        check(way, count, forms)
        took = time.monotonic() - began
        print(f"{count:6,} pairs of {what}: the same ({took:.0f} s)", flush=True)


if __name__ == "__main__":
    main()
