"""The property itself, and how a pair is held against it."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, Phase, given, settings

from tests.privacy.pairs import FORMS, Pair, pairs
from tests.privacy.running import Way


def differences(way: Way, pair: Pair) -> list[str]:
    """What came out differently, by name. The folder is the same for both, so that paths are."""
    with TemporaryDirectory() as folder:
        desk = Path(folder, "desk")
        came = []
        for content in (pair.one, pair.other):
            shutil.rmtree(desk, ignore_errors=True)
            desk.mkdir()
            came.append(way(desk, pair, content))
    one, other = came
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


def check(way: Way, examples: int, forms: tuple[str, ...] = FORMS, *, shrinks: bool = True) -> None:
    """Hold so many pairs against the property. Raises AssertionError with the smallest that fails.

    With ``shrinks`` the pair that is told is made as small as can be, which takes its time.
    """
    phases = (Phase.generate, Phase.shrink) if shrinks else (Phase.generate,)

    @settings(
        max_examples=examples, deadline=None, database=None, phases=phases,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(pairs(forms))
    def holds(pair: Pair) -> None:
        assert differences(way, pair) == []

    holds()
