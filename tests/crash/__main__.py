"""Everything, at every call: ``python -m tests.crash`` (half an hour on two cores, less on more).

``--quick`` does a tenth of it.
"""

from __future__ import annotations

import sys
import time

from tests.crash.killing import ACTS, calls_of, killed, refusals, refused
from tests.crash.power import crashes, survived
from tests.crash.tracing import MISSING, has_strace

# Going back verifies three times: most of its thousand calls read the same pages in the same way.
SPARED = {"restore": 8}
RANDOM_STATES = 6  # at each call, beside the systematic ones


def main(*, every: int) -> int:
    """Run all three, print what was counted, and say with the exit code whether all was well."""
    if not has_strace():
        print(MISSING, file=sys.stderr)
        return 2
    print(f"{'act':8}{'disaster':34}{'done':>8}{'bad':>6}{'seconds':>10}")
    problems: list[str] = []
    for act in ACTS:
        every_call = calls_of(act)
        chosen = every_call[::every]
        start = time.monotonic()
        problems += _told(act, "kill -9 at a system call", len(chosen), killed(act, chosen), start)
        states = crashes(act, RANDOM_STATES)[::every]
        start = time.monotonic()
        problems += _told(act, "power lost", len(states), survived(act, states), start)
        errors = refusals(every_call)[:: every * SPARED.get(act, 1)]
        start = time.monotonic()
        problems += _told(act, "an errno at a call", len(errors), refused(act, errors), start)
    print("\n".join(problems))
    return 1 if problems else 0


def _told(act: str, disaster: str, done: int, bad: list[str], start: float) -> list[str]:
    seconds = time.monotonic() - start
    print(f"{act:8}{disaster:34}{done:8}{len(bad):6}{seconds:10.1f}", flush=True)
    return bad


if __name__ == "__main__":
    raise SystemExit(main(every=10 if "--quick" in sys.argv else 1))
