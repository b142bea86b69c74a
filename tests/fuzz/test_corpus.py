"""Every input that the fuzzer gathered or broke something with is read again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.targets import SEEDS, TARGETS

INPUTS = [
    pytest.param(name, path, id=f"{name}-{path.name}")
    for name, folder in SEEDS.items()
    for path in sorted(folder.iterdir())
]


@pytest.mark.parametrize(("name", "path"), INPUTS)
def test_an_input_of_the_corpus_keeps_every_promise(name: str, path: Path) -> None:
    TARGETS[name](path.read_bytes())
